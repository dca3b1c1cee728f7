//! What an archive says about itself, at its beginning and at its end.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::tables::Table;
use crate::TableSpec;
use crate::audit::AuditHead;

/// The form of the archive; another form has another name.
pub(super) const FORMAT: &str = "phusa-backup-1";

/// The first entry: what the reader must know before the rows come.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Opening {
    pub format: String,
    /// The shape of the fixed tables.
    pub schema: i64,
    /// The era in which the store was.
    pub era: i64,
    /// Microseconds.
    pub made_at: i64,
    /// The engine that it came from.
    pub engine: String,
    pub declarations: Vec<TableSpec>,
    pub tables: Vec<Table>,
}

/// The last entry: what must have come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub tables: BTreeMap<String, Count>,
    /// How many files.
    pub files: i64,
    /// Their sizes together.
    pub file_bytes: u64,
    /// Digests of files whose content was gone or altered already when the backup was made.
    pub damaged: Vec<String>,
    pub head: AuditHead,
}

/// A table's rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Count {
    pub rows: i64,
    /// SHA-256 of all its lines.
    pub sha256: String,
}
