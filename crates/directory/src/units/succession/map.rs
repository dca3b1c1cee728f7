//! Which part of each unit of a day belongs to which unit of another day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;
use vocab::Id;

use super::{Link, Share, Succession};
use crate::units::{Fraction, Resolution, ShareBasis};

/// A part of a unit that belongs to another one on the other day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MappedShare {
    /// The unit on the first day.
    pub from: Id,
    /// The unit on the other day; none for what nobody took over.
    pub to: Option<Id>,
    /// How much of `from` that is.
    pub share: Share,
    /// By what the shares on the way were measured; empty where none was divided.
    pub bases: BTreeSet<ShareBasis>,
    /// What ordered the events on the way.
    pub ordered_by: Vec<Resolution>,
}

/// Where a unit's parts go on one day: known parts, and units that share the rest.
#[derive(Debug, Default)]
struct Division {
    known: Vec<(Option<Id>, Fraction)>,
    unknown: Vec<Option<Id>>,
}

impl Succession {
    /// Which part of each unit that stands on the day `from` belongs to which unit that
    /// stands on the day `to`, before or after it. The parts of one unit add up to the
    /// whole: exactly where all are known, and within their ranges otherwise.
    ///
    /// Backwards a part is known only where a unit has a single predecessor: what several
    /// brought in is not measured by which part of each of them came.
    ///
    /// A unit that does not stand on the day `from` is left out.
    pub fn mapping(&self, units: &[Id], from: Date, to: Date) -> Vec<MappedShare> {
        let forwards = from <= to;
        let layers = self.layers(from, to);
        let mut mapped = Vec::new();
        for unit in units.iter().filter(|unit| self.stands(**unit, from)) {
            let mut ways = Vec::new();
            let mut living = BTreeSet::from([Some(*unit)]);
            for (date, links) in &layers {
                let divisions = self.divisions(&living, *date, links, forwards);
                living = divisions.values().flat_map(Division::targets).collect();
                ways.push(divisions);
            }
            for target in living {
                let share = share_of(&ways, Some(*unit), target);
                let (bases, ordered_by) = self.grounds(&ways, &layers, *unit, target, forwards);
                mapped.push(MappedShare {
                    from: *unit,
                    to: target,
                    share,
                    bases,
                    ordered_by,
                });
            }
        }
        mapped
    }

    /// The days between two with what happened on them, in the order of the way.
    fn layers(&self, from: Date, to: Date) -> Vec<(Date, &[Link])> {
        let (low, high) = (from.min(to), from.max(to));
        let mut ends: BTreeSet<Date> = self
            .days
            .keys()
            .copied()
            .filter(|day| *day > low && *day <= high)
            .collect();
        // Units also end on days on which none takes them over.
        let ended = self.spans.values().filter_map(|spans| spans.last()?.to);
        let begun = self
            .spans
            .values()
            .filter_map(|spans| Some(spans.first()?.from));
        ends.extend(
            ended
                .filter_map(|last| last.tomorrow().ok())
                .chain(begun)
                .filter(|day| *day > low && *day <= high),
        );
        let layers = ends.into_iter().map(|date| {
            let links = self.days.get(&date).map_or(&[][..], Vec::as_slice);
            (date, links)
        });
        let mut layers: Vec<_> = layers.collect();
        if from > to {
            layers.reverse();
        }
        layers
    }

    fn divisions(
        &self,
        living: &BTreeSet<Option<Id>>,
        date: Date,
        links: &[Link],
        forwards: bool,
    ) -> BTreeMap<Option<Id>, Division> {
        let divide = |place: &Option<Id>| {
            let division = match place {
                None => Division::whole(None),
                Some(unit) if forwards => self.forwards(*unit, date, links),
                Some(unit) => self.backwards(*unit, date, links),
            };
            (*place, division)
        };
        living.iter().map(divide).collect()
    }

    fn forwards(&self, unit: Id, date: Date, links: &[Link]) -> Division {
        let mut division = Division::default();
        for link in links.iter().filter(|link| link.from == unit) {
            match link.share {
                Some(share) => division.known.push((Some(link.to), share)),
                None => division.unknown.push(Some(link.to)),
            }
        }
        if !division.is_empty() {
            return division;
        }
        Division::whole(self.stands(unit, date).then_some(unit))
    }

    fn backwards(&self, unit: Id, date: Date, links: &[Link]) -> Division {
        let eve = date.yesterday().unwrap_or(date);
        let mut before: BTreeSet<Id> = links
            .iter()
            .filter(|link| link.to == unit)
            .map(|link| link.from)
            .collect();
        if self.stands(unit, eve) {
            before.insert(unit);
        }
        let mut before = before.into_iter();
        match (before.next(), before.next()) {
            (None, _) => Division::whole(None),
            (Some(only), None) => Division::whole(Some(only)),
            (Some(one), Some(another)) => Division {
                known: Vec::new(),
                unknown: [one, another].into_iter().chain(before).map(Some).collect(),
            },
        }
    }

