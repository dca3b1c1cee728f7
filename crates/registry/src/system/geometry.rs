//! Shapes as GeoJSON (RFC 7946): WGS 84, longitude before latitude, checked.
//!
//! Bodies keep coordinates as decimals in texts, at most seven places (a centimetre), because
//! canonical JSON has no fractions; [`geojson`] gives them back as numbers.

use pack::declaration::FieldType;
use serde_json::{Value, json};
use vocab::Decimal;

/// The most points of a shape.
const MOST_POINTS: usize = 5_000;
/// The places of a coordinate.
const PLACES: u8 = 7;
/// The degrees within which Viet Nam lies, its islands too: longitude, then latitude.
const LONGITUDES: (i64, i64) = (102, 118);
const LATITUDES: (i64, i64) = (7, 24);

type Point = (Decimal, Decimal);

/// A shape as a body keeps it, or the code of what is wrong with it.
pub(crate) fn checked(kind: FieldType, value: &Value) -> Result<Value, &'static str> {
    let parsed;
    let value = match value {
        // From a form or a table's cell.
        Value::String(text) => {
            parsed = serde_json::from_str::<Value>(text).map_err(|_| "shape-unreadable")?;
            &parsed
        }
        other => other,
    };
    let value = match value.get("type").and_then(Value::as_str) {
        Some("Feature") => value.get("geometry").ok_or("shape-unreadable")?,
        Some("FeatureCollection") => match value
            .get("features")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
        {
            Some([only]) => only.get("geometry").ok_or("shape-unreadable")?,
            _ => return Err("shape-several"),
        },
        _ => value,
    };
    let named = value
        .get("type")
        .and_then(Value::as_str)
        .ok_or("shape-unreadable")?;
    let coordinates = value.get("coordinates").ok_or("shape-unreadable")?;
    let (wanted, coordinates) = match kind {
        FieldType::Point => ("Point", written(point(coordinates)?)),
        FieldType::Line => {
            let points = points(coordinates)?;
            if points.len() < 2 {
                return Err("shape-too-few");
            }
            ("LineString", all(points))
        }
        _ => ("Polygon", Value::Array(rings(coordinates, named)?)),
    };
    if named != wanted {
        return Err("shape-other");
    }
    Ok(json!({ "type": wanted, "coordinates": coordinates }))
}

fn rings(coordinates: &Value, named: &str) -> Result<Vec<Value>, &'static str> {
    if named != "Polygon" {
        return Err("shape-other");
    }
    let rings = coordinates.as_array().ok_or("shape-unreadable")?;
    let mut checked = Vec::new();
    let mut count = 0;
    for ring in rings {
        let ring = points(ring)?;
        count += ring.len();
        if ring.len() < 4 {
            return Err("shape-too-few");
        }
        if ring.first() != ring.last() {
            return Err("shape-open");
        }
        if count > MOST_POINTS {
            return Err("shape-too-large");
        }
        if crosses(&ring) {
            return Err("shape-crosses");
        }
        checked.push(all(ring));
    }
    if checked.is_empty() {
        Err("shape-too-few")
    } else {
        Ok(checked)
    }
}

fn points(value: &Value) -> Result<Vec<Point>, &'static str> {
    let list = value.as_array().ok_or("shape-unreadable")?;
    if list.len() > MOST_POINTS {
        return Err("shape-too-large");
    }
    list.iter().map(point).collect()
}

fn point(value: &Value) -> Result<Point, &'static str> {
    let pair = value
        .as_array()
        .filter(|pair| (2..=3).contains(&pair.len()))
        .ok_or("shape-unreadable")?;
    let (x, y) = (number(&pair[0])?, number(&pair[1])?);
    let within = |number: Decimal, (least, most)| {
        number >= Decimal::from(least) && number <= Decimal::from(most)
    };
    let inside = within(x, LONGITUDES) && within(y, LATITUDES);
    match inside {
        true => Ok((x, y)),
        // Latitude first is the usual slip.
        false if within(y, LONGITUDES) && within(x, LATITUDES) => Err("shape-turned"),
        false => Err("shape-outside"),
    }
}

