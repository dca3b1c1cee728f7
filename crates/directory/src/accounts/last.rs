//! Somebody must be left who may set everything up.

use jiff::civil::Date;
use store::{Cursor, ListQuery, Scope};
use vocab::{Id, Problem};

use super::Account;
use super::record::{ACTIVE, Stored};
use crate::permission::{FOREVER, RoleBook, RoleSpec};
use crate::{Directory, DirectoryError, Person, PositionDraft, Role};

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
        self.require_administrator(Some(before.id), &book, today)
            .await?;
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
        self.require_administrator(Some(account), &book, today)
            .await
    }

    /// The same where an account stops being somebody's whose positions it acted by.
    pub(crate) async fn keep_an_administrator_without(
        &self,
        account: &Account,
        person: &Person,
    ) -> Result<(), DirectoryError> {
        let (book, today) = (self.roles().await?, self.today());
        let own = account.grants.iter().filter(|grant| grant.holds_on(today));
        let stays = own
            .filter_map(|grant| book.get(grant.role))
            .any(|role| role.administers(today));
        let moves = person.draft.account.is_some();
        if stays || moves || !self.administers(account, &book, today).await? {
            return Ok(());
        }
        self.require_administrator(Some(account.id), &book, today)
            .await
    }

    /// The same where an account can sign in no more.
    pub(crate) async fn keep_administrator_without(
        &self,
        account: &Account,
    ) -> Result<(), DirectoryError> {
        let (book, today) = (self.roles().await?, self.today());
        if !self.administers(account, &book, today).await? {
            return Ok(());
        }
        self.require_administrator(Some(account.id), &book, today)
            .await
    }

    /// The same where an account no longer acts for somebody by these roles.
    pub(crate) async fn keep_administrator_besides(
        &self,
        account: Id,
        roles: &[Role],
    ) -> Result<(), DirectoryError> {
        let (book, today) = (self.roles().await?, self.today());
        let mut roles = roles.iter().filter_map(|role| book.get(*role));
        if !roles.any(|role| role.administers(today)) {
            return Ok(());
        }
        let itself = self.account(account).await?;
        let own = itself.map_or_else(Vec::new, |account| account.grants);
        let mut own = own.iter().filter(|grant| grant.holds_on(today));
        if own.any(|grant| {
            book.get(grant.role)
                .is_some_and(|role| role.administers(today))
        }) {
            return Ok(());
        }
        self.require_administrator(Some(account), &book, today)
            .await
    }

    /// Refused with `last-administrator` where nobody could set up roles and accounts any
    /// more, today or once all that is planned has come, if a role became another.
    pub(crate) async fn keep_administrator_by(
        &self,
        before: &RoleSpec,
        after: &RoleBook,
        role: Role,
    ) -> Result<(), DirectoryError> {
        for day in [self.today(), FOREVER] {
            let still = after.get(role).is_some_and(|role| role.administers(day));
            if before.administers(day) && !still {
                self.require_administrator(None, after, day).await?;
            }
        }
        Ok(())
    }

    /// Refused with `last-administrator` where nobody, or nobody but this account, may set up
    /// roles and accounts on a day, by whatever role, of the account itself or of its person.
    async fn require_administrator(
        &self,
        besides: Option<Id>,
        book: &RoleBook,
        day: Date,
    ) -> Result<(), DirectoryError> {
        if self.another_administrator(besides, book, day).await? {
            return Ok(());
        }
        Err(Problem::new(409, "last-administrator", "removing the last administrator").into())
    }

    /// Whether anybody, or anybody but this account, may set up roles and accounts on a day.
    pub(super) async fn another_administrator(
        &self,
        besides: Option<Id>,
        book: &RoleBook,
        day: Date,
    ) -> Result<bool, DirectoryError> {
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
                let others = page.items.iter();
                for record in others.filter(|record| Some(record.head.id) != besides) {
                    let other = Stored::read(record)?.account;
                    if self.administers(&other, book, day).await? {
                        return Ok(true);
                    }
                }
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
        }
        Ok(false)
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
