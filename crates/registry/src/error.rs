//! Why a change or a question was refused.

use directory::DirectoryError;
use store::StoreError;
use vocab::{Id, Problem};

use crate::Record;

/// Why a change or a question was refused.
#[derive(Debug, Clone, thiserror::Error)]
pub enum RegistryError {
    /// It is not allowed, or what was given does not hold: in words for the person.
    #[error("{0}")]
    Refused(Problem),
    /// There is no such record, or it is not for this reader to know of.
    #[error("there is no {kind} {id} that this reader may see")]
    NotFound {
        /// The kind.
        kind: String,
        /// The identity.
        id: Id,
    },
    /// Somebody else changed the record meanwhile; nothing was written.
    #[error("{kind} {} is at version {}, the change was made against {expected}", .current.id, .current.version)]
    Conflict {
        /// The kind.
        kind: String,
        /// The version that the change was made against.
        expected: i64,
        /// The record as it stands.
        current: Box<Record>,
    },
    /// A stored body does not have the shape that its kind asks for.
    #[error("the stored body of {id} cannot be read: {why}")]
    Unreadable {
        /// The record.
        id: Id,
        /// What does not fit.
        why: String,
    },
    /// Nothing was declared under this name.
    #[error("no kind of record is called {0}")]
    Undeclared(String),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The directory refused.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
}

impl RegistryError {
    /// A refusal with this status and code.
    pub fn refused(status: u16, code: &str, about: impl Into<String>) -> Self {
        Self::Refused(Problem::new(status, code, about))
    }

    /// Whether somebody else wrote a record meanwhile, so that it is to be read again.
    pub(crate) fn is_conflict(&self) -> bool {
        matches!(
            self,
            Self::Conflict { .. } | Self::Store(StoreError::Conflict { .. })
        )
    }
}
