//! Figures that systems compute from their records: which there are, what each says and from
//! which records, and which measure of the plan is tied to which.

mod index;
mod show;
mod tie;
mod told;

pub(in crate::http) use told::{computed, link_to, sentence};

use super::route_list::{Routes, get};
use crate::pages::links;

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::FIGURES, get(index::show))
        .route("/so-lieu/{pack}/{record}/{indicator}", get(show::show))
        .route(
            "/muc-tieu/{number}/nguon-so-lieu",
            get(tie::show).post(tie::save),
        )
}