fn number(value: &Value) -> Result<Decimal, &'static str> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return Err("shape-unreadable"),
    };
    // More places than are kept say nothing about the land.
    let text = match text.split_once('.') {
        Some((whole, part)) if part.len() > 9 && part.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{whole}.{}", &part[..9])
        }
        _ => text,
    };
    let number: Decimal = text.parse().map_err(|_| "shape-unreadable")?;
    Ok(number.round_half_up(PLACES).normalized())
}

fn written((x, y): Point) -> Value {
    json!([x.to_string(), y.to_string()])
}

fn all(points: Vec<Point>) -> Value {
    Value::Array(points.into_iter().map(written).collect())
}

/// Whether two sides that are no neighbours meet. Exact: coordinates are whole ten-millionths
/// of a degree.
fn crosses(ring: &[Point]) -> bool {
    let whole = |number: Decimal| number.rescale(PLACES).map_or(0, Decimal::mantissa);
    let sides: Vec<[(i64, i64); 2]> = ring
        .windows(2)
        .map(|pair| {
            [
                (whole(pair[0].0), whole(pair[0].1)),
                (whole(pair[1].0), whole(pair[1].1)),
            ]
        })
        .filter(|side| side[0] != side[1])
        .collect();
    let last = sides.len().saturating_sub(1);
    let mut order: Vec<usize> = (0..sides.len()).collect();
    // Along the longitude, so that only sides that overlap there are compared.
    order.sort_by_key(|at| sides[*at][0].0.min(sides[*at][1].0));
    for (place, one) in order.iter().enumerate() {
        let reach = sides[*one][0].0.max(sides[*one][1].0);
        for other in &order[place + 1..] {
            if sides[*other][0].0.min(sides[*other][1].0) > reach {
                break;
            }
            let apart = one.abs_diff(*other);
            let neighbours = apart == 1 || apart == last;
            if !neighbours && meet(sides[*one], sides[*other]) {
                return true;
            }
        }
    }
    false
}

fn meet(one: [(i64, i64); 2], other: [(i64, i64); 2]) -> bool {
    let turn = |a: (i64, i64), b: (i64, i64), c: (i64, i64)| {
        let ahead = i128::from(b.0 - a.0) * i128::from(c.1 - a.1);
        (ahead - i128::from(b.1 - a.1) * i128::from(c.0 - a.0)).signum()
    };
    let on = |a: (i64, i64), b: (i64, i64), c: (i64, i64)| {
        c.0 >= a.0.min(b.0) && c.0 <= a.0.max(b.0) && c.1 >= a.1.min(b.1) && c.1 <= a.1.max(b.1)
    };
    let [a, b] = one;
    let [c, d] = other;
    let turns = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
    (turns[0] != turns[1] && turns[2] != turns[3])
        || (turns[0] == 0 && on(a, b, c))
        || (turns[1] == 0 && on(a, b, d))
        || (turns[2] == 0 && on(c, d, a))
        || (turns[3] == 0 && on(c, d, b))
}

/// The shape with numbers for coordinates, as GeoJSON has them.
pub fn geojson(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(geojson).collect()),
        Value::Object(map) => Value::Object(
            map.iter()
                .map(|(key, value)| {
                    (
                        key.clone(),
                        if key == "type" {
                            value.clone()
                        } else {
                            geojson(value)
                        },
                    )
                })
                .collect(),
        ),
        Value::String(text) => text
            .parse::<f64>()
            .map_or(Value::Null, |number| json!(number)),
        other => other.clone(),
    }
}

/// Semi-major axis in metres and squared eccentricity of WGS 84.
const AXIS_M: f64 = 6_378_137.0;
const SQUARED: f64 = 0.006_694_379_990_141_317;

/// The area of a polygon in square metres, to two places: on the ellipsoid, its sides straight
/// in the equal-area cylinder (Snyder, Map Projections, 1987, eq. 3-12).
pub(crate) fn area_m2(shape: &Value) -> Option<Decimal> {
    let rings = shape.get("coordinates")?.as_array()?;
    let mut total = 0.0;
    for (place, ring) in rings.iter().enumerate() {
        let points = degrees(ring)?;
        let base = zone(points.first()?.1);
        let sum: f64 = points
            .windows(2)
            .map(|pair| {
                let width = (pair[1].0 - pair[0].0).to_radians();
                width * ((zone(pair[0].1) - base) + (zone(pair[1].1) - base)) / 2.0
            })
            .sum();
        total += if place == 0 { sum.abs() } else { -sum.abs() };
    }
    decimal(total)
}

