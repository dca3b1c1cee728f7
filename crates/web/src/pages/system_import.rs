//! Bringing records of a system in from a table.

use askama::Template;

use super::parts::{FormErrors, Link};
use super::{Shell, links};

/// The form, and what became of the rows.
#[derive(Clone, Debug, Template)]
#[template(path = "system_import.html")]
pub struct SystemImport {
    /// The frame.
    pub shell: Shell,
    /// The list.
    pub kind: Link,
    /// Where the form goes.
    pub action: String,
    /// The titles that columns may have.
    pub columns: Vec<String>,
    /// What became of a file.
    pub report: Option<SystemImportReport>,
    /// What is wrong with the form.
    pub errors: FormErrors,
}

/// What became of a file.
#[derive(Clone, Debug)]
pub struct SystemImportReport {
    /// Whether it was only tried.
    pub tried: bool,
    /// How many rows were taken in, or could be.
    pub taken: usize,
    /// How many were refused.
    pub refused: usize,
    /// The first refused rows: their line, and why.
    pub wrong: Vec<(u32, String)>,
    /// All refused rows as a file; empty if there are none.
    pub file: String,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for SystemImport {
        const NAME: &'static str = "system-import";

        fn samples(shell: &Shell) -> Vec<Self> {
            let list = links::system("it-equipment", "device", "");
            let usual = Self {
                shell: samples::officer(shell),
                kind: Link::new(list.clone(), "Thiết bị"),
                action: format!("{list}/nhap"),
                columns: vec!["Loại thiết bị".to_owned(), HOSTILE.to_owned()],
                report: None,
                errors: FormErrors::default(),
            };
            let reported = Self {
                report: Some(SystemImportReport {
                    tried: true,
                    taken: 3,
                    refused: 2,
                    wrong: vec![(2, HOSTILE.to_owned()), (3, LONG.to_owned())],
                    file: format!("{list}/nhap/loi?tep=00&dong=1.2"),
                }),
                ..usual.clone()
            };
            vec![usual, reported]
        }
    }
}
