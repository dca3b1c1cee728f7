//! Instants: microseconds since 1970-01-01T00:00:00Z.

use std::fmt;

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};
use serde::{Deserialize, Serialize};

/// Viet Nam's offset all year round.
const VIETNAM: Offset = Offset::constant(7);

/// A point in time, in whole microseconds of UTC since the Unix epoch.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(i64);

impl Instant {
    /// The instant that many microseconds after the epoch.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since the epoch.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Whole milliseconds since the epoch, rounded down.
    pub const fn as_millis(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// This instant moved by so many microseconds, held at the ends of the range.
    #[must_use]
    pub const fn plus_micros(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// This instant moved by so many seconds, held at the ends of the range.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// The instant at which the wall clock in Viet Nam shows this, held at the ends of the
    /// range.
    pub fn from_vietnam(wall: DateTime) -> Self {
        let end = if wall < DateTime::ZERO {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        };
        let timestamp = VIETNAM.to_timestamp(wall).unwrap_or(end);
        Self(timestamp.as_microsecond())
    }

    /// The wall clock in Viet Nam, UTC+7 with no daylight saving (QĐ 134/2002/QĐ-TTg).
    pub fn in_vietnam(self) -> ZonedDateTime {
        Timestamp::from_microsecond(self.0)
            .unwrap_or(if self.0 < 0 {
                Timestamp::MIN
            } else {
                Timestamp::MAX
            })
            .to_zoned_datetime(TimeZone::fixed(VIETNAM))
    }
}

impl fmt::Display for Instant {
    /// RFC 3339 in Viet Nam's offset: `2023-04-14T09:30:00+07:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let timestamp = self.in_vietnam().timestamp();
        write!(f, "{}", timestamp.display_with_offset(VIETNAM))
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_in_vietnams_offset() {
        assert_eq!(
            Instant::from_micros(1_681_439_400_000_000).to_string(),
            "2023-04-14T09:30:00+07:00"
        );
    }
    #[test]
    fn the_wall_clock_leads_back_to_the_instant() {
        let instant = Instant::from_micros(1_681_439_400_000_001);
        let wall = instant.in_vietnam().datetime();
        assert_eq!(Instant::from_vietnam(wall), instant);
        assert!(Instant::from_vietnam(DateTime::MAX) > instant);
        assert!(Instant::from_vietnam(DateTime::MIN) < instant);
    }
}
