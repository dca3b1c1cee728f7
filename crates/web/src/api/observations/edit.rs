//! `PUT /api/v1/observations/{id}`: giving a report another value, note or evidence.

use axum::extract::State;
use vocab::{FieldProblem, Id, Problem};

use super::entered::ReportInput;
use super::{Observation, shown};
use crate::api::address::Named;
use crate::api::change::Change;
use crate::api::failure::with_versions;
use crate::api::problem::ChangeRefusals;
use crate::api::query::NoQuery;
use crate::api::shown::Shown;
use crate::http::{App, Failure};

/// Edit a report.
///
/// While it is a draft or was sent back. The body is the whole report; its indicator, unit and
/// period stay what they are.
#[utoipa::path(
    put, path = "/api/v1/observations/{id}", operation_id = "edit_observation", tag = "observations",
    params(
        ("id" = String, Path, format = "uuid"),
        ("If-Match" = String, Header, pattern = r#"^"[0-9]{1,18}"$"#, description = "The version that was read, as its `ETag`", example = "\"1\""),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repetition harmless"),
    ),
    request_body = ReportInput,
    responses(
        (status = 200, description = "As asked for", body = Observation, headers(("ETag" = String, description = "Its new version"))),
        ChangeRefusals
    ),
    security(("token" = []), ("session" = [], "csrf" = []))
)]
pub(in crate::api) async fn edit(
    State(app): State<App>,
    Named(id): Named<Id>,
    _: NoQuery,
    change: Change,
) -> Result<Shown, Failure> {
    let version = change.version()?;
    let principal = &change.visitor.principal;
    let entered = ReportInput::read(change.body)?;
    let known = app.plans.report(principal, id).await?;
    let body = &known.body;
    let moved = entered.moved(body.indicator, known.record.unit, body.period);
    if !moved.is_empty() {
        let mut problem = Problem::new(422, "invalid-fields", "a report on something else");
        let fields = moved.into_iter();
        problem.fields = fields
            .map(|name| FieldProblem::new(name, "not-changeable"))
            .collect();
        return Err(problem.into());
    }
    let draft = entered.draft(&app).await?;
    match app
        .plans
        .edit_report(&change.caller, id, version, draft)
        .await
    {
        Ok(report) => shown(&app, principal, report),
        Err(error) => Err(with_versions(&app, &change.visitor, error).await),
    }
}
