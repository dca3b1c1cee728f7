//! Who may do something to a record, and whom an edit of a role concerns.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use store::{Cursor, Scope};
use vocab::Id;

use super::explain::{basis, held};
use super::{AccessRecord, AccountName, Basis};
use crate::permission::{RoleSpec, impact, may_head};
use crate::{Account, Act, Directory, DirectoryError, Principal};

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

/// Whom an edit of a role concerns.
#[derive(Clone, Debug, Default)]
pub struct RoleChange {
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
            let own = subject.author == Some(account.id);
            let permissions = principal.permissions();
            let mut clauses = permissions.allowing(act, &subject, head);
            let clause = clauses.find(|clause| !(own && clause.grant().four_eyes));
            let because = match clause {
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

    /// Who would gain and who would lose on a day if a role granted this from then on.
    pub async fn role_change(
        &self,
        edited: &RoleSpec,
        day: Date,
    ) -> Result<RoleChange, DirectoryError> {
        let book = self.roles().await?;
        let (all, cut_at) = self.everybody_on(day).await?;
        let change = impact(all.iter().map(|(_, who)| who), &book, edited, day);
        let named = |ids: &BTreeSet<Id>| {
            let those = all.iter().filter(|(account, _)| ids.contains(&account.id));
            those.map(|(account, _)| account.into()).collect()
        };
        Ok(RoleChange {
            gain: named(&change.gain),
            lose: named(&change.lose),
            cut_at,
        })
    }

    /// Which accounts hold each role on a day, by the role's code.
    pub async fn role_holders(
        &self,
        day: Date,
    ) -> Result<BTreeMap<String, Vec<AccountName>>, DirectoryError> {
        let mut holders = BTreeMap::<String, Vec<AccountName>>::new();
        for (account, principal) in self.everybody_on(day).await?.0 {
            let held = principal.grants.iter().filter(|grant| grant.holds_on(day));
            let roles: BTreeSet<&str> = held.map(|grant| grant.role.value()).collect();
            for role in roles {
                let named = holders.entry(role.to_owned()).or_default();
                named.push((&account).into());
            }
        }
        Ok(holders)
    }

    /// Everybody who could sign in on a day, by name, and how many were read where that is
    /// not all.
    async fn everybody_on(
        &self,
        day: Date,
    ) -> Result<(Vec<(Account, Principal)>, Option<usize>), DirectoryError> {
        let mut all = Vec::new();
        let mut read = 0;
        let mut after: Option<Cursor> = None;
        loop {
            let why = Scope::bypass("whoever sets up roles sees whom they concern");
            let page = self.accounts(why, after, AT_ONCE).await?;
            read += page.items.len();
            for account in page.items {
                if let Some(principal) = self.principal_on(&account, day).await? {
                    all.push((account, principal));
                }
            }
            match page.next {
                None => return Ok((all, None)),
                Some(_) if read >= MOST => return Ok((all, Some(read))),
                next => after = next,
            }
        }
    }
}
