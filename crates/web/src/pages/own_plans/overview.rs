//! Who has issued a plan of their own, who is late, and what nobody covers.

use askama::Template;
use jiff::civil::Date;

use crate::pages::parts::Link;
use crate::pages::progress::FileOf;
use crate::pages::status::Status;
use crate::pages::{Shell, links};

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "own_plans/overview.html")]
pub struct OwnPlans {
    /// The frame.
    pub shell: Shell,
    /// What the decision orders, with its line; nothing where it orders no such plans.
    pub duty: Option<(String, u32)>,
    /// By when, and who says so.
    pub due: Option<Date>,
    /// Who says so, in words.
    pub due_said: String,
    /// Where the day is entered, for whoever may.
    pub due_href: Option<&'static str>,
    /// How many have issued theirs, of how many that are to.
    pub kept: (usize, usize),
    /// How many stand where.
    pub counts: Vec<(String, usize)>,
    /// The units.
    pub rows: Vec<OwnPlanLine>,
    /// The targets that no plan covers.
    pub targets: Vec<Link>,
    /// The projects that no plan covers.
    pub projects: Vec<Link>,
    /// The files of what is shown.
    pub files: Vec<FileOf>,
}

/// One unit.
#[derive(Clone, Debug)]
pub struct OwnPlanLine {
    /// The unit; leads to its plan.
    pub unit: Link,
    /// Where it stands, in words.
    pub state: String,
    /// The mark of that.
    pub status: Status,
    /// Number and day of its plan.
    pub plan: String,
    /// How many of what it is named in its plan covers, of how many.
    pub covered: (usize, usize),
    /// Whether the decision orders it to have one.
    pub ordered: bool,
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for OwnPlans {
        const NAME: &'static str = "own-plans";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::officer(shell),
                duty: Some((LONG.to_owned(), 365)),
                due: Some(date(2023, 5, 14)),
                due_said: HOSTILE.to_owned(),
                due_href: Some(links::OWN_PLANS_DUE),
                kept: (3, 31),
                counts: vec![("Đã ban hành".to_owned(), 3)],
                rows: vec![OwnPlanLine {
                    unit: samples::unit_link(HOSTILE),
                    state: "Quá hạn".to_owned(),
                    status: Status::OffTrack,
                    plan: "45/KH-SNV, 20/04/2023".to_owned(),
                    covered: (12, 40),
                    ordered: false,
                }],
                targets: vec![samples::unit_link(LONG)],
                projects: vec![samples::unit_link(HOSTILE)],
                files: Vec::new(),
            };
            let empty = Self {
                duty: None,
                due: None,
                due_href: None,
                rows: Vec::new(),
                targets: Vec::new(),
                projects: Vec::new(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
