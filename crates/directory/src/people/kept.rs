//! Whose people are whose.
//!
//! Nobody writes down which unit somebody belongs to: it follows from their positions on a day.
//! A unit sees whoever has a position there that lasts. It keeps them, and so may change what is
//! known of them, if it has their main position, or all positions where none is the main one.
//! Whoever has none any more stays with the unit of the position that ended last.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use store::Units;
use vocab::Id;

use super::{Person, PositionDraft, Roster};

/// Everybody with their positions, found by unit.
#[derive(Debug)]
pub(crate) struct Kept {
    people: Vec<Placed>,
    /// The places in `people` of those who have, had or will have a position in a unit.
    by_unit: HashMap<Id, Vec<usize>>,
}

/// Somebody's positions.
#[derive(Debug)]
struct Placed {
    /// To whom their record and their account belong.
    owner: Id,
    positions: Vec<Span>,
}

/// When a position holds, and where.
#[derive(Clone, Copy, Debug)]
struct Span {
    unit: Id,
    primary: bool,
    from: Date,
    to: Option<Date>,
}

impl Kept {
    pub(crate) fn of(people: &[Person], roster: &Roster) -> Self {
        let mut spans: HashMap<Id, Vec<Span>> = HashMap::new();
        for position in &roster.positions {
            let own = spans.entry(position.person).or_default();
            own.push(Span::of(&position.draft));
        }
        let mut kept = Self {
            people: Vec::new(),
            by_unit: HashMap::new(),
        };
        for person in people {
            let Some(positions) = spans.remove(&person.id) else {
                continue;
            };
            let units: BTreeSet<Id> = positions.iter().map(|span| span.unit).collect();
            for unit in units {
                let there = kept.by_unit.entry(unit).or_default();
                there.push(kept.people.len());
            }
            kept.people.push(Placed {
                owner: person.owner(),
                positions,
            });
        }
        kept
    }

    /// To whom the things of those belong whom these units see on a day.
    pub(crate) fn seen_in(&self, units: &Units, day: Date) -> Units {
        self.those(units, |one| {
            let mut counting = one.counting(day).into_iter();
            counting.any(|span| units.contains(span.unit))
        })
    }

    /// To whom the things of those belong whom these units keep on a day.
    pub(crate) fn kept_in(&self, units: &Units, day: Date) -> Units {
        self.those(units, |one| {
            let mut keeping = one.keeping(day).into_iter();
            keeping.all(|span| units.contains(span.unit))
        })
    }

    fn those(&self, units: &Units, fit: impl Fn(&Placed) -> bool) -> Units {
        let Units::These(named) = units else {
            return Units::these([]);
        };
        let near = named.iter().filter_map(|unit| self.by_unit.get(unit));
        let near: BTreeSet<usize> = near.flatten().copied().collect();
        let fitting = near.into_iter().map(|at| &self.people[at]);
        Units::these(fitting.filter(|one| fit(one)).map(|one| one.owner))
    }
}

impl Placed {
    /// The positions that last or will begin; without any, those that ended last.
    fn counting(&self, day: Date) -> Vec<Span> {
        let lasting = self.positions.iter().filter(|span| span.lasts(day));
        let lasting: Vec<Span> = lasting.copied().collect();
        if !lasting.is_empty() {
            return lasting;
        }
        let last = self.positions.iter().map(|span| span.to).max();
        let ended = self.positions.iter();
        ended
            .filter(|span| Some(span.to) == last)
            .copied()
            .collect()
    }

    /// Those of them whose units keep the person: the main one of the day, or else the next.
    fn keeping(&self, day: Date) -> Vec<Span> {
        let counting = self.counting(day);
        let main = counting
            .iter()
            .filter(|span| span.primary && span.lasts(day));
        match main.min_by_key(|span| (day < span.from, span.from, span.unit)) {
            Some(main) => vec![*main],
            None => counting,
        }
    }
}

impl Span {
    const fn of(draft: &PositionDraft) -> Self {
        Self {
            unit: draft.unit,
            primary: draft.primary,
            from: draft.valid_from,
            to: draft.valid_to,
        }
    }

    /// Whether it holds on a day or on one after it.
    fn lasts(&self, day: Date) -> bool {
        self.to.is_none_or(|end| day < end && self.from < end)
    }
}
