//! What can go wrong in the directory.

use store::StoreError;
use vocab::Problem;

/// Why the directory refused or failed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DirectoryError {
    /// Refused, in a form that a page, the API and the command line put into words.
    #[error(transparent)]
    Refused(#[from] Problem),
    /// The store refused or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl DirectoryError {
    /// What was stored cannot be read.
    pub(crate) fn corrupt(what: &str, why: impl std::fmt::Display) -> Self {
        Self::Store(StoreError::Corrupt(format!("reading {what}: {why}")))
    }

    /// The code of the refusal, if this is one.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Refused(problem) => Some(&problem.code),
            Self::Store(_) => None,
        }
    }
}

/// The canonical text of a body.
pub(crate) fn body<T: serde::Serialize>(what: &str, value: &T) -> Result<String, DirectoryError> {
    let value = serde_json::to_value(value)
        .map_err(|error| StoreError::Invalid(format!("writing {what}: {error}")))?;
    Ok(vocab::canonical::to_text(&value)
        .map_err(|error| StoreError::Invalid(format!("writing {what}: {error}")))?)
}

/// A body read back.
pub(crate) fn read_body<T: serde::de::DeserializeOwned>(
    what: &str,
    text: &str,
) -> Result<T, DirectoryError> {
    serde_json::from_str(text).map_err(|error| DirectoryError::corrupt(what, error))
}
