//! The working-time calendar: when offices are open, and what follows for deadlines.
//!
//! Office hours, days off and make-up days are data with a source, never constants. Two
//! ways of counting stand beside each other: working time from a moment on, as one-stop
//! desks count it (8 hours are a day), and terms in whole days from the day after an
//! event (BLDS 2015 Đ147–148), in [`term`].

pub mod day;
pub mod hours;
pub mod stopwatch;
pub mod term;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use jiff::civil::{Date, DateTime, Time};

pub use day::{Day, DayKind, DaysError, Standing, read_days};
pub use hours::{DayHours, HoursError, OfficeHours, Session};
pub use stopwatch::{Pause, Stopwatch, StopwatchError};
pub use term::{Term, end_of_day};

use crate::Instant;

const MINUTE: i64 = 60_000_000;

/// How far ahead a search for working time goes before it gives up.
const SEARCH_DAYS: u32 = 50 * 366;

/// Why a calendar gives no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// A date stands twice in the data.
    #[error("{0} stands twice in the list of days; keep one row")]
    DoubleDay(Date),
    /// The answer lies more than fifty years ahead, or never comes.
    #[error(
        "not enough working time within fifty years of {0}; check the office hours and the amount"
    )]
    TooFar(Date),
}

/// So many half-days of working time; 8 hours, or what [`OfficeHours`] says, are a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkingDays {
    halves: u32,
}

impl WorkingDays {
    /// Whole days.
    pub const fn whole(days: u32) -> Self {
        Self {
            halves: days.saturating_mul(2),
        }
    }

    /// Half-days.
    pub const fn halves(halves: u32) -> Self {
        Self { halves }
    }
}

/// Office hours with the days that differ from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingCalendar {
    hours: OfficeHours,
    days: BTreeMap<Date, Day>,
}

impl WorkingCalendar {
    /// A calendar of these hours and days, each date once.
    pub fn new(
        hours: OfficeHours,
        days: impl IntoIterator<Item = Day>,
    ) -> Result<Self, CalendarError> {
        let mut by_date = BTreeMap::new();
        for day in days {
            match by_date.entry(day.date) {
                Entry::Vacant(vacant) => vacant.insert(day),
                Entry::Occupied(taken) => return Err(CalendarError::DoubleDay(*taken.key())),
            };
        }
        Ok(Self {
            hours,
            days: by_date,
        })
    }

    /// What is known of a date that differs from its weekday.
    pub fn day(&self, date: Date) -> Option<&Day> {
        self.days.get(&date)
    }

    /// Days of a span, both ends included, that no official notice confirms: a deadline
    /// that counts over them must say so.
    pub fn unconfirmed(&self, first: Date, last: Date) -> impl Iterator<Item = &Day> {
        let span = if first <= last {
            first..=last
        } else {
            first..=first
        };
        self.days
            .range(span)
            .map(|(_, day)| day)
            .filter(|day| day.standing != Standing::Official)
    }

    /// Whether any day off of a year is known; without one, deadlines there are guesses.
    pub fn knows_year(&self, year: i16) -> bool {
        self.days.keys().any(|date| date.year() == year)
    }

    /// When offices are open on a date.
    pub fn hours_on(&self, date: Date) -> DayHours {
        let usual = self.hours.of_weekday(date.weekday());
        match self.days.get(&date).map(|day| day.kind) {
            None => usual,
            Some(DayKind::Off) => DayHours::CLOSED,
            Some(DayKind::OffMorning) => usual.without_morning(),
            Some(DayKind::OffAfternoon) => usual.without_afternoon(),
            Some(DayKind::Work) if usual.is_open() => usual,
            Some(DayKind::Work) => self.hours.make_up(),
        }
    }

    /// Whether offices are open at all on a date.
    pub fn is_working_day(&self, date: Date) -> bool {
        self.hours_on(date).is_open()
    }

    /// The moment itself if offices are open then, or else when they next open. At closing
    /// time they are closed.
    pub fn next_working_moment(&self, at: Instant) -> Result<Instant, CalendarError> {
        self.add_micros(at, 0)
    }

    /// The moment at which so many working minutes have passed. What ends with a session
    /// ends at closing time, not at the next opening.
    pub fn add_working_time(&self, start: Instant, minutes: u32) -> Result<Instant, CalendarError> {
        self.add_micros(start, i64::from(minutes) * MINUTE)
    }

    /// The moment at which so many working days have passed, counted in hours as one-stop
    /// desks do: a file received at 10:00 and due in one day is due at 10:00 of the next
    /// working day.
    pub fn add_working_days(
        &self,
        start: Instant,
        days: WorkingDays,
    ) -> Result<Instant, CalendarError> {
        let half_day = i64::from(self.hours.day_minutes()) * MINUTE / 2;
        self.add_micros(start, half_day.saturating_mul(days.halves.into()))
    }

    /// Whole working minutes from one moment to a later one; none if it is not later.
    pub fn working_minutes_between(&self, from: Instant, to: Instant) -> i64 {
        self.micros_between(from, to) / MINUTE
    }

    fn add_micros(&self, start: Instant, micros: i64) -> Result<Instant, CalendarError> {
        let (first, mut of_day) = split(start);
        let mut date = first;
        let mut left = micros;
        for _ in 0..SEARCH_DAYS {
            for session in self.hours_on(date).sessions() {
                let from = session.opening_micros().max(of_day);
                let room = session.closing_micros() - from;
                if room > 0 && left <= room {
                    return Ok(join(date, from + left));
                }
                left -= room.max(0);
            }
            date = date.tomorrow().map_err(|_| CalendarError::TooFar(first))?;
            of_day = 0;
        }
        Err(CalendarError::TooFar(first))
    }

    fn micros_between(&self, from: Instant, to: Instant) -> i64 {
        if to <= from {
            return 0;
        }
        let (first, first_of_day) = split(from);
        let (last, last_of_day) = split(to);
        self.micros_of_days(first, last) + self.hours_on(last).micros_before(last_of_day)
            - self.hours_on(first).micros_before(first_of_day)
    }

    /// Working time from the start of one day to the start of another: whole weeks at
    /// once, then what differs.
    fn micros_of_days(&self, first: Date, end: Date) -> i64 {
        let days = first.duration_until(end).as_hours() / 24;
        let week: i64 = first
            .weekday()
            .cycle_forward()
            .take(7)
            .map(|weekday| self.hours.of_weekday(weekday).micros())
            .sum();
        let rest: i64 = first
            .weekday()
            .cycle_forward()
            .zip(0..days % 7)
            .map(|(weekday, _)| self.hours.of_weekday(weekday).micros())
            .sum();
        let differing: i64 = self
            .days
            .range(first..end)
            .map(|(date, _)| {
                self.hours_on(*date).micros() - self.hours.of_weekday(date.weekday()).micros()
            })
            .sum();
        days / 7 * week + rest + differing
    }
}

/// Viet Nam's date and the microseconds since its midnight.
fn split(at: Instant) -> (Date, i64) {
    let date = at.in_vietnam().date();
    (date, at.as_micros() - midnight(date).as_micros())
}

fn join(date: Date, of_day: i64) -> Instant {
    midnight(date).plus_micros(of_day)
}

fn midnight(date: Date) -> Instant {
    Instant::from_vietnam(DateTime::from_parts(date, Time::midnight()))
}
