//! `POST /api/v1/observations/{id}/…`: the steps of a report.

use axum::extract::State;
use plan::ReportStep;
use utoipa::ToSchema;
use vocab::Id;

use super::{Observation, shown};
use crate::api::address::Named;
use crate::api::change::Change;
use crate::api::failure::with_versions;
use crate::api::object::Object;
use crate::api::problem::ChangeRefusals;
use crate::api::query::NoQuery;
use crate::api::shown::Shown;
use crate::http::{App, Failure};

/// Why a report goes back.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct SendBackInput {
    /// In words.
    #[schema(
        min_length = 1,
        max_length = 4_000,
        example = "Thiếu biên bản kiểm tra của xã Tân Hạnh."
    )]
    #[expect(dead_code, reason = "read by name; it stands here for the description")]
    reason: String,
}

async fn take(
    app: &App,
    id: Id,
    change: Change,
    step: impl FnOnce(&mut Object) -> Option<ReportStep>,
) -> Result<Shown, Failure> {
    let version = change.version()?;
    let Change {
        visitor,
        caller,
        mut body,
        ..
    } = change;
    let Some(step) = step(&mut body) else {
        return Err(body.refuse());
    };
    body.done()?;
    match app.plans.step_report(&caller, id, version, &step).await {
        Ok(report) => shown(app, &visitor.principal, report),
        Err(error) => Err(with_versions(app, &visitor, error).await),
    }
}

/// Submit a report.
///
/// By an officer of its unit, from draft or after it was sent back. It needs a value.
#[utoipa::path(
    post, path = "/api/v1/observations/{id}/submit", operation_id = "submit_observation", tag = "observations",
    params(
        ("id" = String, Path, format = "uuid"),
        ("If-Match" = String, Header, pattern = r#"^"[0-9]{1,18}"$"#, description = "The version that was read, as its `ETag`", example = "\"1\""),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repetition harmless"),
    ),
    responses(
        (status = 200, description = "As asked for", body = Observation, headers(("ETag" = String, description = "Its new version"))),
        ChangeRefusals
    ),
    security(("token" = []), ("session" = [], "csrf" = []))
)]
pub(in crate::api) async fn submit(
    State(app): State<App>,
    Named(id): Named<Id>,
    _: NoQuery,
    change: Change,
) -> Result<Shown, Failure> {
    take(&app, id, change, |_| Some(ReportStep::Submit)).await
}

/// Approve a report.
///
/// By the head of its unit, who did not submit it himself.
#[utoipa::path(
    post, path = "/api/v1/observations/{id}/approve", operation_id = "approve_observation", tag = "observations",
    params(
        ("id" = String, Path, format = "uuid"),
        ("If-Match" = String, Header, pattern = r#"^"[0-9]{1,18}"$"#, description = "The version that was read, as its `ETag`", example = "\"2\""),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repetition harmless"),
    ),
    responses(
        (status = 200, description = "As asked for", body = Observation, headers(("ETag" = String, description = "Its new version"))),
        ChangeRefusals
    ),
    security(("token" = []), ("session" = [], "csrf" = []))
)]
pub(in crate::api) async fn approve(
    State(app): State<App>,
    Named(id): Named<Id>,
    _: NoQuery,
    change: Change,
) -> Result<Shown, Failure> {
    take(&app, id, change, |_| Some(ReportStep::Approve)).await
}

/// Send a report back.
///
/// To be corrected: a submitted one by the head of its unit, an approved or consolidated one by
/// the coordinator.
#[utoipa::path(
    post, path = "/api/v1/observations/{id}/send-back", operation_id = "send_back_observation", tag = "observations",
    params(
        ("id" = String, Path, format = "uuid"),
        ("If-Match" = String, Header, pattern = r#"^"[0-9]{1,18}"$"#, description = "The version that was read, as its `ETag`", example = "\"2\""),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repetition harmless"),
    ),
    request_body = SendBackInput,
    responses(
        (status = 200, description = "As asked for", body = Observation, headers(("ETag" = String, description = "Its new version"))),
        ChangeRefusals
    ),
    security(("token" = []), ("session" = [], "csrf" = []))
)]
pub(in crate::api) async fn send_back(
    State(app): State<App>,
    Named(id): Named<Id>,
    _: NoQuery,
    change: Change,
) -> Result<Shown, Failure> {
    let reason =
        |body: &mut Object| Some(ReportStep::SendBack(body.required("reason", Object::text)?));
    take(&app, id, change, reason).await
}

/// Consolidate a report.
///
/// By the coordinator: it becomes part of the public figure.
#[utoipa::path(
    post, path = "/api/v1/observations/{id}/consolidate", operation_id = "consolidate_observation", tag = "observations",
    params(
        ("id" = String, Path, format = "uuid"),
        ("If-Match" = String, Header, pattern = r#"^"[0-9]{1,18}"$"#, description = "The version that was read, as its `ETag`", example = "\"3\""),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repetition harmless"),
    ),
    responses(
        (status = 200, description = "As asked for", body = Observation, headers(("ETag" = String, description = "Its new version"))),
        ChangeRefusals
    ),
    security(("token" = []), ("session" = [], "csrf" = []))
)]
pub(in crate::api) async fn consolidate(
    State(app): State<App>,
    Named(id): Named<Id>,
    _: NoQuery,
    change: Change,
) -> Result<Shown, Failure> {
    take(&app, id, change, |_| Some(ReportStep::Consolidate)).await
}
