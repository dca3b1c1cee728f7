//! Taking in a list of people, and what became of each row.

use askama::Template;

use super::parts::FormErrors;
use super::{Shell, links};

/// The page of the list.
#[derive(Clone, Debug, Template)]
#[template(path = "people_import.html")]
pub struct PeopleImportPage {
    /// The frame.
    pub shell: Shell,
    /// What became of the list that was sent.
    pub report: Option<ImportReport>,
    /// What is wrong with the form.
    pub errors: FormErrors,
}

/// What became of a list.
#[derive(Clone, Debug)]
pub struct ImportReport {
    /// How many rows ended how.
    pub counts: String,
    /// Whether anything was written.
    pub written: bool,
    /// Where the refused rows are; empty if none was.
    pub refused: String,
    /// The rows.
    pub rows: Vec<ImportRow>,
}

/// What became of a row.
#[derive(Clone, Debug)]
pub struct ImportRow {
    /// Its line.
    pub line: u32,
    /// Its first cell.
    pub name: String,
    /// How it ended.
    pub outcome: String,
    /// Why it was refused.
    pub reasons: Vec<String>,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for PeopleImportPage {
        const NAME: &'static str = "people-import";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |line, name: &str| ImportRow {
                line,
                name: name.to_owned(),
                outcome: shell.t("people-row-refused"),
                reasons: vec![name.to_owned(); 2],
            };
            let empty = Self {
                shell: samples::administrator(shell),
                report: None,
                errors: FormErrors(vec![FieldError {
                    field: "tep".to_owned(),
                    message: HOSTILE.to_owned(),
                }]),
            };
            let usual = Self {
                report: Some(ImportReport {
                    counts: shell.t("people-row-added"),
                    written: true,
                    refused: links::refused_rows("00"),
                    rows: vec![row(2, HOSTILE), row(3, LONG)],
                }),
                errors: FormErrors::default(),
                ..empty.clone()
            };
            vec![usual, empty]
        }
    }
}
