//! Instants: microseconds since 1970-01-01T00:00:00Z.

use std::fmt;

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};
use serde::{Deserialize, Serialize};

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

    /// The wall clock in Viet Nam, UTC+7 with no daylight saving (QĐ 134/2002/QĐ-TTg).
    pub fn in_vietnam(self) -> ZonedDateTime {
        Timestamp::from_microsecond(self.0)
            .unwrap_or(if self.0 < 0 {
                Timestamp::MIN
            } else {
                Timestamp::MAX
            })
            .to_zoned_datetime(TimeZone::fixed(Offset::constant(7)))
    }
}

impl fmt::Display for Instant {
    /// RFC 3339 in Viet Nam's offset: `2023-04-14T09:30:00+07:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}",
            self.in_vietnam().strftime("%Y-%m-%dT%H:%M:%S%.f%:z")
        )
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
}
