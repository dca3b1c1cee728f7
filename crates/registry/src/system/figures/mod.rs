//! Indicators that packs declare, computed from the records underneath as of any instant.
//!
//! A figure of the past is made of versions, not of what records say now: «as of 31/3/2023» stays
//! what it was when a record changes later ([`store::Store::stood_at`]). What was removed by then
//! is not counted; what the law had erased since cannot be told and is said so
//! ([`Measured::untold`]).
//!
//! - `count` goes over the records, `amount` adds up, `held` keeps what was
//!   counted as long as nothing is written, `units` says whose they were on a day.
//! - Two ways to ask: `measure` counts everything, for what the declaration opens to
//!   everybody or to the plan; `measure_for` counts what a reader may see.

mod amount;
mod count;
mod held;
mod units;

use std::collections::BTreeMap;

use jiff::civil::{Date, time};
use pack::declaration::{Indicator, PeriodPart, Taking};
use pack::shape::is_set;
use vocab::{Id, Instant, Period};

pub use amount::Amount;
pub use count::Counted;
pub(crate) use held::Held;
pub use units::ByUnit;

use super::Systems;
use super::kind::Kind;

/// An indicator, where it is declared.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The record type that it is computed from.
    pub kind: &'a Kind,
    /// As it is declared.
    pub declared: &'a Indicator,
    pack: &'a str,
    record: &'a str,
}

impl Source<'_> {
    /// Its name among all: `pack/record/indicator`.
    pub fn key(&self) -> String {
        format!("{}/{}/{}", self.pack, self.record, &*self.declared.id)
    }

    /// The three parts of its name, as addresses have them.
    pub fn path(&self) -> [&str; 3] {
        [self.pack, self.record, &self.declared.id]
    }

    /// Whether its figures are anyone's to see.
    pub fn is_public(&self) -> bool {
        is_set(self.declared.public.as_ref())
    }

    /// Whether its figures are made for the plan: they may be offered to whoever reports.
    pub fn feeds(&self) -> bool {
        self.declared.feeds.is_some()
    }

    /// The period of its kind in which a day lies.
    pub fn period_of(&self, day: Date) -> Option<Period> {
        let (year, month) = (day.year(), day.month().unsigned_abs().into());
        let period: Result<Period, _> = match *self.declared.period {
            PeriodPart::Month => Period::month(year, month),
            PeriodPart::Quarter => Period::quarter(year, (month - 1) / 3 + 1),
            PeriodPart::HalfYear => Period::half_year(year, (month - 1) / 6 + 1),
            PeriodPart::Year => Period::year(year),
        };
        period.ok()
    }
}

/// What a figure is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// As the store knew it then.
    pub as_of: Instant,
    /// For what happens over a period: its first and last day.
    pub days: Option<(Date, Date)>,
}

impl Span {
    /// What an indicator says of a period, now or at its end: what stands `at the end` is as it
    /// was known then, and as it is known now while the period runs. What happened `over` a
    /// period is as it is known now: it is often entered after its day.
    pub fn of(source: &Source<'_>, period: Period, now: Instant) -> Self {
        match *source.declared.taken {
            Taking::End => Self {
                as_of: now.min(end_of(period.end())),
                days: None,
            },
            Taking::Over => Self {
                as_of: now,
                days: Some((period.start(), period.end())),
            },
        }
    }

    /// The last day that it speaks of.
    pub fn day(&self) -> Date {
        let as_of = self.as_of.in_vietnam().date();
        self.days.map_or(as_of, |(_, last)| last.min(as_of))
    }
}

/// The last instant of a day in Viet Nam.
pub fn end_of(day: Date) -> Instant {
    Instant::from_vietnam(day.to_datetime(time(23, 59, 59, 999_999_000)))
}

/// A figure, with what it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// As the store knew it then.
    pub as_of: Instant,
    /// All records together.
    pub whole: Amount,
    /// By the unit whose record it was then.
    pub units: BTreeMap<Id, Amount>,
    /// By the values of each field that it is broken down by, in the order declared.
    pub cuts: Vec<(String, BTreeMap<String, Amount>)>,
    /// How many records there were at all: a figure from none says nothing yet.
    pub known: usize,
    /// How many of them the law had erased since: whether they counted cannot be told.
    pub untold: usize,
}

impl Systems {
    /// Every indicator, in the order of packs, record types and declarations.
    pub fn indicators(&self) -> impl Iterator<Item = Source<'_>> {
        self.kinds().iter().flat_map(|kind| {
            let pack = &self.pack(kind).declared.pack.id;
            let declared = &self.record(kind).declared;
            declared.indicators.iter().map(move |indicator| Source {
                kind,
                declared: indicator,
                pack,
                record: &declared.record.id,
            })
        })
    }

    /// The indicator of this name: `pack/record/indicator`.
    pub fn indicator(&self, key: &str) -> Option<Source<'_>> {
        self.indicators().find(|source| source.key() == key)
    }
}
