//! Fewer points for the same look (Douglas and Peucker, 1973).

use crate::mercator::Spot;

/// A line with all spots left out that lie nearer than so many steps to what remains.
pub(crate) fn line(spots: &[Spot], steps: i64) -> Vec<Spot> {
    let mut kept = vec![false; spots.len()];
    for end in [0, spots.len().saturating_sub(1)] {
        if let Some(kept) = kept.get_mut(end) {
            *kept = true;
        }
    }
    let mut open = vec![(0, spots.len().saturating_sub(1))];
    while let Some((from, to)) = open.pop() {
        let between = from + 1..to;
        let far = between.max_by_key(|at| apart(spots[*at], spots[from], spots[to]));
        if let Some(at) = far
            && apart(spots[at], spots[from], spots[to]) > i128::from(steps) * i128::from(steps)
        {
            kept[at] = true;
            open.push((from, at));
            open.push((at, to));
        }
    }
    let all = spots.iter().zip(kept);
    all.filter(|(_, kept)| *kept)
        .map(|(spot, _)| *spot)
        .collect()
}

/// The same of a ring without its closing spot; three spots stay at least, if there were so many.
pub(crate) fn ring(spots: &[Spot], steps: i64) -> Vec<Spot> {
    if spots.len() <= 4 {
        return spots.to_vec();
    }
    let away = |spot: &Spot| {
        let (x, y) = (
            i64::from(spot.x) - i64::from(spots[0].x),
            i64::from(spot.y) - i64::from(spots[0].y),
        );
        x * x + y * y
    };
    let far = (1..spots.len())
        .max_by_key(|at| away(&spots[*at]))
        .unwrap_or(1);
    let mut kept = line(&spots[..=far], steps);
    let mut rest = spots[far..].to_vec();
    rest.push(spots[0]);
    let back = line(&rest, steps);
    kept.extend(&back[1..back.len() - 1]);
    if kept.len() < 3 {
        // A sliver: its farthest corner on either side keeps it from falling in.
        let third = (1..spots.len())
            .filter(|at| *at != far)
            .max_by_key(|at| apart(spots[*at], spots[0], spots[far]));
        let mut places = vec![0, far];
        places.extend(third);
        places.sort_unstable();
        return places.into_iter().map(|at| spots[at]).collect();
    }
    kept
}

/// Whether a spot lies within so many steps of a side.
pub(crate) fn is_near(spot: Spot, from: Spot, to: Spot, steps: i64) -> bool {
    apart(spot, from, to) <= i128::from(steps) * i128::from(steps)
}

/// The squared distance of a spot from a side, rounded down.
fn apart(spot: Spot, from: Spot, to: Spot) -> i128 {
    let wide = |one: i32, two: i32| i128::from(two) - i128::from(one);
    let (across, down) = (wide(from.x, to.x), wide(from.y, to.y));
    let (x, y) = (wide(from.x, spot.x), wide(from.y, spot.y));
    let long = across * across + down * down;
    let along = x * across + y * down;
    if long == 0 || along <= 0 {
        return x * x + y * y;
    }
    if along >= long {
        let (x, y) = (wide(to.x, spot.x), wide(to.y, spot.y));
        return x * x + y * y;
    }
    let beside = x * down - y * across;
    beside * beside / long
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_of_many_becomes_one_of_few_and_stays_near() {
        let circle: Vec<Spot> = (0..720)
            .map(|at| {
                let angle = f64::from(at) / 720.0 * std::f64::consts::TAU;
                #[expect(clippy::cast_possible_truncation, reason = "a few thousand steps")]
                let at = |share: f64| (share * 10_000.0) as i32 + 50_000;
                Spot {
                    x: at(angle.cos()),
                    y: at(angle.sin()),
                }
            })
            .collect();
        let few = ring(&circle, 256);
        assert!((8..40).contains(&few.len()), "{}", few.len());
        for spot in &circle {
            let near = (0..few.len())
                .map(|at| apart(*spot, few[at], few[(at + 1) % few.len()]))
                .min();
            assert!(near.unwrap() <= 256 * 256);
        }
        let sliver: Vec<Spot> = (0..50)
            .map(|x| Spot {
                x: x * 10,
                y: x % 2,
            })
            .collect();
        assert_eq!(ring(&sliver, 256).len(), 3);
    }
}
