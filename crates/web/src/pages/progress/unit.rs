//! What a unit owes: each of its targets, when it is due, what it said last, how that stands.

use askama::Template;
use jiff::civil::Date;

use super::FileOf;
use crate::pages::obstacles::ObstacleRow;
use crate::pages::parts::Link;
use crate::pages::status::{Status, StatusCounts};
use crate::pages::{Shell, links};

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "progress/unit.html")]
pub struct UnitOwes {
    /// The frame.
    pub shell: Shell,
    /// The unit.
    pub name: String,
    /// The address of this page.
    pub address: String,
    /// Its page in the directory.
    pub unit: String,
    /// How it stands on what it owes.
    pub counts: StatusCounts,
    /// What it owes.
    pub rows: Vec<OwedRow>,
    /// What does not add up about it in the document.
    pub findings: Vec<(String, u32)>,
    /// The day to whose units figures are restated, if one was chosen.
    pub day: Option<Date>,
    /// What earlier reports say of the unit on that day.
    pub restated: Vec<RestatedRow>,
    /// The files of what is shown.
    pub files: Vec<FileOf>,
    /// What stands in its way, and what it is asked, as far as the reader may see that.
    pub obstacles: Vec<ObstacleRow>,
}

/// One indicator that a unit reports on.
#[derive(Clone, Debug)]
pub struct OwedRow {
    /// The target's number.
    pub number: u16,
    /// What is measured.
    pub title: String,
    /// What is to be reached, in words.
    pub goal: String,
    /// When it is due.
    pub due: Date,
    /// What the unit said last, and of which period, in words.
    pub latest: Option<(String, String)>,
    /// How it stands.
    pub status: Status,
    /// Why, in a sentence.
    pub reason: String,
}

/// A figure of the units of another day.
#[derive(Clone, Debug)]
pub struct RestatedRow {
    /// The target's number.
    pub number: u16,
    /// What is measured.
    pub title: String,
    /// The value in words: one, or from the least to the most.
    pub value: String,
    /// Whether it is known exactly.
    pub exact: bool,
    /// The units whose reports it is made of.
    pub sources: Vec<Link>,
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for UnitOwes {
        const NAME: &'static str = "progress-unit";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |number: u16, title: &str| OwedRow {
                number,
                title: title.to_owned(),
                goal: "từ 85 % trở lên".to_owned(),
                due: date(2023, 12, 31),
                latest: Some(("79,2 %".to_owned(), "quý III/2023".to_owned())),
                status: samples::status_of(number),
                reason: "Đạt 79,2 %, cần 63,6 %.".to_owned(),
            };
            let usual = Self {
                shell: shell.clone(),
                name: "Sở Nội vụ".to_owned(),
                address: "/tien-do/don-vi/1".to_owned(),
                unit: links::unit("1"),
                counts: (1..=30).map(samples::status_of).collect(),
                rows: (1..=30)
                    .map(|number| row(number, &samples::target_row(number).title))
                    .collect(),
                findings: vec![("Mục tiêu 12 ghi hai lần.".to_owned(), 477)],
                day: None,
                restated: Vec::new(),
                files: Vec::new(),
                obstacles: Vec::new(),
            };
            let extreme = Self {
                name: format!("{LONG} {HOSTILE}"),
                rows: vec![row(148, LONG)],
                day: Some(date(2025, 7, 1)),
                restated: vec![RestatedRow {
                    number: 12,
                    title: LONG.to_owned(),
                    value: "từ 12 % đến 100 %".to_owned(),
                    exact: false,
                    sources: vec![samples::unit_link(HOSTILE), samples::unit_link(LONG)],
                }],
                ..usual.clone()
            };
            let empty = Self {
                rows: Vec::new(),
                findings: Vec::new(),
                counts: StatusCounts::default(),
                day: Some(date(2025, 7, 1)),
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }
}
