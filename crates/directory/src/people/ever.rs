//! What an account or a person holds on any day from today on.

use jiff::civil::Date;
use vocab::Id;

use super::{Position, PositionDraft, Roster};
use crate::permission::FOREVER;
use crate::{Account, Delegation, Directory, DirectoryError, Grant, Succession};

/// Which of what is given in a unit does not matter to whoever asks: nor does it then in the
/// units that take its place.
pub(crate) type But<'a> = &'a (dyn Fn(&Grant) -> bool + Sync);

impl PositionDraft {
    /// What it gives, in the unit that it names and in those that take its place.
    pub(super) fn gives(&self, day: Date, succession: &Succession, but: But<'_>) -> Vec<Grant> {
        let mut units = vec![self.unit];
        for day in [day.max(self.valid_from), self.valid_to.unwrap_or(FOREVER)] {
            units.extend(succession.successors(self.unit, day));
        }
        units.sort_unstable();
        units.dedup();
        let last = self.valid_to.and_then(|end| end.yesterday().ok());
        let each = |role| {
            units.iter().map(move |unit| Grant {
                valid_to: last,
                ..Grant::new(role, *unit)
            })
        };
        let roles = self.roles.iter();
        roles
            .filter(|role| !but(&Grant::new(**role, self.unit)))
            .flat_map(|role| each(*role))
            .collect()
    }
}

impl Roster {
    /// What a person holds on any day from one on, at most: by all positions and delegations
    /// that have not ended, whenever they begin.
    pub(super) fn ever(
        &self,
        person: Id,
        day: Date,
        succession: &Succession,
        but: But<'_>,
    ) -> Vec<Grant> {
        self.ever_by(person, day, succession, but, &mut Vec::new())
    }

    fn ever_by(
        &self,
        person: Id,
        day: Date,
        succession: &Succession,
        but: But<'_>,
        trail: &mut Vec<Id>,
    ) -> Vec<Grant> {
        let lasts = |position: &&Position| {
            position.person == person && position.draft.valid_to.is_none_or(|end| day < end)
        };
        let own = self.positions.iter().filter(lasts);
        let mut held: Vec<Grant> = own
            .flat_map(|position| position.draft.gives(day, succession, but))
            .collect();
        for given in &self.delegations {
            if given.draft.receiver != person || trail.contains(&given.id) {
                continue;
            }
            trail.push(given.id);
            held.extend(self.passed(given, day, succession, but, trail));
            trail.pop();
        }
        held
    }

    /// What a delegation passes on, at most, from a day on.
    pub(super) fn passes_ever(
        &self,
        given: &Delegation,
        day: Date,
        succession: &Succession,
        but: But<'_>,
    ) -> Vec<Grant> {
        self.passed(given, day, succession, but, &mut vec![given.id])
    }

    fn passed(
        &self,
        given: &Delegation,
        day: Date,
        succession: &Succession,
        but: But<'_>,
        trail: &mut Vec<Id>,
    ) -> Vec<Grant> {
        let draft = &given.draft;
        if draft.valid_to <= day || draft.valid_to <= draft.valid_from {
            return Vec::new();
        }
        let mut held = self.ever_by(draft.giver, day, succession, but, trail);
        held.retain(|grant| draft.roles.contains(&grant.role));
        let last = draft.valid_to.yesterday().ok();
        for grant in &mut held {
            grant.valid_to = last;
        }
        held
    }
}

impl Directory {
    /// What an account holds on any day from today on, at most: by itself and by its person.
    pub(crate) async fn ever_held(
        &self,
        account: &Account,
        but: But<'_>,
    ) -> Result<Vec<Grant>, DirectoryError> {
        let today = self.today();
        let own = account.grants.iter();
        let lasting = own.filter(|grant| grant.holds_on_or_later(today));
        let mut held: Vec<Grant> = lasting.copied().collect();
        if let Some(person) = self.person_of_account(account.id).await? {
            held.extend(self.ever_held_by(person.id, but).await?);
        }
        Ok(held)
    }

    /// What a person holds on any day from today on by positions and delegations, at most.
    pub(crate) async fn ever_held_by(
        &self,
        person: Id,
        but: But<'_>,
    ) -> Result<Vec<Grant>, DirectoryError> {
        let (roster, succession) = (self.roster().await?, self.succession().await?);
        Ok(roster.ever(person, self.today(), &succession, but))
    }
}
