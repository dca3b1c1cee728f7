//! What a body remembers of its way: who took which step, who approved, which clocks run.

use std::collections::BTreeMap;

use pack::declaration::{Deadline, RecordFile};
use pack::term::{Term, TermUnit};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use vocab::calendar::end_of_day;
use vocab::{Id, Instant, Stopwatch, WorkingCalendar};

use super::kind::FLOW;
use crate::RegistryError;

/// A record's way so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// Who took each step last; several, where several approve.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) taken: BTreeMap<String, Vec<Id>>,
    /// Who has approved the steps that still wait for more.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub approvals: BTreeMap<String, Vec<Approved>>,
    /// The clocks of the handling.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) clocks: BTreeMap<String, Stopwatch>,
}

/// An approval that waits for others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    /// The role in which it was given.
    pub role: String,
    /// By whom.
    pub by: Id,
    /// As they were called.
    pub name: String,
}

/// A clock of the handling as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The deadline's id.
    pub id: String,
    /// Until when; none while it stands still.
    pub due: Option<Instant>,
    /// Since when it stands still.
    pub paused: Option<Instant>,
}

impl Flow {
    /// The way that a body remembers.
    pub fn of(body: &Map<String, Value>) -> Self {
        let stored = body.get(FLOW).cloned();
        stored
            .and_then(|stored| serde_json::from_value(stored).ok())
            .unwrap_or_default()
    }

    pub(crate) fn keep(&self, body: &mut Map<String, Value>) -> Result<(), RegistryError> {
        let broken =
            |error: serde_json::Error| RegistryError::refused(500, "internal", error.to_string());
        body.insert(FLOW.to_owned(), serde_json::to_value(self).map_err(broken)?);
        Ok(())
    }

    /// Starts, stops and ends clocks, now that the record stands in a state.
    pub(crate) fn enter(&mut self, declared: &RecordFile, state: &str, now: Instant) {
        for deadline in declared.lifecycle.iter().flat_map(|life| &life.deadlines) {
            let id = deadline.id.text.clone();
            let named = |states: &[pack::shape::Word]| states.iter().any(|known| &**known == state);
            if named(&deadline.runs_in) {
                match self.clocks.get_mut(&id) {
                    None => {
                        self.clocks.insert(id, Stopwatch::start(now));
                    }
                    // It may run already: then nothing changes.
                    Some(clock) => {
                        let _ = clock.resume(now);
                    }
                }
            } else if named(&deadline.paused_in) {
                if let Some(clock) = self.clocks.get_mut(&id) {
                    let _ = clock.pause(now);
                }
            } else {
                self.clocks.remove(&id);
            }
        }
    }

    /// The clocks that have started, in the order of the declaration.
    pub fn clocks(&self, declared: &RecordFile, calendar: &WorkingCalendar) -> Vec<Clock> {
        let deadlines = declared.lifecycle.iter().flat_map(|life| &life.deadlines);
        let started = deadlines.filter_map(|deadline| {
            let clock = self.clocks.get(&deadline.id.text)?;
            Some(Clock {
                id: deadline.id.text.clone(),
                due: clock_due(deadline, clock, calendar),
                paused: clock.paused_since(),
            })
        });
        started.collect()
    }
}

fn clock_due(
    deadline: &Deadline,
    clock: &Stopwatch,
    calendar: &WorkingCalendar,
) -> Option<Instant> {
    let term = deadline.within;
    if clock.paused_since().is_some() {
        return None;
    }
    if clock.pauses().is_empty() {
        return due(term, clock.started(), calendar);
    }
    let day_minutes = u32::from(vocab::OfficeHours::default().day_minutes());
    match term.unit {
        TermUnit::WorkingHours => clock.due(calendar, term.amount * 60).ok().flatten(),
        TermUnit::WorkingDays => clock
            .due(calendar, term.amount * day_minutes)
            .ok()
            .flatten()
            .map(|at| end_of_day(at.in_vietnam().date())),
        // The term as without pauses, later by the days that it stood still.
        _ => {
            let stood: i64 = clock
                .pauses()
                .iter()
                .filter_map(|pause| Some(pause.until?.as_micros() - pause.from.as_micros()))
                .sum();
            due(term, clock.started(), calendar)
                .map(|at| end_of_day(at.plus_micros(stood).in_vietnam().date()))
        }
    }
}

/// The end of a term that begins now.
pub(crate) fn due(term: Term, from: Instant, calendar: &WorkingCalendar) -> Option<Instant> {
    match term.counted() {
        None => calendar.add_working_time(from, term.amount * 60).ok(),
        Some(counted) => calendar
            .term_end(from.in_vietnam().date(), counted)
            .ok()
            .map(end_of_day),
    }
}
