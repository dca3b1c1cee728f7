//! What a check names.

use serde::Serialize;
use vocab::Id;

/// One thing that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// `leaf-altered`, `segment-altered`, `chain-broken`, `tail-cut`, `version-altered`,
    /// `version-missing`, `version-unaudited`, `head-altered`, `head-missing`,
    /// `file-altered`, `file-missing`.
    pub kind: &'static str,
    /// Which one.
    pub about: About,
}

/// What a finding is about; whoever shows it has the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum About {
    /// A sealed segment.
    Segment {
        /// Its number, from one.
        number: i64,
    },
    /// A version of a record, or its leaf.
    Version {
        /// The record's table.
        table: String,
        /// The record.
        record: Id,
        /// Which version, from one.
        version: i64,
    },
    /// A record in its list.
    Record {
        /// The record's table.
        table: String,
        /// The record.
        record: Id,
    },
    /// A whole list.
    List {
        /// Its table.
        table: String,
        /// How many records should be listed.
        expected: i64,
        /// How many are.
        listed: i64,
    },
    /// A file.
    File {
        /// Its digest, 64 hexadecimal digits.
        digest: String,
    },
}

impl About {
    pub(super) fn version(table: impl Into<String>, record: Id, version: i64) -> Self {
        Self::Version {
            table: table.into(),
            record,
            version,
        }
    }
}
