//! Maps: tiles and what stands at a place, for those at work (under `systems`) and for anybody as
//! far as a pack publishes.

mod asked;
mod base;
mod index;
mod legend;
mod public;
mod sent;

pub(super) use asked::{AskedTile, Place};
pub(super) use legend::legend;
pub(super) use sent::{Found, at_place, tile};

use super::route_list::{Routes, get};
use crate::pages::links;

/// The routes of maps that need no account.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::MAPS, get(index::show))
        .route(links::MAP_BASE, get(base::send))
        .route("/ban-do/{pack}/{record}", get(public::show))
        .route("/ban-do/{pack}/{record}/geojson", get(public::geojson))
        .route("/ban-do/{pack}/{record}/tai", get(public::at))
        .route("/ban-do/{pack}/{record}/o/{z}/{x}/{y}", get(public::tile))
}
