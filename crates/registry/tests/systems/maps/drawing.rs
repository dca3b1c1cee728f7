//! Shapes made by chance, and what stands in a tile.

use std::collections::{BTreeMap, BTreeSet};

use geometry::mercator::{Spot, Tile, WORLD_BITS};
use geometry::{Coord, Shape};
use serde_json::{Value, json};

pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    pub(super) fn share(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "31 bits")]
        let share = self.next() as f64 / f64::from(1_u32 << 31);
        share
    }

    /// A star around a place: no side crosses another.
    pub(super) fn star(&mut self) -> Value {
        let (lon, lat) = (105.7 + self.share() * 0.3, 9.9 + self.share() * 0.3);
        let size = 0.0002 * 300_f64.powf(self.share());
        let count = 3 + self.next() % 40;
        let mut ring: Vec<[f64; 2]> = (0..count)
            .map(|at| {
                #[expect(clippy::cast_precision_loss, reason = "a few corners")]
                let angle = at as f64 / count as f64 * std::f64::consts::TAU;
                let far = size * (0.4 + 0.6 * self.share());
                [lon + far * angle.cos(), lat + far * angle.sin()]
            })
            .collect();
        ring.push(ring[0]);
        json!({ "type": "Polygon", "coordinates": [ring] })
    }
}

/// The ids of a tile's features by layer; `grid` has none and is counted.
pub(super) fn read_tile(bytes: &[u8]) -> BTreeMap<String, Vec<Option<u64>>> {
    fn varint(bytes: &mut &[u8]) -> u64 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = bytes[0];
            *bytes = &bytes[1..];
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return value;
            }
        }
    }
    fn fields_of(mut bytes: &[u8]) -> Vec<(u64, u64, &[u8])> {
        let mut all = Vec::new();
        while !bytes.is_empty() {
            let key = varint(&mut bytes);
            let value = varint(&mut bytes);
            if key.trailing_zeros() >= 3 {
                all.push((key >> 3, value, &bytes[..0]));
            } else {
                let (content, rest) = bytes.split_at(usize::try_from(value).unwrap());
                all.push((key >> 3, value, content));
                bytes = rest;
            }
        }
        all
    }
    let mut layers = BTreeMap::new();
    for (_, _, layer) in fields_of(bytes) {
        let parts = fields_of(layer);
        let name = parts.iter().find(|part| part.0 == 1).unwrap().2;
        let features = parts.iter().filter(|part| part.0 == 2).map(|part| {
            let feature = fields_of(part.2);
            feature
                .iter()
                .find(|field| field.0 == 1)
                .map(|field| field.1)
        });
        layers.insert(
            String::from_utf8(name.to_vec()).unwrap(),
            features.collect(),
        );
    }
    layers
}

pub(super) fn drawn(bytes: &[u8]) -> BTreeSet<u64> {
    let layers = read_tile(bytes);
    assert!(!layers.contains_key("grid"));
    let all: Vec<u64> = layers.into_values().flatten().flatten().collect();
    let set: BTreeSet<u64> = all.iter().copied().collect();
    assert_eq!(all.len(), set.len(), "a shape is drawn once in a tile");
    set
}

/// A tile's square, so many of its 4,096 units wider on each side.
pub(super) fn square(tile: Tile, wider: i32) -> Shape {
    let step = i64::from(tile.side()) * i64::from(wider) / 4_096;
    let at = |value: i32, by: i64| i32::try_from(i64::from(value) + by).unwrap();
    let (corner, side) = (tile.corner(), i64::from(tile.side()));
    let degrees = |x: i32, y: i32| {
        let (lon, lat) = Spot { x, y }.degrees();
        Coord::of_degrees(lon.clamp(102.0, 118.0), lat.clamp(7.0, 24.0)).unwrap()
    };
    let (west, north) = (at(corner.x, -step), at(corner.y, -step));
    let (east, south) = (at(corner.x, side + step), at(corner.y, side + step));
    let ring = vec![
        degrees(west, south),
        degrees(east, south),
        degrees(east, north),
        degrees(west, north),
        degrees(west, south),
    ];
    Shape::checked(geometry::Kind::Polygon, vec![ring]).unwrap()
}

pub(super) fn tile_of(zoom: u8, lon: f64, lat: f64) -> Tile {
    let spot = Spot::from(Coord::of_degrees(lon, lat).unwrap());
    let shift = WORLD_BITS - u32::from(zoom);
    Tile::new(
        zoom,
        spot.x.unsigned_abs() >> shift,
        spot.y.unsigned_abs() >> shift,
    )
    .unwrap()
}
