//! Office hours.

use jiff::civil::Weekday;

use super::MINUTE;

const DAY_MINUTES: u16 = 24 * 60;

/// A stretch of open hours within a day, in minutes since midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Session {
    from: u16,
    to: u16,
}

/// The hours of one day: a morning, an afternoon, both or neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DayHours {
    morning: Option<Session>,
    afternoon: Option<Session>,
}

/// The hours of a week, those of a make-up day on a weekday that is otherwise closed, and
/// how many minutes are a day of work.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OfficeHours {
    /// From Monday.
    week: [DayHours; 7],
    make_up: DayHours,
    day_minutes: u16,
}

/// Why hours make no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// A session that ends before it begins or after midnight.
    #[error("a session from minute {from} to minute {to} of the day does not exist")]
    Session {
        /// Its first minute.
        from: u16,
        /// The minute at which it ends.
        to: u16,
    },
    /// An afternoon that begins before the morning has ended.
    #[error("the afternoon begins at minute {0}, before the morning ends")]
    Overlap(u16),
    /// A day of work of no minutes or of more than 24 hours.
    #[error("a day of work cannot have {0} minutes")]
    DayLength(u16),
}

impl Session {
    /// Open from one minute of the day until another.
    pub const fn new(from: u16, to: u16) -> Result<Self, HoursError> {
        if from < to && to <= DAY_MINUTES {
            Ok(Self { from, to })
        } else {
            Err(HoursError::Session { from, to })
        }
    }

    /// The minute of the day at which it begins.
    pub const fn opens(self) -> u16 {
        self.from
    }

    /// The minute of the day at which it ends.
    pub const fn closes(self) -> u16 {
        self.to
    }

    pub(super) fn opening_micros(self) -> i64 {
        i64::from(self.from) * MINUTE
    }

    pub(super) fn closing_micros(self) -> i64 {
        i64::from(self.to) * MINUTE
    }
}

impl DayHours {
    /// Not open at all.
    pub const CLOSED: Self = Self {
        morning: None,
        afternoon: None,
    };

    /// 07:00–11:30 and 13:30–17:00, as offices of the province keep.
    pub const USUAL: Self = Self {
        morning: Some(Session {
            from: 7 * 60,
            to: 11 * 60 + 30,
        }),
        afternoon: Some(Session {
            from: 13 * 60 + 30,
            to: 17 * 60,
        }),
    };

    /// A day of these sessions.
    pub fn new(morning: Option<Session>, afternoon: Option<Session>) -> Result<Self, HoursError> {
        match (morning, afternoon) {
            (Some(morning), Some(afternoon)) if afternoon.from < morning.to => {
                Err(HoursError::Overlap(afternoon.from))
            }
            _ => Ok(Self { morning, afternoon }),
        }
    }

    /// The sessions, earliest first.
    pub fn sessions(self) -> impl Iterator<Item = Session> {
        self.morning.into_iter().chain(self.afternoon)
    }

    /// Whether there is a session.
    pub const fn is_open(self) -> bool {
        self.morning.is_some() || self.afternoon.is_some()
    }

    pub(super) const fn without_morning(self) -> Self {
        Self {
            morning: None,
            ..self
        }
    }

    pub(super) const fn without_afternoon(self) -> Self {
        Self {
            afternoon: None,
            ..self
        }
    }

    pub(super) fn micros(self) -> i64 {
        self.micros_before(i64::MAX)
    }

    /// Working time up to a moment of the day.
    pub(super) fn micros_before(self, of_day: i64) -> i64 {
        self.sessions()
            .map(|session| (session.closing_micros().min(of_day) - session.opening_micros()).max(0))
            .sum()
    }
}

impl OfficeHours {
    /// The hours of each weekday from Monday on, of a make-up day, and the minutes of a
    /// day of work.
    pub const fn new(
        week: [DayHours; 7],
        make_up: DayHours,
        day_minutes: u16,
    ) -> Result<Self, HoursError> {
        if day_minutes == 0 || day_minutes > DAY_MINUTES {
            return Err(HoursError::DayLength(day_minutes));
        }
        Ok(Self {
            week,
            make_up,
            day_minutes,
        })
    }

    /// The hours of a weekday.
    pub fn of_weekday(&self, weekday: Weekday) -> DayHours {
        let [
            monday,
            tuesday,
            wednesday,
            thursday,
            friday,
            saturday,
            sunday,
        ] = self.week;
        match weekday {
            Weekday::Monday => monday,
            Weekday::Tuesday => tuesday,
            Weekday::Wednesday => wednesday,
            Weekday::Thursday => thursday,
            Weekday::Friday => friday,
            Weekday::Saturday => saturday,
            Weekday::Sunday => sunday,
        }
    }

    /// The hours of a make-up day.
    pub const fn make_up(&self) -> DayHours {
        self.make_up
    }

    /// How many minutes are a day of work.
    pub const fn day_minutes(&self) -> u16 {
        self.day_minutes
    }
}

impl Default for OfficeHours {
    /// Monday to Friday at the [usual](DayHours::USUAL) hours, 8 hours a day.
    fn default() -> Self {
        let mut week = [DayHours::USUAL; 7];
        week[5..].fill(DayHours::CLOSED);
        Self {
            week,
            make_up: DayHours::USUAL,
            day_minutes: 8 * 60,
        }
    }
}
