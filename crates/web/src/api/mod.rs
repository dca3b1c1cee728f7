//! The API of programs under `/api/v1`, described by OpenAPI 3.1 at `/api/openapi.json`.
//!
//! One list of routes (`described`) gives both the router and its description, so that
//! neither can name what the other does not. To add an operation, write its handler in a file
//! of its own with `#[utoipa::path]` and name it in the list:
//!
//! - `query::Asked` and `object::Object` hand out parameters and members by name and
//!   refuse the rest, each with a pointer and a code; the wording of a code is
//!   `field-<code>` in the locale files.
//! - `change::Change` is the last argument of whatever changes something: it brings the
//!   caller, the version of `If-Match` and the idempotency key.
//! - `shown::Shown` is the answer, with its tag and who may keep it.
//!
//! Who may do what is asked on the floors below, as for the pages.

mod address;
mod change;
mod checks;
mod failure;
mod figure;
mod files;
mod findings;
mod me;
mod object;
mod observations;
mod openapi;
mod paging;
mod party;
mod plan_shown;
mod problem;
mod project_accounts;
mod projects;
mod query;
mod shown;
mod systems;
mod target;
mod targets;
mod tasks;
mod unit;
mod unit_history;
mod unit_mapping;
mod unit_plans;
mod units;
mod way;
mod webhooks;

pub(crate) use files::PATH as FILES;
pub(crate) use shown::unless_known;

use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::route_list::{Routes, get};
use crate::http::{App, Failure};

/// The routes of the API.
pub(crate) fn routes() -> Routes {
    let (router, openapi) = described().split_for_parts();
    Routes::described(router, &openapi)
        .route(openapi::PATH, get(openapi::show))
        .within(|router| router.method_not_allowed_fallback(other_method))
}

/// The routes with what is said about them.
fn described() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(openapi::Description::openapi())
        .routes(routes!(plan_shown::show))
        .routes(routes!(targets::list))
        .routes(routes!(target::show))
        .routes(routes!(way::show))
        .routes(routes!(projects::list))
        .routes(routes!(project_accounts::show))
        .routes(routes!(project_accounts::list))
        .routes(routes!(unit_plans::list))
        .routes(routes!(findings::list))
        .routes(routes!(units::list))
        .routes(routes!(unit::show))
        .routes(routes!(unit_history::show))
        .routes(routes!(unit_mapping::show))
        .routes(routes!(
            observations::list::list,
            observations::create::create
        ))
        .routes(routes!(observations::show::show, observations::edit::edit))
        .routes(routes!(observations::history::show))
        .routes(routes!(observations::steps::submit))
        .routes(routes!(observations::steps::approve))
        .routes(routes!(observations::steps::send_back))
        .routes(routes!(observations::steps::consolidate))
        .routes(routes!(observations::comment::comment))
        .routes(routes!(files::receive))
        .routes(routes!(files::send))
        .routes(routes!(tasks::list))
        .routes(routes!(me::show))
        .routes(routes!(systems::list_systems))
        .routes(routes!(systems::list, systems::create))
        .routes(routes!(systems::show, systems::edit))
        .routes(routes!(systems::step))
        .routes(routes!(systems::printed::show))
        .routes(routes!(webhooks::list, webhooks::declare))
        .routes(routes!(webhooks::show, webhooks::remove))
        .routes(routes!(systems::imports::list, systems::imports::begin))
        .routes(routes!(systems::imports::show))
        .routes(routes!(systems::imports::failed))
        .routes(routes!(systems::imports::step))
}

/// `OPTIONS` is answered with what an address takes; other methods are refused with it. The
/// router adds the header `Allow` to both.
async fn other_method(method: Method) -> Response {
    if method == Method::OPTIONS {
        return StatusCode::NO_CONTENT.into_response();
    }
    let about = format!("{method} at an address that does not take it");
    Failure::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", about).into_response()
}
