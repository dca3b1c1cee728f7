//! Units' own plans below the province's: who has issued one (`/ke-hoach-don-vi`), one of them,
//! its form and its steps, and by when they are to be issued.

mod due;
mod form;
mod overview;
mod show;
mod steps;

use directory::{Act, Subject};
use plan::own_plans::UNIT_PLAN;
use vocab::Id;

use super::super::Failure;
use super::super::route_list::{Routes, get, post};
use super::project::Desk;
use crate::pages::links;

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::OWN_PLANS, get(overview::show))
        .route(links::OWN_PLANS_DUE, get(due::show).post(due::save))
        .route("/ke-hoach-don-vi/tep/{name}", get(overview::send))
        .route("/ke-hoach-don-vi/{id}", get(show::show))
        .route(
            "/ke-hoach-don-vi/{id}/ghi",
            get(form::show).post(form::save),
        )
        .route("/ke-hoach-don-vi/{id}/gui", post(steps::submit))
        .route("/ke-hoach-don-vi/{id}/duyet", post(steps::approve))
        .route("/ke-hoach-don-vi/{id}/tra-lai", post(steps::send_back))
}

/// The unit at an address.
fn unit(desk: &Desk, id: &str) -> Result<Id, Failure> {
    let unit: Option<Id> = id.parse().ok();
    let known = unit.filter(|unit| desk.view.units.get(*unit).is_some());
    known.ok_or_else(|| Failure::not_found("no such unit"))
}

/// Refuses whoever may not do this to a unit's own plan in a state.
fn require(desk: &Desk, act: Act, unit: Id, state: &str) -> Result<(), Failure> {
    desk.visitor.require(
        act,
        &Subject {
            kind: UNIT_PLAN,
            unit,
            state,
            author: None,
        },
    )
}
