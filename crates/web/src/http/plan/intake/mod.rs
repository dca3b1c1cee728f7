//! Taking in a decision at a page: the file, what it would change, the confirmation; and the
//! names of bodies that wait for somebody.

mod names;
mod preview;
mod refusal;
mod upload;

pub(in crate::http) use refusal::of as decision_refused;
pub(in crate::http) use upload::read as decision_bytes;

use directory::{Act, Subject, province};
use plan::PLAN;

use super::super::route_list::{Routes, get};
use super::super::{Failure, Visitor};
use crate::pages::links;

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::PLAN_IMPORT, get(upload::show).post(upload::take))
        .route(
            "/ke-hoach/nhap/{sha256}",
            get(preview::show).post(preview::confirm),
        )
        .route(links::PLAN_NAMES, get(names::show).post(names::decide))
}

/// Only for whoever may configure plans.
fn require(visitor: &Visitor) -> Result<(), Failure> {
    visitor.account()?;
    visitor.require(
        Act::Configure,
        &Subject {
            kind: PLAN,
            unit: province(),
            state: "",
            author: None,
        },
    )
}
