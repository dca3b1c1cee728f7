//! Short-lived rows that are neither versioned nor audited: sessions, drafts, counters.

use vocab::{Id, Instant};

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
