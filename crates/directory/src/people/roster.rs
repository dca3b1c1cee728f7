//! Who holds what on a day, from positions and delegations alone.

use std::collections::HashMap;

use jiff::civil::Date;
use vocab::Id;

use super::{Delegation, DelegationDraft, Position};
use crate::{Role, Succession};

/// A role in a unit that somebody holds on a day, and whence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Holding {
    /// The role.
    pub role: Role,
    /// The unit, as it stands on that day: the successor where the position's own ended.
    pub unit: Id,
    /// Whence it is held.
    pub source: Source,
}

/// Whence a role is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// By one's own position.
    Position {
        /// The position.
        position: Id,
        /// The unit that the position names.
        unit: Id,
    },
    /// For somebody else.
    Delegation {
        /// The delegation.
        delegation: Id,
        /// The person who gave it.
        giver: Id,
        /// The unit that the giver's position names.
        unit: Id,
    },
}

impl Source {
    /// The unit that the position behind it names.
    pub const fn named_unit(self) -> Id {
        match self {
            Self::Position { unit, .. } | Self::Delegation { unit, .. } => unit,
        }
    }
}

/// Positions and delegations, and who has left.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    /// Positions of all days.
    pub positions: Vec<Position>,
    /// Delegations of all days.
    pub delegations: Vec<Delegation>,
    /// The first day on which somebody is not there any more.
    pub left: HashMap<Id, Date>,
}

/// Whether a giver holds what is to be given throughout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coverage {
    /// On every day.
    Whole,
    /// On some days.
    Partly,
    /// Only for somebody who did not allow that it be passed on.
    NotPassedOn,
    /// Never.
    Nothing,
}

/// Whether two half-open spans share a day.
pub(super) fn meets(one: (Date, Option<Date>), other: (Date, Option<Date>)) -> bool {
    let begins_in_time = |from: Date, to: Option<Date>| to.is_none_or(|end| from < end);
    // A span without days meets nothing.
    one.1.is_none_or(|end| one.0 < end)
        && other.1.is_none_or(|end| other.0 < end)
        && begins_in_time(one.0, other.1)
        && begins_in_time(other.0, one.1)
}

impl Roster {
    /// A roster that nobody has left.
    pub fn new(positions: Vec<Position>, delegations: Vec<Delegation>) -> Self {
        Self {
            positions,
            delegations,
            left: HashMap::new(),
        }
    }

    /// What a person holds on a day, each role in each unit once: by one's own position if
    /// that is so, else for somebody else.
    pub fn holdings(&self, person: Id, day: Date, succession: &Succession) -> Vec<Holding> {
        let mut held = self.held(person, day, succession, &mut Vec::new());
        let rank = |holding: &Holding| matches!(holding.source, Source::Delegation { .. });
        held.sort_by_key(|holding| (holding.role, holding.unit, rank(holding), holding.source));
        held.dedup_by_key(|holding| (holding.role, holding.unit));
        held
    }

    fn is_there(&self, person: Id, day: Date) -> bool {
        self.left.get(&person).is_none_or(|left| day < *left)
    }

    /// All ways in which somebody holds something; `trail` are the delegations that were
    /// followed, so that a circle comes to an end.
    fn held(
        &self,
        person: Id,
        day: Date,
        succession: &Succession,
        trail: &mut Vec<Id>,
    ) -> Vec<Holding> {
        if !self.is_there(person, day) {
            return Vec::new();
        }
        let mut held = Vec::new();
        for position in self.positions.iter().filter(|own| own.person == person) {
            if !position.draft.holds_on(day) {
                continue;
            }
            for unit in succession.successors(position.draft.unit, day) {
                let source = Source::Position {
                    position: position.id,
                    unit: position.draft.unit,
                };
                held.extend(position.draft.roles.iter().map(|&role| Holding {
                    role,
                    unit,
                    source,
                }));
            }
        }
        for given in &self.delegations {
            let draft = &given.draft;
            if draft.receiver != person || !draft.holds_on(day) || trail.contains(&given.id) {
                continue;
            }
            trail.push(given.id);
            let givers = self.held(draft.giver, day, succession, trail);
            trail.pop();
            held.extend(
                givers
                    .into_iter()
                    .filter(|holding| self.passes(draft, holding))
                    .map(|holding| Holding {
                        source: Source::Delegation {
                            delegation: given.id,
                            giver: draft.giver,
                            unit: holding.source.named_unit(),
                        },
                        ..holding
                    }),
            );
        }
        held
    }

    /// Whether a delegation passes on something that its giver holds.
    fn passes(&self, draft: &DelegationDraft, holding: &Holding) -> bool {
        draft.roles.contains(&holding.role)
            && match holding.source {
                Source::Position { position, .. } => {
                    draft.position.is_none_or(|limit| limit == position)
                }
                Source::Delegation { delegation, .. } => {
                    draft.position.is_none() && self.may_pass_on(delegation)
                }
            }
    }

    fn may_pass_on(&self, delegation: Id) -> bool {
        let known = self.delegations.iter().find(|known| known.id == delegation);
        known.is_some_and(|known| known.draft.may_pass_on)
    }

    /// Whether the giver of a delegation holds a role on each of its days.
    pub(super) fn coverage(&self, draft: &DelegationDraft, role: Role) -> Coverage {
        let positions = self.positions.iter().filter(|position| {
            position.person == draft.giver
                && position.draft.roles.contains(&role)
                && draft.position.is_none_or(|limit| limit == position.id)
        });
        let mut spans: Vec<(Date, Option<Date>)> = positions
            .map(|position| (position.draft.valid_from, position.draft.valid_to))
            .collect();
        let received: Vec<&DelegationDraft> = self
            .delegations
            .iter()
            .map(|known| &known.draft)
            .filter(|known| known.receiver == draft.giver && known.roles.contains(&role))
            .filter(|_| draft.position.is_none())
            .collect();
        let passed = received.iter().filter(|known| known.may_pass_on);
        spans.extend(passed.map(|known| known.span()));
        spans.retain(|span| meets(*span, draft.span()));
        if spans.is_empty() {
            let bound = received
                .iter()
                .any(|known| !known.may_pass_on && meets(known.span(), draft.span()));
            return if bound {
                Coverage::NotPassedOn
            } else if self.positions.iter().any(|position| {
                position.person == draft.giver && position.draft.roles.contains(&role)
            }) {
                Coverage::Partly
            } else {
                Coverage::Nothing
            };
        }
        spans.sort_unstable();
        let mut reached = draft.valid_from;
        for (from, to) in spans {
            if from > reached {
                return Coverage::Partly;
            }
            match to {
                None => return Coverage::Whole,
                Some(end) => reached = reached.max(end),
            }
        }
        if reached >= draft.valid_to {
            Coverage::Whole
        } else {
            Coverage::Partly
        }
    }
}