/// The area below a latitude, for each radian of longitude.
fn zone(latitude: f64) -> f64 {
    let (e, sine) = (SQUARED.sqrt(), latitude.to_radians().sin());
    let first = sine / (1.0 - SQUARED * sine * sine);
    let second = ((1.0 + e * sine) / (1.0 - e * sine)).ln() / (2.0 * e);
    AXIS_M * AXIS_M * (1.0 - SQUARED) / 2.0 * (first + second)
}

/// The length of a line in metres, to two places, each side on the plane that touches its
/// middle.
pub(crate) fn length_m(shape: &Value) -> Option<Decimal> {
    let points = degrees(shape.get("coordinates")?)?;
    let total: f64 = points
        .windows(2)
        .map(|pair| {
            let middle = f64::midpoint(pair[0].1, pair[1].1).to_radians();
            let bend = 1.0 - SQUARED * middle.sin().powi(2);
            let across = AXIS_M / bend.sqrt() * middle.cos() * (pair[1].0 - pair[0].0).to_radians();
            let along =
                AXIS_M * (1.0 - SQUARED) / bend.powf(1.5) * (pair[1].1 - pair[0].1).to_radians();
            across.hypot(along)
        })
        .sum();
    decimal(total)
}

fn degrees(ring: &Value) -> Option<Vec<(f64, f64)>> {
    let points = ring.as_array()?.iter().map(|point| {
        let x = point.get(0)?.as_str()?.parse().ok()?;
        Some((x, point.get(1)?.as_str()?.parse().ok()?))
    });
    points.collect()
}

fn decimal(number: f64) -> Option<Decimal> {
    format!("{number:.2}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64, south: f64, size: f64) -> Value {
        let (east, north) = (west + size, south + size);
        json!({ "type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]] })
    }

    #[test]
    fn a_square_has_its_area() {
        let kept = checked(FieldType::Polygon, &square(105.9, 10.2, 0.01)).unwrap();
        assert_eq!(kept["coordinates"][0][0], json!(["105.9", "10.2"]));
        // 0.01° by 0.01° at 10.205° north: 1105.99 m (along the meridian) by 1095.79 m.
        let area: f64 = area_m2(&kept).unwrap().to_string().parse().unwrap();
        assert!((area / (1_106.0 * 1_095.8) - 1.0).abs() < 0.001, "{area}");
        let line =
            json!({ "type": "LineString", "coordinates": [["105.9", "10.2"], ["105.91", "10.2"]] });
        let length: f64 = length_m(&line).unwrap().to_string().parse().unwrap();
        assert!((length - 1_095.8).abs() < 1.0, "{length}");
        assert_eq!(geojson(&kept)["coordinates"][0][1], json!([105.91, 10.2]));
    }

    #[test]
    fn shapes_that_are_none_are_refused_by_what_is_wrong() {
        let bow = json!({ "type": "Polygon", "coordinates": [[[105.0, 10.0], [105.1, 10.1], [105.1, 10.0], [105.0, 10.1], [105.0, 10.0]]] });
        let open = json!({ "type": "Polygon", "coordinates": [[[105.0, 10.0], [105.1, 10.1], [105.1, 10.0], [105.0, 10.1]]] });
        for (value, code) in [
            (bow, "shape-crosses"),
            (open, "shape-open"),
            (square(10.2, 105.9, 0.01), "shape-turned"),
            (square(2.0, 48.0, 0.01), "shape-outside"),
            (
                json!({ "type": "Point", "coordinates": [105, 10] }),
                "shape-other",
            ),
            (json!("{"), "shape-unreadable"),
            (
                json!({ "type": "Polygon", "coordinates": [] }),
                "shape-too-few",
            ),
        ] {
            assert_eq!(checked(FieldType::Polygon, &value), Err(code));
        }
        assert!(
            checked(
                FieldType::Point,
                &json!("{\"type\":\"Point\",\"coordinates\":[105.97,10.25]}")
            )
            .is_ok()
        );
    }
}
