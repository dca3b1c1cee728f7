//! Ratios that keep both their terms, because percentages must never be added up.

use serde::{Deserialize, Serialize};

use crate::decimal::{MAX_SCALE, divide_half_up, power};
use crate::{Decimal, Lang};

/// A numerator over a denominator, such as 312 of 350 files handled online.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// What was counted.
    pub numerator: Decimal,
    /// Out of what.
    pub denominator: Decimal,
}

impl Ratio {
    /// A ratio; its denominator may be zero, and then it has no percentage.
    pub fn new(numerator: impl Into<Decimal>, denominator: impl Into<Decimal>) -> Self {
        Self {
            numerator: numerator.into(),
            denominator: denominator.into(),
        }
    }

    /// The ratio of both together: numerators and denominators are added, never
    /// percentages. `None` when a sum does not fit.
    pub fn pool(self, other: Self) -> Option<Self> {
        Some(Self {
            numerator: self.numerator.checked_add(other.numerator)?,
            denominator: self.denominator.checked_add(other.denominator)?,
        })
    }

    /// The percentage at exactly so many places (9 at most), halves away from zero.
    /// `None` for a zero denominator, or when the result does not fit.
    pub fn percent(self, places: u8) -> Option<Decimal> {
        let top = self.numerator.normalized();
        let bottom = self.denominator.normalized();
        if bottom.mantissa() == 0 || places > MAX_SCALE {
            return None;
        }
        let up = bottom.scale() + 2 + places;
        let shift = up.min(top.scale());
        let dividend = i128::from(top.mantissa()).checked_mul(power(up - shift))?;
        let divisor = i128::from(bottom.mantissa()).checked_mul(power(top.scale() - shift))?;
        let quotient = divide_half_up(dividend * divisor.signum(), divisor.abs());
        Decimal::new(i64::try_from(quotient).ok()?, places)
    }

    /// The percentage in a language, as `89,1%` or `89.1%`.
    pub fn percent_text(self, places: u8, lang: Lang) -> Option<String> {
        Some(format!("{}%", self.percent(places)?.format(lang)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn percentages_round_half_up() {
        let percent = |top: i64, bottom: i64, places| Ratio::new(top, bottom).percent(places);
        assert_eq!(percent(1, 8, 0).unwrap().to_string(), "13");
        assert_eq!(percent(1, 8, 1).unwrap().to_string(), "12.5");
        assert_eq!(percent(2, 3, 2).unwrap().to_string(), "66.67");
        assert_eq!(percent(-1, 8, 0).unwrap().to_string(), "-13");
        assert_eq!(percent(1, -8, 0).unwrap().to_string(), "-13");
        assert_eq!(percent(350, 350, 2).unwrap().to_string(), "100.00");
        assert_eq!(percent(5, 0, 2), None);
        assert_eq!(percent(i64::MAX, 1, 2), None);
        let text = Ratio::new(312, 350).percent_text(1, Lang::Vi);
        assert_eq!(text.as_deref(), Some("89,1%"));
    }

    #[test]
    fn pooling_is_not_averaging() {
        let pooled = Ratio::new(1, 1).pool(Ratio::new(0, 99)).unwrap();
        assert_eq!(pooled.percent(0), Some(Decimal::from(1)));
    }

    fn small() -> impl Strategy<Value = Decimal> {
        (-1_000_000_i64..1_000_000, 0..=MAX_SCALE)
            .prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale).unwrap())
    }

    proptest! {
        #[test]
        fn a_percentage_is_the_nearest(top in small(), bottom in small(), places in 0_u8..4) {
            prop_assume!(bottom != Decimal::ZERO);
            // |percent × bottom − 100 × top| ≤ |bottom| / (2 × 10^places), all in 10^-20.
            let at = |value: Decimal, scale: u8| i128::from(value.mantissa()) * power(scale - value.scale());
            let percent = Ratio::new(top, bottom).percent(places).unwrap();
            let product = i128::from(percent.mantissa()) * i128::from(bottom.mantissa())
                * power(20 - percent.scale() - bottom.scale());
            let off = (product - at(top, 20) * 100).abs();
            prop_assert!(off * 2 * power(places) <= at(bottom, 20).abs());
        }
    }
}
