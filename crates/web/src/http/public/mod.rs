//! What anyone may ask of systems without an account: whether a paper holds, and what packs let be
//! looked up.
//!
//! Nothing here lists records: a paper names its record by an address that nobody guesses, a
//! look-up wants to be told exactly what it looks for, and both are counted for each place that
//! they come from. Search engines are told to leave the answers alone.

mod lookup;
mod seen;
mod verify;

pub(super) use seen::Register;

use super::route_list::{Routes, get};
use crate::pages::links;

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(
            "/xac-thuc/{pack}/{record}/{print}/{id}/{version}",
            get(verify::show),
        )
        .route(links::LOOKUPS, get(lookup::index))
        .route("/tra-cuu/{pack}/{record}/{lookup}", get(lookup::show))
}
