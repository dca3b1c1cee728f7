//! `GET /api/v1/targets/{number}/way`: how a target's figures came to be.

use axum::extract::State;
use plan::WayStep;
use serde::Serialize;
use utoipa::ToSchema;
use vocab::{Id, Period};

use super::address::Named;
use super::checks::CheckShown;
use super::files::EvidenceFile;
use super::plan_shown::current;
use super::problem::ReadRefusals;
use super::query::NoQuery;
use super::shown::Shown;
use super::target::of_number;
use crate::http::{App, Failure, Visitor};

/// What was done and said, latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Way {
    pub(super) items: Vec<StepShown>,
}

/// One step that somebody took, or something that somebody said.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct StepShown {
    /// The report: `/api/v1/observations/{id}`.
    #[schema(value_type = String, format = "uuid")]
    observation: Id,
    /// Its version after the step.
    version: i64,
    /// The period that it speaks of.
    #[schema(value_type = String, example = "2023Q1")]
    period: Period,
    /// `create`, `edit`, `submit`, `hand_in` (by a link, for a body without accounts), `approve`, `send_back`, `consolidate`, `ask_opinions`,
    /// `opinion` or `comment`.
    #[schema(example = "approve")]
    action: String,
    /// The unit whose report it is.
    #[schema(value_type = String, format = "uuid")]
    unit: Id,
    /// The unit that the person acted for.
    #[schema(value_type = String, format = "uuid")]
    acted_for: Id,
    /// Who did it.
    #[schema(example = "Nguyễn Thị Bích Ngọc (giả lập)")]
    person: String,
    #[schema(format = DateTime, example = "2023-04-14T09:30:00+07:00")]
    at: String,
    /// What a partner thinks, of an `opinion`: `agree`, `remarks` or `disagree`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "agree")]
    stance: Option<&'static str>,
    /// The reason, the comment, or the words of the opinion.
    #[serde(skip_serializing_if = "String::is_empty")]
    said: String,
    /// The evidence that the report had then.
    evidence: Vec<EvidenceFile>,
    /// What looked wrong with its value then, and what the unit said about it.
    checks: Vec<CheckShown>,
}

impl From<WayStep> for StepShown {
    fn from(step: WayStep) -> Self {
        Self {
            observation: step.report,
            version: step.version,
            period: step.period,
            action: step.action,
            unit: step.unit,
            acted_for: step.acted_for,
            person: step.person,
            at: step.at.to_string(),
            stance: step.opinion.map(|(stance, _)| stance.name()),
            said: step.said,
            evidence: step.evidence.iter().map(EvidenceFile::from).collect(),
            checks: step.checks.iter().map(CheckShown::from).collect(),
        }
    }
}

/// The way of a target's figures.
///
/// Who reported, who approved, who consolidated, when, with which evidence: for the reports
/// that make the figures up. What partners said of them, for whoever may read that.
#[utoipa::path(
    get, path = "/api/v1/targets/{number}/way", operation_id = "show_target_way", tag = "plan",
    params(("number" = u16, Path, description = "The target's number in the annex", example = 12)),
    responses((status = 200, description = "As asked for", body = Way), ReadRefusals)
)]
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Named(number): Named<u16>,
    _: NoQuery,
) -> Result<Shown, Failure> {
    let plan = current(&app, &visitor).await?;
    let way = app
        .plans
        .way_of_target(&visitor.principal, of_number(&plan, number)?)
        .await?;
    Shown::to_visitor(
        &visitor,
        &Way {
            items: way.into_iter().map(StepShown::from).collect(),
        },
    )
}
