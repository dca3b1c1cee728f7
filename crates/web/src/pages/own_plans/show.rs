//! A unit's own plan: what it covers, under which number and by when, what it adds and leaves
//! out.

use askama::Template;
use jiff::civil::Date;

use crate::pages::parts::{FileLink, FormErrors, Link};
use crate::pages::project::show::EntryStep;
use crate::pages::status::Status;
use crate::pages::{Shell, links};

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "own_plans/show.html")]
pub struct OwnPlan {
    /// The frame.
    pub shell: Shell,
    /// The unit.
    pub unit: Link,
    /// Where it stands, in words.
    pub state: String,
    /// The mark of that.
    pub status: Status,
    /// Whether the duty of the decision is kept by it, in words.
    pub duty: String,
    /// Whether a plan is there to be seen.
    pub recorded: bool,
    /// Its number.
    pub symbol: String,
    /// Its day.
    pub on: Option<Date>,
    /// Its title.
    pub title: String,
    /// What else is said of it.
    pub note: String,
    /// The document.
    pub files: Vec<FileLink>,
    /// What it covers.
    pub covers: Vec<CoverLine>,
    /// What it adds of its own.
    pub adds: Vec<String>,
    /// What the unit is named in and its plan leaves out: as what, and what.
    pub left_out: Vec<(&'static str, Link)>,
    /// What was done with it, the latest first.
    pub steps: Vec<EntryStep>,
    /// Its version.
    pub version: i64,
    /// Where it is written, for whoever may.
    pub edit: Option<String>,
    /// Buttons: the key of each, and where it goes.
    pub moves: Vec<(&'static str, String)>,
    /// The same for what needs a reason.
    pub reasoned: Vec<(&'static str, String)>,
    /// What is wrong with a step that was taken.
    pub errors: FormErrors,
}

/// Something that it covers.
#[derive(Clone, Debug)]
pub struct CoverLine {
    /// The target or project.
    pub of: Link,
    /// The key of as what the unit is named there; empty where it is not.
    pub party: &'static str,
    /// Its number in the unit's plan.
    pub number: String,
    /// By when.
    pub by: Option<Date>,
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::super::super::project::list::sampled::files;
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for OwnPlan {
        const NAME: &'static str = "own-plan";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::officer(shell),
                unit: samples::unit_link(HOSTILE),
                state: "Đã ban hành".to_owned(),
                status: Status::Done,
                duty: LONG.to_owned(),
                recorded: true,
                symbol: HOSTILE.to_owned(),
                on: Some(date(2023, 4, 20)),
                title: LONG.to_owned(),
                note: HOSTILE.to_owned(),
                files: files(),
                covers: vec![CoverLine {
                    of: samples::unit_link(LONG),
                    party: "own-plan-lead",
                    number: "II.3".to_owned(),
                    by: Some(date(2023, 9, 30)),
                }],
                adds: vec![HOSTILE.to_owned()],
                left_out: vec![("own-plan-partner", samples::unit_link(LONG))],
                steps: vec![EntryStep {
                    what: "Gửi".to_owned(),
                    person: HOSTILE.to_owned(),
                    at: samples::moment(5, 8, 30),
                    reason: Some(LONG.to_owned()),
                }],
                version: 3,
                edit: Some(links::own_plan_edit("1")),
                moves: vec![("project-approve", links::own_plan_step("1", "duyet"))],
                reasoned: vec![("project-send-back", links::own_plan_step("1", "tra-lai"))],
                errors: FormErrors::default(),
            };
            let empty = Self {
                recorded: false,
                files: Vec::new(),
                covers: Vec::new(),
                adds: Vec::new(),
                left_out: Vec::new(),
                steps: Vec::new(),
                edit: None,
                moves: Vec::new(),
                reasoned: Vec::new(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
