//! The list of projects: where each stands, by unit, source, step and whether it is late.

use askama::Template;
use jiff::civil::Date;

use crate::pages::parts::{Choice, Link};
use crate::pages::progress::FileOf;
use crate::pages::status::Status;
use crate::pages::{Shell, links};

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "project/list.html")]
pub struct ProjectList {
    /// The frame.
    pub shell: Shell,
    /// Units to choose from.
    pub units: Vec<Choice>,
    /// Sources to choose from.
    pub sources: Vec<Choice>,
    /// Steps to choose from.
    pub stages: Vec<Choice>,
    /// Periods of payments to choose from.
    pub periods: Vec<Choice>,
    /// Whether only those that are late are shown.
    pub late: bool,
    /// How many there are.
    pub total: usize,
    /// Those that are shown.
    pub rows: Vec<ProjectLine>,
    /// What they come to.
    pub sum: Money,
    /// The files of what is shown.
    pub files: Vec<FileOf>,
}

/// What was listed, approved, contracted and paid, in đồng.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Money {
    /// What the annex lists.
    pub listed_vnd: Option<i64>,
    /// The estimate that was approved.
    pub estimate_vnd: Option<i64>,
    /// What the contracts are worth.
    pub contracted_vnd: Option<i64>,
    /// What was paid.
    pub paid_vnd: Option<i64>,
}

/// One project.
#[derive(Clone, Debug)]
pub struct ProjectLine {
    /// Its page.
    pub href: String,
    /// Its number: `2/9.1`.
    pub number: String,
    /// Its name.
    pub title: String,
    /// The unit that owns it.
    pub unit: Link,
    /// Where it stands, in words.
    pub stage: String,
    /// The mark of that.
    pub status: Status,
    /// Its money.
    pub money: Money,
    /// How far it is, in per cent.
    pub percent: Option<i64>,
    /// By when it is to be done.
    pub due: Option<Date>,
    /// Whether that is over.
    pub late: bool,
    /// Whether more was paid than stands behind it.
    pub overpaid: bool,
}

#[cfg(test)]
pub(in crate::pages) mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    pub(in crate::pages) fn money() -> Money {
        Money {
            listed_vnd: Some(750_000_000),
            estimate_vnd: Some(740_500_000),
            contracted_vnd: None,
            paid_vnd: Some(120_000_000),
        }
    }

    pub(in crate::pages) fn choice(label: &str) -> Choice {
        Choice {
            value: "gia-tri".to_owned(),
            label: label.to_owned(),
            selected: false,
        }
    }

    pub(in crate::pages) fn files() -> Vec<crate::pages::parts::FileLink> {
        vec![crate::pages::parts::FileLink {
            name: HOSTILE.to_owned(),
            sha256: "0a1b".to_owned(),
            size_bytes: 12_345,
        }]
    }

    impl Sampled for ProjectList {
        const NAME: &'static str = "project-list";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |title: &str| ProjectLine {
                href: links::project_page("1"),
                number: "2/9.1".to_owned(),
                title: title.to_owned(),
                unit: samples::unit_link(HOSTILE),
                stage: "Đang thực hiện".to_owned(),
                status: Status::AtRisk,
                money: money(),
                percent: Some(45),
                due: Some(date(2023, 12, 31)),
                late: true,
                overpaid: true,
            };
            let usual = Self {
                shell: samples::officer(shell),
                units: vec![choice(LONG)],
                sources: vec![choice("Nguồn sự nghiệp")],
                stages: vec![choice("Đề xuất")],
                periods: vec![choice("Quý II/2023")],
                late: true,
                total: 97,
                rows: vec![row(LONG), row(HOSTILE)],
                sum: money(),
                files: Vec::new(),
            };
            let empty = Self {
                rows: Vec::new(),
                sum: Money::default(),
                late: false,
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
