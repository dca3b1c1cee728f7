//! `GET /api/v1/observations/{id}`: a report.

use axum::extract::State;
use vocab::Id;

use super::{Observation, shown};
use crate::api::address::Named;
use crate::api::problem::ReadRefusals;
use crate::api::query::NoQuery;
use crate::api::shown::Shown;
use crate::http::ahead::ReadAhead;
use crate::http::{App, Failure, Visitor};

/// A report.
///
/// Consolidated ones are everybody's; drafts are seen by their unit, others by whoever follows
/// the reports too.
#[utoipa::path(
    get, path = "/api/v1/observations/{id}", operation_id = "show_observation", tag = "observations",
    params(("id" = String, Path, format = "uuid")),
    responses(
        (status = 200, description = "As asked for", body = Observation, headers(("ETag" = String, description = "Its version"))),
        ReadRefusals
    )
)]
pub(in crate::api) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    ReadAhead(ahead): ReadAhead,
    Named(id): Named<Id>,
    _: NoQuery,
) -> Result<Shown, Failure> {
    let plans = &app.plans;
    let report = plans.report_ahead(&visitor.principal, id, ahead).await?;
    shown(&app, &visitor.principal, report)
}
