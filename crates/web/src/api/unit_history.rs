//! `GET /api/v1/units/{id}/history`: a unit over all days, and its family.

use axum::extract::State;
use directory::{Kin, ShareBasis, UnitVersion};
use serde::Serialize;
use utoipa::ToSchema;
use vocab::Id;

use super::address::Named;
use super::problem::ReadRefusals;
use super::query::NoQuery;
use super::shown::Shown;
use super::units::UnitShown;
use crate::http::{App, Failure};

/// A unit over all days.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UnitHistory {
    /// Its versions, the earliest first.
    versions: Vec<UnitVersionShown>,
    /// What it is made of, the nearest first.
    predecessors: Vec<KinShown>,
    /// What became of it, the nearest first.
    successors: Vec<KinShown>,
}

/// A unit in a span of days.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UnitVersionShown {
    #[serde(flatten)]
    unit: UnitShown,
    /// `administration`, `sector` or `neighbours`.
    #[schema(example = "administration")]
    hierarchy: &'static str,
    /// Other ways to write its name, and what it was called before.
    aliases: Vec<String>,
}

/// A unit that gave or took a part.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct KinShown {
    #[schema(value_type = String, format = "uuid")]
    unit: Id,
    /// What it was last called.
    #[schema(example = "UBND phường 2")]
    name: String,
    /// The unit that it gave the part to, or took it from.
    #[schema(value_type = String, format = "uuid")]
    of: Id,
    /// The day of the event.
    #[schema(format = Date)]
    date: String,
    /// How much of the unit before went to the unit after.
    share: ShareShown,
    /// By what that was measured: `area`, `people` or `declared`.
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<&'static str>,
    /// The symbol of the resolution that ordered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    ordered_by: Option<String>,
    /// How many events lie between: 1 for the nearest.
    distance: usize,
}

/// A share as two fractions: at least and at most so much; both the same where it is known.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ShareShown {
    #[schema(example = "3/7")]
    least: String,
    #[schema(example = "3/7")]
    most: String,
}

impl From<directory::Share> for ShareShown {
    fn from(share: directory::Share) -> Self {
        Self {
            least: share.least.to_string(),
            most: share.most.to_string(),
        }
    }
}

/// The name of a basis.
pub(super) const fn basis_name(basis: ShareBasis) -> &'static str {
    match basis {
        ShareBasis::Area => "area",
        ShareBasis::People => "people",
        ShareBasis::Declared => "declared",
    }
}

impl From<&UnitVersion> for UnitVersionShown {
    fn from(version: &UnitVersion) -> Self {
        Self {
            unit: (&version.unit).into(),
            hierarchy: version.hierarchy.value(),
            aliases: version.unit.aliases.clone(),
        }
    }
}

impl From<Kin> for KinShown {
    fn from(kin: Kin) -> Self {
        Self {
            unit: kin.unit,
            name: kin.name,
            of: kin.of,
            date: kin.date.to_string(),
            share: kin.share.into(),
            basis: kin.basis.map(basis_name),
            ordered_by: kin.ordered_by.symbol,
            distance: kin.distance,
        }
    }
}

/// A unit's history.
///
/// What it was called in which span of days, what it is made of and what became of it.
#[utoipa::path(
    get, path = "/api/v1/units/{id}/history", operation_id = "show_unit_history", tag = "units",
    params(("id" = String, Path, format = "uuid")),
    responses((status = 200, description = "As asked for", body = UnitHistory), ReadRefusals)
)]
pub(super) async fn show(
    State(app): State<App>,
    Named(id): Named<Id>,
    _: NoQuery,
) -> Result<Shown, Failure> {
    let versions = app.directory.unit_versions(id).await?;
    if versions.is_empty() {
        return Err(Failure::not_found(format!("unit {id}")));
    }
    let succession = app.directory.succession().await?;
    let shown = |kin: Vec<Kin>| kin.into_iter().map(KinShown::from).collect();
    Shown::to_everybody(&UnitHistory {
        versions: versions.iter().map(UnitVersionShown::from).collect(),
        predecessors: shown(succession.ancestors(id)),
        successors: shown(succession.descendants(id)),
    })
}
