//! The audit log, for administrators.

use askama::Template;
use jiff::civil::DateTime;

use super::parts::{Choice, FormErrors, Pager};
use super::{Shell, links};

/// The page of the audit log.
#[derive(Clone, Debug, Template)]
#[template(path = "audit.html")]
pub struct Audit {
    /// The frame.
    pub shell: Shell,
    /// How the chain stands.
    pub chain: Chain,
    /// Whether it is being checked now.
    pub checking: bool,
    /// What was asked for, as typed.
    pub filters: Filters,
    /// What of it could not be understood.
    pub errors: FormErrors,
    /// Whether anything narrows the log.
    pub narrowed: bool,
    /// Where the same is a file.
    pub export: String,
    /// Entries, latest first.
    pub entries: Vec<AuditEntry>,
    /// Neighbouring pages.
    pub pager: Pager,
}

/// What narrows the log, as typed.
#[derive(Clone, Debug, Default)]
pub struct Filters {
    /// A record's id or a kind of record (`tu-khoa`).
    pub text: String,
    /// A login (`nguoi`).
    pub login: String,
    /// Actions (`viec`).
    pub actions: Vec<Choice>,
    /// Ways in (`qua`).
    pub ways: Vec<Choice>,
    /// The first day (`tu`).
    pub from: String,
    /// The last day (`den`).
    pub until: String,
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
    /// On whose behalf, for a delegate.
    pub on_behalf: Option<String>,
    /// What was done, in the reader's language.
    pub act: String,
    /// Through what.
    pub way: String,
    /// The table of the record.
    pub kind: String,
    /// The record.
    pub record: String,
    /// The version that this made.
    pub version: u64,
    /// The request that it belongs to.
    pub request: String,
    /// The digest of its leaf.
    pub digest: String,
}

impl AuditEntry {
    /// Its page.
    pub fn href(&self) -> String {
        links::audit_entry(self.sequence)
    }

    /// The first digits of its digest.
    pub fn short_digest(&self) -> &str {
        self.digest.get(..12).unwrap_or(&self.digest)
    }
}

#[cfg(test)]
pub(super) mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    pub(in crate::pages) fn entry(shell: &Shell) -> AuditEntry {
        AuditEntry {
            sequence: 18_204,
            at: samples::moment(3, 10, 42),
            actor: "Lê Minh Khoa".to_owned(),
            on_behalf: None,
            act: shell.t("act-approved"),
            way: shell.t("via-page"),
            kind: "observation".to_owned(),
            record: "0192f3a4-7c11-7e2e-9d0a-5b6c7d8e9f11".to_owned(),
            version: 3,
            request: "0192f3a4-7c11-7e2e-9d0a-5b6c7d8e9f00".to_owned(),
            digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
        }
    }

    impl Sampled for Audit {
        const NAME: &'static str = "audit";

        fn samples(shell: &Shell) -> Vec<Self> {
            let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
            let entry = |sequence, actor: &str, record: &str| AuditEntry {
                sequence,
                actor: actor.to_owned(),
                record: record.to_owned(),
                version: sequence,
                ..entry(shell)
            };
            let usual = Self {
                shell: samples::administrator(shell),
                chain: Chain::Whole {
                    entries: 18_204,
                    at: samples::moment(3, 6, 0),
                    head: digest.to_owned(),
                },
                checking: false,
                filters: Filters::default(),
                errors: FormErrors::default(),
                narrowed: false,
                export: links::AUDIT_EXPORT.to_owned(),
                entries: (1..=8)
                    .map(|n| entry(n, "Lê Minh Khoa", "0192f3a4-7c11-7e2e-9d0a-5b6c7d8e9f11"))
                    .collect(),
                pager: Pager::default(),
            };
            let empty = Self {
                chain: Chain::Unchecked,
                checking: true,
                filters: Filters {
                    text: HOSTILE.to_owned(),
                    login: LONG.to_owned(),
                    ..Filters::default()
                },
                errors: FormErrors(vec![FieldError {
                    field: "nguoi".to_owned(),
                    message: shell.t("audit-login-unknown"),
                }]),
                narrowed: true,
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
