//! `POST /api/v1/observations/{id}/comments`: saying something about a report.

use axum::extract::State;
use plan::{OBSERVATION, PlanError};
use registry::RegistryError;
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

/// A comment.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct CommentInput {
    /// In words.
    #[schema(
        min_length = 1,
        max_length = 4_000,
        example = "Đề nghị bổ sung số liệu của phường 9."
    )]
    #[expect(dead_code, reason = "read by name; it stands here for the description")]
    text: String,
}

/// Comment on a report.
///
/// For everybody who takes part in it or follows it, until it is consolidated. The report
/// itself stays as it is.
#[utoipa::path(
    post, path = "/api/v1/observations/{id}/comments", operation_id = "comment_observation", tag = "observations",
    params(
        ("id" = String, Path, format = "uuid"),
        ("If-Match" = String, Header, pattern = r#"^"[0-9]{1,18}"$"#, description = "The version that the comment speaks of, as its `ETag`", example = "\"2\""),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repetition harmless"),
    ),
    request_body = CommentInput,
    responses(
        (status = 200, description = "As asked for", body = Observation, headers(("ETag" = String, description = "The report's version"))),
        ChangeRefusals
    ),
    security(("token" = []), ("session" = [], "csrf" = []))
)]
pub(in crate::api) async fn comment(
    State(app): State<App>,
    Named(id): Named<Id>,
    _: NoQuery,
    change: Change,
) -> Result<Shown, Failure> {
    let expected = change.version()?;
    let Change {
        visitor,
        caller,
        mut body,
        ..
    } = change;
    let Some(text) = body.required("text", Object::text) else {
        return Err(body.refuse());
    };
    body.done()?;
    let report = app.plans.report(&visitor.principal, id).await?;
    let repeated = app.plans.registry().answered(&caller).await?.is_some();
    if report.record.version != expected && !repeated {
        let error = PlanError::from(RegistryError::Conflict {
            kind: OBSERVATION.to_owned(),
            expected,
            current: Box::new(report.record),
        });
        return Err(with_versions(&app, &visitor, error).await);
    }
    let report = app.plans.comment_report(&caller, id, &text).await?;
    shown(&app, &visitor.principal, report)
}
