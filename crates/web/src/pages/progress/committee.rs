//! The steering committee's page: one page, to be printed.

use askama::Template;
use jiff::civil::{Date, DateTime};

use super::Brief;
use super::changes::ChangeRow;
use crate::pages::parts::Link;
use crate::pages::status::{Status, StatusCounts};
use crate::pages::{Shell, links};

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "progress/committee.html")]
pub struct Committee {
    /// The frame.
    pub shell: Shell,
    /// The plan's name.
    pub plan: String,
    /// When the page was made.
    pub made: DateTime,
    /// The last day that figures speak of.
    pub until: Option<Date>,
    /// The version of the rule.
    pub rule: String,
    /// How the targets stand, heading by heading.
    pub groups: Vec<(String, StatusCounts)>,
    /// The worst, the worst first.
    pub worst: Vec<Brief>,
    /// How many stand badly in all.
    pub bad: u32,
    /// The targets that are due and have no figure of the day they were due.
    pub overdue: u32,
    /// The period whose reports are asked for by now, in words.
    pub asked: Option<String>,
    /// Who has not reported on it, the latest first: the unit, and how much of what it owes is
    /// missing.
    pub late: Vec<LateRow>,
    /// How many units are late in all.
    pub late_total: u32,
    /// The day since which changes are told.
    pub since: Date,
    /// What changed since.
    pub changes: Vec<ChangeRow>,
    /// How many targets changed in all.
    pub changed: u32,
    /// How obstacles stand, for whoever may see them: what and how many.
    pub obstacles: Vec<(String, usize)>,
    /// Since when the one waits that waits longest.
    pub longest: Option<DateTime>,
}

/// A unit that is late.
#[derive(Clone, Debug)]
pub struct LateRow {
    /// The unit.
    pub unit: Link,
    /// How many of its figures are missing.
    pub missing: u32,
    /// Of how many.
    pub owed: u32,
}

impl Committee {
    /// How all targets stand.
    fn counts(&self) -> StatusCounts {
        let mut all = [0; 7];
        for (_, counts) in &self.groups {
            for (sum, (_, count)) in all.iter_mut().zip(counts.each()) {
                *sum += count;
            }
        }
        StatusCounts::new(all)
    }
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for Committee {
        const NAME: &'static str = "progress-committee";

        fn samples(shell: &Shell) -> Vec<Self> {
            let brief = |number: u16, title: &str| Brief {
                number,
                title: title.to_owned(),
                status: Status::OffTrack,
                reason: "Đạt 12 %, cần 75 %.".to_owned(),
            };
            let usual = Self {
                shell: shell.clone(),
                plan: "Kế hoạch Chuyển đổi số tỉnh Vĩnh Long năm 2023".to_owned(),
                made: samples::moment(5, 9, 14),
                until: Some(date(2023, 9, 30)),
                rule: "2026-2".to_owned(),
                groups: vec![
                    (
                        "I. Chính quyền số".to_owned(),
                        (1..=77).map(samples::status_of).collect(),
                    ),
                    (
                        "II. Kinh tế số".to_owned(),
                        (78..=109).map(samples::status_of).collect(),
                    ),
                ],
                worst: (1..=10)
                    .map(|number| brief(number, &samples::target_row(number).title))
                    .collect(),
                bad: 31,
                overdue: 4,
                asked: Some("quý III/2023".to_owned()),
                late: vec![LateRow {
                    unit: samples::unit_link("UBND huyện Trà Ôn"),
                    missing: 12,
                    owed: 40,
                }],
                late_total: 14,
                since: date(2023, 9, 28),
                changes: super::super::changes::sampled::rows(),
                changed: 3,
                obstacles: vec![("Đang chờ trả lời".to_owned(), 2)],
                longest: Some(samples::moment(5, 9, 14)),
            };
            let extreme = Self {
                worst: vec![brief(148, &format!("{LONG} {HOSTILE}"))],
                ..usual.clone()
            };
            let empty = Self {
                worst: Vec::new(),
                late: Vec::new(),
                changes: Vec::new(),
                asked: None,
                until: None,
                overdue: 0,
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }
}
