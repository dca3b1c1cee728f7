//! `GET /api/v1/units/{id}`: a unit and its part in the plan.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use vocab::Id;

use super::address::Named;
use super::problem::ReadRefusals;
use super::query::NoQuery;
use super::shown::Shown;
use super::units::UnitShown;
use crate::http::{App, Failure};

/// A unit and its part in the plan.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UnitDetail {
    #[serde(flatten)]
    unit: UnitShown,
    /// The units under it.
    #[schema(value_type = Vec<String>)]
    children: Vec<Id>,
    /// The numbers of the targets on which it reports.
    #[schema(example = json!([12, 34]))]
    reports_on: Vec<u16>,
    /// The numbers of the targets in which it takes part without leading.
    partner_in: Vec<u16>,
}

/// A unit.
///
/// With the units under it, and the targets on which it reports.
#[utoipa::path(
    get, path = "/api/v1/units/{id}", operation_id = "show_unit", tag = "units",
    params(("id" = String, Path, format = "uuid")),
    responses((status = 200, description = "As asked for", body = UnitDetail), ReadRefusals)
)]
pub(super) async fn show(
    State(app): State<App>,
    Named(id): Named<Id>,
    _: NoQuery,
) -> Result<Shown, Failure> {
    let units = app.directory.units().await?;
    let unit = units
        .get(id)
        .ok_or_else(|| Failure::not_found(format!("unit {id}")))?;
    let plan = app.plans.view().await?;
    let plan = plan.as_deref();
    let reports_on = plan.map(|plan| {
        plan.reported_by(id)
            .map(|target| target.body.number)
            .collect()
    });
    let partner_in = plan.map(|plan| {
        plan.partnered_by(id)
            .map(|target| target.body.number)
            .collect()
    });
    Shown::to_everybody(&UnitDetail {
        unit: unit.into(),
        children: units.children(id).to_vec(),
        reports_on: reports_on.unwrap_or_default(),
        partner_in: partner_in.unwrap_or_default(),
    })
}
