//! `GET /api/v1/findings`: where the decision does not add up.

use std::collections::BTreeMap;

use axum::extract::State;
use plan::records::Finding;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::plan_shown::current;
use super::problem::ReadRefusals;
use super::query::NoQuery;
use super::shown::Shown;
use crate::http::{App, Failure, Visitor};

/// All findings, in the order in which they were found.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Findings {
    items: Vec<FindingShown>,
}

/// A place where the decision does not add up.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FindingShown {
    /// What is wrong.
    #[schema(example = "annex-total-differs")]
    code: String,
    /// `note`, `warning` or `error`.
    #[schema(example = "warning")]
    severity: String,
    /// Lines of the source, ascending.
    lines: Vec<u32>,
    /// The values that it is about; amounts are in đồng.
    #[schema(value_type = Object)]
    args: BTreeMap<String, Value>,
}

impl From<&Finding> for FindingShown {
    fn from(finding: &Finding) -> Self {
        Self {
            code: finding.code.clone(),
            severity: finding.severity.clone(),
            lines: finding.lines.clone(),
            args: finding.args.clone(),
        }
    }
}

/// Findings.
///
/// Nothing was corrected: the decision says so, and units and leaders may want to know.
#[utoipa::path(
    get, path = "/api/v1/findings", operation_id = "list_findings", tag = "plan",
    responses((status = 200, description = "As asked for", body = Findings), ReadRefusals)
)]
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    _: NoQuery,
) -> Result<Shown, Failure> {
    let plan = current(&app, &visitor).await?;
    Shown::to_everybody(&Findings {
        items: plan.body.findings.iter().map(FindingShown::from).collect(),
    })
}
