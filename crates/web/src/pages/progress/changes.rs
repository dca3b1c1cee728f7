//! What changed since a day.

use askama::Template;
use jiff::civil::Date;

use super::FileOf;
use crate::pages::status::Status;
use crate::pages::{Shell, links};

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "progress/changes.html")]
pub struct Changes {
    /// The frame.
    pub shell: Shell,
    /// The day.
    pub since: Date,
    /// Whether more changed since than is looked through.
    pub too_much: bool,
    /// What changed, by the numbers of the targets.
    pub rows: Vec<ChangeRow>,
    /// The files of what is shown.
    pub files: Vec<FileOf>,
}

/// A target that is not what it was.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// Its number.
    pub number: u16,
    /// What to do.
    pub title: String,
    /// What happened, in words.
    pub what: String,
    /// How it stood.
    pub before: Option<Status>,
    /// How it stands.
    pub after: Option<Status>,
    /// Its figure before, in words.
    pub figure_before: Option<String>,
    /// Its figure now, in words.
    pub figure_after: Option<String>,
    /// How many reports were consolidated since.
    pub reports: u32,
}

#[cfg(test)]
pub(super) mod sampled {
    use super::*;
    use crate::pages::samples::{HOSTILE, LONG, Sampled};

    pub(in super::super) fn rows() -> Vec<ChangeRow> {
        let row = |number, title: &str, before, after| ChangeRow {
            number,
            title: title.to_owned(),
            what: "Xấu đi".to_owned(),
            before,
            after,
            figure_before: Some("21 %".to_owned()),
            figure_after: Some("22 %".to_owned()),
            reports: 4,
        };
        vec![
            row(12, "Chữ ký số", Some(Status::OnTrack), Some(Status::AtRisk)),
            row(13, HOSTILE, None, Some(Status::NoData)),
            row(14, LONG, Some(Status::Done), None),
        ]
    }

    impl Sampled for Changes {
        const NAME: &'static str = "progress-changes";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: shell.clone(),
                since: jiff::civil::date(2023, 9, 28),
                too_much: false,
                rows: rows(),
                files: Vec::new(),
            };
            let empty = Self {
                rows: Vec::new(),
                too_much: true,
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
