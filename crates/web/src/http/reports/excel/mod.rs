//! `/bao-cao/phieu`: a unit's reports of a period as a spreadsheet, fetched, filled in somewhere
//! else, sent back, looked at and then saved as drafts. Nothing is written before somebody has
//! seen what would change and which cells could not be read.

mod apply;
mod fetch;
mod lines;
mod preview;
mod show;
mod words;

use serde::Deserialize;

use super::super::route_list::{Routes, get, post};
use crate::pages::links;

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::EXCEL, get(show::show).post(preview::read))
        .route(links::EXCEL_FILE, get(fetch::send))
        .route(links::EXCEL_APPLY, post(apply::save))
}

/// Whose reports, of which period or call for reports.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct Asked {
    pub ky: String,
    pub don_vi: String,
    /// The call for reports, where only its lines are meant.
    pub dot: String,
}
