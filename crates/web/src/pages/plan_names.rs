//! Names of bodies that wait for somebody, and what was decided of others.

use askama::Template;
use jiff::civil::DateTime;

use super::parts::{Choice, FormErrors};
use super::{Shell, links};

/// The page of names.
#[derive(Clone, Debug, Template)]
#[template(path = "plan_names.html")]
pub struct PlanNames {
    /// The frame.
    pub shell: Shell,
    /// The names that wait.
    pub waiting: Vec<Waiting>,
    /// What was decided.
    pub decided: Vec<Decided>,
    /// Whether the reader may open the audit log.
    pub audits: bool,
    /// What is wrong with the form.
    pub errors: FormErrors,
}

/// A name that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its place on the page, from 1.
    pub place: usize,
    /// As written.
    pub written: String,
    /// The version of what was decided before; 0 for nothing.
    pub version: i64,
    /// Why it waits.
    pub why: String,
    /// Where it stands.
    pub lines: Vec<u32>,
    /// The targets that name it.
    pub targets: Vec<u32>,
    /// The projects that name it.
    pub projects: Vec<String>,
    /// Who may be meant.
    pub choices: Vec<Choice>,
    /// What was chosen.
    pub chosen: String,
    /// The name that was typed.
    pub name: String,
}

impl Waiting {
    fn means(&self) -> String {
        format!("nghia-{}", self.place)
    }

    fn full_name(&self) -> String {
        format!("ten-day-du-{}", self.place)
    }

    fn is(&self, choice: &str) -> bool {
        self.chosen == choice
    }
}

/// A name that was decided.
#[derive(Clone, Debug)]
pub struct Decided {
    /// As written.
    pub written: String,
    /// The decision's version.
    pub version: i64,
    /// Whom it means.
    pub means: String,
    /// When it was decided.
    pub at: DateTime,
    /// Who decided what, in the audit log.
    pub history: String,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for PlanNames {
        const NAME: &'static str = "plan-names";

        fn samples(shell: &Shell) -> Vec<Self> {
            let waiting = |place, written: &str, chosen: &str| Waiting {
                place,
                written: written.to_owned(),
                version: 0,
                why: LONG.to_owned(),
                lines: vec![7, 12],
                targets: vec![4, 50],
                projects: vec!["2/9.1".to_owned()],
                choices: vec![Choice {
                    value: "don-vi:1".to_owned(),
                    label: HOSTILE.to_owned(),
                    selected: false,
                }],
                chosen: chosen.to_owned(),
                name: HOSTILE.to_owned(),
            };
            let usual = Self {
                shell: samples::administrator(shell),
                waiting: vec![waiting(1, "Sở NN&PNTN", ""), waiting(2, HOSTILE, "ngoai")],
                decided: vec![Decided {
                    written: LONG.to_owned(),
                    version: 2,
                    means: HOSTILE.to_owned(),
                    at: samples::moment(3, 9, 30),
                    history: links::audit_of("1"),
                }],
                audits: true,
                errors: FormErrors(vec![FieldError {
                    field: "ten-day-du-2".to_owned(),
                    message: HOSTILE.to_owned(),
                }]),
            };
            let empty = Self {
                waiting: Vec::new(),
                decided: Vec::new(),
                errors: FormErrors::default(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
