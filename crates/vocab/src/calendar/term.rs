//! Terms in days, weeks, months and years (BLDS 2015 Đ147–148): they begin the day after
//! the event, and one that would end on a day off ends on the next working day.

use jiff::Span;
use jiff::civil::Date;

use super::{CalendarError, SEARCH_DAYS, WorkingCalendar, midnight};
use crate::Instant;

/// A term from an event on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// Working days (ngày làm việc).
    WorkingDays(u32),
    /// Calendar days (ngày).
    Days(u32),
    /// Weeks: ends on the same weekday (Đ148.2).
    Weeks(u32),
    /// Months: ends on the same day of the month, or on its last day if there is none
    /// (Đ148.3).
    Months(u32),
    /// Years: ends on the same day and month (Đ148.4).
    Years(u32),
}

/// The end of a day, 24:00 (Đ148.5), as the instant that begins the next one.
pub fn end_of_day(date: Date) -> Instant {
    midnight(date.tomorrow().unwrap_or(date))
}

impl WorkingCalendar {
    /// The last day of a term that an event of that day starts.
    pub fn term_end(&self, event: Date, term: Term) -> Result<Date, CalendarError> {
        let too_far = |_| CalendarError::TooFar(event);
        let span = match term {
            Term::WorkingDays(0) => Ok(Span::new()),
            Term::WorkingDays(days) => return self.nth_working_day(event, days),
            Term::Days(days) => Span::new().try_days(days),
            Term::Weeks(weeks) => Span::new().try_weeks(weeks),
            Term::Months(months) => Span::new().try_months(months),
            Term::Years(years) => Span::new().try_years(years),
        };
        let last = event.checked_add(span.map_err(too_far)?).map_err(too_far)?;
        if self.is_working_day(last) {
            Ok(last)
        } else {
            self.nth_working_day(last, 1)
        }
    }

    /// The day that lies a term ahead of another: when to remind of what ends on it. Working days
    /// are counted backwards, from the day itself for none; other terms go by the calendar, onto
    /// a day off too.
    pub fn ahead_of(&self, end: Date, term: Term) -> Result<Date, CalendarError> {
        let too_far = |_| CalendarError::TooFar(end);
        let span = match term {
            Term::WorkingDays(days) => return self.nth_working_day_before(end, days),
            Term::Days(days) => Span::new().try_days(days),
            Term::Weeks(weeks) => Span::new().try_weeks(weeks),
            Term::Months(months) => Span::new().try_months(months),
            Term::Years(years) => Span::new().try_years(years),
        };
        end.checked_sub(span.map_err(too_far)?).map_err(too_far)
    }

    fn nth_working_day_before(&self, end: Date, n: u32) -> Result<Date, CalendarError> {
        let (mut date, mut left) = (end, n);
        for _ in 0..SEARCH_DAYS {
            if left == 0 {
                return Ok(date);
            }
            date = date.yesterday().map_err(|_| CalendarError::TooFar(end))?;
            if self.is_working_day(date) {
                left -= 1;
            }
        }
        Err(CalendarError::TooFar(end))
    }

    /// The n-th working day after a date, from 1.
    fn nth_working_day(&self, after: Date, n: u32) -> Result<Date, CalendarError> {
        let mut date = after;
        let mut left = n;
        for _ in 0..SEARCH_DAYS {
            date = date.tomorrow().map_err(|_| CalendarError::TooFar(after))?;
            if self.is_working_day(date) {
                left -= 1;
                if left == 0 {
                    return Ok(date);
                }
            }
        }
        Err(CalendarError::TooFar(after))
    }
}
