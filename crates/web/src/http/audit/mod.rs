//! The audit log, for administrators: entries by who, what, when and through what; one entry
//! with what it changed; the same as a file; who looked at whose personal data.

mod changes;
mod entry;
mod export;
mod filters;
mod list;
mod mine;
mod names;
mod readings;

use directory::Subject;
use vocab::Id;

pub(super) use names::Names;

use super::route_list::{Routes, get, post};
use crate::pages::links;

/// What one must be allowed to audit.
pub(super) const LOG: Subject<'static> = Subject {
    kind: "audit",
    unit: Id::NIL,
    state: "",
    author: None,
};

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::AUDIT, get(list::show))
        .route(links::AUDIT_CHECK, post(list::check))
        .route(links::AUDIT_EXPORT, get(export::send))
        .route("/quan-tri/nhat-ky/muc/{number}", get(entry::show))
        .route(links::READINGS, get(readings::show))
        .route(links::MY_READINGS, get(mine::show))
}
