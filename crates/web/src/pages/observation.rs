//! One report: its values, evidence, way and words.

use askama::Template;
use jiff::civil::DateTime;

use super::checks::Check;
use super::links::ReportStep;
use super::opinions::OpinionsBeside;
use super::parts::{FileLink, FormErrors, Link, Step};
use super::reading::Reading;
use super::state::ReportState;
use super::{Shell, links};

/// The page of a report.
#[derive(Clone, Debug, Template)]
#[template(path = "observation.html")]
pub struct Observation {
    /// The frame.
    pub shell: Shell,
    /// The report.
    pub id: String,
    /// The version shown; every action sends it as `phien-ban`.
    pub version: u32,
    /// The target's number.
    pub number: u16,
    /// What to do, as written.
    pub title: String,
    /// The goal, as written.
    pub goal: String,
    /// The unit that reports.
    pub unit: String,
    /// The period, in words.
    pub period: String,
    /// Where it stands.
    pub state: ReportState,
    /// Its value.
    pub reading: Option<Reading>,
    /// Numerator and denominator of a ratio, as far as they were entered.
    pub ratio: [Option<i64>; 2],
    /// What must still be entered before it can be handed in, by its labels.
    pub missing: Vec<String>,
    /// The value of the period before.
    pub previous: Option<Reading>,
    /// What looks wrong with it, and what the unit says about that.
    pub checks: Vec<Check>,
    /// What was computed for it from the records of a system.
    pub computed: Option<ComputedShown>,
    /// The note.
    pub note: String,
    /// Evidence.
    pub files: Vec<FileLink>,
    /// What partners said of it, or that they can be asked.
    pub opinions: Option<OpinionsBeside>,
    /// What has been done and said, latest first.
    pub steps: Vec<Step>,
    /// Whether the reader sees how the report was made: its versions.
    pub inside: bool,
    /// Whether the reader may ask who sees the report.
    pub explains: bool,
    /// What the reader may do.
    pub allowed: Allowed,
    /// What was typed, when it was refused.
    pub said: Said,
    /// What is wrong (`ly-do`, `gop-y`).
    pub errors: FormErrors,
}

/// What was computed for a report, beside what its unit says.
#[derive(Clone, Debug)]
pub struct ComputedShown {
    /// The figure that it is, as of then.
    pub source: Link,
    /// The value in words.
    pub value: String,
    /// How many records count.
    pub records: String,
    /// As they stood then.
    pub as_of: DateTime,
    /// What one must know about it.
    pub remarks: Vec<String>,
    /// Whether the unit reports another value.
    pub corrected: bool,
    /// Where it is computed again (POST), for whoever may.
    pub recompute: Option<String>,
}

/// Words as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The reason for sending back.
    pub reason: String,
    /// The comment.
    pub comment: String,
}

/// What the reader may do with a report, now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one answer for each button")]
pub struct Allowed {
    /// Change it.
    pub edit: bool,
    /// Hand it in.
    pub submit: bool,
    /// Approve it.
    pub approve: bool,
    /// Send it back.
    pub send_back: bool,
    /// Make it part of the public figure.
    pub consolidate: bool,
    /// Comment on it.
    pub comment: bool,
}

impl Allowed {
    fn forward(self) -> bool {
        self.submit || self.approve || self.consolidate
    }
}

impl Observation {
    fn step(&self, step: ReportStep) -> String {
        links::report_step(&self.id, step)
    }
}

#[cfg(test)]
pub(in crate::pages) mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    pub(in crate::pages) fn computed() -> ComputedShown {
        ComputedShown {
            source: Link::new(links::figure("a/b/c", &[]), HOSTILE),
            value: "72,3% (81/112)".to_owned(),
            records: "112".to_owned(),
            as_of: samples::moment(1, 8, 0),
            remarks: vec![LONG.to_owned()],
            corrected: true,
            recompute: Some(links::report_step("0192f3", ReportStep::Recompute)),
        }
    }

    impl Sampled for Observation {
        const NAME: &'static str = "observation";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::officer(shell),
                id: "0192f3".to_owned(),
                version: 4,
                number: 12,
                title: samples::target_row(4).title,
                goal: "85%".to_owned(),
                unit: "UBND huyện Tam Bình".to_owned(),
                period: "quý III/2023".to_owned(),
                state: ReportState::Submitted,
                reading: Some(samples::percent(723)),
                ratio: [Some(1_655), Some(2_290)],
                missing: Vec::new(),
                previous: Some(samples::percent(708)),
                checks: crate::pages::checks::samples(),
                computed: Some(computed()),
                note: "Số liệu trích từ hệ thống quản lý văn bản ngày 30/9.".to_owned(),
                files: vec![samples::file("Danh sách hồ sơ.xlsx", 1_482_113)],
                opinions: Some(crate::pages::opinions::sampled::beside()),
                steps: samples::steps(),
                inside: true,
                explains: true,
                allowed: Allowed {
                    approve: true,
                    send_back: true,
                    comment: true,
                    ..Allowed::default()
                },
                said: Said::default(),
                errors: FormErrors::default(),
            };
            let draft = Self {
                state: ReportState::Draft,
                reading: None,
                ratio: [Some(1_655), None],
                missing: vec![shell.t("col-denominator")],
                previous: None,
                checks: Vec::new(),
                computed: None,
                note: String::new(),
                files: Vec::new(),
                opinions: None,
                steps: Vec::new(),
                allowed: Allowed {
                    edit: true,
                    submit: true,
                    ..Allowed::default()
                },
                ..usual.clone()
            };
            let refused = Self {
                shell: samples::administrator(shell),
                title: LONG.to_owned(),
                unit: HOSTILE.to_owned(),
                note: HOSTILE.to_owned(),
                said: Said {
                    reason: HOSTILE.to_owned(),
                    comment: HOSTILE.to_owned(),
                },
                allowed: Allowed {
                    edit: true,
                    submit: true,
                    approve: true,
                    send_back: true,
                    consolidate: true,
                    comment: true,
                },
                errors: FormErrors(vec![FieldError {
                    field: "ly-do".to_owned(),
                    message: shell.t("field-field-required"),
                }]),
                ..usual.clone()
            };
            let closed = Self {
                state: ReportState::Consolidated,
                opinions: Some(OpinionsBeside {
                    rows: Vec::new(),
                    waiting: 0,
                    ..crate::pages::opinions::sampled::beside()
                }),
                inside: false,
                explains: false,
                allowed: Allowed::default(),
                ..usual.clone()
            };
            vec![usual, draft, refused, closed]
        }
    }
}
