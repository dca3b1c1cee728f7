//! All versions of all units, as a plan works on them.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use vocab::Id;

use super::order::{Fault, fault};
use crate::units::Fraction;
use crate::units::record::UnitBody;

/// A version of a unit and the record that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    /// The record's newest version; 0 where there is no such record yet.
    pub(crate) version: i64,
    pub(crate) body: UnitBody,
}

/// From a unit that was to one that took it in, whole or in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) date: Date,
    pub(crate) from: Id,
    pub(crate) to: Id,
    /// How much of `from`; none where nobody knows.
    pub(crate) share: Option<Fraction>,
    /// The event that says so.
    pub(crate) event: Id,
}

/// All versions by their record, and what became of what.
#[derive(Clone, Debug, Default)]
pub(crate) struct Timeline {
    pub(crate) versions: BTreeMap<Id, Held>,
    /// The records of each unit, the earliest first.
    by_unit: HashMap<Id, Vec<Id>>,
    pub(crate) links: Vec<Link>,
}

impl Timeline {
    pub(crate) fn new(versions: impl IntoIterator<Item = (Id, Held)>, links: Vec<Link>) -> Self {
        let mut timeline = Self {
            links,
            ..Self::default()
        };
        for (record, held) in versions {
            timeline.set(record, Some(held));
        }
        timeline
    }

    /// Puts a record's version in place of what stands there.
    pub(crate) fn set(&mut self, record: Id, held: Option<Held>) {
        if let Some(before) = self.versions.remove(&record)
            && let Some(records) = self.by_unit.get_mut(&before.body.unit)
        {
            records.retain(|known| *known != record);
        }
        let Some(held) = held else { return };
        let unit = held.body.unit;
        self.versions.insert(record, held);
        let records = self.by_unit.entry(unit).or_default();
        records.push(record);
        records.sort_by_key(|record| self.versions[record].body.valid_from);
    }

    /// The versions of a unit, the earliest first.
    pub(crate) fn of(&self, unit: Id) -> impl DoubleEndedIterator<Item = (Id, &UnitBody)> {
        let records = self.by_unit.get(&unit).map_or(&[][..], Vec::as_slice);
        records
            .iter()
            .map(|record| (*record, &self.versions[record].body))
    }

    /// A unit as it is on a day.
    pub(crate) fn on(&self, unit: Id, day: Date) -> Option<(Id, &UnitBody)> {
        self.of(unit).rev().find(|(_, body)| body.holds_on(day))
    }

    /// The version of a unit that an event of that day may change: it holds then, and
    /// nothing is known of the unit after it.
    pub(super) fn standing(&self, unit: Id, day: Date) -> Result<(Id, &UnitBody), Fault> {
        let name = |body: &UnitBody| body.name.clone();
        let Some((_, last)) = self.of(unit).next_back() else {
            return Err(fault("unit-unknown").with("unit", unit));
        };
        match self.on(unit, day) {
            Some((record, body)) if body.valid_to.is_none() => Ok((record, body)),
            Some((_, body)) => {
                let next = body
                    .valid_to
                    .map_or(day, |day| day.tomorrow().unwrap_or(day));
                Err(fault("unit-changed-later")
                    .with("name", name(body))
                    .with("date", next))
            }
            None if last.valid_to.is_some_and(|end| end < day) => {
                let end = last.valid_to.unwrap_or(day);
                Err(fault("unit-ended")
                    .with("name", name(last))
                    .with("date", end))
            }
            None => Err(fault("unit-not-yet")
                .with("name", name(last))
                .with("date", last.valid_from)),
        }
    }
}
