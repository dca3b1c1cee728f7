//! `GET /api/v1/observations/{id}/history`: everything that was done and said.

use axum::extract::State;
use directory::Act;
use plan::OBSERVATION;
use registry::Record;
use vocab::Id;

use crate::api::address::Named;
use crate::api::problem::ReadRefusals;
use crate::api::query::NoQuery;
use crate::api::shown::Shown;
use crate::api::way::{StepShown, Way};
use crate::http::{App, Failure, Visitor};

/// What led to a figure is everybody's.
const PUBLIC: [&str; 4] = ["submit", "hand_in", "approve", "consolidate"];

/// A report's history.
///
/// Latest first, with reasons and comments. Readers who see the report only because it was
/// consolidated see who submitted, approved and consolidated it last.
#[utoipa::path(
    get, path = "/api/v1/observations/{id}/history", operation_id = "show_observation_history", tag = "observations",
    params(("id" = String, Path, format = "uuid")),
    responses((status = 200, description = "As asked for", body = Way), ReadRefusals)
)]
pub(in crate::api) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Named(id): Named<Id>,
    _: NoQuery,
) -> Result<Shown, Failure> {
    let report = app.plans.report(&visitor.principal, id).await?;
    let mut way = app.plans.way_of_report(&visitor.principal, &report).await?;
    let unfinished = Record {
        state: "submitted".to_owned(),
        ..report.record
    };
    let registry = app.plans.registry();
    if !registry.may(&visitor.principal, Act::Read, OBSERVATION, &unfinished) {
        way = PUBLIC
            .iter()
            .rev()
            .filter_map(|action| way.iter().find(|step| step.action == *action).cloned())
            .collect();
    }
    Shown::to_asker(&Way {
        items: way.into_iter().map(StepShown::from).collect(),
    })
}
