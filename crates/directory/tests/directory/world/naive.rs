//! What follows from what was done, worked out by hand: no tree, no succession and no roster of
//! the product is asked, only the events and drafts that it accepted.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use directory::permission::Reach;
use directory::{Delegation, Grant, Hierarchy, Position, Role, UnitChange, UnitEvent};
use jiff::civil::Date;
use vocab::Id;

use super::DAY;

/// What a condition says of a paper, to somebody who holds roles in these units.
type Meaning = fn(&Paper, &BTreeSet<Id>) -> Option<bool>;

pub(super) const CONDITIONS: [(&str, Meaning); 6] = [
    ("", |_, _| Some(true)),
    ("", |_, _| Some(true)),
    ("marker == 'một'", |paper, _| {
        paper.marker.map(|marker| marker == "một")
    }),
    ("amount > 500 || marker in ['hai']", |paper, _| {
        let large = paper.amount.map(|amount| amount > 500);
        let listed = paper.marker.map(|marker| marker == "hai");
        match (large, listed) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        }
    }),
    ("state != 'draft' && !(marker == 'ba')", |paper, _| {
        if paper.state == "draft" {
            return Some(false);
        }
        paper.marker.map(|marker| marker != "ba")
    }),
    ("marker == null || unit in actor.units", |paper, units| {
        Some(paper.marker.is_none() || units.contains(&paper.unit))
    }),
];

/// A grant of a role.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) reach: Reach,
    pub(super) condition: usize,
    pub(super) states: Vec<&'static str>,
}

/// A record as it stands.
#[derive(Clone, Debug)]
pub(super) struct Paper {
    pub(super) id: Id,
    pub(super) unit: Id,
    pub(super) state: &'static str,
    pub(super) marker: Option<&'static str>,
    pub(super) amount: Option<i64>,
    pub(super) words: &'static str,
    pub(super) file: [u8; 32],
    pub(super) versions: usize,
}

/// Everything that was accepted.
pub(super) struct Facts {
    /// The units that ship, each with the one above; they stand throughout.
    shipped: Vec<(Id, Option<Id>)>,
    pub(super) events: Vec<(Id, UnitEvent)>,
    pub(super) rules: BTreeMap<Role, Vec<Rule>>,
    pub(super) granted: HashMap<Id, Vec<Grant>>,
    /// Who signs in with an account.
    pub(super) people: HashMap<Id, Id>,
    pub(super) positions: Vec<Position>,
    pub(super) delegations: Vec<Delegation>,
    pub(super) papers: BTreeMap<Id, Paper>,
}

/// A unit went into another, whole or in part.
struct Went {
    day: Date,
    from: Id,
    into: Id,
}

impl Facts {
    pub(super) fn new(shipped: impl Iterator<Item = (Id, Option<Id>)>) -> Self {
        Self {
            shipped: shipped.collect(),
            events: Vec::new(),
            rules: BTreeMap::new(),
            granted: HashMap::new(),
            people: HashMap::new(),
            positions: Vec::new(),
            delegations: Vec::new(),
            papers: BTreeMap::new(),
        }
    }

    /// The papers that an account may read.
    pub(super) fn readable(&self, account: Id) -> BTreeSet<Id> {
        let held = self.held(account);
        let units: BTreeSet<Id> = held.iter().map(|(_, unit)| *unit).collect();
        let reached: Vec<(&Rule, Option<BTreeSet<Id>>)> = held
            .iter()
            .flat_map(|(role, unit)| {
                let rules = self.rules[role].iter();
                rules.map(|rule| (rule, self.reached(rule.reach, *unit, account)))
            })
            .collect();
        let papers = self.papers.values().filter(|paper| {
            reached.iter().any(|(rule, reached)| {
                reached
                    .as_ref()
                    .is_none_or(|reached| reached.contains(&paper.unit))
                    && (rule.states.is_empty() || rule.states.contains(&paper.state))
                    && (super::naive::CONDITIONS[rule.condition].1)(paper, &units) == Some(true)
            })
        });
        papers.map(|paper| paper.id).collect()
    }

