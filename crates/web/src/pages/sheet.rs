//! A unit's sheet: all its lines in one form.

use askama::Template;
use jiff::civil::DateTime;

use super::checks::Check;
use super::inbox::Due;
use super::observation_edit::{Entry, SentBack};
use super::parts::FormErrors;
use super::reading::Reading;
use super::state::ReportState;
use super::{Shell, links};

/// A sheet. Filled in, it sends for each open line, by its place: `pb-N` (version), `ts-N` and
/// `ms-N`, or `sl-N`, or `ht-N`; `gc-N`; `ph-N` and `gt-N`, in pairs, for what looks wrong; besides `phien-ban` and `viec` = `luu` or `gui`.
/// Decided on, it sends `thay-N` (line and version) and `ly-do-N` for each line that waits.
#[derive(Clone, Debug, Template)]
#[template(path = "sheet.html")]
pub struct SheetPage {
    /// The frame.
    pub shell: Shell,
    /// The campaign.
    pub campaign: String,
    /// What the campaign is called.
    pub title: String,
    /// The unit's identity.
    pub unit: String,
    /// The unit's name.
    pub unit_name: String,
    /// The period, in words.
    pub period: String,
    /// The period's code.
    pub period_code: String,
    /// The period before, in words.
    pub before: String,
    /// Until when.
    pub due: Option<Due>,
    /// The key of where it stands.
    pub stage: String,
    /// Whether it is late, or was handed in late.
    pub late: bool,
    /// What the reader does with it.
    pub mode: Mode,
    /// Whether the reader may consolidate it.
    pub consolidates: bool,
    /// Whether the reader may reopen it.
    pub reopens: bool,
    /// The version that was read.
    pub version: i64,
    /// Lines with a value.
    pub filled: usize,
    /// Why it came back, if it did.
    pub sent_back: Option<SentBack>,
    /// When it was handed in through a link.
    pub by_link: Option<DateTime>,
    /// Of a body without accounts, for whoever runs the call: where its link is made.
    pub link: Option<String>,
    /// Its lines.
    pub lines: Vec<LineRow>,
    /// The reason for reopening, as typed.
    pub reason: String,
    /// What is wrong.
    pub errors: FormErrors,
}

/// What a reader does with a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Only reads.
    Read,
    /// Fills it in.
    Fill,
    /// Decides on it.
    Decide,
}

/// One line.
#[derive(Clone, Debug)]
pub struct LineRow {
    /// Its place, from 1.
    pub place: usize,
    /// The targets that ask for it, in words: `5, 17`.
    pub numbers: String,
    /// What is measured.
    pub title: String,
    /// What exactly is counted; may be empty.
    pub method: String,
    /// The goal, as written.
    pub goal: String,
    /// What was reported for the period before.
    pub last: Option<Reading>,
    /// What was typed, or stands there.
    pub entry: Entry,
    /// What it says now, for reading.
    pub current: Option<Reading>,
    /// The numerator and denominator for reading.
    pub ratio: Option<(i64, i64)>,
    /// What looks wrong with the value that was saved, and the unit's words about it.
    pub checks: Vec<Check>,
    /// The note as typed.
    pub note: String,
    /// The version that was read.
    pub version: i64,
    /// Where its report stands.
    pub state: Option<ReportState>,
    /// Whether the unit may change it.
    pub open: bool,
    /// Whether it waits for the reader's decision.
    pub waits: bool,
    /// Whether it can be taken back to be corrected.
    pub done: bool,
    /// Evidence files.
    pub files: usize,
    /// Its report, where files are added, once it was begun.
    pub report: Option<String>,
    /// What somebody else entered meanwhile, in words.
    pub theirs: String,
    /// What was typed and not saved, in words, where there is no field for it any more.
    pub mine: String,
    /// The reason for sending it back, as typed.
    pub back: String,
    /// Why it was sent back.
    pub said: String,
    /// What is wrong with it, in words.
    pub wrong: Vec<String>,
}

