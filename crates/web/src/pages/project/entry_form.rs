//! The form of something that happened to a project.

use askama::Template;

use crate::pages::checks::Check;
use crate::pages::observation_edit::SentBack;
use crate::pages::parts::{Choice, FileLink, FormErrors};
use crate::pages::{Shell, links};

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "project/entry_form.html")]
pub struct EntryForm {
    /// The frame.
    pub shell: Shell,
    /// What happened, in words.
    pub what: String,
    /// Its name among the kinds.
    pub kind: &'static str,
    /// The project's page.
    pub back: String,
    /// The project's name.
    pub project: String,
    /// What the annex lists for it, in đồng.
    pub listed_vnd: Option<i64>,
    /// Where the form goes.
    pub action: String,
    /// The version that was read; 0 for a new one.
    pub version: i64,
    /// Which fields it has.
    pub asks: Asks,
    /// The last day that may be given.
    pub latest: String,
    /// What was typed.
    pub typed: Fields,
    /// The periods to choose from.
    pub periods: Vec<Choice>,
    /// The units of money to choose from.
    pub money_units: Vec<Choice>,
    /// What looks wrong so far.
    pub checks: Vec<Check>,
    /// The files that it has.
    pub files: Vec<FileLink>,
    /// The files that came in with the form before.
    pub received: Vec<FileLink>,
    /// Digests of files to take off.
    pub dropped: Vec<String>,
    /// Why it came back, if it did.
    pub sent_back: Option<SentBack>,
    /// What is wrong with the form.
    pub errors: FormErrors,
    /// The most that files may measure together.
    pub file_limit_bytes: u64,
}

/// Which fields a form has.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one for each field")]
pub struct Asks {
    /// A day.
    pub day: bool,
    /// A document's number.
    pub symbol: bool,
    /// A contractor.
    pub party: bool,
    /// A last day.
    pub end: bool,
    /// Per cent and milestone.
    pub progress: bool,
    /// A period.
    pub period: bool,
    /// Money.
    pub money: bool,
}

/// What was typed.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// The day.
    pub on: String,
    /// The document's number.
    pub symbol: String,
    /// The contractor.
    pub party: String,
    /// The last day.
    pub until: String,
    /// Per cent.
    pub percent: String,
    /// The milestone.
    pub milestone: String,
    /// From the recurrent budget.
    pub recurrent: String,
    /// From the capital budget.
    pub capital: String,
    /// From another source.
    pub other: String,
    /// Which one.
    pub other_source: String,
    /// What else is said.
    pub note: String,
}

#[cfg(test)]
mod sampled {
    use super::super::list::sampled::{choice, files};
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for EntryForm {
        const NAME: &'static str = "project-entry-form";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::officer(shell),
                what: "Hợp đồng".to_owned(),
                kind: "contract",
                back: links::project_page("1"),
                project: LONG.to_owned(),
                listed_vnd: Some(750_000_000),
                action: links::project_entry("1"),
                version: 2,
                asks: Asks {
                    day: true,
                    symbol: true,
                    party: true,
                    end: true,
                    progress: true,
                    period: true,
                    money: true,
                },
                latest: "2023-10-05".to_owned(),
                typed: Fields {
                    symbol: HOSTILE.to_owned(),
                    party: LONG.to_owned(),
                    note: HOSTILE.to_owned(),
                    recurrent: "750.000.000".to_owned(),
                    ..Fields::default()
                },
                periods: vec![choice("Quý II/2023")],
                money_units: vec![choice("đồng")],
                checks: crate::pages::checks::samples(),
                files: files(),
                received: files(),
                dropped: Vec::new(),
                sent_back: None,
                errors: FormErrors(vec![FieldError {
                    field: "so-ky-hieu".to_owned(),
                    message: HOSTILE.to_owned(),
                }]),
                file_limit_bytes: 50 << 20,
            };
            let bare = Self {
                asks: Asks::default(),
                checks: Vec::new(),
                files: Vec::new(),
                received: Vec::new(),
                errors: FormErrors::default(),
                listed_vnd: None,
                ..usual.clone()
            };
            vec![usual, bare]
        }
    }
}
