//! `GET /huong-dan/{pack}`: the manual of a system, for whoever works with it.

use axum::extract::{Path, State};

use super::super::{App, Failure, Page, Visitor};
use super::desk::reads;
use crate::manual;
use crate::pages::manual::ManualPage;
use crate::pages::shell::Section;

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(pack): Path<String>,
) -> Result<Page<ManualPage>, Failure> {
    visitor.account()?;
    let systems = app.plans.registry().systems();
    let place = systems.catalog().pack(&pack);
    let place = place.filter(|place| {
        let mut kinds = systems.kinds().iter();
        kinds.any(|kind| kind.at.pack == *place && reads(&visitor.principal, kind))
    });
    let place =
        place.ok_or_else(|| Failure::not_found("no system that this visitor works with"))?;
    let manual = manual::of(systems, place, visitor.words().lang);
    Ok(Page(ManualPage {
        title: manual.title,
        blocks: manual.blocks,
        shell: visitor.shell(Section::Systems),
    }))
}
