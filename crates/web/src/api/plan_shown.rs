//! `GET /api/v1/plan`: the plan as a whole.

use std::sync::Arc;

use axum::extract::State;
use plan::PlanView;
use serde::Serialize;
use utoipa::ToSchema;
use vocab::{Id, Period};

use super::failure::no_plan;
use super::figure::{STANDINGS, standing_name};
use super::party::{BudgetShown, PartyShown};
use super::problem::ReadRefusals;
use super::query::NoQuery;
use super::shown::Shown;
use crate::http::{App, Failure, Visitor};

/// The plan.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PlanShown {
    #[schema(value_type = String, format = "uuid")]
    id: Id,
    /// The symbol of the decision.
    #[schema(example = "833/QĐ-UBND")]
    symbol: String,
    /// Its title, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// The year that it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 2023)]
    year: Option<i16>,
    /// The day of the decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date, example = "2023-04-14")]
    date: Option<String>,
    /// Who issued it, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
    /// Who organises its execution.
    #[serde(skip_serializing_if = "Option::is_none")]
    coordinator: Option<PartyShown>,
    /// The budget that its body states.
    #[serde(skip_serializing_if = "Option::is_none")]
    budget: Option<BudgetShown>,
    /// The headings under which its targets stand.
    groups: Vec<GroupShown>,
    /// How many targets it has.
    #[schema(example = 148)]
    targets: usize,
    /// How many projects.
    #[schema(example = 97)]
    projects: usize,
    /// In how many places it does not add up.
    findings: usize,
    /// How many targets stand how.
    standings: Vec<StandingCount>,
    /// The periods on which units report, by code.
    #[schema(value_type = Vec<String>, example = json!(["2023Q1", "2023Q2"]))]
    periods: Vec<Period>,
    /// The last day that any consolidated figure speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    figures_until: Option<String>,
    /// The version of the rule that says how targets stand.
    #[schema(example = "2026-2")]
    rule_version: &'static str,
}

/// A heading.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct GroupShown {
    #[schema(example = "II")]
    code: String,
    #[schema(example = "KINH TẾ SỐ")]
    title: String,
}

/// How many targets stand so.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StandingCount {
    #[schema(example = "no-data")]
    standing: &'static str,
    targets: usize,
}

/// The plan that is being carried out.
pub(super) async fn current(app: &App, visitor: &Visitor) -> Result<Arc<PlanView>, Failure> {
    let view = app.plans.view_for(&visitor.principal).await?;
    view.ok_or_else(no_plan)
}

/// The plan.
///
/// What the decision says as a whole, and how its targets stand together.
#[utoipa::path(
    get, path = "/api/v1/plan", operation_id = "show_plan", tag = "plan",
    responses((status = 200, description = "As asked for", body = PlanShown), ReadRefusals)
)]
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    _: NoQuery,
) -> Result<Shown, Failure> {
    let plan = current(&app, &visitor).await?;
    let body = &plan.body;
    let facts = &body.facts;
    let groups = body.groups.iter().map(|group| GroupShown {
        code: group.code.clone(),
        title: group.title.clone(),
    });
    let standings = STANDINGS.iter().map(|(_, standing)| StandingCount {
        standing: standing_name(*standing),
        targets: plan
            .targets
            .iter()
            .filter(|target| target.standing == *standing)
            .count(),
    });
    Shown::to_visitor(
        &visitor,
        &PlanShown {
            id: plan.id,
            symbol: body.symbol.clone(),
            title: body.title.clone(),
            year: body.year,
            date: facts.date.clone(),
            issuer: facts.issuer.clone(),
            coordinator: facts.coordinator.as_ref().map(PartyShown::from),
            budget: facts.budget.as_ref().map(BudgetShown::from),
            groups: groups.collect(),
            targets: plan.targets.len(),
            projects: plan.projects.len(),
            findings: body.findings.len(),
            standings: standings.collect(),
            periods: plan.periods(),
            figures_until: plan.figures_until().map(|day| day.to_string()),
            rule_version: &plan.rule.version,
        },
    )
}
