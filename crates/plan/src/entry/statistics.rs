//! The middle of some values and how far they lie from it, unmoved by the strange ones among
//! them.

/// Turns a median absolute deviation into what a standard deviation would be, were the values
/// normally distributed: 1 / Φ⁻¹(3/4).
const NORMAL: f64 = 1.4826;

/// The middle of some values and the width of the usual around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Usual {
    /// The median.
    pub median: f64,
    /// The scaled median absolute deviation, no less than the floor that was asked for.
    pub spread: f64,
}

impl Usual {
    /// Of values; nothing without any. They are never NaN: they come from decimals.
    pub(super) fn of(values: &[f64], floor: f64) -> Option<Self> {
        let median = median(values)?;
        let away: Vec<f64> = values.iter().map(|value| (value - median).abs()).collect();
        let spread = (NORMAL * self::median(&away)?).max(floor);
        Some(Self { median, spread })
    }

    /// How many spreads a value lies from the median.
    pub(super) fn score(self, value: f64) -> f64 {
        (value - self.median).abs() / self.spread
    }

    /// What lies within so many spreads.
    pub(super) fn band(self, score: f64) -> (f64, f64) {
        let half = score * self.spread;
        (self.median - half, self.median + half)
    }
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *sorted.get(middle.checked_sub(1)?)?;
    Some(f64::midpoint(lower, upper))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_middle_is_the_middle() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(&[]), None);
        let usual = Usual::of(&[7.0; 9], 2.0).unwrap();
        assert_eq!((usual.median, usual.spread), (7.0, 2.0));
    }

    proptest! {
        /// However strange one value is, the usual stays within the others.
        #[test]
        fn one_strange_value_moves_nothing(
            values in prop::collection::vec(40.0_f64..60.0, 7..20),
            strange in prop_oneof![Just(1e12), Just(-1e12)],
        ) {
            let mut with = values.clone();
            with.push(strange);
            let usual = Usual::of(&with, 1.0).unwrap();
            prop_assert!((40.0..=60.0).contains(&usual.median));
            prop_assert!(usual.spread <= 20.0 * NORMAL);
            prop_assert!(usual.score(strange) > 3.5);
        }
    }
}
