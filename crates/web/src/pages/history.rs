//! The versions of a record and what each changed.

use askama::Template;
use jiff::civil::DateTime;

use super::parts::Link;
use super::{Shell, links};

/// The page of versions.
#[derive(Clone, Debug, Template)]
#[template(path = "history.html")]
pub struct History {
    /// The frame.
    pub shell: Shell,
    /// The record.
    pub record: Link,
    /// Its versions, latest first.
    pub versions: Vec<Version>,
}

/// One version.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its number, from 1.
    pub number: u32,
    /// When it was made.
    pub at: DateTime,
    /// Who made it.
    pub person: String,
    /// The unit they acted for.
    pub unit: String,
    /// What they did, in the reader's language.
    pub act: String,
    /// Why, where a reason was given.
    pub reason: String,
    /// Its digest in the audit log.
    pub digest: String,
    /// What changed from the version before.
    pub changes: Vec<FieldChange>,
}

/// One field that changed.
#[derive(Clone, Debug)]
pub struct FieldChange {
    /// The field, in the reader's language.
    pub field: String,
    /// Before; nothing if it was empty.
    pub before: Option<String>,
    /// After; nothing if it is empty.
    pub after: Option<String>,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for History {
        const NAME: &'static str = "history";

        fn samples(shell: &Shell) -> Vec<Self> {
            let change = |field: &str, before: Option<&str>, after: Option<&str>| FieldChange {
                field: field.to_owned(),
                before: before.map(str::to_owned),
                after: after.map(str::to_owned),
            };
            let version = |number, changes| Version {
                number,
                at: samples::moment(3, 10, 42),
                person: "Phạm Thị Lan".to_owned(),
                unit: "UBND huyện Trà Ôn".to_owned(),
                act: shell.t("act-drafted"),
                reason: String::new(),
                digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
                    .to_owned(),
                changes,
            };
            let usual = Self {
                shell: samples::officer(shell),
                record: Link::new(links::report("0192f3"), "Báo cáo quý III/2023, mục tiêu 12"),
                versions: vec![
                    Version {
                        reason: "Thiếu danh sách 18 xã".to_owned(),
                        ..version(2, vec![change("Tử số", Some("1.102"), Some("1.120"))])
                    },
                    version(1, vec![change("Ghi chú", None, Some("Trích từ hệ thống"))]),
                ],
            };
            let empty = Self {
                versions: Vec::new(),
                ..usual.clone()
            };
            let extreme = Self {
                record: Link::new(links::report("0192f3"), HOSTILE),
                versions: (1..=80)
                    .rev()
                    .map(|number| version(number, vec![change(LONG, Some(HOSTILE), Some(LONG))]))
                    .collect(),
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }
}
