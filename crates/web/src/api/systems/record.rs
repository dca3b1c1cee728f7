//! A record of a system as the API shows it.

use directory::Act;
use registry::system::geojson;
use registry::{Record, RegistryError};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::super::shown::Shown;
use crate::http::Failure;
use crate::http::systems::Desk;

/// A record of a system.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct SystemRecordShown {
    /// Its identity.
    #[schema(format = "uuid")]
    id: String,
    /// Its version, which is its `ETag` too.
    version: i64,
    /// The unit whose it is.
    #[schema(format = "uuid")]
    unit: String,
    /// Where it stands.
    #[schema(example = "draft")]
    state: String,
    /// Its number, once it has one.
    code: Option<String>,
    /// The day on which it was made.
    #[schema(example = "2026-11-29")]
    created_on: Option<String>,
    /// What it says, by field. Decimals are texts, shapes GeoJSON.
    #[schema(value_type = Object)]
    fields: Map<String, Value>,
}

pub(super) fn shown(desk: &Desk, record: &Record) -> Result<Shown, Failure> {
    desk.saw(record);
    Ok(Shown::to_asker(&one(desk, record))?.version(record.version))
}

pub(super) fn one(desk: &Desk, record: &Record) -> SystemRecordShown {
    let text = |name: &str| {
        record
            .body
            .get(name)
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    let mut fields = Map::new();
    for field in &desk.declared().fields {
        if let Some(value) = record.body.get(&field.id.text) {
            let value = if field.kind.is_geometry() {
                geojson(value)
            } else {
                value.clone()
            };
            fields.insert(field.id.text.clone(), value);
        }
    }
    SystemRecordShown {
        id: record.id.to_string(),
        version: record.version,
        unit: record.unit.to_string(),
        state: record.state.clone(),
        code: text("code"),
        created_on: text("created_on"),
        fields,
    }
}

/// A failure; if somebody else changed the record meanwhile, with the version that stands.
pub(super) fn stale(desk: &Desk, error: RegistryError) -> Failure {
    let RegistryError::Conflict { current, .. } = &error else {
        return error.into();
    };
    let current = desk.may(Act::Read, current).then(|| {
        desk.saw(current);
        one(desk, current)
    });
    let mut failure = Failure::from(error);
    if let Some(Ok(current)) = current.map(serde_json::to_value) {
        failure.members = Some(Box::new(Map::from_iter([("current".to_owned(), current)])));
    }
    failure
}
