//! Shapes in records: what was sent as a body keeps it, and whether it lies where it should.

use geometry::{Ground, Kind, meeting};
use pack::declaration::{Field, FieldType, RecordFile, UnitLevel};
use serde_json::{Map, Value, json};
use vocab::FieldProblem;

use super::value::Checker;

impl Checker<'_> {
    /// GeoJSON, or coordinates as text in WGS 84 or VN-2000.
    pub(super) fn shape(
        &mut self,
        field: &Field,
        path: &str,
        value: &Value,
    ) -> Result<Value, &'static str> {
        let kind = geometry_kind(*field.kind).ok_or("shape-other")?;
        let read = match value {
            // From a form or a table's cell.
            Value::String(text) => geometry::text::read(kind, text, self.ground),
            other => geometry::geojson::read(kind, other),
        };
        read.map(|shape| geometry::geojson::body(&shape))
            .map_err(|wrong| match wrong.point {
                None => wrong.code,
                Some(point) => {
                    let code = format!("{}-at", wrong.code);
                    let problem = FieldProblem::new(path, &code).with("point", point);
                    self.problems.push(problem);
                    ""
                }
            })
    }
}

/// The kind of shape that a field holds; none for other fields.
pub(crate) fn geometry_kind(kind: FieldType) -> Option<Kind> {
    Some(match kind {
        FieldType::Point => Kind::Point,
        FieldType::Line => Kind::Line,
        FieldType::Polygon => Kind::Polygon,
        _ => return None,
    })
}

/// What is to be said of shapes that must lie in the province and do not. Where only about where
/// it lies is known, it is no more than a word of warning.
pub(super) fn beyond(
    declared: &RecordFile,
    ground: &Ground,
    body: &Map<String, Value>,
) -> Vec<FieldProblem> {
    let province = &ground.province;
    let code = if province.exact {
        "shape-beyond"
    } else {
        "shape-beyond-about"
    };
    let bound = declared.fields.iter().filter(|field| {
        let inside = field.inside.as_ref().map(|level| **level);
        matches!(inside, Some(UnitLevel::Province | UnitLevel::Commune))
    });
    let outside = bound.filter(|field| {
        let values = match body.get(&field.id.text) {
            Some(Value::Array(several)) => several.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        let shapes = values.iter().filter_map(geometry::geojson::of_body);
        shapes
            .into_iter()
            .any(|shape| !meeting::lies_within(&shape, &province.outline))
    });
    outside
        .map(|field| {
            FieldProblem::new(field.id.text.as_str(), code).with("province", &province.name)
        })
        .collect()
}

/// The shape with numbers for coordinates, as GeoJSON has them.
pub fn geojson(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(geojson).collect()),
        Value::Object(map) => Value::Object(
            map.iter()
                .map(|(key, value)| {
                    let value = if key == "type" {
                        value.clone()
                    } else {
                        geojson(value)
                    };
                    (key.clone(), value)
                })
                .collect(),
        ),
        Value::String(text) => text
            .parse::<f64>()
            .map_or(Value::Null, |number| json!(number)),
        other => other.clone(),
    }
}
