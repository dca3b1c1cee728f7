//! Periodic reports on the plan: begun, written section by section, read, signed, taken out as
//! files, and held beside the figures of today.

mod around;
mod begin;
mod compare;
mod desk;
mod files;
mod layout;
mod list;
mod paper;
mod section;
mod show;
mod steps;

use super::route_list::{Routes, get, post};
use crate::pages::links;

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::PERIODIC, get(list::show))
        .route(links::PERIODIC_NEW, get(begin::show).post(begin::save))
        .route(links::PERIODIC_LAYOUT, get(layout::show).post(layout::save))
        .route("/bao-cao-dinh-ky/{id}", get(show::show))
        .route("/bao-cao-dinh-ky/{id}/xem", get(paper::show))
        .route("/bao-cao-dinh-ky/{id}/tai.docx", get(files::document))
        .route("/bao-cao-dinh-ky/{id}/tai.pdf", get(files::printed))
        .route("/bao-cao-dinh-ky/{id}/phu-luc.xlsx", get(files::annex))
        .route("/bao-cao-dinh-ky/{id}/doi-chieu", get(compare::show))
        .route(
            "/bao-cao-dinh-ky/{id}/thong-tin",
            get(around::show).post(around::save),
        )
        .route("/bao-cao-dinh-ky/{id}/gui", post(steps::submit))
        .route("/bao-cao-dinh-ky/{id}/tra-lai", post(steps::send_back))
        .route("/bao-cao-dinh-ky/{id}/ky", post(steps::sign))
        .route("/bao-cao-dinh-ky/{id}/lam-lai", post(steps::reopen))
        .route(
            "/bao-cao-dinh-ky/phan/{id}",
            get(section::show).post(section::save),
        )
}
