//! What my unit reports, target by target.

use askama::Template;

use super::inbox::Due;
use super::parts::{Choice, FormErrors, Pager};
use super::reading::Reading;
use super::state::ReportState;
use super::{Shell, links};

/// The page of reports (query `ky`, `tinh-trang`, `don-vi`). Its form approves what is ticked
/// (`id` repeated: the report, a colon, its version).
#[derive(Clone, Debug, Template)]
#[template(path = "report_list.html")]
pub struct ReportList {
    /// The frame.
    pub shell: Shell,
    /// The unit whose reports these are.
    pub unit: String,
    /// The period shown, in words: `quý III/2023`.
    pub period: String,
    /// How far the reports have come, in words.
    pub progress: String,
    /// Periods to choose from.
    pub periods: Vec<Choice>,
    /// States to choose from.
    pub states: Vec<Choice>,
    /// Units to choose from; none where there is no choice.
    pub units: Vec<Choice>,
    /// What was asked for: fields that the form sends back.
    pub asked: [(&'static str, String); 3],
    /// One row for each target that the unit reports on.
    pub rows: Vec<ReportRow>,
    /// Whether the reader may approve; rows then carry boxes to tick.
    pub approves: bool,
    /// Where these reports are fetched and sent as a spreadsheet, for whoever writes them.
    pub excel: Option<String>,
    /// Neighbouring pages.
    pub pager: Pager,
    /// What could not be approved.
    pub errors: FormErrors,
}

/// One target in the period.
#[derive(Clone, Debug)]
pub struct ReportRow {
    /// The target's number.
    pub number: u16,
    /// What to do.
    pub title: String,
    /// The unit that reports, where the list spans several; else empty.
    pub unit: String,
    /// The goal, as written.
    pub goal: String,
    /// The figure of the period before.
    pub previous: Option<Reading>,
    /// The figure of this period.
    pub current: Option<Reading>,
    /// Where the report stands; nothing when it has not been begun.
    pub state: Option<ReportState>,
    /// Evidence files.
    pub files: u32,
    /// How much looks wrong with the value.
    pub checks: u32,
    /// Until when.
    pub due: Option<Due>,
    /// The report, once it has been begun.
    pub id: Option<String>,
    /// What its box sends, where the reader may approve it.
    pub tick: Option<String>,
    /// Whether the box is ticked.
    pub ticked: bool,
    /// Where to go on: the form or the report.
    pub href: String,
}

impl ReportRow {
    fn anchor(&self) -> Option<String> {
        self.id.as_deref().map(row_anchor)
    }
}

/// The id of a report's row.
pub fn row_anchor(report: &str) -> String {
    format!("bao-cao-{report}")
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for ReportList {
        const NAME: &'static str = "report_list";

        fn samples(shell: &Shell) -> Vec<Self> {
            let choice = |value: &str, label: &str, selected| Choice {
                value: value.to_owned(),
                label: label.to_owned(),
                selected,
            };
            let row = |number: u16, state: Option<ReportState>| ReportRow {
                number,
                title: samples::target_row(number).title,
                unit: String::new(),
                goal: "85%".to_owned(),
                previous: Some(samples::percent(708)),
                current: state.map(|_| samples::percent(723)),
                state,
                files: 2,
                checks: u32::from(number % 3),
                due: Some(Due {
                    at: samples::moment(5, 17, 0),
                    days_left: 2,
                }),
                id: state.map(|_| format!("0192f3{number}")),
                tick: (state == Some(ReportState::Submitted)).then(|| format!("0192f3{number}:2")),
                ticked: false,
                href: links::report_new(number, "2023Q3"),
            };
            let usual = Self {
                shell: samples::officer(shell),
                unit: "Phòng Văn hóa và Thông tin huyện Tam Bình".to_owned(),
                period: "quý III/2023".to_owned(),
                progress: "đã nhập 5 trên 6 mục tiêu".to_owned(),
                periods: vec![
                    choice("2023Q3", "Quý III/2023", true),
                    choice("2023Q2", "Quý II/2023", false),
                ],
                states: vec![choice("", &shell.t("filter-all"), true)],
                units: Vec::new(),
                asked: ["ky", "tinh-trang", "don-vi"].map(|name| (name, String::new())),
                rows: ReportState::ALL
                    .into_iter()
                    .map(Some)
                    .chain([None])
                    .zip(5..)
                    .map(|(state, number)| row(number, state))
                    .collect(),
                approves: false,
                excel: Some(links::excel(links::EXCEL, "2023Q3", "0192f3", "")),
                pager: Pager::default(),
                errors: FormErrors::default(),
            };
            let empty = Self {
                rows: Vec::new(),
                ..usual.clone()
            };
            let approving = Self {
                approves: true,
                units: vec![choice("1", LONG, true), choice("2", HOSTILE, false)],
                errors: FormErrors(vec![FieldError {
                    field: row_anchor("0192f37"),
                    message: HOSTILE.to_owned(),
                }]),
                rows: (1..=60)
                    .map(|number| ReportRow {
                        title: if number == 3 {
                            HOSTILE.to_owned()
                        } else {
                            LONG.to_owned()
                        },
                        unit: LONG.to_owned(),
                        ..row(number, Some(ReportState::Submitted))
                    })
                    .collect(),
                pager: Pager {
                    previous: None,
                    next: Some("/bao-cao?sau=60".to_owned()),
                },
                ..usual.clone()
            };
            vec![usual, empty, approving]
        }
    }
}
