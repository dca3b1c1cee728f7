//! What an account holds through its person.

use std::collections::HashMap;

use jiff::civil::Date;
use vocab::Id;

use super::{Holding, Person, Roster};
use crate::{Account, Directory, DirectoryError, Grant, Principal};

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

    /// The same of many accounts, all with one look at the people, where each alone would be
    /// several; those who cannot act are left out.
    pub(crate) async fn principals_on(
        &self,
        accounts: Vec<Account>,
        day: Date,
    ) -> Result<Vec<(Account, Principal)>, DirectoryError> {
        let (roster, succession) = (self.roster().await?, self.succession().await?);
        let mut persons: HashMap<Id, Person> = HashMap::new();
        for person in self.all_people().await? {
            persons.extend(person.draft.account.map(|account| (account, person)));
        }
        let acting = accounts.into_iter().filter_map(|account| {
            let person = persons.get(&account.id);
            if account.disabled || person.is_some_and(|person| !person.is_there(day)) {
                return None;
            }
            let holdings = person.map_or_else(Vec::new, |person| {
                roster.holdings(person.id, day, &succession)
            });
            let principal = acting(&account, holdings);
            Some((account, principal))
        });
        Ok(acting.collect())
    }
}

/// An account with its own grants and what its person holds.
fn acting(account: &Account, holdings: Vec<Holding>) -> Principal {
    let mut grants = account.grants.clone();
    for holding in holdings {
        let role = holding.role;
        grants
            .extend([holding.unit, holding.source.named_unit()].map(|unit| Grant::new(role, unit)));
    }
    grants.sort_unstable();
    grants.dedup();
    Principal {
        grants: grants.into(),
        ..account.principal()
    }
}
