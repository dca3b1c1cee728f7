//! Shapes: GeoJSON, coordinates as text, bytes of a column. What is read is right: it is written and
//! read again, measured, packed, found by its key, and cut to tiles without a fault.

#![no_main]

use geometry::mercator::{Spot, Tile, WORLD_BITS};
use geometry::packed::{Columns, Drawn, bounds, pack, unpack};
use geometry::{Ground, Kind, Shape, cell, geojson, measure, meeting, text, tile};
use libfuzzer_sys::fuzz_target;

fn used(shape: &Shape, ground: &Ground) {
    assert_eq!(geojson::of_body(&geojson::body(shape)).as_ref(), Some(shape));
    assert_eq!(text::read(shape.kind(), &text::degrees_of(shape), ground).as_ref(), Ok(shape));
    let _ = measure::area_m2(shape);
    let _ = measure::length_m(shape);
    assert!(meeting::shapes_meet(shape, shape) && meeting::overlap(shape, shape));
    let _ = meeting::lies_within(shape, &ground.province.outline);
    let drawn = Drawn::of(shape);
    assert_eq!(unpack(&pack(&drawn)).as_ref(), Some(&drawn));
    let columns = Columns::of(shape);
    assert_eq!(bounds(&columns.near), Some((drawn.low, drawn.high)));
    for zoom in [0, 7, 12, 16, 22] {
        let shift = WORLD_BITS - u32::from(zoom);
        let at = |spot: Spot| Tile::new(zoom, spot.x.unsigned_abs() >> shift, spot.y.unsigned_abs() >> shift);
        let Some(asked) = at(drawn.low) else { continue };
        let (low, high) = tile::reach(asked);
        let ranges = cell::ranges(low, high);
        assert!(ranges.iter().any(|(from, to)| (*from..=*to).contains(&columns.cell)));
        let _ = tile::cut(asked, &drawn);
    }
}

fuzz_target!(|bytes: &[u8]| {
    let ground = Ground::shipped();
    if let Some(drawn) = unpack(bytes) {
        if let Some(asked) = Tile::new(12, 3_250, 1_930) {
            let _ = tile::cut(asked, &drawn);
        }
        let _ = drawn.is_near(drawn.low, 100);
    }
    let Ok(typed) = std::str::from_utf8(bytes) else { return };
    let _ = Ground::parse(typed);
    for kind in [Kind::Point, Kind::Line, Kind::Polygon] {
        if let Ok(shape) = text::read(kind, typed, &ground) {
            used(&shape, &ground);
        }
        let value = serde_json::from_str::<serde_json::Value>(typed);
        if let Ok(shape) = value.map_err(|_| ()).and_then(|value| geojson::read(kind, &value).map_err(|_| ())) {
            used(&shape, &ground);
        }
    }
});
