//! Somebody must be left who may set everything up.

use jiff::civil::Date;
use store::{Cursor, ListQuery, Scope};
use vocab::{Id, Problem};

use super::Account;
use super::record::{ACTIVE, Stored};
use crate::permission::RoleBook;
use crate::{Directory, DirectoryError, PositionDraft, Role};

/// So many accounts are read at once.
const AT_ONCE: usize = 500;

impl Directory {
    /// Whether a change takes an administrator away. Refused with `last-administrator` if no
    /// other one could sign in afterwards.
    pub(super) async fn removes_administrator(
        &self,
        before: &Account,
        after: &Account,
    ) -> Result<bool, DirectoryError> {
        let (book, today) = (self.roles().await?, self.today());
        if !self.administers(before, &book, today).await?
            || self.administers(after, &book, today).await?
        {
            return Ok(false);
        }
        self.require_other_administrator(before.id).await?;
        Ok(true)
    }

    /// Refused with `last-administrator` where a position that is changed so would take away
    /// the last way in which anybody may set everything up today.
    pub(crate) async fn keep_administrator(
        &self,
        account: Id,
        before: &PositionDraft,
        after: &PositionDraft,
    ) -> Result<(), DirectoryError> {
        let (book, today) = (self.roles().await?, self.today());
        let administers = |role: &Role| book.get(*role).is_some_and(|role| role.administers(today));
        let by =
            |draft: &PositionDraft| draft.holds_on(today) && draft.roles.iter().any(administers);
        if !by(before) || by(after) {
            return Ok(());
        }
        let itself = self.account(account).await?;
        let grants = itself.map_or_else(Vec::new, |account| account.grants);
        let mut grants = grants.iter().filter(|grant| grant.holds_on(today));
        if grants.any(|grant| administers(&grant.role)) {
            return Ok(());
        }
        self.require_other_administrator(account).await
    }

    /// Refused with `last-administrator` where nobody but this account may set up roles and
    /// accounts today, by whatever role, of the account itself or of its person.
    async fn require_other_administrator(&self, account: Id) -> Result<(), DirectoryError> {
        let (book, today) = (self.roles().await?, self.today());
        let query = || {
            let why = Scope::bypass("the last administrator is looked for among all");
            ListQuery::new("account", why)
                .filter("state", ACTIVE)
                .limit(AT_ONCE)
        };
        // Those who are given the administrator's role themselves are found at once.
        for query in [query().filter("administrator", 1), query()] {
            let mut after: Option<Cursor> = None;
            loop {
                let page = self
                    .store()
                    .list_records(&query.clone().after(after))
                    .await?;
                for record in page.items.iter().filter(|record| record.head.id != account) {
                    let other = Stored::read(record)?.account;
                    if self.administers(&other, &book, today).await? {
                        return Ok(());
                    }
                }
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
        }
        Err(Problem::new(409, "last-administrator", "removing the last administrator").into())
    }

    async fn administers(
        &self,
        account: &Account,
        book: &RoleBook,
        day: Date,
    ) -> Result<bool, DirectoryError> {
        let principal = self.principal_on(account, day).await?;
        Ok(principal.is_some_and(|principal| {
            principal.grants.iter().any(|grant| {
                grant.holds_on(day)
                    && book
                        .get(grant.role)
                        .is_some_and(|role| role.administers(day))
            })
        }))
    }
}
