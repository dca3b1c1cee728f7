//! The form of a unit's own plan.

use askama::Template;

use crate::pages::observation_edit::SentBack;
use crate::pages::parts::{FileLink, FormErrors, Link};
use crate::pages::{Shell, links};

/// The page. Of each line it sends `muc` (what), `muc-so` and `muc-han`, and `chon` for those
/// that are covered.
#[derive(Clone, Debug, Template)]
#[template(path = "own_plans/form.html")]
pub struct OwnPlanForm {
    /// The frame.
    pub shell: Shell,
    /// The unit; leads to its plan.
    pub unit: Link,
    /// Where the form goes.
    pub action: String,
    /// The version that was read; 0 for a new one.
    pub version: i64,
    /// The last day that may be given.
    pub latest: String,
    /// Its number.
    pub symbol: String,
    /// Its day.
    pub on: String,
    /// Its title.
    pub title: String,
    /// What of the province's plan the unit is named in.
    pub lines: Vec<FormLine>,
    /// What it adds, one thing a line.
    pub adds: String,
    /// What else is said of it.
    pub note: String,
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

/// A target or project in the form.
#[derive(Clone, Debug)]
pub struct FormLine {
    /// Its identity.
    pub id: String,
    /// What it is.
    pub label: String,
    /// The key of as what the unit is named there; empty where it is not.
    pub party: &'static str,
    /// Whether it is covered.
    pub covered: bool,
    /// Its number in the unit's plan, as typed.
    pub number: String,
    /// By when, as typed.
    pub by: String,
}

#[cfg(test)]
mod sampled {
    use super::super::super::project::list::sampled::files;
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for OwnPlanForm {
        const NAME: &'static str = "own-plan-form";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::officer(shell),
                unit: samples::unit_link(HOSTILE),
                action: links::own_plan_edit("1"),
                version: 0,
                latest: "2023-10-05".to_owned(),
                symbol: HOSTILE.to_owned(),
                on: "2023-04-20".to_owned(),
                title: LONG.to_owned(),
                lines: vec![FormLine {
                    id: "1".to_owned(),
                    label: LONG.to_owned(),
                    party: "own-plan-lead",
                    covered: true,
                    number: HOSTILE.to_owned(),
                    by: String::new(),
                }],
                adds: HOSTILE.to_owned(),
                note: LONG.to_owned(),
                files: files(),
                received: files(),
                dropped: Vec::new(),
                sent_back: None,
                errors: FormErrors::default(),
                file_limit_bytes: 50 << 20,
            };
            let empty = Self {
                lines: Vec::new(),
                files: Vec::new(),
                received: Vec::new(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
