//! What a caller wants to be true afterwards.

use serde::{Deserialize, Serialize};
use vocab::{Id, Instant};

use crate::{Ephemeral, Value};

/// Who writes, through what, for whom: stands on every audit leaf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The account; [`Id::NIL`] for the program itself.
    pub account: Id,
    /// The account on whose behalf, for a delegate.
    pub on_behalf: Option<Id>,
    /// The way in: `page`, `api`, `cli`, `job`, `import`.
    pub via: String,
    /// The request that this belongs to.
    pub request: Id,
}

/// One indivisible change: all of it happens, durably, or none.
#[derive(Clone, Debug, PartialEq)]
pub struct Write {
    /// Who.
    pub actor: Actor,
    /// What, in order; later ones see earlier ones.
    pub ops: Vec<Op>,
    /// Makes a repetition harmless.
    pub idempotency: Option<IdempotencyKey>,
    /// Epochs that the decision to write was based on, with the numbers read then.
    pub epochs: Vec<(String, i64)>,
}

/// A client's own name for a request, with what the first answer was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Whose key: keys of different accounts never meet.
    pub account: Id,
    /// The key as the client sent it, at most 200 bytes.
    pub key: String,
    /// Digest of the request, so that a key cannot be used for two different ones.
    pub request_digest: [u8; 32],
    /// What to answer when the request comes again.
    pub answer: String,
}

/// One step of a write.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// Makes a record or gives it a new version.
    Put(RecordPut),
    /// Takes a record out of the lists; its versions stay.
    Remove(Remove),
    /// Removes a record and erases what all its versions say, as the law may order; its files
    /// go with the next clearing ([`crate::Store::remove_orphans`]) unless another record
    /// refers to them. The audit chain still verifies.
    Erase(Remove),
    /// Gives a record a version without something that the law had erased, and takes the same out
    /// of its earlier versions. The audit chain still verifies: the new version vouches for what
    /// they say from now on.
    Redact(Box<Redaction>),
    /// Has something done after the commit, at least once.
    Enqueue(NewJob),
    /// Marks a leased job as done, in the same transaction as its effect.
    CompleteJob {
        /// The job.
        id: Id,
        /// Who leased it.
        worker: Id,
    },
    /// Moves an epoch on, so that every process derives again what depends on it.
    Bump(String),
    /// Keeps or replaces a short-lived row (session, draft).
    Keep(Ephemeral),
    /// Drops a short-lived row.
    Drop {
        /// Its kind.
        kind: String,
        /// Its key.
        key: String,
    },
}

/// What must hold for a record before it is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// There is no such record yet.
    New,
    /// The record stands at this version.
    Version(i64),
}

/// A record as it shall be.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordPut {
    /// Its table.
    pub table: String,
    /// Its identity.
    pub id: Id,
    /// What it must be now.
    pub expect: Expect,
    /// What was done, for the audit: `create`, `edit`, `approve`, …
    pub action: String,
    /// Whose record it is.
    pub unit: Id,
    /// Where it stands in its lifecycle.
    pub state: String,
    /// Collation bytes that lists are ordered by; cut to 200 bytes.
    pub sort_key: Vec<u8>,
    /// The table's columns, in their order.
    pub columns: Vec<Value>,
    /// The body: canonical JSON ([`vocab`]'s `canonical::to_text`).
    pub body: String,
    /// Digest of the declaration that the body follows; empty where there is none.
    pub schema: String,
    /// Search tokens, for searchable tables.
    pub tokens: Vec<String>,
    /// Digests of the files that the body refers to.
    pub files: Vec<[u8; 32]>,
}

/// A record to take out of the lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remove {
    /// Its table.
    pub table: String,
    /// Its identity.
    pub id: Id,
    /// The version it must stand at.
    pub version: i64,
    /// What was done, for the audit.
    pub action: String,
}

/// A record from which something is erased.
#[derive(Clone, Debug, PartialEq)]
pub struct Redaction {
    /// The record without it, as its next version. Its action is always [`REDACT`]; its body gets
    /// a member [`REDACTED`] of its own.
    pub put: RecordPut,
    /// Earlier versions that held it, with what is left of their bodies; canonical JSON. What is
    /// left of an earlier redaction keeps its member [`REDACTED`].
    pub versions: Vec<(i64, String)>,
    /// Files that go with it: no version of the record refers to them any more.
    pub files: Vec<[u8; 32]>,
}

/// The action of a version that took something out of those before it.
pub const REDACT: &str = "erase-personal";
/// The member of such a version's body that vouches for what the earlier ones say now: their
/// numbers, each with the digest of its new body.
pub const REDACTED: &str = "_redacted";

/// Something to be done after the commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// What kind of work.
    pub kind: String,
    /// What it needs to know, as JSON.
    pub payload: String,
    /// While a waiting job has this key, another one like it is not added.
    pub unique_key: Option<String>,
    /// Not before.
    pub run_at: Option<Instant>,
}

/// How a write ended well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is durable; the instant that its versions carry.
    Done(Instant),
    /// The same request was done before; this was its answer. Nothing was written now.
    Repeated(String),
}

impl Op {
    /// The record that it puts.
    pub(crate) fn put(&self) -> Option<&RecordPut> {
        match self {
            Self::Put(put) => Some(put),
            Self::Redact(redaction) => Some(&redaction.put),
            _ => None,
        }
    }
}

impl Write {
    /// The records that it changes.
    pub(crate) fn records(&self) -> impl Iterator<Item = Id> {
        self.ops.iter().filter_map(|op| match op {
            Op::Put(put) => Some(put.id),
            Op::Remove(remove) | Op::Erase(remove) => Some(remove.id),
            Op::Redact(redaction) => Some(redaction.put.id),
            Op::Enqueue(_)
            | Op::CompleteJob { .. }
            | Op::Bump(_)
            | Op::Keep(_)
            | Op::Drop { .. } => None,
        })
    }

    /// A write by this actor, empty so far.
    pub fn by(actor: Actor) -> Self {
        Self {
            actor,
            ops: Vec::new(),
            idempotency: None,
            epochs: Vec::new(),
        }
    }

    /// The same with one more step.
    #[must_use]
    pub fn op(mut self, op: Op) -> Self {
        self.ops.push(op);
        self
    }
}
