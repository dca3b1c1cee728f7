//! `GET /api/v1/units`: the province's units.

use axum::extract::State;
use directory::{Unit, UnitKind};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use vocab::Id;

use super::paging::{Page, next, part};
use super::problem::ReadRefusals;
use super::query::Asked;
use super::shown::Shown;
use crate::http::{App, Failure};

const PATH: &str = "/api/v1/units";

/// A unit as it is on the day shown.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UnitShown {
    /// Its permanent identity.
    #[schema(value_type = String, format = "uuid")]
    id: Id,
    /// The official name.
    #[schema(example = "UBND huyện Long Hồ")]
    name: String,
    /// The name for narrow places.
    #[schema(example = "Huyện Long Hồ")]
    short_name: String,
    /// `province`, `department`, `branch`, `office`, `party_mass`, `media`, `centre`,
    /// `district`, `district_office` or `commune`.
    #[schema(example = "district")]
    kind: &'static str,
    /// The unit that it stands under.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "uuid")]
    parent: Option<Id>,
    /// The electronic identifier (QĐ 20/2020/QĐ-TTg).
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// The statistics code of its area.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "857")]
    area_code: Option<String>,
    /// The first day.
    #[schema(format = Date)]
    valid_from: String,
    /// The last day; absent while it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    valid_to: Option<String>,
}

impl From<&Unit> for UnitShown {
    fn from(unit: &Unit) -> Self {
        Self {
            id: unit.id,
            name: unit.name.clone(),
            short_name: unit.short_name.clone(),
            kind: unit.kind.value(),
            parent: unit.parent,
            code: unit.code.as_ref().map(ToString::to_string),
            area_code: unit.area_code.clone(),
            valid_from: unit.valid_from.to_string(),
            valid_to: unit.valid_to.map(|day| day.to_string()),
        }
    }
}

/// Units.
///
/// By kind, then by name.
#[utoipa::path(
    get, path = "/api/v1/units", operation_id = "list_units", tag = "units",
    params(
        ("kind" = Option<String>, Query, description = "What they are", example = "district"),
        ("on" = Option<String>, Query, format = Date, description = "As of this day; today if not given", example = "2024-10-31"),
        ("limit" = Option<usize>, Query, minimum = 1, maximum = 200, description = "How many at most; 50 if not given"),
        ("after" = Option<String>, Query, description = "The mark in the page before's `next`"),
    ),
    responses(
        (status = 200, description = "As asked for", body = Page<UnitShown>, headers(("Link" = String, description = "`rel=next`"))),
        ReadRefusals
    )
)]
pub(super) async fn list(State(app): State<App>, mut asked: Asked) -> Result<Shown, Failure> {
    let kind = asked.choice("kind", &UnitKind::ALL.map(|kind| (kind.value(), kind)));
    let day: Option<Date> = asked.parsed("on", "not-a-date");
    let page = asked.page();
    asked.done()?;
    let units = match day {
        Some(day) => app.directory.units_on(day).await?,
        None => app.directory.units().await?,
    };
    let found: Vec<&Unit> = units
        .iter()
        .filter(|unit| kind.is_none_or(|kind| unit.kind == kind))
        .collect();
    let part = part(&found, &page, |unit| unit.id.to_string())?;
    let parameters = [
        ("kind", kind.map(|kind| kind.value().to_owned())),
        ("on", day.map(|day| day.to_string())),
        ("limit", Some(page.limit.to_string())),
    ];
    let page = Page {
        items: part
            .items
            .iter()
            .map(|unit| UnitShown::from(*unit))
            .collect(),
        next: part.next.map(|mark| next(PATH, &parameters, &mark)),
    };
    Ok(Shown::to_everybody(&page)?.next(page.next.as_deref()))
}
