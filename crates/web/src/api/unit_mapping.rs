//! `GET /api/v1/unit-mapping`: which part of each unit belongs to which on another day.

use axum::extract::State;
use directory::MappedShare;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use vocab::Id;

use super::problem::ReadRefusals;
use super::query::Asked;
use super::shown::Shown;
use super::unit_history::{ShareShown, basis_name};
use crate::http::{App, Failure};

/// The mapping between two days.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct UnitMapping {
    #[schema(format = Date)]
    from: String,
    #[schema(format = Date)]
    to: String,
    /// The parts; those of one unit add up to the whole.
    parts: Vec<PartShown>,
}

/// A part of a unit.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PartShown {
    /// The unit on the first day.
    #[schema(value_type = String, format = "uuid")]
    from: Id,
    #[schema(example = "UBND phường 2")]
    from_name: String,
    /// The unit on the other day; absent for what nobody took over.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "uuid")]
    to: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "UBND phường Long Châu")]
    to_name: Option<String>,
    share: ShareShown,
    /// By what shares on the way were measured.
    bases: Vec<&'static str>,
    /// The symbols of the resolutions on the way.
    ordered_by: Vec<String>,
}

/// A mapping between two days.
///
/// Of all units of the administration on the day `from`, or of the one that is named.
#[utoipa::path(
    get, path = "/api/v1/unit-mapping", operation_id = "show_unit_mapping", tag = "units",
    params(
        ("from" = String, Query, format = Date, description = "The first day", example = "2024-10-31"),
        ("to" = String, Query, format = Date, description = "The other day, before or after it", example = "2025-07-01"),
        ("unit" = Option<String>, Query, format = "uuid", description = "Only of this unit"),
    ),
    responses((status = 200, description = "As asked for", body = UnitMapping), ReadRefusals)
)]
pub(super) async fn show(State(app): State<App>, mut asked: Asked) -> Result<Shown, Failure> {
    let mut day = |name| {
        let day: Option<Date> = asked.text(name).and_then(|text| text.parse().ok());
        if day.is_none() {
            asked.wrong(name, "not-a-date");
        }
        day
    };
    let (from, to) = (day("from"), day("to"));
    let unit: Option<Id> = asked.parsed("unit", "not-an-id");
    asked.done()?;
    let (Some(from), Some(to)) = (from, to) else {
        return Err(Failure::internal("days that were asked for are missing"));
    };
    let succession = app.directory.succession().await?;
    let units: Vec<Id> = if let Some(unit) = unit {
        vec![unit]
    } else {
        let tree = app.directory.units_on(from).await?;
        tree.iter().map(|unit| unit.id).collect()
    };
    let part = |part: MappedShare| PartShown {
        from: part.from,
        from_name: succession.name(part.from).to_owned(),
        to: part.to,
        to_name: part.to.map(|unit| succession.name(unit).to_owned()),
        share: part.share.into(),
        bases: part.bases.into_iter().map(basis_name).collect(),
        ordered_by: part
            .ordered_by
            .into_iter()
            .filter_map(|by| by.symbol)
            .collect(),
    };
    let parts = succession.mapping(&units, from, to);
    Shown::to_everybody(&UnitMapping {
        from: from.to_string(),
        to: to.to_string(),
        parts: parts.into_iter().map(part).collect(),
    })
}
