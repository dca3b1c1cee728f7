//! Whether rings make a polygon: closed, of some size, crossing neither themselves nor each
//! other. Exact: coordinates are whole numbers.

use crate::meeting::{inside, meet};
use crate::shape::{Coord, Wrong};

/// The rings of a polygon, without doubled points and turned as RFC 7946 has them.
pub(crate) fn polygon(rings: Vec<Vec<Coord>>) -> Result<Vec<Vec<Coord>>, Wrong> {
    let mut checked: Vec<Vec<Coord>> = Vec::with_capacity(rings.len());
    for (place, mut ring) in rings.into_iter().enumerate() {
        if ring.first() != ring.last() {
            return Err(Wrong::of("shape-open"));
        }
        ring.dedup();
        if ring.len() < 4 {
            return Err(Wrong::of("shape-too-few"));
        }
        if let Some(point) = crosses(&ring) {
            return Err(Wrong::at("shape-crosses", point + 1));
        }
        let doubled = doubled_area(&ring);
        if doubled == 0 {
            return Err(Wrong::of("shape-too-few"));
        }
        if (doubled > 0) != (place == 0) {
            ring.reverse();
        }
        checked.push(ring);
    }
    let Some((outline, holes)) = checked.split_first() else {
        return Err(Wrong::of("shape-too-few"));
    };
    for (place, hole) in holes.iter().enumerate() {
        let others = holes.iter().take(place);
        let lies_right = inside(hole[0], outline)
            && !rings_meet(hole, outline)
            && others
                .clone()
                .all(|other| !inside(hole[0], other) && !inside(other[0], hole))
            && others.into_iter().all(|other| !rings_meet(hole, other));
        if !lies_right {
            return Err(Wrong::of("shape-hole"));
        }
    }
    Ok(checked)
}

/// Twice the area that a ring encloses, in squared ten-millionths of a degree; negative where it
/// runs with the clock.
pub(crate) fn doubled_area(ring: &[Coord]) -> i128 {
    let cross = |one: Coord, two: Coord| {
        i128::from(one.lon) * i128::from(two.lat) - i128::from(two.lon) * i128::from(one.lat)
    };
    ring.windows(2).map(|pair| cross(pair[0], pair[1])).sum()
}

/// The first point of a side that meets another which is no neighbour of it, or turns back on
/// itself; none if the ring is simple.
fn crosses(ring: &[Coord]) -> Option<usize> {
    let sides: Vec<[Coord; 2]> = ring.windows(2).map(|pair| [pair[0], pair[1]]).collect();
    let last = sides.len().saturating_sub(1);
    for (place, side) in sides.iter().enumerate() {
        let next = sides[if place == last { 0 } else { place + 1 }];
        // A spike: the next side runs back over this one.
        if turns_back(*side, next[1]) {
            return Some(place + 1);
        }
    }
    let mut order: Vec<usize> = (0..sides.len()).collect();
    let west = |at: usize| sides[at][0].lon.min(sides[at][1].lon);
    // Along the longitude, so that only sides that overlap there are compared.
    order.sort_by_key(|at| west(*at));
    for (place, one) in order.iter().enumerate() {
        let reach = sides[*one][0].lon.max(sides[*one][1].lon);
        for other in &order[place + 1..] {
            if west(*other) > reach {
                break;
            }
            let apart = one.abs_diff(*other);
            let neighbours = apart == 1 || apart == last;
            if !neighbours && meet(sides[*one], sides[*other]) {
                return Some((*one).min(*other));
            }
        }
    }
    None
}

fn turns_back([from, middle]: [Coord; 2], to: Coord) -> bool {
    let step = |one: Coord, two: Coord| {
        (
            i128::from(two.lon) - i128::from(one.lon),
            i128::from(two.lat) - i128::from(one.lat),
        )
    };
    let (out, back) = (step(from, middle), step(middle, to));
    out.0 * back.1 == out.1 * back.0 && out.0 * back.0 + out.1 * back.1 < 0
}

fn rings_meet(one: &[Coord], other: &[Coord]) -> bool {
    crate::meeting::lines_meet(one, other)
}
