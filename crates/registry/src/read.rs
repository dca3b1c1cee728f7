//! The ways to see records.

use std::collections::BTreeSet;

use directory::permission::{reach, scope};
use directory::{Act, Principal};
use store::files::Files;
use store::{Ahead, ListQuery, Page, Scope, StoreError};
use vocab::{Id, Instant, hex};

use crate::record::parse_body;
use crate::{Caller, Comment, Record, Registry, RegistryError, comment, mask};

/// How long an upload waits to be used by a record.
const UPLOAD_SECONDS: i64 = 24 * 3_600;

/// One version of a record, as its history shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The record as that version had it; its body is empty if the law had it erased.
    pub record: Record,
    /// What was done: `create`, `edit`, or a step's name.
    pub action: String,
    /// Who did it.
    pub actor: Id,
    /// When.
    pub at: Instant,
    /// The reason that was given.
    pub reason: Option<String>,
}

impl Registry {
    /// What this very request was answered before, if it is a repetition.
    pub async fn answered(&self, caller: &Caller) -> Result<Option<String>, RegistryError> {
        let Some(key) = &caller.idempotency else {
            return Ok(None);
        };
        let account = caller.principal.account.unwrap_or(Id::NIL);
        Ok(self
            .store()
            .answered(account, &key.key, &key.digest)
            .await?)
    }

    /// A record that this principal may read, without the fields that they are not shown.
    pub async fn get(
        &self,
        principal: &Principal,
        kind: &str,
        id: Id,
    ) -> Result<Record, RegistryError> {
        self.get_ahead(principal, kind, id, None).await
    }

    /// The same of one that was read along with the epochs on which the reader's rights depend;
    /// without one it is read now.
    pub async fn get_ahead(
        &self,
        principal: &Principal,
        kind: &str,
        id: Id,
        ahead: Option<Ahead>,
    ) -> Result<Record, RegistryError> {
        let hidden = || RegistryError::NotFound {
            kind: kind.to_owned(),
            id,
        };
        self.declaration(kind)?;
        let reached = reach(principal, Act::Read, kind);
        let record = match ahead.filter(|ahead| ahead.is(kind, id)) {
            Some(ahead) => ahead.within(&reached)?,
            None => self.store().fetch(kind, &reached, id).await?,
        };
        mask::shown(principal, kind, record.ok_or_else(hidden)?)
    }

    /// A record, whoever asks: for what the program itself derives.
    pub async fn find(&self, kind: &str, id: Id) -> Result<Option<Record>, RegistryError> {
        self.declaration(kind)?;
        let found = self
            .store()
            .fetch(
                kind,
                &Scope::bypass("asked for by the program; what people ask for is checked after"),
                id,
            )
            .await?;
        found.map(Record::from_store).transpose()
    }

    /// The records of a kind with these ids, whoever asks, in no order: one question, whatever
    /// their number.
    pub async fn find_these(
        &self,
        kind: &str,
        ids: impl IntoIterator<Item = Id>,
    ) -> Result<Vec<Record>, RegistryError> {
        let everything =
            Scope::bypass("asked for by the program; what people ask for is checked after");
        let found = self.store().fetch_these(kind, &everything, ids).await?;
        found.into_iter().map(Record::from_store).collect()
    }

    /// The record whose unique field holds a value, whoever asks.
    pub async fn find_by(
        &self,
        kind: &str,
        field: &str,
        value: impl Into<store::Value>,
    ) -> Result<Option<Record>, RegistryError> {
        let found = self
            .store()
            .fetch_by(
                kind,
                &Scope::bypass("asked for by the program; what people ask for is checked after"),
                field,
                value,
            )
            .await?;
        found.map(Record::from_store).transpose()
    }

    /// The records of a kind with these ids that this principal may read, without the fields that
    /// they are not shown, in no order: one question, whatever their number.
    pub async fn get_these(
        &self,
        principal: &Principal,
        kind: &str,
        ids: BTreeSet<Id>,
    ) -> Result<Vec<Record>, RegistryError> {
        let reached = reach(principal, Act::Read, kind);
        let found = self.store().fetch_these(kind, &reached, ids).await?;
        let shown = found
            .into_iter()
            .map(|record| mask::shown(principal, kind, record));
        shown.collect()
    }

    /// A page of records of one state that this principal may read, without the fields that
    /// they are not shown.
    pub async fn list(
        &self,
        principal: &Principal,
        query: ListQuery,
        state: Option<&str>,
    ) -> Result<Page<Record>, RegistryError> {
        let mut query = ListQuery {
            scope: scope(principal, Act::Read, &query.table, state),
            ..query
        };
        if let Some(state) = state {
            query = query.filter("state", state);
        }
        self.list_shown(principal, &query).await
    }

    /// A page of records in the query's own scope, which is what this principal may read or a
    /// part of it, without the fields that they are not shown.
    pub async fn list_shown(
        &self,
        principal: &Principal,
        query: &ListQuery,
    ) -> Result<Page<Record>, RegistryError> {
        let page = self.store().list_records(query).await?;
        let items = page.items.into_iter();
        let shown = items.map(|record| mask::shown(principal, &query.table, record));
        Ok(Page {
            items: shown.collect::<Result<_, _>>()?,
            next: page.next,
        })
    }

