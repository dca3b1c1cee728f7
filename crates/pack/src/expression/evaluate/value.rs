//! Values, and what is computed with them.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::civil::Date;
use vocab::{Decimal, Instant};

/// The most places of a quotient.
const QUOTIENT_PLACES: u8 = 6;

/// What an expression comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing, or what cannot be told.
    #[default]
    Empty,
    /// Yes or no.
    Flag(bool),
    /// A number, or an amount in đồng.
    Number(Decimal),
    /// Text, a code, a state.
    Text(String),
    /// A day.
    Date(Date),
    /// A day and an hour.
    Moment(Instant),
    /// What only the caller knows: a record, unit, area, account, file or shape, by a name of its
    /// own.
    Thing(String),
    /// Several.
    List(Vec<Self>),
    /// A row of a table, by its columns.
    Row(BTreeMap<String, Self>),
}

impl Value {
    /// Whether something is filled in.
    pub fn is_filled(&self) -> bool {
        match self {
            Self::Empty => false,
            Self::Text(text) => !text.is_empty(),
            Self::List(members) => !members.is_empty(),
            _ => true,
        }
    }

    /// Yes, no, or neither.
    pub(super) const fn flag(&self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    pub(super) const fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The day, of a moment as in Viet Nam.
    pub(super) fn day(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            Self::Moment(moment) => Some(moment.in_vietnam().date()),
            _ => None,
        }
    }

    pub(super) fn members(self) -> Vec<Self> {
        match self {
            Self::List(members) => members,
            _ => Vec::new(),
        }
    }

    /// How two compare; none where either is empty or they are of different kinds.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Flag(one), Self::Flag(other)) => Some(one.cmp(other)),
            (Self::Number(one), Self::Number(other)) => Some(one.cmp(other)),
            (Self::Text(one), Self::Text(other)) | (Self::Thing(one), Self::Thing(other)) => {
                Some(one.cmp(other))
            }
            (Self::Date(one), Self::Date(other)) => Some(one.cmp(other)),
            (Self::Moment(one), Self::Moment(other)) => Some(one.cmp(other)),
            _ => None,
        }
    }

    /// Whether two are equal; none where either is empty.
    pub(super) fn equals(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Empty, _) | (_, Self::Empty) => None,
            (Self::List(one), Self::List(other)) => {
                if one.len() != other.len() {
                    return Some(false);
                }
                let mut all = Some(true);
                for (one, other) in one.iter().zip(other) {
                    all = and(all, one.equals(other));
                }
                all
            }
            _ => Some(self.compare(other) == Some(Ordering::Equal)),
        }
    }
}

impl From<Option<bool>> for Value {
    fn from(flag: Option<bool>) -> Self {
        flag.map_or(Self::Empty, Self::Flag)
    }
}

impl From<Option<Decimal>> for Value {
    fn from(number: Option<Decimal>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }
}

impl From<Option<Date>> for Value {
    fn from(date: Option<Date>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }
}

/// No if either is no, neither if either is neither.
pub(super) const fn and(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Yes if either is yes, neither if either is neither.
pub(super) const fn or(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// The product: exact, or rounded half up to as many places as fit.
pub(super) fn product(one: Decimal, other: Decimal) -> Option<Decimal> {
    let (one, other) = (one.normalized(), other.normalized());
    let exact = i128::from(one.mantissa()) * i128::from(other.mantissa());
    fitted(exact, u32::from(one.scale() + other.scale()), 9)
}

/// The quotient, rounded half up to six places, or fewer where those would not fit.
pub(super) fn quotient(one: Decimal, other: Decimal) -> Option<Decimal> {
    if other.mantissa() == 0 {
        return None;
    }
    let raised = u32::from(QUOTIENT_PLACES) + 1 + u32::from(other.scale());
    let numerator = i128::from(one.mantissa()).checked_mul(10_i128.checked_pow(raised)?)?;
    let denominator =
        i128::from(other.mantissa()).checked_mul(10_i128.pow(u32::from(one.scale())))?;
    // One place more than wanted is kept, and whatever is beyond it only as its last digit.
    let mut digits = numerator / denominator;
    if numerator % denominator != 0 && digits % 10 == 0 {
        digits += if (numerator < 0) == (denominator < 0) {
            1
        } else {
            -1
        };
    }
    fitted(digits, u32::from(QUOTIENT_PLACES) + 1, QUOTIENT_PLACES)
}

/// What is left after the other was taken away as often as it fits; it has the sign of the first.
pub(super) fn remainder(one: Decimal, other: Decimal) -> Option<Decimal> {
    if other.mantissa() == 0 {
        return None;
    }
    let scale = one.scale().max(other.scale());
    let units = |number: Decimal| {
        i128::from(number.mantissa()) * 10_i128.pow(u32::from(scale - number.scale()))
    };
    fitted(units(one) % units(other), u32::from(scale), scale)
}

/// `digits / 10^scale`, rounded half away from zero to as many places as fit, at most so many.
fn fitted(digits: i128, scale: u32, most: u8) -> Option<Decimal> {
    (0..=most)
        .rev()
        .filter(|places| u32::from(*places) <= scale)
        .find_map(|places| {
            let unit = 10_i128.pow(scale - u32::from(places));
            let half = if digits < 0 { -(unit / 2) } else { unit / 2 };
            let rounded = if unit == 1 {
                digits
            } else {
                (digits + half) / unit
            };
            Decimal::new(i64::try_from(rounded).ok()?, places)
        })
}

/// The whole number that a decimal is, if it is one.
pub(super) fn whole(number: Decimal) -> Option<i64> {
    let short = number.normalized();
    (short.scale() == 0).then(|| short.mantissa())
}