    /// How many accounts reach a unit along the sector line that is not the one they hold a
    /// role in.
    pub(super) fn along_lines(&self) -> usize {
        let reaches = |account: &&Id| {
            self.held(**account).iter().any(|(role, unit)| {
                let mut lines = self.rules[role].iter();
                let mut units = self.all();
                lines.any(|rule| rule.reach == Reach::Line)
                    && units.any(|under| {
                        self.stands(under, DAY)
                            && self.place(under) == (Hierarchy::Sector, Some(*unit))
                    })
            })
        };
        self.people.keys().filter(reaches).count()
    }

    /// What those follow from, to be read where an answer differs.
    pub(super) fn about(&self, account: Id) -> String {
        format!(
            "{:?} {:#?} {:#?} {:#?}",
            self.granted[&account], self.people[&account], self.positions, self.delegations
        )
    }

    /// The roles that an account holds, each with a unit.
    pub(super) fn held(&self, account: Id) -> BTreeSet<(Role, Id)> {
        let granted = self.granted[&account].iter().filter(|grant| {
            grant.valid_from.is_none_or(|first| first <= DAY)
                && grant.valid_to.is_none_or(|last| DAY <= last)
        });
        let mut held: BTreeSet<(Role, Id)> =
            granted.map(|grant| (grant.role, grant.unit)).collect();
        for (role, position) in self.by_position(self.people[&account]) {
            let named = self.positions.iter().find(|known| known.id == position);
            let named = named.unwrap().draft.unit;
            // Where nobody took over there is nothing to hold a position in.
            let living = self.lives_on(named);
            if !living.is_empty() {
                held.insert((role, named));
            }
            held.extend(living.into_iter().map(|unit| (role, unit)));
        }
        held
    }

    /// The roles that come to a person from positions, their own or somebody else's.
    fn by_position(&self, person: Id) -> BTreeSet<(Role, Id)> {
        // Person, role, the position behind it, whether by own position, whether it may be given.
        let mut spread: BTreeSet<(Id, Role, Id, bool, bool)> = BTreeSet::new();
        for own in &self.positions {
            let draft = &own.draft;
            if draft.valid_from <= DAY && draft.valid_to.is_none_or(|end| DAY < end) {
                let roles = draft.roles.iter();
                spread.extend(roles.map(|role| (own.person, *role, own.id, true, true)));
            }
        }
        loop {
            let before = spread.len();
            for known in &self.delegations {
                let draft = &known.draft;
                if DAY < draft.valid_from || draft.valid_to <= DAY {
                    continue;
                }
                let passed: Vec<_> = spread
                    .iter()
                    .filter(|(holder, role, position, own, may_give)| {
                        let within = draft
                            .position
                            .is_none_or(|limit| *own && limit == *position);
                        *holder == draft.giver && draft.roles.contains(role) && *may_give && within
                    })
                    .map(|(_, role, position, ..)| {
                        (draft.receiver, *role, *position, false, draft.may_pass_on)
                    })
                    .collect();
                spread.extend(passed);
            }
            if spread.len() == before {
                break;
            }
        }
        let own = spread.into_iter().filter(|(holder, ..)| *holder == person);
        own.map(|(_, role, position, ..)| (role, position))
            .collect()
    }

    /// The units whose papers a grant reaches; none for all of them.
    fn reached(&self, reach: Reach, held: Id, account: Id) -> Option<BTreeSet<Id>> {
        let mut units = BTreeSet::from([held]);
        match reach {
            Reach::All => return None,
            Reach::Own => units = BTreeSet::from([account]),
            Reach::Subtree | Reach::Line => {
                let line = match reach {
                    Reach::Line => Hierarchy::Sector,
                    _ => Hierarchy::Administration,
                };
                let standing = self
                    .all()
                    .filter(|unit| self.stands(*unit, DAY) && self.place(*unit).0 == line);
                units.extend(standing.filter(|unit| {
                    let mut above = Some(*unit);
                    while let Some(at) = above {
                        if at == held {
                            return true;
                        }
                        above = self.place(at).1;
                    }
                    false
                }));
            }
            Reach::Unit => {}
        }
        let own: Vec<Id> = units.iter().copied().collect();
        let went = self.went();
        for unit in own {
            came_from(&went, unit, DAY, &mut units);
        }
        Some(units)
    }

