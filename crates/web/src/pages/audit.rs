//! The audit log, for administrators.

use askama::Template;
use jiff::civil::DateTime;

use super::parts::Pager;
use super::{Shell, links};

/// The page of the audit log (query `tu-khoa`).
#[derive(Clone, Debug, Template)]
#[template(path = "audit.html")]
pub struct Audit {
    /// The frame.
    pub shell: Shell,
    /// How the chain stands.
    pub chain: Chain,
    /// Whether it is being checked now.
    pub checking: bool,
    /// What was searched for, as typed.
    pub query: String,
    /// Entries, latest first.
    pub entries: Vec<AuditEntry>,
    /// Neighbouring pages.
    pub pager: Pager,
}

/// How the chain of entries stands.
#[derive(Clone, Debug)]
pub enum Chain {
    /// It has not been checked since the program started.
    Unchecked,
    /// Every entry is as it was written.
    Whole {
        /// How many entries.
        entries: u64,
        /// When it was checked.
        at: DateTime,
        /// The head, to be kept elsewhere.
        head: String,
    },
    /// Something was changed, moved or cut off.
    Broken {
        /// What and where.
        what: String,
        /// When it was checked.
        at: DateTime,
    },
    /// The check did not come to its end; the log says why.
    Failed {
        /// When.
        at: DateTime,
    },
}

/// One entry.
#[derive(Clone, Debug)]
pub struct AuditEntry {
    /// Its place in the order of commits.
    pub sequence: u64,
    /// When.
    pub at: DateTime,
    /// Who, or which program.
    pub actor: String,
    /// What was done, in the reader's language.
    pub act: String,
    /// The table of the record.
    pub kind: String,
    /// The record.
    pub record: String,
    /// The version that this made.
    pub version: u64,
    /// The request that it belongs to.
    pub request: String,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for Audit {
        const NAME: &'static str = "audit";

        fn samples(shell: &Shell) -> Vec<Self> {
            let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
            let entry = |sequence, actor: &str, record: &str| AuditEntry {
                sequence,
                at: samples::moment(3, 10, 42),
                actor: actor.to_owned(),
                act: shell.t("act-approved"),
                kind: "observation".to_owned(),
                record: record.to_owned(),
                version: sequence,
                request: "0192f3a4-7c11-7e2e-9d0a-5b6c7d8e9f00".to_owned(),
            };
            let usual = Self {
                shell: samples::administrator(shell),
                chain: Chain::Whole {
                    entries: 18_204,
                    at: samples::moment(3, 6, 0),
                    head: digest.to_owned(),
                },
                checking: false,
                query: String::new(),
                entries: (1..=8)
                    .map(|n| entry(n, "Lê Minh Khoa", "0192f3a4-7c11-7e2e-9d0a-5b6c7d8e9f11"))
                    .collect(),
                pager: Pager::default(),
            };
            let empty = Self {
                chain: Chain::Unchecked,
                checking: true,
                query: HOSTILE.to_owned(),
                entries: Vec::new(),
                ..usual.clone()
            };
            let broken = Self {
                chain: Chain::Broken {
                    what: "mục 1.204: nội dung không khớp mã băm".to_owned(),
                    at: samples::moment(3, 6, 0),
                },
                entries: (1..=90).map(|n| entry(n, HOSTILE, LONG)).collect(),
                ..usual.clone()
            };
            let failed = Self {
                chain: Chain::Failed {
                    at: samples::moment(3, 6, 0),
                },
                ..usual.clone()
            };
            vec![usual, empty, broken, failed]
        }
    }
}
