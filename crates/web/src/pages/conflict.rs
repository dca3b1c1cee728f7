//! Two people changed one record: both versions side by side, nothing lost.

use askama::Template;
use jiff::civil::DateTime;

use super::parts::{Choice, FileLink, Link};
use super::{Shell, links};

/// The page of a stale edit (409). Its form sends the fields again with the current
/// `phien-ban`.
#[derive(Clone, Debug, Template)]
#[template(path = "conflict.html")]
pub struct Conflict {
    /// The frame.
    pub shell: Shell,
    /// The record.
    pub record: Link,
    /// Where the form goes.
    pub action: String,
    /// The version that is current now.
    pub version: u32,
    /// Who made it.
    pub person: String,
    /// When.
    pub at: DateTime,
    /// The fields, in the order of the form.
    pub fields: Vec<ConflictField>,
    /// The files that the record holds now.
    pub files: Vec<FileLink>,
    /// The files that the reader sent: already taken in.
    pub received: Vec<FileLink>,
    /// Digests of the files that the reader took off.
    pub dropped: Vec<String>,
    /// What the reader said about what looks wrong: tokens and words.
    pub said: Vec<(String, String)>,
    /// Whether the record can still be edited.
    pub open: bool,
}

/// One field in both versions.
#[derive(Clone, Debug)]
pub struct ConflictField {
    /// Its name in the form.
    pub name: String,
    /// Its name for the reader.
    pub label: String,
    /// As the reader typed it.
    pub mine: String,
    /// As it is now.
    pub theirs: String,
    /// Whether it is long text.
    pub long: bool,
    /// The answers to choose from; none where text is typed. `mine` and `theirs` then hold
    /// their labels.
    pub choices: Vec<Choice>,
}

impl ConflictField {
    fn options(&self) -> &[Choice] {
        &self.choices
    }

    fn differs(&self) -> bool {
        self.mine != self.theirs
    }
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for Conflict {
        const NAME: &'static str = "conflict";

        fn samples(shell: &Shell) -> Vec<Self> {
            let field = |name: &str, label: &str, mine: &str, theirs: &str, long| ConflictField {
                name: name.to_owned(),
                label: label.to_owned(),
                mine: mine.to_owned(),
                theirs: theirs.to_owned(),
                long,
                choices: Vec::new(),
            };
            let usual = Self {
                shell: samples::officer(shell),
                record: Link::new(links::report("0192f3"), "Báo cáo quý III/2023, mục tiêu 12"),
                action: links::report_step("0192f3", links::ReportStep::Edit),
                version: 5,
                person: "Lê Minh Khoa".to_owned(),
                at: samples::moment(4, 16, 2),
                fields: vec![
                    field("tu-so", "Tử số", "1655", "1660", false),
                    field("mau-so", "Mẫu số", "2290", "2290", false),
                    field("ghi-chu", "Ghi chú", "Trích từ hệ thống", "", true),
                ],
                files: vec![samples::file("Danh sách hồ sơ.xlsx", 1_482_113)],
                received: Vec::new(),
                said: vec![("entry-fell-0a1b2c3d".to_owned(), HOSTILE.to_owned())],
                dropped: Vec::new(),
                open: true,
            };
            let extreme = Self {
                person: HOSTILE.to_owned(),
                fields: vec![
                    field("tu-so", LONG, HOSTILE, LONG, false),
                    field("ghi-chu", HOSTILE, &LONG.repeat(12), HOSTILE, true),
                ],
                received: vec![samples::file(HOSTILE, 1)],
                dropped: vec![samples::file("", 0).sha256],
                ..usual.clone()
            };
            let closed = Self {
                open: false,
                fields: vec![ConflictField {
                    choices: vec![Choice {
                        value: "co".to_owned(),
                        label: shell.t("duty-done"),
                        selected: true,
                    }],
                    ..field("hoan-thanh", "Thực hiện", "Có", "Không", false)
                }],
                ..extreme.clone()
            };
            vec![usual, extreme, closed]
        }
    }
}
