//! GeoJSON (RFC 7946) in and out, and the same with decimals as texts, which bodies of records
//! keep because canonical JSON has no fractions.

use serde_json::{Map, Value, json};
use vocab::Decimal;

use crate::shape::{Coord, Kind, MOST_POINTS, Shape, Wrong};

/// The shape in a GeoJSON value: a geometry, a feature, or a collection of one feature.
pub fn read(kind: Kind, value: &Value) -> Result<Shape, Wrong> {
    let unreadable = Wrong::of("shape-unreadable");
    let value = match value.get("type").and_then(Value::as_str) {
        Some("Feature") => value.get("geometry").ok_or(unreadable)?,
        Some("FeatureCollection") => match value.get("features").and_then(Value::as_array) {
            Some(features) if features.len() == 1 => {
                features[0].get("geometry").ok_or(unreadable)?
            }
            _ => return Err(Wrong::of("shape-several")),
        },
        _ => value,
    };
    let named = value.get("type").and_then(Value::as_str);
    let named = named.ok_or(unreadable)?;
    let coordinates = value.get("coordinates").ok_or(unreadable)?;
    let (named, coordinates) = match (named, coordinates.as_array().map(Vec::as_slice)) {
        // Programs write one shape as a collection of one.
        ("MultiPolygon", Some([only])) => ("Polygon", only),
        ("MultiLineString", Some([only])) => ("LineString", only),
        ("MultiPoint", Some([only])) => ("Point", only),
        ("MultiPolygon" | "MultiLineString" | "MultiPoint", _) => {
            return Err(Wrong::of("shape-several"));
        }
        (named, _) => (named, coordinates),
    };
    if named != name(kind) {
        return Err(Wrong::of("shape-other"));
    }
    let rings = match kind {
        Kind::Point => vec![vec![point(coordinates, 1)?]],
        Kind::Line => vec![points(coordinates)?],
        Kind::Polygon => {
            let rings = coordinates.as_array().ok_or(unreadable)?;
            // Counted before any is read.
            let count: usize = rings
                .iter()
                .map(|ring| ring.as_array().map_or(0, Vec::len))
                .sum();
            if count > MOST_POINTS || rings.len() > MOST_POINTS {
                return Err(Wrong::of("shape-too-large"));
            }
            rings.iter().map(points).collect::<Result<_, _>>()?
        }
    };
    Shape::checked(kind, rings)
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Point => "Point",
        Kind::Line => "LineString",
        Kind::Polygon => "Polygon",
    }
}

fn points(value: &Value) -> Result<Vec<Coord>, Wrong> {
    let list = value.as_array().ok_or(Wrong::of("shape-unreadable"))?;
    if list.len() > MOST_POINTS {
        return Err(Wrong::of("shape-too-large"));
    }
    let read = list
        .iter()
        .enumerate()
        .map(|(place, value)| point(value, place + 1));
    read.collect()
}

fn point(value: &Value, place: usize) -> Result<Coord, Wrong> {
    let pair = value
        .as_array()
        .filter(|pair| (2..=3).contains(&pair.len()))
        .ok_or(Wrong::at("shape-unreadable", place))?;
    let number = |value: &Value| number(value).ok_or(Wrong::at("shape-unreadable", place));
    Coord::of_decimals(number(&pair[0])?, number(&pair[1])?).map_err(|wrong| Wrong {
        point: Some(place),
        ..wrong
    })
}

fn number(value: &Value) -> Option<Decimal> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    decimal(&text)
}

/// A decimal of a text; more places than nine say nothing about the land.
pub(crate) fn decimal(text: &str) -> Option<Decimal> {
    if text.len() > 40 {
        return None;
    }
    match text.split_once('.') {
        Some((whole, part)) if part.len() > 9 && part.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{whole}.{}", &part[..9]).parse().ok()
        }
        // Some programs write 1.059e2.
        _ if text.contains(['e', 'E']) => {
            let number: f64 = text.parse().ok()?;
            (number.is_finite() && number.abs() < 1e9)
                .then(|| format!("{number:.7}").parse().ok())
                .flatten()
        }
        _ => text.parse().ok(),
    }
}

/// The shape as a body keeps it: coordinates are decimals in texts.
pub fn body(shape: &Shape) -> Value {
    written(shape, |coord| {
        let (lon, lat) = coord.decimals();
        json!([lon.to_string(), lat.to_string()])
    })
}

/// The shape as GeoJSON: coordinates are numbers.
pub fn geojson(shape: &Shape) -> Value {
    written(shape, |coord| {
        let (lon, lat) = coord.degrees();
        json!([lon, lat])
    })
}

fn written(shape: &Shape, pair: impl Fn(Coord) -> Value) -> Value {
    let all = |line: &[Coord]| Value::Array(line.iter().map(|coord| pair(*coord)).collect());
    let coordinates = match shape {
        Shape::Point(point) => pair(*point),
        Shape::Line(line) => all(line),
        Shape::Polygon(rings) => Value::Array(rings.iter().map(|ring| all(ring)).collect()),
    };
    json!({ "type": name(shape.kind()), "coordinates": coordinates })
}

