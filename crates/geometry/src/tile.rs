//! Shapes cut to a tile: what a feature of it draws.

use crate::clip::{At, Square};
use crate::mercator::{Spot, Tile, WORLD_BITS};
use crate::mvt::{Drawing, EXTENT};
use crate::packed::Drawn;
use crate::shape::Kind;
use crate::simplify;

/// How far lines and outlines go on beyond a tile's edge, in its units, so that no edge shows.
pub const MARGIN: i64 = 64;
/// Points are left out that lie nearer than so many units to the line without them: half a pixel.
const TOLERANCE: i64 = 4;
/// Shapes smaller than so many units are drawn as a dot: two pixels.
const DOT: i64 = 16;

/// The corners of a tile with its margin, in steps of the world.
pub fn reach(tile: Tile) -> (Spot, Spot) {
    let (corner, side) = (tile.corner(), tile.side());
    let margin = i32::try_from(i64::from(side) * MARGIN / EXTENT).unwrap_or(0);
    let most = (1 << WORLD_BITS) - 1;
    (
        Spot {
            x: (corner.x - margin).max(0),
            y: (corner.y - margin).max(0),
        },
        Spot {
            x: (corner.x - 1)
                .saturating_add(side)
                .saturating_add(margin)
                .min(most),
            y: (corner.y - 1)
                .saturating_add(side)
                .saturating_add(margin)
                .min(most),
        },
    )
}

/// What of a shape a tile draws; none if nothing of it lies there.
pub fn cut(tile: Tile, drawn: &Drawn) -> Option<Drawing> {
    let corner = tile.corner();
    let unit = |spot: &Spot| -> At {
        let at = |value: i32, corner: i32| {
            let steps = i64::from(value) - i64::from(corner);
            (steps * EXTENT).div_euclid(i64::from(tile.side()))
        };
        (at(spot.x, corner.x), at(spot.y, corner.y))
    };
    let (low, high) = (unit(&drawn.low), unit(&drawn.high));
    let is_small = high.0 - low.0 < DOT && high.1 - low.1 < DOT;
    if drawn.kind == Kind::Point || is_small {
        let at = (i64::midpoint(low.0, high.0), i64::midpoint(low.1, high.1));
        // A dot stands in one tile alone.
        let own = Square {
            low: 0,
            high: EXTENT - 1,
        };
        return own.holds(at).then_some(Drawing::Dot(at));
    }
    let square = Square {
        low: -MARGIN,
        high: EXTENT + MARGIN,
    };
    let side = i64::from(tile.side());
    let steps = (TOLERANCE * side / EXTENT).max(0);
    if drawn.kind == Kind::Line {
        let lines = drawn.parts.iter().flat_map(|part| {
            let few = simplify::line(part, steps);
            let units: Vec<At> = few.iter().map(unit).collect();
            square.line(&units)
        });
        let lines: Vec<Vec<At>> = lines.collect();
        return (!lines.is_empty()).then_some(Drawing::Lines(lines));
    }
    let mut rings = Vec::new();
    for (place, part) in drawn.parts.iter().enumerate() {
        let mut units: Vec<At> = simplify::ring(part, steps).iter().map(unit).collect();
        units.dedup();
        let mut ring = square.ring(&units);
        let area = doubled_area(&ring);
        if ring.len() < 3 || area == 0 {
            if place == 0 {
                // Without its outline a hole is nothing.
                break;
            }
            continue;
        }
        // Outlines run with the clock on the screen, holes against it.
        if (area > 0) != (place == 0) {
            ring.reverse();
        }
        rings.push(ring);
    }
    (!rings.is_empty()).then_some(Drawing::Rings(rings))
}

fn doubled_area(ring: &[At]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter()
        .zip(next)
        .map(|(one, two)| one.0 * two.1 - two.0 * one.1)
        .sum()
}

/// The dot of a grid square of a tile, by the place of any spot in it ([`crate::cell::spot_key`])
/// and how many bits of it are below the square.
pub fn dot(tile: Tile, key: i64, shift: u32) -> (i64, i64) {
    let first = crate::cell::spot_of(key >> shift << shift);
    let half = 1_i64 << (shift / 2) >> 1;
    let corner = tile.corner();
    let at = |value: i32, corner: i32| {
        let steps = i64::from(value) - i64::from(corner) + half;
        steps * EXTENT / i64::from(tile.side())
    };
    (at(first.x, corner.x), at(first.y, corner.y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Coord, Shape};

    fn shape(points: &[(f64, f64)]) -> Drawn {
        let ring = points
            .iter()
            .map(|(lon, lat)| Coord::of_degrees(*lon, *lat).unwrap())
            .collect();
        Drawn::of(&Shape::checked(Kind::Polygon, vec![ring]).unwrap())
    }

    #[test]
    fn a_square_is_drawn_in_the_tiles_that_it_reaches() {
        let (west, south, east, north) = (105.9, 10.2, 105.95, 10.25);
        let square = shape(&[
            (west, south),
            (east, south),
            (east, north),
            (west, north),
            (west, south),
        ]);
        let at = |zoom: u8| {
            let shift = WORLD_BITS - u32::from(zoom);
            let spot = square.low;
            Tile::new(
                zoom,
                spot.x.unsigned_abs() >> shift,
                spot.y.unsigned_abs() >> shift,
            )
            .unwrap()
        };
        assert!(matches!(cut(at(4), &square), Some(Drawing::Dot(_))));
        let Some(Drawing::Rings(rings)) = cut(at(12), &square) else {
            panic!("no rings");
        };
        assert_eq!(rings[0].len(), 4);
        assert!(doubled_area(&rings[0]) > 0);
        // At a deep zoom the north-western tile is cut at its own edges.
        let Some(Drawing::Rings(rings)) = cut(at(17), &square) else {
            panic!("no rings");
        };
        let most = rings[0].iter().map(|at| at.0.max(at.1)).max();
        assert_eq!(most, Some(EXTENT + MARGIN));
        let far = Tile::new(12, 0, 0).unwrap();
        assert_eq!(cut(far, &square), None);
    }
}
