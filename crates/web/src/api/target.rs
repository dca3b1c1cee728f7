//! `GET /api/v1/targets/{number}`: a target with its figures.

use axum::extract::State;
use plan::PlanView;
use plan::import::{Bound, IndicatorKind};
use plan::view::{IndicatorView, TargetView};
use serde::Serialize;
use utoipa::ToSchema;
use vocab::{Decimal, Id};

use super::address::Named;
use super::figure::{PooledFigure, StandingShown, UnitFigureShown};
use super::party::UnitName;
use super::plan_shown::current;
use super::problem::ReadRefusals;
use super::query::NoQuery;
use super::shown::Shown;
use super::targets::TargetShown;
use crate::http::{App, Failure, Visitor};

/// A target with what measures it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct TargetDetail {
    #[serde(flatten)]
    target: TargetShown,
    /// The version of the rule that says how it stands.
    #[schema(example = "2026-2")]
    rule_version: &'static str,
    /// The units that report on it.
    reporters: Vec<UnitName>,
    /// What measures its goals.
    indicators: Vec<IndicatorShown>,
}

/// What measures one goal.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct IndicatorShown {
    #[schema(value_type = String, format = "uuid")]
    id: Id,
    /// What it measures, in the target's words.
    name: String,
    /// The goal, as written.
    #[schema(example = "≥ 80%")]
    goal: String,
    /// `ratio` (numerator and denominator), `count`, `milestone` or `standing` (reached or
    /// not).
    #[schema(value_type = String, example = "ratio")]
    kind: IndicatorKind,
    /// `%`, or the thing counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "%")]
    unit: Option<String>,
    /// On which side of the value the goal lies: `at-least`, `more-than`, `at-most` or
    /// `less-than`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "at-least")]
    bound: Option<Bound>,
    /// Percent or count to be reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "80")]
    value: Option<Decimal>,
    /// How it stands, and why.
    standing: StandingShown,
    /// What all units together say.
    #[serde(skip_serializing_if = "Option::is_none")]
    figure: Option<PooledFigure>,
    /// The figure at the end of each period that anybody reported on.
    trend: Vec<PooledFigure>,
    /// What each unit says.
    units: Vec<UnitFigureShown>,
}

impl IndicatorShown {
    fn of(plan: &PlanView, indicator: &IndicatorView) -> Self {
        let body = &indicator.body;
        Self {
            id: indicator.id,
            name: body.name.clone(),
            goal: body.goal.clone(),
            kind: body.measure.kind,
            unit: body.measure_unit.clone(),
            bound: body.measure.bound,
            value: body.measure.value,
            standing: indicator.judgement.into(),
            figure: indicator.figure.map(PooledFigure::from),
            trend: indicator
                .trend
                .iter()
                .copied()
                .map(PooledFigure::from)
                .collect(),
            units: indicator
                .units
                .iter()
                .map(|unit| UnitFigureShown::of(plan, unit))
                .collect(),
        }
    }
}

/// The target of this number.
pub(super) fn of_number(plan: &PlanView, number: u16) -> Result<&TargetView, Failure> {
    let found = plan.target(number);
    found.ok_or_else(|| Failure::not_found(format!("target {number}")))
}

/// A target.
///
/// With its indicators: what all units together say (numerators and denominators are added,
/// percentages never), what each unit says, how it stands and why.
#[utoipa::path(
    get, path = "/api/v1/targets/{number}", operation_id = "show_target", tag = "plan",
    params(("number" = u16, Path, description = "Its number in the annex", example = 12)),
    responses((status = 200, description = "As asked for", body = TargetDetail), ReadRefusals)
)]
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Named(number): Named<u16>,
    _: NoQuery,
) -> Result<Shown, Failure> {
    let plan = current(&app, &visitor).await?;
    let target = of_number(&plan, number)?;
    let reporters = target.reporters.iter();
    Shown::to_visitor(
        &visitor,
        &TargetDetail {
            target: target.into(),
            rule_version: &plan.rule.version,
            reporters: reporters
                .map(|unit| UnitName::of(&plan.units, *unit))
                .collect(),
            indicators: target
                .indicators
                .iter()
                .map(|indicator| IndicatorShown::of(&plan, indicator))
                .collect(),
        },
    )
}