/// The kind that a geometry names.
pub fn kind_of(value: &Value) -> Option<Kind> {
    Some(match value.get("type")?.as_str()? {
        "Point" => Kind::Point,
        "LineString" => Kind::Line,
        "Polygon" => Kind::Polygon,
        _ => return None,
    })
}

/// The shape that a body keeps; none if there is none.
pub fn of_body(value: &Value) -> Option<Shape> {
    read(kind_of(value)?, value).ok()
}

/// A feature: the shape with what is said of it.
pub fn feature(id: &str, shape: Option<&Shape>, properties: Map<String, Value>) -> Value {
    json!({
        "type": "Feature",
        "id": id,
        "geometry": shape.map_or(Value::Null, geojson),
        "properties": properties,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64, south: f64, size: f64) -> Value {
        let (east, north) = (west + size, south + size);
        json!({ "type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]] })
    }

    fn ring(points: &[(f64, f64)]) -> Value {
        json!({ "type": "Polygon", "coordinates": [points] })
    }

    #[test]
    fn shapes_that_are_none_are_refused_by_what_is_wrong() {
        let huge: Vec<[f64; 2]> = vec![[105.0, 10.0]; 1_000_000];
        let many_rings: Vec<[[f64; 2]; 1]> = vec![[[105.0, 10.0]]; 6_000];
        let mut with_hole = square(105.0, 10.0, 0.01);
        let outside = square(105.1, 10.0, 0.01)["coordinates"][0].clone();
        with_hole["coordinates"]
            .as_array_mut()
            .unwrap()
            .push(outside);
        for (value, code, point) in [
            (
                ring(&[
                    (105.0, 10.0),
                    (105.1, 10.1),
                    (105.1, 10.0),
                    (105.0, 10.1),
                    (105.0, 10.0),
                ]),
                "shape-crosses",
                Some(1),
            ),
            (
                ring(&[
                    (105.0, 10.0),
                    (105.2, 10.0),
                    (105.1, 10.0),
                    (105.1, 10.1),
                    (105.0, 10.0),
                ]),
                "shape-crosses",
                Some(2),
            ),
            (
                ring(&[(105.0, 10.0), (105.1, 10.1), (105.1, 10.0), (105.0, 10.1)]),
                "shape-open",
                None,
            ),
            (square(10.2, 105.9, 0.01), "shape-turned", Some(1)),
            (square(2.0, 48.0, 0.01), "shape-outside", Some(1)),
            (square(179.995, 10.0, 0.01), "shape-outside", Some(1)),
            (ring(&[(105.0, 10.0); 4]), "shape-too-few", None),
            (
                ring(&[(105.0, 10.0), (105.1, 10.1), (105.2, 10.2), (105.0, 10.0)]),
                "shape-crosses",
                Some(3),
            ),
            (
                json!({ "type": "Polygon", "coordinates": [huge] }),
                "shape-too-large",
                None,
            ),
            (
                json!({ "type": "Polygon", "coordinates": many_rings }),
                "shape-too-large",
                None,
            ),
            (with_hole, "shape-hole", None),
            (
                json!({ "type": "Polygon", "coordinates": [] }),
                "shape-too-few",
                None,
            ),
            (
                json!({ "type": "Polygon", "coordinates": [[["NaN", "10"]]] }),
                "shape-unreadable",
                Some(1),
            ),
            (
                json!({ "type": "Polygon", "coordinates": [[[null, 10]]] }),
                "shape-unreadable",
                Some(1),
            ),
            (
                json!({ "type": "Point", "coordinates": [105, 10] }),
                "shape-other",
                None,
            ),
            (
                json!({ "type": "FeatureCollection", "features": [] }),
                "shape-several",
                None,
            ),
            (json!("x"), "shape-unreadable", None),
        ] {
            assert_eq!(read(Kind::Polygon, &value), Err(Wrong { code, point }));
        }
    }

    #[test]
    fn what_was_read_is_written_again() {
        let shape = read(Kind::Polygon, &square(105.9, 10.2, 0.01)).unwrap();
        assert_eq!(body(&shape)["coordinates"][0][0], json!(["105.9", "10.2"]));
        assert_eq!(of_body(&body(&shape)).as_ref(), Some(&shape));
        assert_eq!(read(Kind::Polygon, &geojson(&shape)), Ok(shape.clone()));
        // With the clock it is turned.
        let mut turned = geojson(&shape);
        turned["coordinates"][0].as_array_mut().unwrap().reverse();
        let again = read(Kind::Polygon, &turned).unwrap();
        assert_eq!(again.count(), 5);
        assert!(crate::valid::doubled_area(again.parts()[0]) > 0);
        let exponent: Value =
            serde_json::from_str(r#"{"type":"Point","coordinates":[1.0597e2, 10.25]}"#).unwrap();
        let point = read(Kind::Point, &exponent).unwrap();
        assert_eq!(point.middle().degrees(), (105.97, 10.25));
    }
}
