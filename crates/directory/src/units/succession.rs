//! What a unit was, what it became, and which part of it went where.

mod map;
mod share;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;

use jiff::civil::Date;
use serde::Serialize;
use vocab::Id;

pub use map::MappedShare;
pub use share::Share;

use super::events::{Link, StoredEvent};
use super::{Resolution, ShareBasis, Unit, UnitChange};

/// What became of what, over all days.
#[derive(Debug, Default)]
pub struct Succession {
    /// The links of each day on which there are any.
    days: BTreeMap<Date, Vec<Link>>,
    /// The spans of each unit, the earliest first.
    spans: HashMap<Id, Vec<Span>>,
    ordered_by: HashMap<Id, Resolution>,
    bases: HashMap<(Id, Id, Id), ShareBasis>,
}

/// A span of days and what a unit was called in it.
#[derive(Clone, Debug)]
struct Span {
    from: Date,
    to: Option<Date>,
    name: String,
}

/// A unit in a family tree: one that took a part of another, or gave it one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kin {
    /// The unit.
    pub unit: Id,
    /// What it was last called.
    pub name: String,
    /// The unit that it took a part of, or gave one to.
    pub of: Id,
    /// The day of the event.
    pub date: Date,
    /// How much of the unit before went to the unit after.
    pub share: Share,
    /// By what that was measured, if it was.
    pub basis: Option<ShareBasis>,
    /// What ordered it.
    pub ordered_by: Resolution,
    /// How many events lie between: 1 for the nearest.
    pub distance: usize,
}

