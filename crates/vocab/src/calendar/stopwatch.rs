//! A clock that runs in working time and stops while somebody else is asked for something
//! (bổ sung, nghĩa vụ tài chính).

use serde::{Deserialize, Serialize};

use super::{CalendarError, MINUTE, WorkingCalendar};
use crate::Instant;

/// A stretch during which the clock stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// When it stopped.
    pub from: Instant,
    /// When it went on; `None` while it stands.
    pub until: Option<Instant>,
}

/// A start and its pauses, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Parts")]
pub struct Stopwatch {
    started: Instant,
    pauses: Vec<Pause>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    started: Instant,
    #[serde(default)]
    pauses: Vec<Pause>,
}

/// Why a stopwatch cannot do that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StopwatchError {
    /// It stands already.
    #[error("the clock already stands since {0}; resume it first")]
    AlreadyPaused(Instant),
    /// It runs already.
    #[error("the clock runs; pause it before resuming")]
    NotPaused,
    /// The moment lies before the last one.
    #[error("{at} lies before {last}, the clock's last change")]
    BackInTime {
        /// The moment given.
        at: Instant,
        /// The last change.
        last: Instant,
    },
}

impl Stopwatch {
    /// Starts the clock.
    pub const fn start(at: Instant) -> Self {
        Self {
            started: at,
            pauses: Vec::new(),
        }
    }

    /// When it started.
    pub const fn started(&self) -> Instant {
        self.started
    }

    /// Its pauses, earliest first.
    pub fn pauses(&self) -> &[Pause] {
        &self.pauses
    }

    /// Since when it stands, if it does.
    pub fn paused_since(&self) -> Option<Instant> {
        self.pauses
            .last()
            .filter(|pause| pause.until.is_none())
            .map(|pause| pause.from)
    }

    /// Stops the clock.
    pub fn pause(&mut self, at: Instant) -> Result<(), StopwatchError> {
        if let Some(since) = self.paused_since() {
            return Err(StopwatchError::AlreadyPaused(since));
        }
        self.check_order(at)?;
        self.pauses.push(Pause {
            from: at,
            until: None,
        });
        Ok(())
    }

    /// Lets the clock go on.
    pub fn resume(&mut self, at: Instant) -> Result<(), StopwatchError> {
        self.check_order(at)?;
        match self.pauses.last_mut() {
            Some(pause) if pause.until.is_none() => {
                pause.until = Some(at);
                Ok(())
            }
            _ => Err(StopwatchError::NotPaused),
        }
    }

    /// Whole working minutes that it has run by then.
    pub fn elapsed_minutes(&self, calendar: &WorkingCalendar, now: Instant) -> i64 {
        let elapsed: i64 = self
            .runs()
            .map(|(from, until)| calendar.micros_between(from, until.unwrap_or(now).min(now)))
            .sum();
        elapsed / MINUTE
    }

    /// When it will have run, or had run, for so many working minutes. `None` while it
    /// stands and they are not used up: nobody can tell.
    pub fn due(
        &self,
        calendar: &WorkingCalendar,
        minutes: u32,
    ) -> Result<Option<Instant>, CalendarError> {
        let mut left = i64::from(minutes) * MINUTE;
        for (from, until) in self.runs() {
            let Some(until) = until else {
                return calendar.add_micros(from, left).map(Some);
            };
            let ran = calendar.micros_between(from, until);
            if ran > 0 && left <= ran {
                return calendar.add_micros(from, left).map(Some);
            }
            left -= ran;
        }
        Ok(None)
    }

    /// The stretches during which it ran; the last has no end while it runs.
    fn runs(&self) -> impl Iterator<Item = (Instant, Option<Instant>)> {
        let starts =
            std::iter::once(Some(self.started)).chain(self.pauses.iter().map(|pause| pause.until));
        let ends = self
            .pauses
            .iter()
            .map(|pause| Some(pause.from))
            .chain(std::iter::once(None));
        starts
            .zip(ends)
            .filter_map(|(from, until)| Some((from?, until)))
    }

    fn check_order(&self, at: Instant) -> Result<(), StopwatchError> {
        let last = self
            .pauses
            .last()
            .map_or(self.started, |pause| pause.until.unwrap_or(pause.from));
        if at < last {
            return Err(StopwatchError::BackInTime { at, last });
        }
        Ok(())
    }
}

impl TryFrom<Parts> for Stopwatch {
    type Error = StopwatchError;

    fn try_from(parts: Parts) -> Result<Self, StopwatchError> {
        let mut stopwatch = Self::start(parts.started);
        for pause in parts.pauses {
            stopwatch.pause(pause.from)?;
            if let Some(until) = pause.until {
                stopwatch.resume(until)?;
            }
        }
        Ok(stopwatch)
    }
}
