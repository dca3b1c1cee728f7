//! `GET /design`: the design system.

use super::{Page, Visitor};
use crate::pages::design::Design;
use crate::pages::shell::Section;

/// Shows it.
pub(super) async fn show(visitor: Visitor) -> Page<Design> {
    Page(Design::new(visitor.shell(Section::Other)))
}
