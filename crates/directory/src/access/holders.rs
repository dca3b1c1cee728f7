//! Who holds which role on a day: counted whole, shown page by page.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use store::{Cursor, Scope};

use super::AccountName;
use crate::{Account, Directory, DirectoryError, Principal, Role};

/// So many accounts are read at once.
const AT_ONCE: usize = 500;

/// A page of those who hold a role on a day, by name.
#[derive(Clone, Debug, Default)]
pub struct RoleHolders {
    /// Who, at most as many as were asked for.
    pub accounts: Vec<AccountName>,
    /// How many they are altogether.
    pub count: usize,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

impl Directory {
    /// How many accounts hold each role on a day, by the role's code.
    pub async fn role_counts(&self, day: Date) -> Result<BTreeMap<String, usize>, DirectoryError> {
        let mut counts = BTreeMap::new();
        self.each_principal(day, |_, principal| {
            let held = principal.grants.iter().filter(|grant| grant.holds_on(day));
            let roles: BTreeSet<&str> = held.map(|grant| grant.role.value()).collect();
            for role in roles {
                *counts.entry(role.to_owned()).or_default() += 1;
            }
        })
        .await?;
        Ok(counts)
    }

    /// Those who hold a role on a day, after a place among accounts by name, and how many
    /// they are altogether.
    pub async fn role_holders(
        &self,
        role: Role,
        day: Date,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<RoleHolders, DirectoryError> {
        let mut found = RoleHolders::default();
        let after = after.map(|place| (place.sort_key.clone(), place.id));
        let mut last = None;
        self.each_principal(day, |account, principal| {
            let mut held = principal.grants.iter();
            if !held.any(|grant| grant.role == role && grant.holds_on(day)) {
                return;
            }
            found.count += 1;
            let place = account.place();
            if after.as_ref() >= Some(&(place.sort_key.clone(), place.id)) {
                return;
            }
            if found.accounts.len() < limit {
                found.accounts.push(account.into());
                last = Some(place);
            } else if found.next.is_none() {
                found.next = last.take();
            }
        })
        .await?;
        Ok(found)
    }

    /// Everybody who could sign in on a day, by name.
    pub(super) async fn each_principal(
        &self,
        day: Date,
        mut each: impl FnMut(&Account, &Principal),
    ) -> Result<(), DirectoryError> {
        let people = self.acting_people().await?;
        let mut after: Option<Cursor> = None;
        loop {
            let why = Scope::bypass("who holds a role is counted and told, whoever they are");
            let page = self.accounts(why, after, AT_ONCE).await?;
            for (account, principal) in people.principals(page.items, day) {
                each(&account, &principal);
            }
            after = page.next;
            if after.is_none() {
                return Ok(());
            }
        }
    }
}
