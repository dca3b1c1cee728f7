//! What records add up to.

use pack::declaration::Function;
use vocab::Decimal;

/// What some records come to. A share keeps part and whole, so that shares add up rightly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// How many records count.
    pub records: i64,
    /// The number of them, their sum, the least or greatest value, or the part of a share; none
    /// where no record says anything, and for a sum that no number holds.
    pub value: Option<Decimal>,
    /// The whole that a share is a part of.
    pub among: Option<Decimal>,
}

impl Amount {
    /// What no record comes to.
    pub(super) fn nothing(function: Function) -> Self {
        let zero = Some(Decimal::ZERO);
        match function {
            Function::Count | Function::Sum => Self {
                value: zero,
                ..Self::default()
            },
            Function::Share => Self {
                value: zero,
                among: zero,
                records: 0,
            },
            Function::Least | Function::Greatest => Self::default(),
        }
    }

    /// What one record comes to that counts.
    pub(super) fn one(function: Function, value: Option<Decimal>, is_part: bool) -> Self {
        let unit = Decimal::from(1_i64);
        match function {
            Function::Count => Self {
                records: 1,
                value: Some(unit),
                among: None,
            },
            Function::Sum => Self {
                records: 1,
                value: Some(value.unwrap_or(Decimal::ZERO)),
                among: None,
            },
            Function::Share => Self {
                records: 1,
                value: Some(if is_part { unit } else { Decimal::ZERO }),
                among: Some(unit),
            },
            Function::Least | Function::Greatest => Self {
                records: 1,
                value,
                among: None,
            },
        }
    }

    /// Both together: parts and wholes are added each for itself, never percentages.
    #[must_use]
    pub fn and(self, function: Function, other: Self) -> Self {
        let value = match (function, self.value, other.value) {
            (Function::Least, Some(one), Some(other)) => Some(one.min(other)),
            (Function::Greatest, Some(one), Some(other)) => Some(one.max(other)),
            (Function::Least | Function::Greatest, one, other) => one.or(other),
            (_, Some(one), Some(other)) => one.checked_add(other),
            _ => None,
        };
        let among = match (self.among, other.among) {
            (Some(one), Some(other)) => one.checked_add(other),
            (one, other) => one.or(other),
        };
        Self {
            records: self.records.saturating_add(other.records),
            value,
            among,
        }
    }
}
