//! Shapes: `GeoJSON`, coordinates as text (degrees, VN-2000), bytes of a column. What is read is right: it is
//! written and read again, measured, packed, found by its key, and cut to tiles without a fault.

use std::sync::LazyLock;

use geometry::mercator::{Spot, Tile, WORLD_BITS};
use geometry::packed::{Columns, Drawn, bounds, pack, unpack};
use geometry::{Ground, Kind, Shape, cell, geojson, measure, meeting, text, tile};

use crate::{Target, seeds};

/// Shapes.
pub(crate) const GEOMETRY: Target = Target {
    name: "geometry",
    body: shapes,
    seeds: || {
        let mut seeds = vec![
            br#"{"type":"Point","coordinates":[105.97,10.25]}"#.to_vec(),
            br#"{"type":"LineString","coordinates":[[105.9,10.2],[105.95,10.25],[106,10.2]]}"#.to_vec(),
            br#"{"type":"Polygon","coordinates":[[[105.9,10.1],[106,10.1],[106,10.2],[105.9,10.2],[105.9,10.1]],[[105.93,10.13],[105.96,10.13],[105.96,10.16],[105.93,10.13]]]}"#.to_vec(),
            br#"{"type":"MultiPolygon","coordinates":[[[[105.9,10.1],[106,10.1],[106,10.2],[105.9,10.1]]]]}"#.to_vec(),
            "10.25 105.97".into(),
            "VN-2000 105°30'\n1134000.5 552000.25\n1134100 552100\n1134000 552200".into(),
            "10°15'00\" 105°58'12\"".into(),
            seeds::file("data/maps/ground.toml"),
        ];
        for text in ["10.1 105.9\n10.1 106\n10.2 106\n10.2 105.9", "10.25 105.97"] {
            for kind in [Kind::Point, Kind::Line, Kind::Polygon] {
                if let Ok(shape) = text::read(kind, text, &Ground::shipped()) {
                    seeds.push(pack(&Drawn::of(&shape)));
                }
            }
        }
        seeds
    },
    words: &[
        "\"type\":",
        "\"coordinates\":",
        "\"Point\"",
        "\"LineString\"",
        "\"Polygon\"",
        "\"MultiPolygon\"",
        "\"MultiPoint\"",
        "\"GeometryCollection\"",
        "[[",
        "]]",
        "1e308",
        "-0.0",
        "NaN",
        "180",
        "-90",
        "VN-2000",
        "VN2000",
        "105°30'",
        "N",
        "E",
        "°",
        "'",
        "\"",
        ";",
        "1134000",
        "552000",
        "null",
    ],
    longest: 3 << 10,
    runs: 3_000,
};

fn used(shape: &Shape, ground: &Ground) {
    assert_eq!(
        geojson::of_body(&geojson::body(shape)).as_ref(),
        Some(shape)
    );
    assert_eq!(
        text::read(shape.kind(), &text::degrees_of(shape), ground).as_ref(),
        Ok(shape)
    );
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
    let _ = measure::length_m(shape);
    assert!(meeting::shapes_meet(shape, shape) && meeting::overlap(shape, shape));
    let _ = meeting::lies_within(shape, &ground.province.outline);
    let drawn = Drawn::of(shape);
    assert_eq!(unpack(&pack(&drawn)).as_ref(), Some(&drawn));
    let columns = Columns::of(shape);
    assert_eq!(bounds(&columns.near), Some((drawn.low, drawn.high)));
    for zoom in [0, 7, 12, 16, 22] {
        let shift = WORLD_BITS - u32::from(zoom);
        let at = |spot: Spot| {
            Tile::new(
                zoom,
                spot.x.unsigned_abs() >> shift,
                spot.y.unsigned_abs() >> shift,
            )
        };
        let Some(asked) = at(drawn.low) else { continue };
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

fn shapes(bytes: &[u8]) {
    static GROUND: LazyLock<Ground> = LazyLock::new(Ground::shipped);
    let ground = &*GROUND;
    if let Some(drawn) = unpack(bytes) {
        if let Some(asked) = Tile::new(12, 3_250, 1_930) {
            let _ = tile::cut(asked, &drawn);
        }
        let _ = drawn.is_near(drawn.low, 100);
    }
    let Ok(typed) = std::str::from_utf8(bytes) else {
        return;
    };
    let _ = Ground::parse(typed);
    let value = serde_json::from_str::<serde_json::Value>(typed).ok();
    for kind in [Kind::Point, Kind::Line, Kind::Polygon] {
        if let Ok(shape) = text::read(kind, typed, ground) {
            used(&shape, ground);
        }
        if let Some(Ok(shape)) = value.as_ref().map(|value| geojson::read(kind, value)) {
            used(&shape, ground);
        }
    }
}
