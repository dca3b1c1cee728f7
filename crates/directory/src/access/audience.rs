//! Who may do something to a record, and whom an edit of a role concerns.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use store::{Cursor, Scope};
use vocab::{Id, fold};

use super::explain::{basis, held};
use super::{AccessRecord, AccountName, Basis};
use crate::permission::{RoleSpec, may_head};
use crate::{Account, Act, Directory, DirectoryError, Grant, Principal, Role};

/// So many accounts are looked at; where there are more, the answer says so.
const MOST: usize = 2_000;
/// So many are read at once.
const AT_ONCE: usize = 500;

/// Who may do this to that.
#[derive(Clone, Debug)]
pub struct Audience {
    /// Whether anybody may, signed in or not; then nobody is listed.
    pub everybody: bool,
    /// Who may, and why.
    pub seers: Vec<Seer>,
    /// So many accounts were looked at, if not all.
    pub cut_at: Option<usize>,
}

/// Somebody who may.
#[derive(Clone, Debug)]
pub struct Seer {
    /// Who.
    pub account: AccountName,
    /// The first reason.
    pub because: Option<Basis>,
}

/// Whom an edit of a role concerns on a day.
#[derive(Clone, Debug)]
pub struct RoleChange {
    /// The day.
    pub day: Date,
    /// Who would be allowed something more.
    pub gain: Vec<AccountName>,
    /// Who would be allowed something less.
    pub lose: Vec<AccountName>,
    /// So many accounts were looked at, if not all.
    pub cut_at: Option<usize>,
}

impl Directory {
    /// Who may do this to a record on a day.
    pub async fn who_may_access(
        &self,
        act: Act,
        record: &AccessRecord,
        day: Date,
    ) -> Result<Audience, DirectoryError> {
        let (subject, head) = (record.subject(), record.head.as_ref());
        let mut audience = Audience {
            everybody: may_head(&Principal::public(), act, &subject, head).is_allowed(),
            seers: Vec::new(),
            cut_at: None,
        };
        if audience.everybody {
            return Ok(audience);
        }
        let (all, cut_at) = self.everybody_on(day).await?;
        audience.cut_at = cut_at;
        for (account, principal) in all {
            let principal = self.permitted_on(principal, day).await?;
            if !may_head(&principal, act, &subject, head).is_allowed() {
                continue;
            }
            let permissions = principal.permissions();
            let because = match permissions.deciding(act, &subject, head).next() {
                None => None,
                Some(clause) => {
                    let holds = self.holds(&account, day).await?;
                    Some(basis(clause, held(clause, &holds, Some(day))))
                }
            };
            audience.seers.push(Seer {
                account: (&account).into(),
                because,
            });
        }
        Ok(audience)
    }

    /// Who would gain and who would lose on a day if a role granted this from then on: all
    /// that each holder may do is compiled with the role as it stands and as it was edited,
    /// so that nobody gains what another role allows already.
    pub async fn role_change(
        &self,
        edited: &RoleSpec,
        day: Date,
    ) -> Result<RoleChange, DirectoryError> {
        let book = self.roles().await?;
        let after = Arc::new(book.with([edited.clone()]));
        let (all, cut_at) = self.everybody_on(day).await?;
        let mut change = RoleChange {
            day,
            gain: Vec::new(),
            lose: Vec::new(),
            cut_at,
        };
        for (account, principal) in all {
            let held = principal.grants.iter().filter(|grant| grant.holds_on(day));
            let grants: Arc<[Grant]> = held.copied().collect();
            if !grants.iter().any(|grant| grant.role.value() == edited.code) {
                continue;
            }
            let account_id = Some(account.id);
            let now = self.compile_over(account_id, &grants, &book, day).await?;
            let then = self.compile_over(account_id, &grants, &after, day).await?;
            if then.exceed(&now) {
                change.gain.push((&account).into());
            }
            if now.exceed(&then) {
                change.lose.push((&account).into());
            }
        }
        Ok(change)
    }

    /// The names of those to whom a role is given, today or on a later day: of accounts,
    /// of people by their positions and delegations, of whoever was invited.
    pub(crate) async fn named_holders(&self, role: Role) -> Result<Vec<String>, DirectoryError> {
        let today = self.today();
        let mut names = BTreeSet::new();
        let mut after: Option<Cursor> = None;
        loop {
            let why = Scope::bypass("who holds a role decides whether it may be removed");
            let page = self.accounts(why, after, AT_ONCE).await?;
            for account in page.items {
                let mut grants = account.grants.iter();
                if grants.any(|grant| {
                    grant.role == role && grant.valid_to.is_none_or(|last| today <= last)
                }) {
                    names.insert(account.name);
                }
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        for invitation in self.invitations().await? {
            if invitation.grants.iter().any(|grant| grant.role == role) {
                names.insert(invitation.name);
            }
        }
        let roster = self.roster().await?;
        let positions = roster.positions.iter().filter(|position| {
            let draft = &position.draft;
            draft.roles.contains(&role) && draft.valid_to.is_none_or(|end| today < end)
        });
        let delegations = roster.delegations.iter().filter(|given| {
            given.draft.roles.contains(&role)
                && today < given.draft.valid_to
                && given.draft.valid_from < given.draft.valid_to
        });
        let people: BTreeSet<Id> = positions
            .map(|position| position.person)
            .chain(delegations.map(|given| given.draft.receiver))
            .collect();
        names.extend(self.names_of(people).await?.into_values());
        Ok(names.into_iter().collect())
    }

    /// The accounts whose login or name, tone marks aside, holds what was typed; a login that
    /// is typed in full stands alone. At most so many.
    pub async fn find_accounts(
        &self,
        text: &str,
        most: usize,
    ) -> Result<Vec<AccountName>, DirectoryError> {
        if let Some(account) = self.account_by_login(text).await? {
            return Ok(vec![(&account).into()]);
        }
        let wanted = fold::fold(text.trim());
        let mut found = Vec::new();
        let mut after: Option<Cursor> = None;
        while !wanted.is_empty() && found.len() < most {
            let why = Scope::bypass("whoever sets up roles looks for an account");
            let page = self.accounts(why, after, AT_ONCE).await?;
            let fits = |account: &&Account| {
                account.login.contains(&wanted) || fold::fold(&account.name).contains(&wanted)
            };
            found.extend(page.items.iter().filter(fits).map(AccountName::from));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        found.truncate(most);
        Ok(found)
    }

    /// Everybody who could sign in on a day, by name, and how many were read where that is
    /// not all.
    async fn everybody_on(
        &self,
        day: Date,
    ) -> Result<(Vec<(Account, Principal)>, Option<usize>), DirectoryError> {
        let mut accounts = Vec::new();
        let mut after: Option<Cursor> = None;
        let cut_at = loop {
            let why = Scope::bypass("whoever sets up roles sees whom they concern");
            let page = self.accounts(why, after, AT_ONCE).await?;
            accounts.extend(page.items);
            match page.next {
                None => break None,
                Some(_) if accounts.len() >= MOST => break Some(accounts.len()),
                next => after = next,
            }
        };
        let people = self.acting_people().await?;
        Ok((people.principals(accounts, day), cut_at))
    }
}
