//! One entry of the audit log: the version that it made and what that changed.

use askama::Template;

use super::audit::{AuditEntry, Chain};
use super::{Shell, links};

/// The page of one entry.
#[derive(Clone, Debug, Template)]
#[template(path = "audit_entry.html")]
pub struct EntryPage {
    /// The frame.
    pub shell: Shell,
    /// The entry.
    pub entry: AuditEntry,
    /// Where the record stood after it.
    pub state: String,
    /// Whether the law had the version's content erased.
    pub erased: bool,
    /// The version that it is compared with; none for the first.
    pub compared_with: Option<i64>,
    /// Earlier versions to compare with, and where.
    pub compare: Vec<(i64, String)>,
    /// Fields that differ.
    pub changed: Vec<FieldRow>,
    /// Every field, as the version has it.
    pub all: Vec<FieldRow>,
    /// The segment that seals it, with its digest; none while it waits to be sealed.
    pub segment: Option<String>,
    /// How the chain stands.
    pub chain: Chain,
}

/// One field.
#[derive(Clone, Debug)]
pub struct FieldRow {
    /// Its way through the record.
    pub name: String,
    /// In the version compared with.
    pub before: Value,
    /// In this one.
    pub after: Value,
}

/// A value.
#[derive(Clone, Debug)]
pub enum Value {
    /// None.
    Absent,
    /// This.
    Text(String),
    /// One that nobody is shown.
    Secret,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::audit::sampled::entry;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for EntryPage {
        const NAME: &'static str = "audit-entry";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |name: &str, before, after| FieldRow {
                name: name.to_owned(),
                before,
                after,
            };
            let text = |text: &str| Value::Text(text.to_owned());
            let usual = Self {
                shell: samples::administrator(shell),
                entry: entry(shell),
                state: "approved".to_owned(),
                erased: false,
                compared_with: Some(2),
                compare: vec![(2, "/".to_owned()), (1, "/".to_owned())],
                changed: vec![
                    row("numerator", text("1102"), text("1120")),
                    row("hash", Value::Secret, Value::Secret),
                    row("note", Value::Absent, text("Trích từ hệ thống")),
                ],
                all: vec![row("numerator", text("1102"), text("1120"))],
                segment: Some("12:9f86d081884c7d65".to_owned()),
                chain: Chain::Unchecked,
            };
            let first = Self {
                compared_with: None,
                compare: Vec::new(),
                segment: None,
                erased: true,
                changed: Vec::new(),
                all: Vec::new(),
                ..usual.clone()
            };
            let extreme = Self {
                changed: (0..60)
                    .map(|_| row(LONG, text(HOSTILE), text(LONG)))
                    .collect(),
                ..usual.clone()
            };
            vec![usual, first, extreme]
        }
    }
}
