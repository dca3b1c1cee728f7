//! What can go wrong in the store.

use vocab::Id;

use crate::backup::ArchiveFault;
use crate::files::FileWork;

/// Why the store refused or failed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed the record since it was read; nothing was written.
    #[error("{table} {id} is at version {current:?}, the change was made against {expected:?}")]
    Conflict {
        /// The record's table.
        table: String,
        /// The record.
        id: Id,
        /// The version that the change was made against; none for a new record.
        expected: Option<i64>,
        /// The version that stands now; none if there is no such record.
        current: Option<i64>,
    },
    /// Another record already holds this value in a column that allows it once.
    #[error("{constraint}: another record already holds this value")]
    Duplicate {
        /// The table and column, or the constraint, as the engine names it.
        constraint: String,
    },
    /// The same idempotency key came with another request.
    #[error("idempotency key {key:?} was used before for another request")]
    KeyReused {
        /// The key.
        key: String,
    },
    /// What the change was decided on has changed since: read again and decide again.
    #[error("{name} changed meanwhile; read it again and retry")]
    StaleEpoch {
        /// The epoch's name.
        name: String,
    },
    /// A table's declaration does not hold together.
    #[error("table {table}: {what}")]
    Declaration {
        /// The table.
        table: String,
        /// What is wrong.
        what: String,
    },
    /// A write or query names something that was not declared or does not fit.
    #[error("{0}")]
    Invalid(String),
    /// The disk or the database's own limit is full; nothing was written.
    #[error("no space left for the database; nothing was written: {0}")]
    Full(String),
    /// The database cannot be reached now; whether the last write landed is not known, and
    /// repeating it with its idempotency key is safe.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// Others were changing the same rows for too long; nothing was written.
    #[error("others are changing the same records; repeat the change: {0}")]
    Contended(String),
    /// Stored data contradicts itself.
    #[error("stored data contradicts itself: {0}")]
    Corrupt(String),
    /// A file could not be read or written.
    #[error("{doing}: {why}")]
    File {
        /// What was being done, to what.
        doing: FileWork,
        /// What the system said.
        why: String,
    },
    /// A record refers to a file that was not uploaded, or was cleared away since.
    #[error("the file {digest} is not here; upload it again")]
    MissingFile {
        /// Its digest, 64 hexadecimal digits.
        digest: String,
    },
    /// A backup cannot be restored; nothing was.
    #[error("the backup {path} cannot be restored: {fault}")]
    Archive {
        /// The archive.
        path: String,
        /// What is wrong with it.
        fault: ArchiveFault,
    },
    /// A backup is restored into an empty place only; nothing was changed.
    #[error("{place} is there already; restore into an empty place")]
    NotEmpty {
        /// What was found.
        place: String,
    },
    /// A file is larger than allowed.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// Anything else that an engine said.
    #[error("the database refused: {0}")]
    Engine(String),
}
