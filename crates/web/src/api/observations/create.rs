//! `POST /api/v1/observations`: beginning a report.

use axum::extract::State;

use super::entered::ReportInput;
use super::{Observation, PATH, shown};
use crate::api::change::Change;
use crate::api::problem::CreateRefusals;
use crate::api::query::NoQuery;
use crate::api::shown::Shown;
use crate::http::{App, Failure};

/// Begin a report.
///
/// As a draft, which its unit alone sees. There is one report for each indicator, unit and
/// period.
#[utoipa::path(
    post, path = "/api/v1/observations", operation_id = "begin_observation", tag = "observations",
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repetition harmless")),
    request_body = ReportInput,
    responses(
        (status = 201, description = "Made", body = Observation, headers(
            ("ETag" = String, description = "Its version"),
            ("Location" = String, description = "Where it is")
        )),
        CreateRefusals
    ),
    security(("token" = []), ("session" = [], "csrf" = []))
)]
pub(in crate::api) async fn create(
    State(app): State<App>,
    _: NoQuery,
    change: Change,
) -> Result<Shown, Failure> {
    let draft = ReportInput::read(change.body)?.draft(&app).await?;
    let report = app.plans.begin_report(&change.caller, draft).await?;
    let address = format!("{PATH}/{}", report.record.id);
    Ok(shown(&app, &change.visitor.principal, report)?.created(address))
}
