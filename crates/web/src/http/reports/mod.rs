//! Reports, for whoever is signed in: my tasks, what my unit reports, entering a value,
//! deciding on it, its way and its versions.

mod approve;
mod begin;
mod conflict;
pub(super) mod desk;
mod edit;
mod excel;
pub(super) mod files;
mod form;
mod gate;
mod history;
mod inbox;
pub(super) mod list;
mod matter;
mod notices;
mod opinions;
mod province;
mod save;
mod show;
mod steps;
pub(super) mod typed;
pub(super) mod words;

pub use gate::EvidenceOfRecords;
pub(super) use opinions::stance_note;
pub(super) use words::checks;

use super::route_list::{Routes, get, post};
use crate::pages::links;

/// The routes of the pages about reports.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::INBOX, get(inbox::show))
        .route("/viec-cua-toi/thong-bao/{id}/cat", post(notices::put_aside))
        .route(links::REPORT_LIST, get(list::show))
        .route(links::APPROVE_MANY, post(approve::many))
        .route(links::REPORT_NEW, get(begin::show).post(begin::save))
        .route("/bao-cao/{id}", get(show::show))
        .route("/bao-cao/{id}/sua", get(edit::show).post(edit::save))
        .route("/bao-cao/{id}/gui", post(steps::submit))
        .route("/bao-cao/{id}/duyet", post(steps::approve))
        .route("/bao-cao/{id}/tra-lai", post(steps::send_back))
        .route("/bao-cao/{id}/tong-hop", post(steps::consolidate))
        .route("/bao-cao/{id}/gop-y", post(steps::comment))
        .route("/bao-cao/{id}/tinh-lai", post(steps::recompute))
        .route("/bao-cao/{id}/lich-su", get(history::show))
        .merge(opinions::routes())
        .merge(excel::routes())
}

/// The names of a report's fields, and those of the forms that fill them.
const NAMES: &[(&str, &str)] = &[
    ("numerator", "tu-so"),
    ("denominator", "mau-so"),
    ("count", "so-luong"),
    ("reached", "hoan-thanh"),
    ("note", "ghi-chu"),
    ("evidence", "tep"),
];
