//! Whatever is sent: it is refused with a code, or it is right through and through. The same that
//! `fuzz/src/target/shapes.rs` asks, bounded.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use geometry::mercator::{Tile, WORLD_BITS};
use geometry::packed::{Columns, Drawn, bounds, pack, unpack};
use geometry::{Ground, Kind, Shape, cell, geojson, measure, meeting, text, tile};
use proptest::prelude::*;
use serde_json::{Value, json};

const KINDS: [Kind; 3] = [Kind::Point, Kind::Line, Kind::Polygon];

fn used(shape: &Shape, ground: &Ground) {
    assert_eq!(
        geojson::of_body(&geojson::body(shape)).as_ref(),
        Some(shape)
    );
    let lines = text::degrees_of(shape);
    assert_eq!(text::read(shape.kind(), &lines, ground).as_ref(), Ok(shape));
    for grid in &ground.grids {
        let metres = text::metres_of(shape, ground, grid);
        // A millimetre may make of a sliver none, never something else.
        if let Ok(again) = text::read(shape.kind(), &metres, ground) {
            assert_eq!(again.parts().len(), shape.parts().len());
        }
    }
    assert_eq!(
        measure::area_m2(shape).is_some(),
        shape.kind() == Kind::Polygon
    );
    assert!(meeting::shapes_meet(shape, shape) && meeting::overlap(shape, shape));
    let _ = meeting::lies_within(shape, &ground.province.outline);
    let drawn = Drawn::of(shape);
    assert_eq!(unpack(&pack(&drawn)).as_ref(), Some(&drawn));
    let columns = Columns::of(shape);
    assert_eq!(bounds(&columns.near), Some((drawn.low, drawn.high)));
    assert!(drawn.is_near(drawn.parts[0][0], 0));
    for zoom in [0, 7, 12, 16, 22] {
        let shift = WORLD_BITS - u32::from(zoom);
        let at = |value: i32| value.unsigned_abs() >> shift;
        let asked = Tile::new(zoom, at(drawn.low.x), at(drawn.low.y)).unwrap();
        let (low, high) = tile::reach(asked);
        let ranges = cell::ranges(low, high);
        assert!(
            ranges
                .iter()
                .any(|(from, to)| (*from..=*to).contains(&columns.cell))
        );
        let _ = tile::cut(asked, &drawn);
    }
}

/// Numbers as people and attackers write them.
fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        8 => (100.0..120.0_f64).prop_map(|value| json!(value)),
        8 => (6.0..25.0_f64).prop_map(|value| json!(value)),
        2 => (1_050_i32..1_062).prop_map(|value| json!(f64::from(value) / 10.0)),
        2 => (97_i32..104).prop_map(|value| json!(f64::from(value) / 10.0)),
        1 => Just(json!("NaN")),
        1 => Just(json!(null)),
        1 => any::<i64>().prop_map(|value| json!(value)),
        1 => any::<f64>().prop_map(|value| json!(value)),
    ]
}

/// Few places on a small grid, so that sides often meet.
fn ring() -> impl Strategy<Value = Value> {
    prop::collection::vec((1_050_i32..1_062, 97_i32..104), 3..9).prop_map(|corners| {
        let mut ring: Vec<Value> = corners
            .iter()
            .map(|(x, y)| json!([f64::from(*x) / 10.0, f64::from(*y) / 10.0]))
            .collect();
        ring.push(ring[0].clone());
        Value::Array(ring)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn rings_are_right_or_refused(rings in prop::collection::vec(ring(), 1..3)) {
        let ground = Ground::shipped();
        let value = json!({ "type": "Polygon", "coordinates": rings });
        if let Ok(shape) = geojson::read(Kind::Polygon, &value) {
            used(&shape, &ground);
        }
    }

    #[test]
    fn any_numbers_are_read_or_refused(pairs in prop::collection::vec((number(), number()), 0..6)) {
        let ground = Ground::shipped();
        let points: Vec<Value> = pairs.into_iter().map(|(x, y)| json!([x, y])).collect();
        for (named, coordinates) in [
            ("Point", points.first().cloned().unwrap_or(Value::Null)),
            ("LineString", json!(points)),
            ("Polygon", json!([points])),
            ("MultiPolygon", json!([[points]])),
        ] {
            let value = json!({ "type": named, "coordinates": coordinates });
            for kind in KINDS {
                if let Ok(shape) = geojson::read(kind, &value) {
                    used(&shape, &ground);
                }
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(typed in "(VN-?2000 ?)?[0-9 .,;°'\n{}\\[\\]:\"a-z-]{0,80}") {
        let ground = Ground::shipped();
        for kind in KINDS {
            if let Ok(shape) = text::read(kind, &typed, &ground) {
                used(&shape, &ground);
            }
        }
        let _ = Ground::parse(&typed);
    }

    #[test]
    fn lines_of_numbers_are_read_or_refused(
        lines in prop::collection::vec((100.0..120.0_f64, 7.0..24.0_f64, 0_usize..4), 1..6),
    ) {
        let ground = Ground::shipped();
        let lines = lines.iter().map(|(x, y, places)| format!("{x:.places$} {y:.places$}"));
        let typed = lines.collect::<Vec<_>>().join("\n");
        for kind in KINDS {
            if let Ok(shape) = text::read(kind, &typed, &ground) {
                used(&shape, &ground);
            }
        }
    }
}
