//! Exact decimal numbers: a whole number of 64 bits and where its point stands.

mod text;

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

pub use text::DecimalError;

/// The most decimal places that a [`Decimal`] keeps.
pub const MAX_SCALE: u8 = 9;

/// `mantissa / 10^scale`. Numbers compare by value, so 1.10 equals 1.1; each prints with
/// the places that it was written with.
#[derive(Clone, Copy, Default)]
pub struct Decimal {
    mantissa: i64,
    scale: u8,
}

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self {
        mantissa: 0,
        scale: 0,
    };

    /// `mantissa / 10^scale`; `None` beyond [`MAX_SCALE`].
    pub const fn new(mantissa: i64, scale: u8) -> Option<Self> {
        if scale <= MAX_SCALE {
            Some(Self { mantissa, scale })
        } else {
            None
        }
    }

    /// The digits without the point.
    pub const fn mantissa(self) -> i64 {
        self.mantissa
    }

    /// How many digits stand after the point.
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// The sum; `None` when its digits do not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        Self::fit(self.units(scale) + other.units(scale), scale)
    }

    /// The difference; `None` when its digits do not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        Self::fit(self.units(scale) - other.units(scale), scale)
    }

    /// The exact product; `None` when its digits or places do not fit.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let product = i128::from(self.mantissa) * i128::from(other.mantissa);
        Self::fit(product, self.scale + other.scale)
    }

    /// The same value with exactly so many places; `None` if that would lose a digit or
    /// does not fit.
    pub fn rescale(self, scale: u8) -> Option<Self> {
        let short = self.normalized();
        if scale > MAX_SCALE || scale < short.scale {
            return None;
        }
        let mantissa = i64::try_from(short.units(scale)).ok()?;
        Some(Self { mantissa, scale })
    }

    /// The value at no more than so many places, halves away from zero.
    #[must_use]
    pub fn round_half_up(self, places: u8) -> Self {
        let Some(drop) = self.scale.checked_sub(places) else {
            return self;
        };
        let rounded = divide_half_up(i128::from(self.mantissa), power(drop));
        Self {
            // Division by one or more never grows a number.
            mantissa: i64::try_from(rounded).unwrap_or(self.mantissa),
            scale: places,
        }
    }

    /// The same value without zeros at the end of its fraction.
    #[must_use]
    pub const fn normalized(self) -> Self {
        let mut short = self;
        while short.scale > 0 && short.mantissa % 10 == 0 {
            short.mantissa /= 10;
            short.scale -= 1;
        }
        short
    }

    /// The value in units of `10^-scale`, for a scale no smaller than its own: at most
    /// 19 + 9 digits, which 128 bits hold.
    fn units(self, scale: u8) -> i128 {
        i128::from(self.mantissa) * power(scale - self.scale)
    }

    /// Drops zeros from the end until the number fits.
    pub(crate) fn fit(mut units: i128, mut scale: u8) -> Option<Self> {
        loop {
            if let (Ok(mantissa), true) = (i64::try_from(units), scale <= MAX_SCALE) {
                return Some(Self { mantissa, scale });
            }
            if scale == 0 || units % 10 != 0 {
                return None;
            }
            units /= 10;
            scale -= 1;
        }
    }
}

/// 10 to that power.
pub(crate) const fn power(exponent: u8) -> i128 {
    10_i128.pow(exponent as u32)
}

/// The quotient with halves away from zero, for a positive divisor.
pub(crate) const fn divide_half_up(dividend: i128, divisor: i128) -> i128 {
    let quotient = dividend / divisor;
    let rest = (dividend % divisor).abs();
    if rest >= divisor - rest {
        quotient + dividend.signum()
    } else {
        quotient
    }
}

impl From<i64> for Decimal {
    fn from(whole: i64) -> Self {
        Self {
            mantissa: whole,
            scale: 0,
        }
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        self.units(scale).cmp(&other.units(scale))
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let short = self.normalized();
        (short.mantissa, short.scale).hash(state);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    pub(crate) fn decimals() -> impl Strategy<Value = Decimal> {
        let mantissa = prop_oneof![any::<i64>(), -10_000_i64..10_000];
        (mantissa, 0..=MAX_SCALE).prop_map(|(mantissa, scale)| Decimal { mantissa, scale })
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn arithmetic_is_exact_or_refused() {
        let sum = decimal("0.1").checked_add(decimal("0.20"));
        assert_eq!(sum.unwrap().to_string(), "0.30");
        let product = decimal("912.912").checked_mul(Decimal::from(1_000_000));
        assert_eq!(product, Some(Decimal::from(912_912_000)));
        let tiny = decimal("0.00001");
        assert_eq!(tiny.checked_mul(tiny), None);
        assert_eq!(Decimal::from(i64::MAX).checked_add(Decimal::from(1)), None);
        let same = Decimal::from(i64::MAX).checked_add(decimal("0.000"));
        assert_eq!(same, Some(Decimal::from(i64::MAX)));
        assert_eq!(Decimal::from(i64::MIN).checked_sub(decimal("0.1")), None);
    }

    #[test]
    fn halves_round_away_from_zero() {
        for (text, places, rounded) in [
            ("2.5", 0, "3"),
            ("-2.5", 0, "-3"),
            ("2.45", 1, "2.5"),
            ("2.4499", 1, "2.4"),
            ("-0.4", 0, "0"),
            ("7.1", 3, "7.1"),
            ("9223372036.854775807", 0, "9223372037"),
        ] {
            let value = decimal(text).round_half_up(places);
            assert_eq!(value.to_string(), rounded);
        }
    }

    proptest! {
        #[test]
        fn equal_values_share_their_hash(value in decimals(), scale in 0..=MAX_SCALE) {
            let hash = |value: Decimal| {
                let mut state = std::hash::DefaultHasher::new();
                value.hash(&mut state);
                state.finish()
            };
            if let Some(same) = value.rescale(scale) {
                prop_assert_eq!(same, value);
                prop_assert_eq!(same.scale(), scale);
                prop_assert_eq!(hash(same), hash(value));
            }
        }

        #[test]
        fn what_was_added_can_be_taken_away(one in decimals(), other in decimals()) {
            if let Some(sum) = one.checked_add(other) {
                prop_assert_eq!(sum.checked_sub(other), Some(one));
                prop_assert_eq!(sum > one, other > Decimal::ZERO);
            }
        }

        #[test]
        fn rounding_moves_by_half_a_unit_at_most(value in decimals(), places in 0..=MAX_SCALE) {
            let rounded = value.round_half_up(places);
            let scale = value.scale.max(places);
            let moved = (value.units(scale) - rounded.units(scale)).abs();
            prop_assert!(moved * 2 <= power(scale - places.min(value.scale)));
        }
    }
}