    /// Where a unit lives on: itself, and whatever took a part of it or of those in turn.
    fn lives_on(&self, unit: Id) -> BTreeSet<Id> {
        let mut reached = BTreeSet::from([unit]);
        let mut went = self.went();
        went.sort_by_key(|went| went.day);
        for step in went.iter().filter(|went| went.day <= DAY) {
            // Only what still had the unit in it on the eve had a part to give.
            let alive = self.stands(step.from, step.day.yesterday().unwrap());
            if alive && reached.contains(&step.from) {
                reached.insert(step.into);
            }
        }
        reached.retain(|unit| self.stands(*unit, DAY));
        reached
    }

    fn went(&self) -> Vec<Went> {
        let of = |(_, event): &(Id, UnitEvent)| {
            let day = event.date;
            match &event.change {
                UnitChange::Merge { from, into } => from
                    .iter()
                    .map(|from| Went {
                        day,
                        from: *from,
                        into: *into,
                    })
                    .collect(),
                UnitChange::Split { from, into } => into
                    .iter()
                    .map(|part| Went {
                        day,
                        from: *from,
                        into: part.unit,
                    })
                    .collect(),
                _ => Vec::new(),
            }
        };
        self.events.iter().flat_map(of).collect()
    }

    fn all(&self) -> impl Iterator<Item = Id> {
        let made = self
            .events
            .iter()
            .filter_map(|(_, event)| match &event.change {
                UnitChange::Create { unit, .. } => Some(*unit),
                _ => None,
            });
        let shipped = self.shipped.iter().map(|(unit, _)| *unit);
        shipped.chain(made).collect::<Vec<_>>().into_iter()
    }

    fn stands(&self, unit: Id, day: Date) -> bool {
        let mut stands = self.shipped.iter().any(|(known, _)| *known == unit);
        for (_, event) in self.events.iter().filter(|(_, event)| event.date <= day) {
            let ends = match &event.change {
                UnitChange::Create { unit: made, .. } => {
                    stands |= *made == unit;
                    continue;
                }
                UnitChange::Merge { from, .. } => from.contains(&unit),
                UnitChange::Split { from, into } => {
                    *from == unit && into.iter().all(|part| part.unit != unit)
                }
                UnitChange::Abolish { units } => units.contains(&unit),
                UnitChange::Rename { .. } | UnitChange::Move { .. } => false,
            };
            if ends {
                return false;
            }
        }
        stands
    }

    /// The hierarchy in which a unit stands on the day, and the unit above it there.
    pub(super) fn place(&self, unit: Id) -> (Hierarchy, Option<Id>) {
        let shipped = self.shipped.iter().find(|(known, _)| *known == unit);
        let parent = shipped.and_then(|(_, parent)| *parent);
        let mut place = (Hierarchy::Administration, parent);
        let mut events: Vec<&UnitEvent> = self.events.iter().map(|(_, event)| event).collect();
        events.sort_by_key(|event| event.date);
        for event in events.into_iter().filter(|event| event.date <= DAY) {
            match &event.change {
                UnitChange::Create { unit: of, details } if *of == unit => {
                    place = (details.hierarchy, details.parent);
                }
                UnitChange::Move {
                    unit: of,
                    parent: to,
                    hierarchy,
                } if *of == unit => place = (*hierarchy, *to),
                _ => {}
            }
        }
        place
    }
}

/// Adds what went into a unit by a day, and what had gone into that by then.
fn came_from(went: &[Went], unit: Id, by: Date, found: &mut BTreeSet<Id>) {
    for step in went
        .iter()
        .filter(|step| step.into == unit && step.day <= by)
    {
        if step.from != unit {
            found.insert(step.from);
            came_from(went, step.from, step.day, found);
        }
    }
}
