//! What an account holds through its person.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use vocab::Id;

use super::{Delegation, Holding, Person, Position, Roster, Source};
use crate::{Account, Directory, DirectoryError, Grant, Principal, Succession};

impl Directory {
    /// What an account holds on a day by positions and delegations, each role in each unit
    /// once; nothing if no person signs in with it. Grants of the account itself are not
    /// among them.
    pub async fn holdings(&self, account: Id, day: Date) -> Result<Vec<Holding>, DirectoryError> {
        let Some(person) = self.person_of_account(account).await? else {
            return Ok(Vec::new());
        };
        let roster = self.roster_around(person.id, day).await?;
        let succession = self.succession().await?;
        Ok(roster.holdings(person.id, day, &succession))
    }

    /// What is needed to say what a person holds on a day: their positions, what they were
    /// given, and the same of each giver.
    async fn roster_around(&self, person: Id, day: Date) -> Result<Roster, DirectoryError> {
        let mut roster = Roster::default();
        let mut seen = vec![person];
        let mut open = vec![person];
        while let Some(next) = open.pop() {
            let known = self.person(next).await?;
            if let Some(left) = known.and_then(|person| person.left_on) {
                roster.left.insert(next, left);
            }
            roster.positions.extend(self.positions_of(next).await?);
            let (_, received) = self.delegations_of(next).await?;
            for given in received {
                if given.draft.holds_on(day) {
                    if !seen.contains(&given.draft.giver) {
                        seen.push(given.draft.giver);
                        open.push(given.draft.giver);
                    }
                    roster.delegations.push(given);
                }
            }
        }
        Ok(roster)
    }

    /// An account as somebody who acts today: its own grants, and what its person holds.
    /// Where a position names a unit that ended, what is in flight there goes on as well.
    /// None if the account is disabled or its person has left.
    pub(crate) async fn principal_today(
        &self,
        account: &Account,
    ) -> Result<Option<Principal>, DirectoryError> {
        self.principal_on(account, self.today()).await
    }

    /// The same on another day.
    pub(crate) async fn principal_on(
        &self,
        account: &Account,
        day: Date,
    ) -> Result<Option<Principal>, DirectoryError> {
        if account.disabled {
            return Ok(None);
        }
        let Some(person) = self.person_of_account(account.id).await? else {
            return Ok(Some(acting(account, Vec::new())));
        };
        if !person.is_there(day) {
            return Ok(None);
        }
        let roster = self.roster_around(person.id, day).await?;
        let holdings = roster.holdings(person.id, day, &*self.succession().await?);
        Ok(Some(acting(account, holdings)))
    }

    /// All people with what their accounts act by: one look at them, where asking for each
    /// account alone would be several.
    pub(crate) async fn acting_people(&self) -> Result<ActingPeople, DirectoryError> {
        let (roster, succession) = (self.roster().await?, self.succession().await?);
        let mut people = ActingPeople {
            persons: HashMap::new(),
            positions: HashMap::new(),
            received: HashMap::new(),
            left: roster.left,
            succession,
        };
        for person in self.all_people().await? {
            let account = person.draft.account;
            people.persons.extend(account.map(|own| (own, person)));
        }
        for position in roster.positions {
            let own = people.positions.entry(position.person).or_default();
            own.push(position);
        }
        for given in roster.delegations {
            let own = people.received.entry(given.draft.receiver).or_default();
            own.push(given);
        }
        Ok(people)
    }
}

/// People by their accounts, and what each has, found without looking through all.
pub(crate) struct ActingPeople {
    persons: HashMap<Id, Person>,
    positions: HashMap<Id, Vec<Position>>,
    received: HashMap<Id, Vec<Delegation>>,
    left: HashMap<Id, Date>,
    succession: Arc<Succession>,
}

impl ActingPeople {
    /// These accounts as they could act on a day; those who cannot are left out.
    pub(crate) fn principals(
        &self,
        accounts: Vec<Account>,
        day: Date,
    ) -> Vec<(Account, Principal)> {
        let acting = accounts.into_iter().filter_map(|account| {
            let person = self.persons.get(&account.id);
            if account.disabled || person.is_some_and(|person| !person.is_there(day)) {
                return None;
            }
            let holdings = person.map_or_else(Vec::new, |person| {
                let roster = self.around(person.id, day);
                roster.holdings(person.id, day, &self.succession)
            });
            let principal = acting(&account, holdings);
            Some((account, principal))
        });
        acting.collect()
    }

    /// What is needed to say what a person holds on a day, as `roster_around` finds it.
    fn around(&self, person: Id, day: Date) -> Roster {
        let mut roster = Roster::default();
        let mut seen = vec![person];
        let mut open = vec![person];
        while let Some(next) = open.pop() {
            roster
                .left
                .extend(self.left.get(&next).map(|day| (next, *day)));
            let positions = self.positions.get(&next).into_iter().flatten();
            roster.positions.extend(positions.cloned());
            let received = self.received.get(&next).into_iter().flatten();
            for given in received.filter(|given| given.draft.holds_on(day)) {
                if !seen.contains(&given.draft.giver) {
                    seen.push(given.draft.giver);
                    open.push(given.draft.giver);
                }
                roster.delegations.push(given.clone());
            }
        }
        roster
    }
}

/// An account with its own grants and what its person holds.
fn acting(account: &Account, holdings: Vec<Holding>) -> Principal {
    let mut grants = account.grants.clone();
    let mut delegated = Vec::new();
    for holding in holdings {
        let role = holding.role;
        let held = [holding.unit, holding.source.named_unit()].map(|unit| Grant::new(role, unit));
        match holding.source {
            Source::Position { .. } => grants.extend(held),
            Source::Delegation { .. } => delegated.extend(held),
        }
    }
    // What somebody holds themselves as well is not held for another.
    delegated.retain(|given| {
        let mut own = grants.iter();
        !own.any(|own| (own.role, own.unit) == (given.role, given.unit))
    });
    grants.extend(delegated.iter().copied());
    grants.sort_unstable();
    grants.dedup();
    Principal {
        grants: grants.into(),
        delegated: delegated.into(),
        ..account.principal()
    }
}
