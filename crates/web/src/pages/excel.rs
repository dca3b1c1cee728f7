//! A unit's reports as a spreadsheet: fetching it, sending it back, what it would change.

use askama::Template;

use super::checks::Check;
use super::parts::FormErrors;
use super::{Shell, links};

/// The page of the sheet. Its first form sends (multipart) `tep`; the second `tep` (digest),
/// `ten` and `xem` as the preview has them.
#[derive(Clone, Debug, Template)]
#[template(path = "excel.html")]
pub struct Excel {
    /// The frame.
    pub shell: Shell,
    /// The unit that reports.
    pub unit: String,
    /// The period, in words.
    pub period: String,
    /// How many lines the sheet has.
    pub lines: usize,
    /// The list of these reports.
    pub list: String,
    /// Where the file is.
    pub file: String,
    /// Where a file is sent.
    pub action: String,
    /// Where what was shown is saved.
    pub apply: String,
    /// What a file that was sent comes to.
    pub preview: Option<Preview>,
    /// What is wrong.
    pub errors: FormErrors,
}

/// What a file comes to.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The file's name.
    pub name: String,
    /// Its digest.
    pub digest: String,
    /// A digest of what is shown.
    pub seen: String,
    /// What would change.
    pub changes: Vec<ChangeRow>,
    /// What could not be read.
    pub refusals: Vec<RefusalRow>,
    /// How many lines stay as they are.
    pub same: usize,
    /// The targets whose lines the file does not have, by number.
    pub absent: Vec<u16>,
    /// Sheets of the file that were not read.
    pub unread: Vec<String>,
}

/// What would change of a line.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// The target's number.
    pub number: u16,
    /// What is measured.
    pub title: String,
    /// The cell in which the value stands.
    pub cell: String,
    /// The value now.
    pub before: String,
    /// The value as it would be.
    pub after: String,
    /// The note now.
    pub note_before: String,
    /// The note as it would be.
    pub note_after: String,
    /// Whether somebody else changed the same since the file was made.
    pub overtaken: bool,
    /// What looks wrong with the new value.
    pub checks: Vec<Check>,
}

impl ChangeRow {
    fn value_changes(&self) -> bool {
        self.before != self.after
    }

    fn note_changes(&self) -> bool {
        self.note_before != self.note_after
    }
}

/// A cell that could not be read.
#[derive(Clone, Debug)]
pub struct RefusalRow {
    /// Such as `B17`.
    pub cell: String,
    /// The target's number, where it is known.
    pub number: Option<u16>,
    /// Why.
    pub why: String,
}

impl Preview {
    fn absent_numbers(&self) -> String {
        let numbers: Vec<String> = self.absent.iter().map(u16::to_string).collect();
        numbers.join(", ")
    }
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for Excel {
        const NAME: &'static str = "excel";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::officer(shell),
                unit: "Sở Nội vụ".to_owned(),
                period: "quý III/2023".to_owned(),
                lines: 17,
                list: links::report_list("2023Q3", "", "0192f3"),
                file: links::excel(links::EXCEL_FILE, "2023Q3", "0192f3", ""),
                action: links::excel(links::EXCEL, "2023Q3", "0192f3", ""),
                apply: links::excel(links::EXCEL_APPLY, "2023Q3", "0192f3", ""),
                preview: None,
                errors: FormErrors::default(),
            };
            let row = |title: &str| ChangeRow {
                number: 12,
                title: title.to_owned(),
                cell: "J17".to_owned(),
                before: "–".to_owned(),
                after: "1.655 / 2.290".to_owned(),
                note_before: String::new(),
                note_after: title.to_owned(),
                overtaken: title == HOSTILE,
                checks: crate::pages::checks::samples(),
            };
            let preview = Preview {
                name: "phieu-so-noi-vu-2023Q3.xlsx".to_owned(),
                digest: samples::file("", 0).sha256,
                seen: "0a1b".to_owned(),
                changes: vec![row("Tỷ lệ hồ sơ trực tuyến"), row(LONG), row(HOSTILE)],
                refusals: vec![
                    RefusalRow {
                        cell: "Nháp!M9".to_owned(),
                        number: Some(7),
                        why: shell.t("field-sheet-day"),
                    },
                    RefusalRow {
                        cell: HOSTILE.to_owned(),
                        number: None,
                        why: LONG.to_owned(),
                    },
                ],
                same: 12,
                absent: vec![4, 9],
                unread: vec![HOSTILE.to_owned()],
            };
            let read = Self {
                preview: Some(preview.clone()),
                ..usual.clone()
            };
            let nothing = Self {
                preview: Some(Preview {
                    changes: Vec::new(),
                    refusals: Vec::new(),
                    absent: Vec::new(),
                    unread: Vec::new(),
                    ..preview
                }),
                unit: LONG.to_owned(),
                errors: FormErrors(vec![FieldError {
                    field: "tep".to_owned(),
                    message: shell.t("field-sheet-not-ours"),
                }]),
                ..usual.clone()
            };
            vec![usual, read, nothing]
        }
    }
}
