//! On which days a digest is mailed.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use vocab::calendar::WorkingCalendar;

/// When somebody's digest is mailed: in the morning of these days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// Each working day.
    Daily,
    /// Once a week, Monday to Friday; where that day is off, on the next working day.
    Weekly(Weekday),
}

impl Rhythm {
    /// All that can be chosen, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Daily,
        Self::Weekly(Weekday::Monday),
        Self::Weekly(Weekday::Tuesday),
        Self::Weekly(Weekday::Wednesday),
        Self::Weekly(Weekday::Thursday),
        Self::Weekly(Weekday::Friday),
    ];

    /// As it is stored and sent.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly(Weekday::Monday) => "monday",
            Self::Weekly(Weekday::Tuesday) => "tuesday",
            Self::Weekly(Weekday::Wednesday) => "wednesday",
            Self::Weekly(Weekday::Thursday) => "thursday",
            Self::Weekly(Weekday::Friday) => "friday",
            Self::Weekly(Weekday::Saturday) => "saturday",
            Self::Weekly(Weekday::Sunday) => "sunday",
        }
    }

    /// The rhythm with this value.
    pub fn from_value(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.value() == value)
    }

    /// Whether a digest is due on a day.
    pub fn is_due(self, day: Date, calendar: &WorkingCalendar) -> bool {
        if !calendar.is_working_day(day) {
            return false;
        }
        match self {
            Self::Daily => true,
            Self::Weekly(weekday) => {
                // The chosen day itself, or nothing but days off between it and this one.
                let since = weekday.until(day.weekday());
                (1..=since).all(|back| {
                    let before = day.checked_sub(back.days());
                    before.is_ok_and(|before| !calendar.is_working_day(before))
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use vocab::calendar::{OfficeHours, read_days};

    use super::*;

    /// In 2023 Monday 1 May to Wednesday 3 May are off, and so is Friday 1 September.
    fn calendar() -> WorkingCalendar {
        let days = read_days(include_str!("../../../../data/holidays-2023-2027.csv"));
        WorkingCalendar::new(OfficeHours::default(), days.unwrap()).unwrap()
    }

    #[test]
    fn values_are_read_back() {
        for rhythm in Rhythm::ALL {
            assert_eq!(Rhythm::from_value(rhythm.value()), Some(rhythm));
        }
        assert_eq!(Rhythm::from_value("sunday"), None);
        assert_eq!(Rhythm::from_value("off"), None);
    }

    #[test]
    fn a_digest_comes_each_working_day() {
        let calendar = calendar();
        let due = |day| Rhythm::Daily.is_due(day, &calendar);
        assert!(due(date(2023, 4, 28)));
        // A Saturday, a Sunday and the holidays behind them.
        for (month, day) in [(4, 29), (4, 30), (5, 1), (5, 3)] {
            assert!(!due(date(2023, month, day)), "{day}/{month}");
        }
        assert!(due(date(2023, 5, 4)));
    }

    #[test]
    fn a_weekly_one_waits_for_the_next_working_day() {
        let calendar = calendar();
        let days = |weekday, from: Date| -> Vec<Date> {
            let two_weeks = from.series(1.day()).take(14);
            two_weeks
                .filter(|day| Rhythm::Weekly(weekday).is_due(*day, &calendar))
                .collect()
        };
        let from = date(2023, 4, 24);
        assert_eq!(
            days(Weekday::Monday, from),
            [date(2023, 4, 24), date(2023, 5, 4)]
        );
        assert_eq!(
            days(Weekday::Wednesday, from),
            [date(2023, 4, 26), date(2023, 5, 4)]
        );
        assert_eq!(
            days(Weekday::Thursday, from),
            [date(2023, 4, 27), date(2023, 5, 4)]
        );
        // From Friday to Tuesday there is no working day.
        assert_eq!(
            days(Weekday::Friday, date(2023, 8, 28)),
            [date(2023, 9, 5), date(2023, 9, 8)]
        );
    }
}
