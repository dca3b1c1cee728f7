//! A whole rearrangement of units from a file.

use askama::Template;

use super::parts::FormErrors;
use super::unit_event_form::LineNote;
use super::{Shell, links};

/// The page that takes the file.
#[derive(Clone, Debug, Template)]
#[template(path = "unit_import.html")]
pub struct UnitImportPage {
    /// The frame.
    pub shell: Shell,
    /// The rows that are at fault; nothing of the file was taken in.
    pub rows: Vec<LineNote>,
    /// What is wrong with the form.
    pub errors: FormErrors,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{HOSTILE, LONG, Sampled};

    impl Sampled for UnitImportPage {
        const NAME: &'static str = "unit-import";

        fn samples(shell: &Shell) -> Vec<Self> {
            let empty = Self {
                shell: shell.clone(),
                rows: Vec::new(),
                errors: FormErrors::default(),
            };
            let note = |says: &str| LineNote {
                line: "12".to_owned(),
                says: says.to_owned(),
            };
            let refused = Self {
                rows: vec![note(HOSTILE), note(LONG)],
                errors: FormErrors(vec![FieldError {
                    field: "tep".to_owned(),
                    message: HOSTILE.to_owned(),
                }]),
                ..empty.clone()
            };
            vec![empty, refused]
        }
    }
}
