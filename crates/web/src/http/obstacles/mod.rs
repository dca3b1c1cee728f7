//! Obstacles, for whoever is signed in: what stands in a unit's way, and what whoever is asked
//! makes of it.

mod ask;
mod face;
mod form;
mod list;
mod show;
mod steps;

use super::route_list::{Routes, get};
use crate::pages::links;

pub(super) use face::{counts, notice, of_matter, of_unit, overview, task, writes};

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::OBSTACLES, get(list::show))
        .route(links::OBSTACLE_NEW, get(form::show).post(form::begin))
        .route("/vuong-mac/{id}", get(show::show).post(steps::take))
        .route("/vuong-mac/{id}/sua", get(form::edit).post(form::save))
        .route("/vuong-mac/hoi/{id}", get(ask::show).post(ask::take))
}
