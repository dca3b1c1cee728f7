//! Units through time: trees of any day, histories, comparisons for everybody; events for
//! whoever may configure units.

mod apply;
mod changes;
mod event;
mod form;
mod history;
mod import;
mod map;
mod mapping;
mod preview;
mod tree;
mod undo;
mod words;

use directory::Act;

use super::route_list::{Routes, get, post};
use super::{Failure, Visitor, admin};
use crate::pages::links;

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::UNIT_TREE, get(tree::show))
        .route(links::UNIT_MAPPING, get(mapping::show))
        .route(links::UNIT_MAP, get(map::show))
        .route("/don-vi/{id}/lich-su", get(history::show))
        .route(links::UNIT_EVENTS, get(changes::show))
        .route(links::UNIT_EVENT_NEW, get(form::show).post(form::preview))
        .route(links::UNIT_EVENT_APPLY, post(apply::apply))
        .route(links::UNIT_IMPORT, get(import::show).post(import::preview))
        .route(links::UNIT_IMPORT_APPLY, post(import::apply))
        .route(
            "/quan-tri/don-vi/{id}/huy",
            get(undo::show).post(undo::undo),
        )
}

/// Refuses whoever may not configure units.
fn require_configure(visitor: &Visitor) -> Result<(), Failure> {
    visitor.account()?;
    visitor.require(Act::Configure, &admin::units())
}
