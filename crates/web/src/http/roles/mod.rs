//! Roles, for administrators: the list, one role, its form with a preview of whom an edit
//! concerns, and removing one that was made here.

mod desk;
mod form;
mod list;
mod preview;
mod save;
mod show;
mod typed;

use super::route_list::{Routes, get, post};
use crate::pages::links;

/// The routes of the pages about roles.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::ROLES, get(list::show))
        .route(links::ROLE_NEW, get(form::begin).post(save::create))
        .route("/quan-tri/vai-tro/{code}", get(show::show))
        .route(
            "/quan-tri/vai-tro/{code}/sua",
            get(form::edit).post(save::save),
        )
        .route("/quan-tri/vai-tro/{code}/bo", post(show::remove))
}
