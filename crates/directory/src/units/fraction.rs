//! Exact fractions between nothing and the whole.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A part of a whole, in lowest terms: from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fraction {
    numerator: u128,
    denominator: u128,
}

/// The text is not a part of a whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a part of a whole; write 3/7, from 0/1 to 1/1")]
pub struct InvalidFraction(String);

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self {
        numerator: 0,
        denominator: 1,
    };
    /// The whole.
    pub const ONE: Self = Self {
        numerator: 1,
        denominator: 1,
    };

    /// So many parts of so many; none where that is no part of a whole.
    pub fn new(numerator: u128, denominator: u128) -> Option<Self> {
        if denominator == 0 || numerator > denominator {
            return None;
        }
        let common = greatest_common_divisor(numerator, denominator);
        Some(Self {
            numerator: numerator / common,
            denominator: denominator / common,
        })
    }

    /// What stands above the line, in lowest terms.
    pub const fn numerator(self) -> u128 {
        self.numerator
    }

    /// What stands below the line, in lowest terms; never 0.
    pub const fn denominator(self) -> u128 {
        self.denominator
    }

    /// Both together; none where they are more than the whole or their terms do not fit.
    pub fn plus(self, other: Self) -> Option<Self> {
        let common = greatest_common_divisor(self.denominator, other.denominator);
        let left = self.numerator.checked_mul(other.denominator / common)?;
        let right = other.numerator.checked_mul(self.denominator / common)?;
        let below = (self.denominator / common).checked_mul(other.denominator)?;
        Self::new(left.checked_add(right)?, below)
    }

    /// A part of this part; none where its terms do not fit.
    pub fn times(self, other: Self) -> Option<Self> {
        let cross = greatest_common_divisor(self.numerator, other.denominator);
        let other_cross = greatest_common_divisor(other.numerator, self.denominator);
        let above = (self.numerator / cross).checked_mul(other.numerator / other_cross)?;
        let below = (self.denominator / other_cross).checked_mul(other.denominator / cross)?;
        Self::new(above, below)
    }

    /// What is left of the whole.
    #[must_use]
    pub fn rest(self) -> Self {
        Self {
            numerator: self.denominator - self.numerator,
            denominator: self.denominator,
        }
    }
}

/// Euclid's; 1 for two zeros, so that one may divide by it.
fn greatest_common_divisor(mut left: u128, mut right: u128) -> u128 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left.max(1)
}

impl Ord for Fraction {
    /// By continued fractions: no product of terms that could overflow.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut left, mut right) = (
            (self.numerator, self.denominator),
            (other.numerator, other.denominator),
        );
        loop {
            let wholes = (left.0 / left.1).cmp(&(right.0 / right.1));
            let rests = (left.0 % left.1, right.0 % right.1);
            match (wholes, rests) {
                (Ordering::Equal, (0, rest)) => return 0.cmp(&rest),
                (Ordering::Equal, (_, 0)) => return Ordering::Greater,
                // Of two rests below 1 the one with the smaller reciprocal is larger.
                (Ordering::Equal, (one, another)) => {
                    (left, right) = ((right.1, another), (left.1, one));
                }
                (order, _) => return order,
            }
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Fraction {
    /// `3/7`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

impl FromStr for Fraction {
    type Err = InvalidFraction;

    fn from_str(text: &str) -> Result<Self, InvalidFraction> {
        let read = |part: &str| part.trim().parse().ok();
        text.split_once('/')
            .and_then(|(above, below)| Self::new(read(above)?, read(below)?))
            .ok_or_else(|| InvalidFraction(text.to_owned()))
    }
}

impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fraction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fraction() -> impl Strategy<Value = Fraction> {
        (1_u128..1_000_000).prop_flat_map(|below| {
            (0..=below).prop_map(move |above| Fraction::new(above, below).unwrap())
        })
    }

    proptest! {
        #[test]
        fn parts_of_parts_keep_to_the_whole(one in fraction(), other in fraction()) {
            prop_assert_eq!(one.plus(one.rest()), Some(Fraction::ONE));
            let product = one.times(other).unwrap();
            prop_assert_eq!(product, other.times(one).unwrap());
            prop_assert!(product <= one && product <= other);
            let rest = one.times(other.rest()).unwrap();
            prop_assert_eq!(product.plus(rest), Some(one));
            let cross = (one.numerator() * other.denominator())
                .cmp(&(other.numerator() * one.denominator()));
            prop_assert_eq!(one.cmp(&other), cross);
            prop_assert_eq!(one.to_string().parse(), Ok(one));
        }
    }

    #[test]
    fn what_is_no_part_of_a_whole_is_refused() {
        for text in ["", "1", "3/0", "4/3", "-1/2", "1/2/3", "a/b", "0,5"] {
            assert!(text.parse::<Fraction>().is_err(), "{text}");
        }
        let huge = Fraction::new(u128::MAX - 1, u128::MAX).unwrap();
        assert_eq!(huge.times(Fraction::new(2, 7).unwrap()), None);
        assert!(huge < Fraction::ONE && huge > Fraction::new(1, 2).unwrap());
    }
}
