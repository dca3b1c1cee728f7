//! Days counted in working days.

use jiff::civil::Date;
use vocab::calendar::{CalendarError, WorkingCalendar};
use vocab::{Instant, Term};

/// So many working days from a day: after it, or before it if negative; of 0 days the day
/// itself.
pub(super) fn shifted(
    calendar: &WorkingCalendar,
    day: Date,
    days: i32,
) -> Result<Date, CalendarError> {
    if days == 0 {
        return Ok(day);
    }
    if let Ok(days) = u32::try_from(days) {
        return calendar.term_end(day, Term::WorkingDays(days));
    }
    calendar.ahead_of(day, Term::WorkingDays(days.unsigned_abs()))
}

/// When offices first open on a day or after it.
pub(super) fn opening(calendar: &WorkingCalendar, day: Date) -> Result<Instant, CalendarError> {
    let eve = day.yesterday().unwrap_or(day);
    calendar.next_working_moment(vocab::calendar::end_of_day(eve))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use vocab::calendar::OfficeHours;

    use super::*;

    #[test]
    fn weekends_are_passed_over_in_both_directions() {
        let calendar = WorkingCalendar::new(OfficeHours::default(), []).unwrap();
        let monday = date(2023, 10, 16);
        for (days, expected) in [
            (0, monday),
            (-1, date(2023, 10, 13)),
            (-3, date(2023, 10, 11)),
            (2, date(2023, 10, 18)),
            (5, date(2023, 10, 23)),
        ] {
            assert_eq!(
                shifted(&calendar, monday, days).unwrap(),
                expected,
                "{days}"
            );
        }
        let saturday = opening(&calendar, date(2023, 10, 14)).unwrap();
        assert_eq!(saturday.in_vietnam().date(), monday);
    }
}