    /// By what the shares on the ways to a target were measured, and who ordered them.
    fn grounds(
        &self,
        ways: &[BTreeMap<Option<Id>, Division>],
        layers: &[(Date, &[Link])],
        unit: Id,
        target: Option<Id>,
        forwards: bool,
    ) -> (BTreeSet<ShareBasis>, Vec<Resolution>) {
        let mut leading: Vec<BTreeSet<Option<Id>>> = vec![BTreeSet::from([target])];
        for divisions in ways.iter().rev() {
            let near: &BTreeSet<Option<Id>> = &leading[leading.len() - 1];
            let to_near = |division: &Division| division.targets().any(|far| near.contains(&far));
            let before = divisions.iter().filter(|(_, division)| to_near(division));
            leading.push(before.map(|(place, _)| *place).collect());
        }
        leading.reverse();
        let mut bases = BTreeSet::new();
        let mut ordered_by: Vec<Resolution> = Vec::new();
        let mut here = BTreeSet::from([Some(unit)]);
        for ((_, links), next) in layers.iter().zip(&leading[1..]) {
            let mut reached = here.clone();
            for link in *links {
                let (near, far) = if forwards {
                    (Some(link.from), Some(link.to))
                } else {
                    (Some(link.to), Some(link.from))
                };
                if !here.contains(&near) || !next.contains(&far) {
                    continue;
                }
                reached.insert(far);
                bases.extend(self.bases.get(&(link.event, link.from, link.to)));
                if let Some(by) = self.ordered_by.get(&link.event)
                    && !ordered_by.contains(by)
                {
                    ordered_by.push(by.clone());
                }
            }
            here = reached.intersection(next).copied().collect();
        }
        (bases, ordered_by)
    }
}

impl Division {
    fn whole(place: Option<Id>) -> Self {
        Self {
            known: vec![(place, Fraction::ONE)],
            unknown: Vec::new(),
        }
    }

    fn is_empty(&self) -> bool {
        self.known.is_empty() && self.unknown.is_empty()
    }

    fn targets(&self) -> impl Iterator<Item = Option<Id>> + '_ {
        let known = self.known.iter().map(|(place, _)| *place);
        known.chain(self.unknown.iter().copied())
    }

    /// The share that reaches the target, where `beyond` tells it for each part.
    fn share(&self, beyond: impl Fn(Option<Id>) -> Share) -> Share {
        // Terms that do not fit leave the share unknown rather than wrong.
        self.checked_share(beyond).unwrap_or(Share::UNKNOWN)
    }

    fn checked_share(&self, beyond: impl Fn(Option<Id>) -> Share) -> Option<Share> {
        let (mut least, mut most) = (Fraction::ZERO, Fraction::ZERO);
        let mut known = Fraction::ZERO;
        for (place, share) in &self.known {
            let there = beyond(*place);
            known = known.plus(*share)?;
            least = least.plus(share.times(there.least)?)?;
            most = most.plus(share.times(there.most)?)?;
        }
        // However the rest is divided, it does not reach the target less than its worst
        // part does, nor more than its best.
        let parts: Vec<Share> = self.unknown.iter().map(|place| beyond(*place)).collect();
        let worst = parts.iter().map(|part| part.least).min();
        let best = parts.iter().map(|part| part.most).max();
        if let (Some(worst), Some(best)) = (worst, best) {
            least = least.plus(known.rest().times(worst)?)?;
            most = most.plus(known.rest().times(best)?)?;
        }
        Some(Share { least, most })
    }
}

/// The share of a place on the first day that reaches a target on the last.
fn share_of(
    ways: &[BTreeMap<Option<Id>, Division>],
    start: Option<Id>,
    target: Option<Id>,
) -> Share {
    let end = |place: Option<Id>| {
        if place == target {
            Share::WHOLE
        } else {
            Share::NOTHING
        }
    };
    let mut beyond: Option<BTreeMap<Option<Id>, Share>> = None;
    for divisions in ways.iter().rev() {
        let told = |place: Option<Id>| match &beyond {
            None => end(place),
            Some(shares) => shares.get(&place).copied().unwrap_or(Share::NOTHING),
        };
        let shares = divisions
            .iter()
            .map(|(place, division)| (*place, division.share(told)))
            .collect();
        beyond = Some(shares);
    }
    match beyond {
        None => end(start),
        Some(shares) => shares.get(&start).copied().unwrap_or(Share::NOTHING),
    }
}
