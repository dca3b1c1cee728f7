//! A body's sheet, for whoever came by its link: an old phone, no account, no script.

use askama::Template;
use jiff::civil::{Date, DateTime};

use super::inbox::Due;
use super::observation_edit::{Entry, SentBack};
use super::parts::{FileLink, FormErrors};
use super::sheet::LineRow;
use super::{Shell, links};

/// A sheet. Filled in, it sends what [`super::sheet::SheetPage`] sends for each open line, and its
/// files: `tep-N`, `tep-da-nhan-N` (digest, space, name) and `bo-tep-N`.
#[derive(Clone, Debug, Template)]
#[template(path = "sheet_by_link.html")]
pub struct SheetByLink {
    /// The frame.
    pub shell: Shell,
    /// The token of its form, made of the link.
    pub csrf: String,
    /// Where its form goes.
    pub action: String,
    /// What the campaign is called.
    pub title: String,
    /// The body's name.
    pub unit_name: String,
    /// Who asks.
    pub sender: String,
    /// The period, in words.
    pub period: String,
    /// The period before, in words.
    pub before: String,
    /// Until when.
    pub due: Option<Due>,
    /// Whether it is late, or was handed in late.
    pub late: bool,
    /// The last day of the link.
    pub ends_on: Date,
    /// Whether it may be filled in.
    pub fills: bool,
    /// When it was handed in, while it is with whoever asked.
    pub handed_in: Option<DateTime>,
    /// Whether its figures count.
    pub consolidated: bool,
    /// Why it came back, if it did.
    pub sent_back: Option<SentBack>,
    /// The version that was read.
    pub version: i64,
    /// Its lines.
    pub lines: Vec<LinkLine>,
    /// What is wrong.
    pub errors: FormErrors,
    /// The largest file, in bytes.
    pub file_limit_bytes: u64,
}

/// One line with its files.
#[derive(Clone, Debug)]
pub struct LinkLine {
    /// The line as sheets have it.
    pub row: LineRow,
    /// In what it is measured; may be empty.
    pub measure_unit: String,
    /// Its files.
    pub files: Vec<FileLink>,
    /// Files that came in with a form that was not saved.
    pub received: Vec<FileLink>,
    /// Digests of files to take off.
    pub dropped: Vec<String>,
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};
    use crate::pages::sheet::SheetPage;

    impl Sampled for SheetByLink {
        const NAME: &'static str = "sheet-by-link";

        fn samples(shell: &Shell) -> Vec<Self> {
            let file = || FileLink {
                name: LONG.to_owned(),
                sha256: "ab".repeat(32),
                size_bytes: 120_000,
            };
            let sheets = SheetPage::samples(shell);
            let rows = sheets
                .into_iter()
                .next()
                .map_or_else(Vec::new, |sheet| sheet.lines);
            let lines: Vec<LinkLine> = rows
                .into_iter()
                .map(|row| LinkLine {
                    row,
                    measure_unit: "%".to_owned(),
                    files: vec![file()],
                    received: vec![file()],
                    dropped: vec!["ab".repeat(32)],
                })
                .collect();
            let usual = Self {
                shell: shell.clone(),
                csrf: "sample".to_owned(),
                action: links::sheet_by_link("0192f3"),
                title: "Báo cáo quý III/2023".to_owned(),
                unit_name: LONG.to_owned(),
                sender: "Sở Thông tin và Truyền thông".to_owned(),
                period: "quý III/2023".to_owned(),
                before: "quý II/2023".to_owned(),
                due: Some(Due {
                    at: samples::moment(13, 23, 59),
                    days_left: -1,
                }),
                late: true,
                ends_on: date(2023, 10, 27),
                fills: true,
                handed_in: None,
                consolidated: false,
                sent_back: Some(SentBack {
                    person: LONG.to_owned(),
                    at: samples::moment(12, 8, 0),
                    reason: HOSTILE.to_owned(),
                }),
                version: 3,
                lines,
                errors: FormErrors(vec![FieldError {
                    field: "dong-1".to_owned(),
                    message: HOSTILE.to_owned(),
                }]),
                file_limit_bytes: 50 << 20,
            };
            let sent = Self {
                fills: false,
                handed_in: Some(samples::moment(12, 9, 30)),
                sent_back: None,
                errors: FormErrors::default(),
                ..usual.clone()
            };
            let closed = Self {
                handed_in: None,
                lines: Vec::new(),
                ..sent.clone()
            };
            vec![usual, sent, closed]
        }
    }
}
