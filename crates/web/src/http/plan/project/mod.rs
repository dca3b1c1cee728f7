//! Projects on their way, with their money: the list, one of them, what is entered, the targets
//! that it serves, and the money of all. For everybody with an account.

mod budget;
mod desk;
mod entry;
mod files;
mod list;
mod money;
mod show;
mod steps;
mod table;
mod targets;
mod typed;

pub(super) use budget::{require_stating, stating_problem};
pub(in crate::http) use desk::Desk;
pub(super) use files::{kept, shown, take_files};
pub(in crate::http) use show::task;
pub(super) use show::{person_steps, short};
pub(super) use typed::day as typed_day;

use super::super::route_list::{Routes, get, post};
use crate::pages::links;

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::PROJECT_LIST, get(list::show))
        .route(links::PROJECT_MONEY, get(money::show))
        .route(links::PROJECT_BUDGET, get(budget::show).post(budget::save))
        .route("/du-an/tep/{name}", get(table::send))
        .route("/du-an/{id}", get(show::show))
        .route("/du-an/{id}/ghi", get(entry::begin).post(entry::create))
        .route(
            "/du-an/{id}/muc-tieu",
            get(targets::show).post(targets::save),
        )
        .route("/du-an/ghi-nhan/{id}", get(entry::edit).post(entry::save))
        .route("/du-an/ghi-nhan/{id}/gui", post(steps::submit))
        .route("/du-an/ghi-nhan/{id}/duyet", post(steps::approve))
        .route("/du-an/ghi-nhan/{id}/tra-lai", post(steps::send_back))
        .route("/du-an/ghi-nhan/{id}/rut", post(steps::withdraw))
}
