//! Whether shapes meet. Exact: coordinates are whole numbers.

use crate::shape::{Coord, Shape};

/// Whether two sides have a point in common.
pub(crate) fn meet(one: [Coord; 2], other: [Coord; 2]) -> bool {
    let turn = |a: Coord, b: Coord, c: Coord| {
        let wide = |one: i32, two: i32| i128::from(two) - i128::from(one);
        (wide(a.lon, b.lon) * wide(a.lat, c.lat) - wide(a.lat, b.lat) * wide(a.lon, c.lon)).signum()
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

/// Whether a point on the line through two lies between them.
fn on(a: Coord, b: Coord, c: Coord) -> bool {
    c.lon >= a.lon.min(b.lon)
        && c.lon <= a.lon.max(b.lon)
        && c.lat >= a.lat.min(b.lat)
        && c.lat <= a.lat.max(b.lat)
}

/// Whether any side of one line meets a side of the other.
pub(crate) fn lines_meet(one: &[Coord], other: &[Coord]) -> bool {
    let sides = |line: &[Coord]| {
        let mut all: Vec<[Coord; 2]> = line.windows(2).map(|pair| [pair[0], pair[1]]).collect();
        all.sort_by_key(|side| side[0].lon.min(side[1].lon));
        all
    };
    let (ours, theirs) = (sides(one), sides(other));
    let east = |side: &[Coord; 2]| side[0].lon.max(side[1].lon);
    let west = |side: &[Coord; 2]| side[0].lon.min(side[1].lon);
    ours.iter().any(|side| {
        theirs
            .iter()
            .take_while(|against| west(against) <= east(side))
            .any(|against| east(against) >= west(side) && meet(*side, *against))
    })
}

/// Whether a point lies within a closed ring, or on it.
pub fn inside(point: Coord, ring: &[Coord]) -> bool {
    let mut within = false;
    for pair in ring.windows(2) {
        let [a, b] = [pair[0], pair[1]];
        if meet([a, b], [point, point]) {
            return true;
        }
        if (a.lat > point.lat) != (b.lat > point.lat) {
            let wide = |one: i32, two: i32| i128::from(two) - i128::from(one);
            // The side's longitude at the point's latitude, compared without dividing.
            let left = wide(a.lat, point.lat) * wide(a.lon, b.lon);
            let right = wide(a.lon, point.lon) * wide(a.lat, b.lat);
            if (b.lat > a.lat && right < left) || (b.lat < a.lat && right > left) {
                within = !within;
            }
        }
    }
    within
}

/// Whether a point lies in a polygon, or on its outline.
fn in_polygon(point: Coord, rings: &[Vec<Coord>]) -> bool {
    let Some((outline, holes)) = rings.split_first() else {
        return false;
    };
    inside(point, outline)
        && holes.iter().all(|hole| {
            !inside(point, hole)
                || hole
                    .windows(2)
                    .any(|pair| meet([pair[0], pair[1]], [point; 2]))
        })
}

/// Whether two shapes have a point in common.
pub fn shapes_meet(one: &Shape, other: &Shape) -> bool {
    let (ours, theirs) = (one.bounds(), other.bounds());
    let apart = ours.1.lon < theirs.0.lon
        || theirs.1.lon < ours.0.lon
        || ours.1.lat < theirs.0.lat
        || theirs.1.lat < ours.0.lat;
    if apart {
        return false;
    }
    let lies_in = |shape: &Shape, around: &Shape| match around {
        Shape::Polygon(rings) => in_polygon(shape.parts()[0][0], rings),
        _ => false,
    };
    let doubled = |shape: &Shape| -> Vec<Vec<Coord>> {
        let parts = shape.parts();
        let whole = parts.into_iter().map(|part| match part {
            [only] => vec![*only; 2],
            more => more.to_vec(),
        });
        whole.collect()
    };
    let (ours, theirs) = (doubled(one), doubled(other));
    ours.iter()
        .any(|part| theirs.iter().any(|against| lines_meet(part, against)))
        || lies_in(one, other)
        || lies_in(other, one)
}

/// Whether a whole shape lies within a closed ring: no point outside, no side across it.
pub fn lies_within(shape: &Shape, ring: &[Coord]) -> bool {
    shape
        .parts()
        .iter()
        .all(|part| part.iter().all(|point| inside(*point, ring)) && !crosses_out(part, ring))
}

/// Whether a side between two points inside leaves a ring on its way: its middle lies outside.
fn crosses_out(part: &[Coord], ring: &[Coord]) -> bool {
    part.windows(2).any(|pair| {
        let middle = Coord {
            lon: i32::midpoint(pair[0].lon, pair[1].lon),
            lat: i32::midpoint(pair[0].lat, pair[1].lat),
        };
        !inside(middle, ring)
    })
}

/// Whether two polygons share some of their inside: those that lie side by side along one line do
/// not, and whatever is no polygon overlaps what it meets.
pub fn overlap(one: &Shape, other: &Shape) -> bool {
    if !shapes_meet(one, other) {
        return false;
    }
    let (Shape::Polygon(ours), Shape::Polygon(theirs)) = (one, other) else {
        return true;
    };
    let crossing = ours.iter().any(|ring| {
        ring.windows(2).any(|side| {
            theirs.iter().any(|against| {
                against
                    .windows(2)
                    .any(|other| cross([side[0], side[1]], [other[0], other[1]]))
            })
        })
    });
    crossing || share_ground(ours, theirs)
}

/// Whether two sides pass through each other.
fn cross(one: [Coord; 2], other: [Coord; 2]) -> bool {
    let turn = |a: Coord, b: Coord, c: Coord| {
        let wide = |one: i32, two: i32| i128::from(two) - i128::from(one);
        (wide(a.lon, b.lon) * wide(a.lat, c.lat) - wide(a.lat, b.lat) * wide(a.lon, c.lon)).signum()
    };
    let [a, b] = one;
    let [c, d] = other;
    turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0
}

/// Whether two polygons whose sides do not pass through each other share ground: looked at along
/// the parallel in the middle of each band between corners, where no two sides change places.
fn share_ground(ours: &[Vec<Coord>], theirs: &[Vec<Coord>]) -> bool {
    let corners = ours.iter().chain(theirs).flatten();
    let mut lats: Vec<i32> = corners.map(|corner| corner.lat).collect();
    lats.sort_unstable();
    lats.dedup();
    lats.windows(2).any(|band| {
        let lat = f64::midpoint(f64::from(band[0]), f64::from(band[1]));
        let (one, two) = (spans(ours, lat), spans(theirs, lat));
        one.iter().any(|(from, to)| {
            two.iter()
                .any(|(begin, end)| to.min(*end) - from.max(*begin) > 0.5)
        })
    })
}

/// What of a parallel lies in a polygon.
fn spans(rings: &[Vec<Coord>], lat: f64) -> Vec<(f64, f64)> {
    let mut crossings: Vec<f64> = Vec::new();
    for pair in rings.iter().flat_map(|ring| ring.windows(2)) {
        let [a, b] = [pair[0], pair[1]].map(|at| (f64::from(at.lon), f64::from(at.lat)));
        if (a.1 > lat) != (b.1 > lat) {
            crossings.push(a.0 + (lat - a.1) * (b.0 - a.0) / (b.1 - a.1));
        }
    }
    crossings.sort_unstable_by(f64::total_cmp);
    crossings
        .chunks_exact(2)
        .map(|pair| (pair[0], pair[1]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;

    fn square(west: i32, south: i32, size: i32) -> Shape {
        let at = |x: i32, y: i32| Coord {
            lon: 1_050_000_000 + west + x,
            lat: 100_000_000 + south + y,
        };
        let ring = vec![at(0, 0), at(size, 0), at(size, size), at(0, size), at(0, 0)];
        Shape::checked(Kind::Polygon, vec![ring]).unwrap()
    }

    #[test]
    fn neighbours_meet_and_do_not_overlap() {
        let one = square(0, 0, 1_000);
        for (other, meets, overlaps) in [
            (square(1_000, 0, 1_000), true, false),
            (square(999, 0, 1_000), true, true),
            (square(500, 0, 1_000), true, true),
            (square(0, 0, 1_000), true, true),
            (square(200, 200, 100), true, true),
            (square(-500, -500, 9_000), true, true),
            (square(2_000, 0, 10), false, false),
            (square(1_000, 1_000, 50), true, false),
        ] {
            assert_eq!(shapes_meet(&one, &other), meets, "{other:?}");
            assert_eq!(overlap(&one, &other), overlaps, "{other:?}");
            assert_eq!(overlap(&other, &one), overlaps, "{other:?}");
        }
    }
}
