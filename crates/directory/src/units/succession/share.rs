//! A share that may not be known exactly.

use serde::Serialize;

use crate::units::Fraction;

/// A part of a whole: at least and at most so much. Exact where both are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Share {
    /// At least so much.
    pub least: Fraction,
    /// At most so much.
    pub most: Fraction,
}

impl Share {
    /// All of it.
    pub const WHOLE: Self = Self::exactly(Fraction::ONE);
    /// None of it.
    pub const NOTHING: Self = Self::exactly(Fraction::ZERO);
    /// Some of it; nobody knows how much.
    pub const UNKNOWN: Self = Self {
        least: Fraction::ZERO,
        most: Fraction::ONE,
    };

    /// Exactly so much.
    pub const fn exactly(share: Fraction) -> Self {
        Self {
            least: share,
            most: share,
        }
    }

    /// The share, if it is known exactly.
    pub fn exact(self) -> Option<Fraction> {
        (self.least == self.most).then_some(self.least)
    }
}

impl From<Option<Fraction>> for Share {
    fn from(share: Option<Fraction>) -> Self {
        share.map_or(Self::UNKNOWN, Self::exactly)
    }
}
