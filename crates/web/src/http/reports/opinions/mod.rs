//! Opinions of partners on reports: whom the lead asks, and what each of them says.

mod answer;
mod ask;
mod face;
mod typed;

pub(in crate::http) use face::stance_note;
pub(super) use face::{beside, notice, task};

use super::super::route_list::{Routes, get, post};

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/bao-cao/{id}/y-kien", get(ask::show).post(ask::ask))
        .route("/bao-cao/{id}/y-kien/ket-thuc", post(ask::close))
        .route("/y-kien/{id}", get(answer::show).post(answer::give))
}
