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
    /// To what.
    pub subject: String,
    /// The page of it, if it has one.
    pub href: Option<String>,
    /// Its digest in hexadecimal.
    pub digest: String,
}

impl AuditEntry {
    /// The start of the digest, enough to recognise it by.
    fn short_digest(&self) -> String {
        self.digest.chars().take(12).collect()
    }
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for Audit {
        const NAME: &'static str = "audit";

        fn samples(shell: &Shell) -> Vec<Self> {
            let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
            let entry = |sequence, actor: &str, subject: &str| AuditEntry {
                sequence,
                at: samples::moment(3, 10, 42),
                actor: actor.to_owned(),
                act: shell.t("act-approved"),
                subject: subject.to_owned(),
                href: Some(links::report("0192f3")),
                digest: digest.to_owned(),
            };
            let usual = Self {
                shell: samples::administrator(shell),
                chain: Chain::Whole {
                    entries: 18_204,
                    at: samples::moment(3, 6, 0),
                    head: digest.to_owned(),
                },
                query: String::new(),
                entries: (1..=8)
                    .map(|n| entry(n, "Lê Minh Khoa", "Báo cáo quý III/2023"))
                    .collect(),
                pager: Pager::default(),
            };
            let empty = Self {
                chain: Chain::Unchecked,
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
            vec![usual, empty, broken]
        }
    }
}
