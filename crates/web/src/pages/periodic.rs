//! Periodic reports on the plan: their list, the form for a new one.

use askama::Template;
use jiff::civil::DateTime;

use super::parts::{Choice, FormErrors};
use super::{Shell, links};

/// Where a report stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodicState {
    /// Being written.
    Draft,
    /// Before whoever signs it.
    UnderReview,
    /// Signed.
    Signed,
}

impl PeriodicState {
    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "periodic-state-draft",
            Self::UnderReview => "periodic-state-review",
            Self::Signed => "periodic-state-signed",
        }
    }

    /// The class of its tag.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Draft => "state state-draft",
            Self::UnderReview => "state state-submitted",
            Self::Signed => "state state-consolidated",
        }
    }
}

/// The page of reports.
#[derive(Clone, Debug, Template)]
#[template(path = "periodic_list.html")]
pub struct PeriodicList {
    /// The frame.
    pub shell: Shell,
    /// The reports, the latest period first.
    pub rows: Vec<PeriodicRow>,
    /// Whether the reader may begin one.
    pub begins: bool,
    /// Whether the reader may change how reports are laid out.
    pub lays_out: bool,
}

/// A report as the list shows it.
#[derive(Clone, Debug)]
pub struct PeriodicRow {
    /// Where it is.
    pub href: String,
    /// The period.
    pub period: String,
    /// What it is about.
    pub subject: String,
    /// Which report for the period it is.
    pub edition: i64,
    /// The unit whose it is.
    pub unit: String,
    /// Where it stands.
    pub state: PeriodicState,
    /// When it was last changed.
    pub at: DateTime,
}

/// The form for a new report. It sends `ky`.
#[derive(Clone, Debug, Template)]
#[template(path = "periodic_new.html")]
pub struct PeriodicNew {
    /// The frame.
    pub shell: Shell,
    /// The periods that have begun.
    pub periods: Vec<Choice>,
    /// What is wrong.
    pub errors: FormErrors,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for PeriodicList {
        const NAME: &'static str = "periodic-list";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |state, subject: &str, edition| PeriodicRow {
                href: links::periodic("0192f3"),
                period: "Quý III/2023".to_owned(),
                subject: subject.to_owned(),
                edition,
                unit: "Sở Thông tin và Truyền thông".to_owned(),
                state,
                at: samples::moment(5, 9, 30),
            };
            let usual = Self {
                shell: samples::officer(shell),
                rows: vec![
                    row(PeriodicState::Draft, "Kết quả thực hiện", 2),
                    row(PeriodicState::Signed, "Kết quả thực hiện", 1),
                ],
                begins: true,
                lays_out: true,
            };
            let extreme = Self {
                rows: vec![
                    row(PeriodicState::UnderReview, HOSTILE, 3),
                    row(PeriodicState::Signed, LONG, 1),
                ],
                ..usual.clone()
            };
            let empty = Self {
                rows: Vec::new(),
                begins: false,
                lays_out: false,
                ..usual.clone()
            };
            vec![usual, extreme, empty]
        }
    }

    impl Sampled for PeriodicNew {
        const NAME: &'static str = "periodic-new";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::officer(shell),
                periods: vec![Choice {
                    value: "2023Q3".to_owned(),
                    label: "Quý III/2023".to_owned(),
                    selected: true,
                }],
                errors: FormErrors::default(),
            };
            let refused = Self {
                errors: FormErrors(vec![FieldError {
                    field: "ky".to_owned(),
                    message: HOSTILE.to_owned(),
                }]),
                ..usual.clone()
            };
            vec![usual, refused]
        }
    }
}
