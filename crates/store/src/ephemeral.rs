//! Short-lived rows that are neither versioned nor audited: sessions, drafts, counters.

use vocab::{Id, Instant};

use crate::engine::{Param, Statement};

/// A row that may expire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ephemeral {
    /// What it is: `session`, `draft`, …
    pub kind: String,
    /// Its key within the kind; for a secret, its digest.
    pub key: String,
    /// Whose it is.
    pub owner: Id,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// JSON.
    pub body: String,
}

impl Ephemeral {
    /// The one kind that a backup takes along: work that somebody has not submitted yet.
    pub const DRAFT: &str = "draft";

    /// Keeps this row, or puts it in the place of the one with its key.
    pub(crate) fn keeping(&self) -> Statement {
        let sql = "INSERT INTO ephemeral (kind, key, owner, expires_at, body) VALUES (?1, ?2, ?3, ?4, ?5) \
                   ON CONFLICT (kind, key) DO UPDATE SET owner = excluded.owner, \
                   expires_at = excluded.expires_at, body = excluded.body";
        let params = vec![
            Param::from(self.kind.as_str()),
            self.key.as_str().into(),
            self.owner.into(),
            self.expires_at.as_micros().into(),
            self.body.as_str().into(),
        ];
        Statement::new(sql, params)
    }
}
