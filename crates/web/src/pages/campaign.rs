//! A call for reports: who stands where, whom to remind, with which words.

use askama::Template;
use jiff::civil::DateTime;

use super::inbox::Due;
use super::parts::{Choice, FormErrors};
use super::{Shell, links};

/// A campaign. Its form sends `id` (unit, a colon, the version of its sheet) for what is
/// ticked, to `nhac` or `tong-hop`.
#[derive(Clone, Debug, Template)]
#[template(path = "campaign.html")]
pub struct CampaignPage {
    /// The frame.
    pub shell: Shell,
    /// The campaign.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The period, in words.
    pub period: String,
    /// Until when.
    pub due: Option<Due>,
    /// Whether units may hand in.
    pub open: bool,
    /// Whether the reader runs it.
    pub runs: bool,
    /// How many units stand where: label, number, share in words.
    pub tiles: Vec<(String, usize, String)>,
    /// Ways to narrow the list; each leads somewhere and its label holds its count.
    pub tabs: Vec<Choice>,
    /// The units.
    pub rows: Vec<UnitRow>,
    /// The message to units that still owe their sheet; empty where none does.
    pub message: String,
    /// The rules of reminding and what was sent by hand, in words.
    pub reminders: Vec<String>,
    /// What could not be done.
    pub errors: FormErrors,
}

/// A unit's sheet in the list.
#[derive(Clone, Debug)]
pub struct UnitRow {
    /// The unit.
    pub unit: String,
    /// The id of its row.
    pub anchor: String,
    /// Its sheet.
    pub href: String,
    /// The key of where it stands.
    pub stage: String,
    /// Whether it is late, or was.
    pub late: bool,
    /// Lines with a value.
    pub filled: usize,
    /// All lines.
    pub lines: usize,
    /// When it was handed in.
    pub handed_in: Option<DateTime>,
    /// What its box sends, where the reader may tick it.
    pub tick: Option<String>,
    /// Whether it is ticked.
    pub ticked: bool,
    /// Whether it was handed in through a link.
    pub by_link: bool,
    /// Of a body without accounts, for whoever runs the call: the key of how its link stands.
    pub link: Option<&'static str>,
    /// Where its link is made.
    pub link_href: String,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for CampaignPage {
        const NAME: &'static str = "campaign";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |number: usize, unit: &str, stage: &str| UnitRow {
                unit: unit.to_owned(),
                anchor: format!("don-vi-{number}"),
                href: links::sheet("0192f3", "0192f4"),
                stage: format!("sheet-stage-{stage}"),
                late: number.is_multiple_of(2),
                filled: number,
                lines: 148,
                handed_in: (number > 3).then(|| samples::moment(12, 9, 30)),
                tick: Some(format!("{number}:2")),
                ticked: number == 1,
                by_link: number == 4,
                link: (number < 3).then_some("sheet-link-none"),
                link_href: links::sheet_link("0192f3", "0192f4"),
            };
            let usual = Self {
                shell: samples::officer(shell),
                id: "0192f3".to_owned(),
                title: "Báo cáo quý III/2023".to_owned(),
                period: "quý III/2023".to_owned(),
                due: Some(Due {
                    at: samples::moment(13, 23, 59),
                    days_left: 3,
                }),
                open: true,
                runs: true,
                tiles: vec![("Chưa mở".to_owned(), 12, "8,6 %".to_owned())],
                tabs: vec![Choice {
                    value: links::campaign("0192f3"),
                    label: "Tất cả (139)".to_owned(),
                    selected: true,
                }],
                rows: ["not-opened", "opened", "begun", "submitted", "approved"]
                    .iter()
                    .enumerate()
                    .map(|(number, stage)| row(number, LONG, stage))
                    .collect(),
                message: HOSTILE.to_owned(),
                reminders: vec![LONG.to_owned()],
                errors: FormErrors::default(),
            };
            let watched = Self {
                runs: false,
                open: false,
                rows: Vec::new(),
                message: String::new(),
                reminders: Vec::new(),
                errors: FormErrors(vec![FieldError {
                    field: "danh-sach".to_owned(),
                    message: HOSTILE.to_owned(),
                }]),
                ..usual.clone()
            };
            vec![usual, watched]
        }
    }
}