impl LineRow {
    /// The id of its row.
    pub fn anchor(&self) -> String {
        format!("dong-{}", self.place)
    }

    /// The first of the targets that ask for it.
    fn first_number(&self) -> &str {
        self.numbers.split(',').next().unwrap_or_default().trim()
    }
}

impl SheetPage {
    fn here(&self) -> String {
        links::sheet(&self.campaign, &self.unit)
    }

    fn excel(&self) -> String {
        links::excel(links::EXCEL, &self.period_code, &self.unit, &self.campaign)
    }

    fn step(&self, step: &str) -> String {
        links::sheet_step(&self.campaign, &self.unit, step)
    }
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for SheetPage {
        const NAME: &'static str = "sheet";

        fn samples(shell: &Shell) -> Vec<Self> {
            let line = |place: usize, entry: Entry| LineRow {
                place,
                numbers: "5, 17".to_owned(),
                title: LONG.to_owned(),
                method: HOSTILE.to_owned(),
                goal: "85%".to_owned(),
                last: Some(samples::percent(708)),
                entry,
                current: Some(samples::percent(723)),
                ratio: Some((723, 1_000)),
                checks: crate::pages::checks::samples(),
                note: HOSTILE.to_owned(),
                version: 2,
                state: Some(ReportState::ALL[place % 5]),
                open: place != 3,
                waits: place == 3,
                done: place == 4,
                files: place,
                report: Some(links::report("0192f3")),
                theirs: if place == 1 {
                    HOSTILE.to_owned()
                } else {
                    String::new()
                },
                mine: LONG.to_owned(),
                back: String::new(),
                said: if place == 2 {
                    LONG.to_owned()
                } else {
                    String::new()
                },
                wrong: vec![HOSTILE.to_owned()],
            };
            let ratio = Entry::Ratio {
                numerator_label: "Tử số".to_owned(),
                denominator_label: "Mẫu số".to_owned(),
                numerator: HOSTILE.to_owned(),
                denominator: "2.290".to_owned(),
            };
            let usual = Self {
                shell: samples::officer(shell),
                campaign: "0192f3".to_owned(),
                title: "Báo cáo quý III/2023".to_owned(),
                unit: "0192f4".to_owned(),
                unit_name: LONG.to_owned(),
                period: "quý III/2023".to_owned(),
                period_code: "2023Q3".to_owned(),
                before: "quý II/2023".to_owned(),
                due: Some(Due {
                    at: samples::moment(13, 23, 59),
                    days_left: -1,
                }),
                stage: "sheet-stage-begun".to_owned(),
                late: true,
                mode: Mode::Fill,
                consolidates: false,
                reopens: false,
                version: 3,
                filled: 2,
                sent_back: None,
                by_link: None,
                link: None,
                lines: vec![
                    line(1, ratio),
                    line(
                        2,
                        Entry::Count {
                            label: LONG.to_owned(),
                            count: "12".to_owned(),
                        },
                    ),
                    line(
                        3,
                        Entry::Milestone {
                            reached: Some(true),
                            what: None,
                        },
                    ),
                    line(
                        4,
                        Entry::Standing {
                            done: None,
                            what: Some(LONG.to_owned()),
                        },
                    ),
                ],
                reason: String::new(),
                errors: FormErrors(vec![FieldError {
                    field: "dong-1".to_owned(),
                    message: HOSTILE.to_owned(),
                }]),
            };
            let deciding = Self {
                mode: Mode::Decide,
                errors: FormErrors::default(),
                sent_back: Some(SentBack {
                    person: LONG.to_owned(),
                    at: samples::moment(12, 8, 0),
                    reason: HOSTILE.to_owned(),
                }),
                ..usual.clone()
            };
            let running = Self {
                mode: Mode::Read,
                consolidates: true,
                reopens: true,
                by_link: Some(samples::moment(12, 8, 0)),
                link: Some(links::sheet_link("0192f3", "0192f4")),
                ..usual.clone()
            };
            vec![usual, deciding, running]
        }
    }
}
