//! Why the plan's engine refused or failed.

use registry::RegistryError;
use store::StoreError;

use crate::import::ImportError;

/// Why the plan's engine refused or failed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum PlanError {
    /// The document is no decision that issues a plan.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// No plan was imported yet.
    #[error("no plan was imported yet: `phusa plan import FILE` reads one")]
    NoPlan,
    /// A body could not be written in its declared shape.
    #[error("{0}")]
    Shape(String),
    /// The registry refused.
    #[error(transparent)]
    Registry(#[from] RegistryError),
}

impl From<StoreError> for PlanError {
    fn from(error: StoreError) -> Self {
        Self::Registry(error.into())
    }
}

impl From<directory::DirectoryError> for PlanError {
    fn from(error: directory::DirectoryError) -> Self {
        Self::Registry(error.into())
    }
}
