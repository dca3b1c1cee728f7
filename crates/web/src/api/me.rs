//! `GET /api/v1/me`: who asks.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::party::UnitName;
use super::problem::ReadRefusals;
use super::query::NoQuery;
use super::shown::Shown;
use crate::http::{App, Failure, Visitor};
use crate::pages::shell::Section;

/// Whoever asks.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Me {
    #[schema(example = "canbo.snv")]
    login: String,
    #[schema(example = "Nguyễn Thị Bích Ngọc (giả lập)")]
    name: String,
    /// What the account may do where.
    grants: Vec<GrantShown>,
    /// Whether the account is one of the demonstration's.
    demo: bool,
    /// With a session: the value of the header `x-csrf-token` that changes need.
    #[serde(skip_serializing_if = "Option::is_none")]
    csrf_token: Option<String>,
}

/// A role in a unit.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct GrantShown {
    /// `viewer`, `officer`, `head`, `coordinator`, `administrator`, or the code of a role
    /// that an administrator made.
    #[schema(example = "officer")]
    role: String,
    unit: UnitName,
}

/// Who asks.
#[utoipa::path(
    get, path = "/api/v1/me", operation_id = "show_me", tag = "me",
    responses((status = 200, description = "As asked for", body = Me), ReadRefusals),
    security(("token" = []), ("session" = []))
)]
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    _: NoQuery,
) -> Result<Shown, Failure> {
    visitor.account()?;
    let units = app.directory.units().await?;
    let principal = &visitor.principal;
    let grants = principal.grants.iter().map(|grant| GrantShown {
        role: grant.role.value().to_owned(),
        unit: UnitName::of(&units, grant.unit),
    });
    let session = visitor.session.is_some();
    Shown::to_asker(&Me {
        login: principal.login.clone(),
        name: principal.name.clone(),
        grants: grants.collect(),
        demo: principal.demo,
        csrf_token: session.then(|| visitor.shell(Section::Other).csrf),
    })
}
