//! Reporting periods (kỳ báo cáo): a day, a month, a quarter, a half-year, nine months, a
//! year.
//!
//! | period | code | Vietnamese |
//! |---|---|---|
//! | day | `2023-04-14` | ngày 14/4/2023 |
//! | month | `2023-04` | tháng 4/2023 |
//! | quarter | `2023Q1` | quý I/2023 |
//! | half-year | `2023H1`, `2023H2` | 6 tháng đầu năm 2023, 6 tháng cuối năm 2023 |
//! | nine months | `2023N9` | 9 tháng đầu năm 2023 |
//! | year | `2023` | năm 2023 |

mod label;
mod parse;

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The years that a period may lie in: wide enough for archives, too narrow for a slip of
/// the finger.
pub const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// How long a period is, shortest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodKind {
    /// One day (ngày).
    Day,
    /// A calendar month (tháng).
    Month,
    /// A quarter (quý).
    Quarter,
    /// The first or the last six months of a year.
    HalfYear,
    /// January to September: the report before the year's last.
    NineMonths,
    /// A calendar year (năm).
    Year,
}

/// A period of civil time. Earlier ones come first; of those that start together, the
/// shorter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    start: Date,
    kind: PeriodKind,
}

/// Why a text or a set of numbers is no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// The text has none of the known forms.
    #[error(
        "{0:?} is not a period; try 2023, 2023Q1, 2023-04, 14/4/2023, quý I/2023, tháng 4/2023 or 6 tháng đầu năm 2023"
    )]
    Unrecognised(String),
    /// No such day, as 30 February.
    #[error("there is no day {day}/{month}/{year}")]
    NoSuchDay {
        /// The year.
        year: i16,
        /// The month as given.
        month: u16,
        /// The day as given.
        day: u16,
    },
    /// A month outside 1 to 12.
    #[error("there is no month {0}; months are 1 to 12")]
    NoSuchMonth(u16),
    /// A quarter outside 1 to 4.
    #[error("there is no quarter {0}; quarters are 1 to 4")]
    NoSuchQuarter(u16),
    /// A half outside 1 to 2.
    #[error("there is no half-year {0}; half-years are 1 and 2")]
    NoSuchHalf(u16),
    /// A year outside [`YEARS`].
    #[error("the year {0} is out of range; years are {first} to {last}", first = YEARS.start(), last = YEARS.end())]
    YearOutOfRange(i16),
}

impl Period {
    /// One day.
    pub fn day(date: Date) -> Result<Self, PeriodError> {
        check_year(date.year())?;
        Ok(Self {
            start: date,
            kind: PeriodKind::Day,
        })
    }

    /// A month, 1 to 12.
    pub fn month(year: i16, month: u16) -> Result<Self, PeriodError> {
        let missing = PeriodError::NoSuchMonth(month);
        Self::starting(year, month, PeriodKind::Month, missing)
    }

    /// A quarter, 1 to 4.
    pub fn quarter(year: i16, quarter: u16) -> Result<Self, PeriodError> {
        let missing = PeriodError::NoSuchQuarter(quarter);
        Self::starting(year, first_month(quarter, 3), PeriodKind::Quarter, missing)
    }

    /// A half-year: 1 or 2.
    pub fn half_year(year: i16, half: u16) -> Result<Self, PeriodError> {
        let missing = PeriodError::NoSuchHalf(half);
        Self::starting(year, first_month(half, 6), PeriodKind::HalfYear, missing)
    }

    /// January to September.
    pub fn nine_months(year: i16) -> Result<Self, PeriodError> {
        let missing = PeriodError::YearOutOfRange(year);
        Self::starting(year, 1, PeriodKind::NineMonths, missing)
    }

    /// A year.
    pub fn year(year: i16) -> Result<Self, PeriodError> {
        let missing = PeriodError::YearOutOfRange(year);
        Self::starting(year, 1, PeriodKind::Year, missing)
    }

    /// The period that begins with a month, or `missing` when there is no such month.
    fn starting(
        year: i16,
        month: u16,
        kind: PeriodKind,
        missing: PeriodError,
    ) -> Result<Self, PeriodError> {
        check_year(year)?;
        let start = i8::try_from(month)
            .ok()
            .and_then(|month| Date::new(year, month, 1).ok())
            .ok_or(missing)?;
        Ok(Self { start, kind })
    }

    /// How long it is.
    pub const fn kind(self) -> PeriodKind {
        self.kind
    }

    /// Its first day.
    pub const fn start(self) -> Date {
        self.start
    }

