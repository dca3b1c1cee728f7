//! Lines and rings cut to a square (Liang and Barsky; Sutherland and Hodgman).

/// A place in a tile.
pub(crate) type At = (i64, i64);

/// The square from `low` to `high` in both directions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Square {
    pub low: i64,
    pub high: i64,
}

impl Square {
    pub(crate) fn holds(self, (x, y): At) -> bool {
        (self.low..=self.high).contains(&x) && (self.low..=self.high).contains(&y)
    }

    /// A ring without its closing place; empty where nothing of it lies inside.
    pub(crate) fn ring(self, ring: &[At]) -> Vec<At> {
        let sides: [(bool, bool); 4] = [(true, true), (true, false), (false, true), (false, false)];
        let mut kept = ring.to_vec();
        for (across, lower) in sides {
            let value = |at: At| if across { at.0 } else { at.1 };
            let edge = if lower { self.low } else { self.high };
            let within = |at: At| {
                if lower {
                    value(at) >= edge
                } else {
                    value(at) <= edge
                }
            };
            let mut cut = Vec::with_capacity(kept.len() + 4);
            for (place, one) in kept.iter().enumerate() {
                let before = kept[(place + kept.len() - 1) % kept.len()];
                if within(*one) != within(before) {
                    cut.push(crossing(before, *one, across, edge));
                }
                if within(*one) {
                    cut.push(*one);
                }
            }
            kept = cut;
        }
        kept.dedup();
        if kept.len() > 1 && kept.first() == kept.last() {
            kept.pop();
        }
        kept
    }

    /// The pieces of a line that lie inside.
    pub(crate) fn line(self, line: &[At]) -> Vec<Vec<At>> {
        let mut pieces: Vec<Vec<At>> = Vec::new();
        let mut piece: Vec<At> = Vec::new();
        for pair in line.windows(2) {
            match self.segment(pair[0], pair[1]) {
                None => pieces.push(std::mem::take(&mut piece)),
                Some((from, to)) => {
                    if piece.last() != Some(&from) {
                        pieces.push(std::mem::replace(&mut piece, vec![from]));
                    }
                    piece.push(to);
                    if to != pair[1] {
                        pieces.push(std::mem::take(&mut piece));
                    }
                }
            }
        }
        pieces.push(piece);
        for piece in &mut pieces {
            piece.dedup();
        }
        pieces.retain(|piece| piece.len() > 1);
        pieces
    }

    fn segment(self, mut from: At, mut to: At) -> Option<(At, At)> {
        for across in [true, false] {
            let value = |at: At| if across { at.0 } else { at.1 };
            for (edge, lower) in [(self.low, true), (self.high, false)] {
                let within = |at: At| {
                    if lower {
                        value(at) >= edge
                    } else {
                        value(at) <= edge
                    }
                };
                match (within(from), within(to)) {
                    (true, true) => {}
                    (false, false) => return None,
                    (false, true) => from = crossing(from, to, across, edge),
                    (true, false) => to = crossing(from, to, across, edge),
                }
            }
        }
        Some((from, to))
    }
}

/// Where a side crosses an edge, to the nearest place.
fn crossing(from: At, to: At, across: bool, edge: i64) -> At {
    let (main, other) = if across {
        ((from.0, to.0), (from.1, to.1))
    } else {
        ((from.1, to.1), (from.0, to.0))
    };
    let long = i128::from(main.1 - main.0);
    let moved = i128::from(edge - main.0) * i128::from(other.1 - other.0);
    let half = if (moved < 0) == (long < 0) {
        long / 2
    } else {
        -(long / 2)
    };
    let value = i128::from(other.0) + if long == 0 { 0 } else { (moved + half) / long };
    let value = i64::try_from(value).unwrap_or(other.0);
    if across { (edge, value) } else { (value, edge) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_outside_is_cut_away() {
        let square = Square { low: 0, high: 100 };
        let around = [(-50, -50), (150, -50), (150, 150), (-50, 150)];
        let mut whole = square.ring(&around);
        whole.sort_unstable();
        assert_eq!(whole, [(0, 0), (0, 100), (100, 0), (100, 100)]);
        assert!(square.ring(&[(200, 0), (300, 0), (300, 50)]).is_empty());
        assert_eq!(
            square.line(&[(-50, 50), (50, 50), (50, 200), (60, 200), (60, 50)]),
            [
                vec![(0, 50), (50, 50), (50, 100)],
                vec![(60, 100), (60, 50)]
            ]
        );
        assert!(square.line(&[(-10, 0), (-10, 100)]).is_empty());
    }
}