impl Succession {
    pub(crate) fn of<'u>(
        versions: impl IntoIterator<Item = &'u Unit>,
        events: &[StoredEvent],
    ) -> Self {
        let mut succession = Self::default();
        for unit in versions {
            succession.spans.entry(unit.id).or_default().push(Span {
                from: unit.valid_from,
                to: unit.valid_to,
                name: unit.name.clone(),
            });
        }
        for spans in succession.spans.values_mut() {
            spans.sort_by_key(|span| span.from);
        }
        for stored in events {
            for link in stored.links() {
                succession.days.entry(link.date).or_default().push(link);
            }
            let Some(event) = stored.body.event.as_ref() else {
                continue;
            };
            let by = event.ordered_by.clone();
            succession.ordered_by.insert(stored.id, by);
            if let UnitChange::Split { from, into } = &event.change {
                for part in into {
                    if let Some(basis) = part.basis {
                        let key = (stored.id, *from, part.unit);
                        succession.bases.insert(key, basis);
                    }
                }
            }
        }
        succession
    }

    /// Whether a unit stands on a day.
    pub fn stands(&self, unit: Id, day: Date) -> bool {
        let spans = self.spans.get(&unit).map_or(&[][..], Vec::as_slice);
        spans
            .iter()
            .any(|span| span.from <= day && span.to.is_none_or(|last| day <= last))
    }

    /// What a unit was last called; empty if it is not known.
    pub fn name(&self, unit: Id) -> &str {
        let spans = self.spans.get(&unit).and_then(|spans| spans.last());
        spans.map_or("", |span| &span.name)
    }

    /// The units in which a unit lives on at a later day: itself while it stands. Empty if
    /// it was abolished, or if it had not begun.
    pub fn successors(&self, unit: Id, day: Date) -> Vec<Id> {
        let Some(first) = self.first_day(unit) else {
            return Vec::new();
        };
        let mut living = BTreeSet::from([unit]);
        for (date, links) in self.days.range(first..=day) {
            living = step(
                &living,
                links,
                |link| (link.from, link.to),
                |unit| self.stands(unit, *date),
            );
        }
        living.retain(|unit| self.stands(*unit, day));
        living.into_iter().collect()
    }

    /// The units of an earlier day of which a unit holds all or a part: itself, if it stood.
    pub fn predecessors(&self, unit: Id, day: Date) -> Vec<Id> {
        let last = self.spans.get(&unit).and_then(|spans| spans.last());
        let last = last.map_or(Some(day), |span| span.to).unwrap_or(Date::MAX);
        let mut living = BTreeSet::from([unit]);
        if last > day {
            let after = (Bound::Excluded(day), Bound::Included(last));
            for (date, links) in self.days.range(after).rev() {
                let eve = date.yesterday().unwrap_or(*date);
                living = step(
                    &living,
                    links,
                    |link| (link.to, link.from),
                    |unit| self.stands(unit, eve),
                );
            }
        }
        living.retain(|unit| self.stands(*unit, day));
        living.into_iter().collect()
    }

    /// Adds to some units all that they came from by a day: successors see what their
    /// predecessors had, all of them after a split.
    pub(crate) fn add_inherited(&self, units: &mut BTreeSet<Id>, day: Date) {
        for links in self.days.range(..=day).rev().map(|(_, links)| links) {
            // Events of one day may follow each other: until nothing is added.
            loop {
                let before = units.len();
                for link in links {
                    if units.contains(&link.to) {
                        units.insert(link.from);
                    }
                }
                if units.len() == before {
                    break;
                }
            }
        }
    }

    /// The family tree upwards: all that a unit is made of, the nearest first.
    pub fn ancestors(&self, unit: Id) -> Vec<Kin> {
        self.kin(
            unit,
            |link| (link.to, link.from),
            |earlier, later| earlier < later,
        )
    }

    /// The family tree downwards: all that a unit became, the nearest first.
    pub fn descendants(&self, unit: Id) -> Vec<Kin> {
        self.kin(
            unit,
            |link| (link.from, link.to),
            |later, earlier| later > earlier,
        )
    }

    fn kin(
        &self,
        unit: Id,
        ends: impl Fn(&Link) -> (Id, Id),
        goes_on: impl Fn(Date, Date) -> bool,
    ) -> Vec<Kin> {
        let mut found: Vec<Kin> = Vec::new();
        let mut open: Vec<(Id, Option<Date>)> = vec![(unit, None)];
        let mut distance = 0;
        while !open.is_empty() {
            distance += 1;
            let mut next = Vec::new();
            for (at, reached) in open {
                for link in self.days.values().flatten() {
                    let (near, far) = ends(link);
                    let follows = reached.is_none_or(|reached| goes_on(link.date, reached));
                    if near != at || far == near || !follows {
                        continue;
                    }
                    let kin = self.kin_by(link, near, far, distance);
                    if !found.iter().any(|known| {
                        (known.unit, known.of, known.date) == (kin.unit, kin.of, kin.date)
                    }) {
                        found.push(kin);
                        next.push((far, Some(link.date)));
                    }
                }
            }
            open = next;
        }
        found
    }

    fn kin_by(&self, link: &Link, near: Id, far: Id, distance: usize) -> Kin {
        Kin {
            unit: far,
            name: self.name(far).to_owned(),
            of: near,
            date: link.date,
            share: Share::from(link.share),
            basis: self.bases.get(&(link.event, link.from, link.to)).copied(),
            ordered_by: self
                .ordered_by
                .get(&link.event)
                .cloned()
                .unwrap_or_default(),
            distance,
        }
    }

    fn first_day(&self, unit: Id) -> Option<Date> {
        Some(self.spans.get(&unit)?.first()?.from)
    }
}

/// Follows the links of a day from a set of units; those that stand on stay as well.
fn step(
    living: &BTreeSet<Id>,
    links: &[Link],
    ends: impl Fn(&Link) -> (Id, Id),
    stays: impl Fn(Id) -> bool,
) -> BTreeSet<Id> {
    let mut next = BTreeSet::new();
    for unit in living {
        if stays(*unit) {
            next.insert(*unit);
        }
        let reached = links.iter().map(&ends).filter(|(near, _)| near == unit);
        next.extend(reached.map(|(_, far)| far));
    }
    next
}