    /// A page of records in the query's own scope: for what the program itself derives.
    pub async fn list_all(&self, query: &ListQuery) -> Result<Page<Record>, RegistryError> {
        let page = self.store().list_records(query).await?;
        let items = page.items.into_iter().map(Record::from_store);
        Ok(Page {
            items: items.collect::<Result<_, _>>()?,
            next: page.next,
        })
    }

    /// Every record of a kind, page after page: for what the program itself derives.
    pub async fn all(&self, query: ListQuery) -> Result<Vec<Record>, RegistryError> {
        let mut query = query.limit(1_000);
        let mut records = Vec::new();
        loop {
            let page = self.list_all(&query).await?;
            records.extend(page.items);
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(records),
            }
        }
    }

    /// The versions of a record that this principal may read, latest first, with the reasons
    /// that were given, without the fields that they are not shown of it as it stands.
    pub async fn history(
        &self,
        principal: &Principal,
        kind: &str,
        record: &Record,
        limit: usize,
    ) -> Result<Vec<Entry>, RegistryError> {
        let comments = self.comments(record.id).await?;
        let reached = reach(principal, Act::Read, kind);
        let store = self.store();
        let versions = store.history(kind, &reached, record.id, limit).await?;
        let unseen = self.unseen(principal, kind, record.id).await?;
        let entries = versions.into_iter().map(|version| {
            let body = version.body.as_deref().unwrap_or("{}");
            let mut body = parse_body(version.id, body)?;
            unseen.leave_out(&mut body);
            let reason = comments
                .iter()
                .find(|said| !said.step.is_empty() && said.version == version.version);
            Ok(Entry {
                record: Record {
                    id: version.id,
                    version: version.version,
                    unit: version.unit,
                    state: version.state,
                    author: None,
                    at: version.at,
                    body,
                },
                action: version.action,
                actor: version.actor,
                at: version.at,
                reason: reason.map(|said| said.text.clone()),
            })
        });
        entries.collect()
    }

    /// What was said about a record, oldest first.
    pub async fn comments(&self, record: Id) -> Result<Vec<Comment>, RegistryError> {
        let query = ListQuery::new(
            "comment",
            Scope::bypass("asked for by the program; what people ask for is checked after"),
        )
        .filter("record", record);
        self.all(query).await?.iter().map(comment::of).collect()
    }

    /// Remembers who sent a file: only they may put it into a record, so that knowing a
    /// digest is not enough to read somebody else's file.
    pub async fn receive(&self, caller: &Caller, digest: &[u8; 32]) -> Result<(), RegistryError> {
        let Some(account) = caller.principal.account else {
            return Err(RegistryError::refused(
                401,
                "sign-in-needed",
                "sending a file",
            ));
        };
        let now = self.store().context().now();
        let receipt = store::Ephemeral {
            kind: "upload".to_owned(),
            key: receipt_key(account, digest),
            owner: account,
            expires_at: now.plus_seconds(UPLOAD_SECONDS),
            body: "{}".to_owned(),
        };
        Ok(self.store().keep(&receipt).await?)
    }

    /// Whether it was this principal who sent a file, not long ago.
    pub async fn has_sent(
        &self,
        principal: &Principal,
        digest: &[u8; 32],
    ) -> Result<bool, RegistryError> {
        let Some(account) = principal.account else {
            return Ok(false);
        };
        let key = receipt_key(account, digest);
        Ok(self.store().ephemeral("upload", &key).await?.is_some())
    }

    /// Refuses a file that this caller has not sent.
    pub async fn demand_receipt(
        &self,
        caller: &Caller,
        digest: &[u8; 32],
    ) -> Result<(), RegistryError> {
        // The program itself puts in what it read from its own sources.
        let is_program = caller
            .principal
            .account
            .is_none_or(|account| account.is_nil());
        if is_program || self.has_sent(&caller.principal, digest).await? {
            return Ok(());
        }
        Err(StoreError::MissingFile {
            digest: hex::encode(digest),
        }
        .into())
    }

    /// The files of the records of a kind that a principal may read as they stand.
    pub fn files(&self, principal: &Principal, kind: &str) -> Files {
        let reached = reach(principal, Act::Read, kind);
        self.store().files_of(kind, &reached)
    }

    /// The kinds of which some records refer to a file or did so once; whether one may read such
    /// a record is asked for each.
    pub async fn file_kinds(&self, digest: &[u8; 32]) -> Result<Vec<String>, RegistryError> {
        Ok(self.store().file_tables(digest).await?)
    }

    /// The records of a kind, readable for a principal as they stand, that refer to a file
    /// or did so once.
    pub async fn file_records(
        &self,
        principal: &Principal,
        kind: &str,
        digest: &[u8; 32],
    ) -> Result<Vec<Record>, RegistryError> {
        let reached = reach(principal, Act::Read, kind);
        let mut records = Vec::new();
        for id in self.store().file_users(kind, &reached, digest).await? {
            if let Some(record) = self.store().fetch(kind, &reached, id).await? {
                records.push(mask::shown(principal, kind, record)?);
            }
        }
        Ok(records)
    }
}

fn receipt_key(account: Id, digest: &[u8; 32]) -> String {
    format!("{account}/{}", hex::encode(digest))
}
