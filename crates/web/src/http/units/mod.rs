//! Units through time: trees of any day, histories, comparisons for everybody; events for
//! whoever may configure units.

mod history;
mod map;
mod mapping;
mod tree;
mod words;

use axum::Router;
use axum::routing::get;

use super::App;
use crate::pages::links;

/// The routes of these pages.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(links::UNIT_TREE, get(tree::show))
        .route(links::UNIT_MAPPING, get(mapping::show))
        .route(links::UNIT_MAP, get(map::show))
        .route("/don-vi/{id}/lich-su", get(history::show))
}