    /// Its last day.
    pub fn end(self) -> Date {
        let months = match self.kind {
            PeriodKind::Day => return self.start,
            PeriodKind::Month => 1,
            PeriodKind::Quarter => 3,
            PeriodKind::HalfYear => 6,
            PeriodKind::NineMonths => 9,
            PeriodKind::Year => 12,
        };
        let last_month = self.start.month() + months - 1;
        Date::constant(self.start.year(), last_month, 1).last_of_month()
    }

    /// What periods are ordered by where the later says more: their ends, and of those that end
    /// together the longer.
    pub fn by_end(self) -> (Date, PeriodKind) {
        (self.end(), self.kind)
    }

    /// Whether a day lies in it.
    pub fn contains(self, date: Date) -> bool {
        (self.start..=self.end()).contains(&date)
    }

    /// Whether the whole of another period lies in it.
    pub fn covers(self, other: Self) -> bool {
        self.contains(other.start) && self.contains(other.end())
    }

    /// The next longer period that it is a part of; nine months are a part of their year.
    pub fn parent(self) -> Option<Self> {
        let month = self.start.month();
        let (kind, first) = match self.kind {
            PeriodKind::Day => (PeriodKind::Month, month),
            PeriodKind::Month => (PeriodKind::Quarter, (month - 1) / 3 * 3 + 1),
            PeriodKind::Quarter => (PeriodKind::HalfYear, (month - 1) / 6 * 6 + 1),
            PeriodKind::HalfYear | PeriodKind::NineMonths => (PeriodKind::Year, 1),
            PeriodKind::Year => return None,
        };
        let start = Date::constant(self.start.year(), first, 1);
        Some(Self { start, kind })
    }

    /// Which one of its year it is: the quarter's number, the month's, the day's in its
    /// month; 1 for what a year has one of.
    fn number(self) -> i8 {
        let month = self.start.month();
        match self.kind {
            PeriodKind::Day => self.start.day(),
            PeriodKind::Month => month,
            PeriodKind::Quarter => (month - 1) / 3 + 1,
            PeriodKind::HalfYear => (month - 1) / 6 + 1,
            PeriodKind::NineMonths | PeriodKind::Year => 1,
        }
    }

    /// What a code such as `2023Q1`, `2023H2`, `2023-04`, `2023-04-14`, `2023N9` or `2023` means: those that nearly
    /// every report has, without looking for words.
    fn of_year_and_part(code: &str) -> Option<Self> {
        let (year, part) = code.split_at_checked(4)?;
        if !year.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let year = year.parse().ok()?;
        let number = |digit: u8| u16::from(digit.wrapping_sub(b'0'));
        let period = match part.as_bytes() {
            [] => Self::year(year),
            b"N9" => Self::nine_months(year),
            [b'Q', quarter] => Self::quarter(year, number(*quarter)),
            [b'H', half] => Self::half_year(year, number(*half)),
            [b'-', month @ ..] if month.len() == 2 && month.iter().all(u8::is_ascii_digit) => {
                Self::month(year, number(month[0]) * 10 + number(month[1]))
            }
            [b'-', _, _, b'-', _, _] => Self::day(code.parse().ok()?),
            _ => return None,
        };
        period.ok()
    }

    /// The canonical code, such as `2023Q1`.
    pub fn code(self) -> String {
        let year = self.start.year();
        let number = self.number();
        match self.kind {
            PeriodKind::Day => self.start.to_string(),
            PeriodKind::Month => format!("{year}-{number:02}"),
            PeriodKind::Quarter => format!("{year}Q{number}"),
            PeriodKind::HalfYear => format!("{year}H{number}"),
            PeriodKind::NineMonths => format!("{year}N9"),
            PeriodKind::Year => year.to_string(),
        }
    }
}

fn check_year(year: i16) -> Result<(), PeriodError> {
    if YEARS.contains(&year) {
        Ok(())
    } else {
        Err(PeriodError::YearOutOfRange(year))
    }
}

/// The month that the n-th part of a year begins in, or one that does not exist.
fn first_month(part: u16, months: u16) -> u16 {
    part.checked_sub(1)
        .and_then(|before| before.checked_mul(months))
        .map_or(0, |before| before.saturating_add(1))
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code())
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code())
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    /// Only the canonical code: one text for one period.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        if let Some(period) = Self::of_year_and_part(&text) {
            return Ok(period);
        }
        let period: Self = text.parse().map_err(serde::de::Error::custom)?;
        if period.code() == text {
            Ok(period)
        } else {
            let message = format!("the period {text:?} must be written {period}");
            Err(serde::de::Error::custom(message))
        }
    }
}
