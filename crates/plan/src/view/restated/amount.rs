//! Exact parts of counts.

use std::cmp::Ordering;

use directory::Fraction;
use vocab::Decimal;

/// An exact amount that is not negative: a count, or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    numerator: u128,
    denominator: u128,
}

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self {
        numerator: 0,
        denominator: 1,
    };

    fn reduced(numerator: u128, denominator: u128) -> Option<Self> {
        let common = common(numerator, denominator);
        (denominator != 0).then(|| Self {
            numerator: numerator / common,
            denominator: denominator / common,
        })
    }

    /// A count; none for a negative one.
    pub fn of(count: Decimal) -> Option<Self> {
        let units = u128::try_from(count.mantissa()).ok()?;
        Self::reduced(units, 10_u128.pow(u32::from(count.scale())))
    }

    /// Both together; none where their terms do not fit.
    pub fn plus(self, other: Self) -> Option<Self> {
        let common = common(self.denominator, other.denominator);
        let left = self.numerator.checked_mul(other.denominator / common)?;
        let right = other.numerator.checked_mul(self.denominator / common)?;
        let below = (self.denominator / common).checked_mul(other.denominator)?;
        Self::reduced(left.checked_add(right)?, below)
    }

    /// A part of it; none where its terms do not fit.
    pub fn times(self, part: Fraction) -> Option<Self> {
        let cross = common(self.numerator, part.denominator());
        let other = common(part.numerator(), self.denominator);
        let above = (self.numerator / cross).checked_mul(part.numerator() / other)?;
        let below = (self.denominator / other).checked_mul(part.denominator() / cross)?;
        Self::reduced(above, below)
    }

    /// The nearest decimal of so many places, halves up; none where it does not fit.
    pub fn decimal(self, places: u8) -> Option<Decimal> {
        let scaled = self.numerator.checked_mul(10_u128.pow(u32::from(places)))?;
        let half = self.denominator / 2;
        let units = scaled.checked_add(half)? / self.denominator;
        Decimal::new(i64::try_from(units).ok()?, places)
    }

    /// How many percent of another it is, at two places; none of nothing.
    pub fn percent_of(self, whole: Self) -> Option<Decimal> {
        if whole.numerator == 0 {
            return None;
        }
        let above = self.numerator.checked_mul(whole.denominator)?;
        let below = self.denominator.checked_mul(whole.numerator)?;
        Self::reduced(above.checked_mul(100)?, below)?.decimal(2)
    }
}

impl From<i64> for Amount {
    /// A negative count is none.
    fn from(count: i64) -> Self {
        Self {
            numerator: u128::try_from(count).unwrap_or_default(),
            denominator: 1,
        }
    }
}

impl Ord for Amount {
    /// By wholes, then by the rest as a fraction: no product that could overflow.
    fn cmp(&self, other: &Self) -> Ordering {
        let wholes =
            (self.numerator / self.denominator).cmp(&(other.numerator / other.denominator));
        let rest = |amount: &Self| {
            Fraction::new(amount.numerator % amount.denominator, amount.denominator)
        };
        wholes.then_with(|| rest(self).cmp(&rest(other)))
    }
}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Euclid's; 1 for two zeros, so that one may divide by it.
fn common(mut left: u128, mut right: u128) -> u128 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left.max(1)
}
