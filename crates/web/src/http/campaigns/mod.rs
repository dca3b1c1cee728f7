//! Calls for reports, for whoever is signed in: opening one, who stands where, a unit's sheet.

mod asked;
mod face;
mod link;
mod list;
mod new;
pub(super) mod rows;
mod run;
pub(super) mod sheet;
mod show;
mod steps;
pub(super) mod typed;

use axum::extract::DefaultBodyLimit;

use super::route_list::{Routes, get, post};
use crate::pages::links;

pub(super) use face::{notice, task};

/// The most that a sheet's form may measure: a note in each of 148 lines, percent-encoded.
const SHEET_BYTES: usize = 4 << 20;

/// The routes of the pages about campaigns.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::CAMPAIGNS, get(list::show))
        .route(links::CAMPAIGN_NEW, get(new::show).post(new::open))
        .route("/dot-bao-cao/{id}", get(show::show))
        .route("/dot-bao-cao/{id}/nhac", post(run::remind))
        .route("/dot-bao-cao/{id}/tong-hop", post(run::consolidate))
        .route("/dot-bao-cao/{id}/dong", post(run::close))
        .route("/dot-bao-cao/{id}/mo-lai", post(run::open_again))
        .route(
            "/dot-bao-cao/{id}/phieu/{unit}",
            get(sheet::show).post(sheet::save),
        )
        .route("/dot-bao-cao/{id}/phieu/{unit}/duyet", post(steps::decide))
        .route("/dot-bao-cao/{id}/phieu/{unit}/mo-lai", post(steps::reopen))
        .route(
            "/dot-bao-cao/{id}/lien-ket/{unit}",
            get(link::show).post(link::make),
        )
        .route(
            "/dot-bao-cao/{id}/lien-ket/{unit}/thu-hoi",
            post(link::withdraw),
        )
        .within(|router| router.layer(DefaultBodyLimit::max(SHEET_BYTES)))
}
