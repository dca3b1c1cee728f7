//! `GET /api/v1/unit-plans`: units' own plans below the province's. For those with an account.

use axum::extract::State;
use plan::own_plans::{OwnPlanRow, OwnPlanState};
use serde::Serialize;
use utoipa::ToSchema;
use vocab::Id;

use super::paging::{Page, next, part};
use super::party::UnitName;
use super::plan_shown::current;
use super::problem::ReadRefusals;
use super::query::Asked;
use super::shown::Shown;
use crate::http::{App, Failure, Visitor};

const PATH: &str = "/api/v1/unit-plans";

/// A unit and the plan that it issued.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UnitPlanShown {
    unit: UnitName,
    /// Whether the decision orders it to issue one.
    ordered: bool,
    /// `late`, `missing`, `waiting` (for the head of the unit) or `issued`.
    #[schema(example = "issued")]
    state: &'static str,
    /// The last day for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    due: Option<String>,
    /// Its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "45/KH-SNV")]
    symbol: Option<String>,
    /// The day on which it was issued.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    on: Option<String>,
    /// How many targets and projects of the province's plan name the unit.
    named: usize,
    /// How many of them its plan leaves out.
    left_out: usize,
    /// The identities of those.
    #[schema(value_type = Vec<String>)]
    left_out_items: Vec<Id>,
}

/// Units' own plans.
///
/// First the units that the decision tells to issue one.
#[utoipa::path(
    get, path = "/api/v1/unit-plans", operation_id = "list_unit_plans", tag = "plan",
    params(
        ("state" = Option<String>, Query, description = "Only units that stand there"),
        ("limit" = Option<usize>, Query, minimum = 1, maximum = 200, description = "How many at most; 50 if not given"),
        ("after" = Option<String>, Query, description = "The mark in the page before's `next`"),
    ),
    responses(
        (status = 200, description = "As asked for", body = Page<UnitPlanShown>, headers(("Link" = String, description = "`rel=next`"))),
        ReadRefusals
    ),
    security(("token" = []), ("session" = []))
)]
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    mut asked: Asked,
) -> Result<Shown, Failure> {
    visitor.account()?;
    let page = asked.page();
    let states = OwnPlanState::ALL.map(|state| (state.name(), state));
    let state = asked.choice("state", &states);
    asked.done()?;
    let plan = current(&app, &visitor).await?;
    let overview = app.plans.own_plans(&visitor.principal, &plan).await?;
    let rows: Vec<&OwnPlanRow> = overview
        .rows
        .iter()
        .filter(|row| state.is_none_or(|state| row.state == state))
        .collect();
    let part = part(&rows, &page, |row| row.unit.to_string())?;
    let due = overview.due.day().map(|day| day.to_string());
    let items = part.items.iter().map(|row| {
        let body = row.plan.as_ref().map(|plan| &plan.body);
        UnitPlanShown {
            unit: UnitName::of(&plan.units, row.unit),
            ordered: row.ordered,
            state: row.state.name(),
            due: due.clone().filter(|_| row.ordered),
            symbol: body.map(|body| body.symbol.clone()),
            on: body.and_then(|body| body.on).map(|day| day.to_string()),
            named: row.coverage.targets.len() + row.coverage.projects.len(),
            left_out: row.coverage.left_out.len(),
            left_out_items: row.coverage.left_out.iter().copied().collect(),
        }
    });
    let parameters = [
        ("limit", Some(page.limit.to_string())),
        ("state", state.map(|state| state.name().to_owned())),
    ];
    let page = Page {
        items: items.collect(),
        next: part.next.map(|mark| next(PATH, &parameters, &mark)),
    };
    Ok(Shown::to_asker(&page)?.next(page.next.as_deref()))
}
