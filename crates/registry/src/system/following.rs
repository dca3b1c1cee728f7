//! Following a record: whoever follows one finds in their inbox that somebody else changed it, took
//! a step with it or spoke of it.
//!
//! Following asks for nothing but reading the record. Whether they may still read it is asked
//! again whenever there is something to tell.

use std::collections::BTreeSet;

use directory::{Account, Act, Principal};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::{ListQuery, Scope};
use vocab::Id;

use super::kind::Kind;
use super::telling::{Told, job};
use crate::comment::object;
use crate::{
    Batch, Caller, Declaration, Draft, Field, FieldKind, Indexed, Lifecycle, Record, Registry,
    RegistryError,
};

/// The kind of record that says who follows what.
pub(crate) const FOLLOWING: &str = "following";
/// Stands for the notification of a pack; no id of one begins so.
pub const FOLLOWED: &str = "@followed";
/// How many are read at once.
const PAGE: usize = 1_000;

/// A record that somebody follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Its table.
    pub kind: String,
    /// The record.
    pub record: Id,
}

pub(crate) fn declaration() -> Declaration {
    Declaration {
        kind: FOLLOWING,
        fields: vec![
            Field::required("record", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("kind", FieldKind::Text(40)).indexed(Indexed::Shown),
            // An end is kept too: who followed what is in the audit.
            Field::required("now", FieldKind::Flag).indexed(Indexed::Filtered),
        ],
        order: &[],
        orders: Vec::new(),
        lifecycle: Lifecycle::kept(Act::Draft),
    }
}

/// One for each account and record.
fn following_id(account: Id, record: Id) -> Id {
    let digest = Sha256::digest(format!("following/{account}/{record}"));
    let (half, _) = digest.split_first_chunk().unwrap_or((&[0; 16], &[]));
    Id::from_digest(*half)
}

impl Registry {
    /// Has the caller follow a record that they may read, or follow it no more. Saying so twice
    /// changes nothing.
    pub async fn follow_record(
        &self,
        caller: &Caller,
        kind: &Kind,
        id: Id,
        now: bool,
    ) -> Result<(), RegistryError> {
        let record = self.get(&caller.principal, kind.name, id).await?;
        let nobody = || RegistryError::refused(403, "role-missing", "following without an account");
        let account = caller.principal.account.ok_or_else(nobody)?;
        let known = self.find(FOLLOWING, following_id(account, id)).await?;
        if known.as_ref().is_some_and(is_now) == now {
            return Ok(());
        }
        let body = object(json!({
            "record": record.id.to_string(), "kind": kind.name, "now": now,
        }))?;
        let mut batch = self.batch(caller);
        if let Some(known) = &known {
            let action = if now { "follow" } else { "unfollow" };
            batch.note(FOLLOWING, known, body, action).await?;
        } else {
            let draft = Draft {
                kind: FOLLOWING,
                id: Some(following_id(account, id)),
                unit: account,
                body,
            };
            batch.follow(draft).await?;
        }
        match batch.commit(String::new()).await {
            // The button was pressed twice.
            Err(error) if error.is_conflict() => Ok(()),
            done => done.map(|_| ()),
        }
    }

    /// Whether a principal follows a record; nothing for whoever has no account.
    pub async fn follows(
        &self,
        principal: &Principal,
        record: Id,
    ) -> Result<Option<bool>, RegistryError> {
        let Some(account) = principal.account else {
            return Ok(None);
        };
        let known = self.find(FOLLOWING, following_id(account, record)).await?;
        Ok(Some(known.as_ref().is_some_and(is_now)))
    }

    /// What a principal follows, the latest first, so many at most. Some of it they may not read
    /// any more.
    pub async fn followed(
        &self,
        principal: &Principal,
        limit: usize,
    ) -> Result<Vec<Followed>, RegistryError> {
        let Some(account) = principal.account else {
            return Ok(Vec::new());
        };
        let query = ListQuery::new(FOLLOWING, Scope::units([account]));
        let query = query.filter("now", 1_i64).descending().limit(limit);
        let found = self.store().list_records(&query).await?.items.into_iter();
        let followed = found.map(|stored| {
            let record = Record::from_store(stored)?;
            let text = |name: &str| record.body.get(name).and_then(Value::as_str);
            Ok(Followed {
                kind: text("kind").unwrap_or_default().to_owned(),
                record: text("record")
                    .and_then(|text| text.parse().ok())
                    .unwrap_or(Id::NIL),
            })
        });
        followed.collect()
    }

    /// The accounts that follow a record.
    async fn following(&self, record: Id) -> Result<BTreeSet<Id>, RegistryError> {
        let everybody = Scope::bypass("whoever follows a record is told, if they may read it");
        let mut query = ListQuery::new(FOLLOWING, everybody)
            .filter("record", record)
            .filter("now", 1_i64)
            .limit(PAGE);
        let mut accounts = BTreeSet::new();
        loop {
            let page = self.store().list(&query).await?;
            accounts.extend(page.items.iter().map(|head| head.unit));
            query.after = page.next;
            if query.after.is_none() {
                return Ok(accounts);
            }
        }
    }

    /// Whoever follows a record and may read it, but for the one who changed it.
    pub(super) async fn followers(
        &self,
        kind: &Kind,
        record: &Record,
        by: Option<Id>,
    ) -> Result<Vec<Account>, RegistryError> {
        let mut followers = Vec::new();
        for account in self.following(record.id).await? {
            if by != Some(account) {
                followers.extend(self.directory().account(account).await?);
            }
        }
        self.readers(kind, record, followers, None).await
    }
}

impl Batch<'_> {
    /// Has whoever follows a record told that this batch changes it, or speaks of it.
    pub async fn tell_followers(
        &mut self,
        kind: &Kind,
        record: &Record,
    ) -> Result<(), RegistryError> {
        let by = self.caller.principal.account;
        let mut following = self.registry.following(record.id).await?;
        following.retain(|account| by != Some(*account));
        if following.is_empty() {
            return Ok(());
        }
        let told = Told {
            kind: kind.name.to_owned(),
            record: record.id,
            version: record.version,
            notification: FOLLOWED.to_owned(),
            due: None,
            by,
        };
        self.enqueue(job(&told, None)?);
        Ok(())
    }
}

fn is_now(record: &Record) -> bool {
    record.body.get("now").and_then(Value::as_bool) == Some(true)
}
