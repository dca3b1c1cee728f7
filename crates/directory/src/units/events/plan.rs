//! Working events into a copy of the timeline: nothing is written here.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use vocab::Id;

use super::check;
use super::order::{Fault, fault, in_order};
use super::record::links;
use super::timeline::{Held, Timeline};
use super::{UnitChange, UnitDetails, UnitEvent};
use crate::digest::named_id;
use crate::units::record::UnitBody;

/// A record that an event changes: what it said before and says after.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Touch {
    pub(crate) record: Id,
    pub(crate) before: Option<UnitBody>,
    pub(crate) after: Option<UnitBody>,
}

/// An event and what it comes down to.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    pub(crate) id: Id,
    pub(crate) event: UnitEvent,
    pub(crate) touched: Vec<Touch>,
    /// The records of other units that it could not be without.
    pub(crate) relies_on: BTreeSet<Id>,
}

/// Events worked in, and the timeline that they make.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) planned: Vec<Planned>,
    pub(crate) timeline: Timeline,
}

/// Works events in, in their order. If any cannot be, all faults are told, each with the
/// place of its event in the list as its field.
pub(crate) fn plan(
    timeline: Timeline,
    events: &[UnitEvent],
    mut new_id: impl FnMut() -> Id,
) -> Result<Plan, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut plan = Plan {
        planned: Vec::new(),
        timeline,
    };
    let mut latest: Option<Date> = None;
    for (at, event) in events.iter().enumerate() {
        if latest.is_some_and(|latest| event.date < latest) {
            faults.push(at_event(
                at,
                fault("unit-dates-disordered").with("date", event.date),
            ));
            continue;
        }
        latest = Some(event.date);
        let worked_in = in_order(event).and_then(|event| plan.work_in(new_id(), event));
        if let Err(fault) = worked_in {
            faults.push(at_event(at, fault));
        }
    }
    if faults.is_empty() {
        let mut found = check::all(&plan);
        found.sort_by(|(at, one), (other_at, other)| {
            (at, &one.code, &one.args).cmp(&(other_at, &other.code, &other.args))
        });
        faults = found
            .into_iter()
            .map(|(at, fault)| at_event(at, fault))
            .collect();
    }
    if faults.is_empty() {
        Ok(plan)
    } else {
        Err(faults)
    }
}

fn at_event(at: usize, mut fault: Fault) -> Fault {
    fault.field = at.to_string();
    fault
}

impl Plan {
    fn work_in(&mut self, id: Id, event: UnitEvent) -> Result<(), Fault> {
        let mut work = Work {
            id,
            date: event.date,
            timeline: &mut self.timeline,
            touched: BTreeMap::new(),
            relies_on: BTreeSet::new(),
        };
        if let Err(fault) = work.change(&event.change) {
            work.take_back();
            return Err(fault);
        }
        let Work {
            touched,
            mut relies_on,
            ..
        } = work;
        self.timeline.links.extend(links(&event, id));
        let touched: Vec<Touch> = touched
            .into_iter()
            .map(|(record, before)| Touch {
                record,
                before: before.map(|held| held.body),
                after: self
                    .timeline
                    .versions
                    .get(&record)
                    .map(|held| held.body.clone()),
            })
            .collect();
        for touch in &touched {
            relies_on.remove(&touch.record);
        }
        self.planned.push(Planned {
            id,
            event,
            touched,
            relies_on,
        });
        Ok(())
    }
}

/// One event at work.
struct Work<'a> {
    id: Id,
    date: Date,
    timeline: &'a mut Timeline,
    /// What stood in each record before.
    touched: BTreeMap<Id, Option<Held>>,
    relies_on: BTreeSet<Id>,
}

impl Work<'_> {
    fn change(&mut self, change: &UnitChange) -> Result<(), Fault> {
        match change {
            UnitChange::Create { unit, details } => self.create(*unit, details),
            UnitChange::Rename {
                unit,
                name,
                short_name,
            } => self.edit(*unit, |body| body.rename(name, short_name)),
            UnitChange::Move {
                unit,
                hierarchy,
                parent,
            } => {
                if let Some(parent) = parent {
                    self.rely_on(*parent)?;
                }
                self.edit(*unit, |body| {
                    body.hierarchy = *hierarchy;
                    body.parent = *parent;
                })
            }
            UnitChange::Merge { from, into } => {
                self.rely_on(*into)?;
                for unit in from {
                    self.end(*unit)?;
                }
                Ok(())
            }
            UnitChange::Split { from, into } => {
                if into.iter().all(|part| part.unit != *from) {
                    self.end(*from)?;
                }
                for part in into {
                    self.rely_on(part.unit)?;
                }
                Ok(())
            }
            UnitChange::Abolish { units } => units.iter().try_for_each(|unit| self.end(*unit)),
        }
    }

    fn create(&mut self, unit: Id, details: &UnitDetails) -> Result<(), Fault> {
        if self.timeline.of(unit).next().is_some() {
            return Err(fault("unit-exists").with("name", &details.name));
        }
        if let Some(parent) = details.parent {
            self.rely_on(parent)?;
        }
        let body = UnitBody::begin(unit, details, self.date);
        self.put(self.record_of(unit), 0, body);
        Ok(())
    }

    /// Ends a unit with the day before.
    fn end(&mut self, unit: Id) -> Result<(), Fault> {
        let (record, body) = self.timeline.standing(unit, self.date)?;
        if body.valid_from == self.date {
            return Err(fault("unit-begins-that-day").with("name", &body.name));
        }
        let mut body = body.clone();
        body.valid_to = self.date.yesterday().ok();
        let version = self.timeline.versions[&record].version;
        self.put(record, version, body);
        Ok(())
    }

    /// Gives a unit another version from this day on.
    fn edit(&mut self, unit: Id, change: impl FnOnce(&mut UnitBody)) -> Result<(), Fault> {
        let (record, body) = self.timeline.standing(unit, self.date)?;
        let mut next = body.clone();
        change(&mut next);
        if next == *body {
            return Err(fault("unit-change-empty").with("name", &body.name));
        }
        if body.valid_from == self.date {
            let version = self.timeline.versions[&record].version;
            self.put(record, version, next);
        } else {
            self.end(unit)?;
            next.valid_from = self.date;
            self.put(self.record_of(unit), 0, next);
        }
        Ok(())
    }

    /// The unit must stand on this day for the event to make sense.
    fn rely_on(&mut self, unit: Id) -> Result<(), Fault> {
        let (record, _) = self.timeline.standing(unit, self.date)?;
        self.relies_on.insert(record);
        Ok(())
    }

    /// The record of the version that this event begins.
    fn record_of(&self, unit: Id) -> Id {
        named_id(&format!("unit-version/{unit}/by/{}", self.id))
    }

    fn put(&mut self, record: Id, version: i64, body: UnitBody) {
        let before = self.timeline.versions.get(&record).cloned();
        self.touched.entry(record).or_insert(before);
        self.timeline.set(record, Some(Held { version, body }));
    }

    fn take_back(&mut self) {
        for (record, held) in std::mem::take(&mut self.touched) {
            self.timeline.set(record, held);
        }
    }
}
