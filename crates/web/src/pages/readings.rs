//! Who looked at whose personal data: for administrators, and for whose data it is.

use askama::Template;
use jiff::civil::DateTime;

use super::parts::{FormErrors, Pager};
use super::{Shell, links};

/// The page of looks at personal data.
#[derive(Clone, Debug, Template)]
#[template(path = "readings.html")]
pub struct Readings {
    /// The frame.
    pub shell: Shell,
    /// What narrows them; none on the page about one's own data.
    pub filters: Option<LookFilters>,
    /// What of it could not be understood.
    pub errors: FormErrors,
    /// Looks, the latest first.
    pub looks: Vec<Look>,
    /// Neighbouring pages.
    pub pager: Pager,
}

/// What narrows them, as typed.
#[derive(Clone, Debug, Default)]
pub struct LookFilters {
    /// The reader's login (`nguoi`).
    pub reader: String,
    /// The login or id of whose data it is (`cua`).
    pub subject: String,
    /// The first day (`tu`).
    pub from: String,
    /// The last day (`den`).
    pub until: String,
}

/// The looks of one reader at the same fields of one record on one day.
#[derive(Clone, Debug)]
pub struct Look {
    /// Who looked.
    pub reader: String,
    /// Whose data it is; empty where only the record is known.
    pub subject: String,
    /// The table of the record.
    pub kind: String,
    /// The record.
    pub record: String,
    /// Which fields.
    pub fields: String,
    /// Through what.
    pub way: String,
    /// The first look of the day.
    pub first: DateTime,
    /// The last one.
    pub last: DateTime,
    /// How many.
    pub times: i64,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for Readings {
        const NAME: &'static str = "readings";

        fn samples(shell: &Shell) -> Vec<Self> {
            let look = Look {
                reader: "Lê Minh Khoa".to_owned(),
                subject: "Phạm Thị Lan".to_owned(),
                kind: "account".to_owned(),
                record: "0192f3a4-7c11-7e2e-9d0a-5b6c7d8e9f11".to_owned(),
                fields: shell.t("full-name"),
                way: shell.t("via-page"),
                first: samples::moment(3, 8, 0),
                last: samples::moment(3, 10, 42),
                times: 4,
            };
            let usual = Self {
                shell: samples::administrator(shell),
                filters: Some(LookFilters::default()),
                errors: FormErrors::default(),
                looks: vec![look.clone()],
                pager: Pager::default(),
            };
            let mine = Self {
                shell: samples::officer(shell),
                filters: None,
                ..usual.clone()
            };
            let empty = Self {
                looks: Vec::new(),
                ..mine.clone()
            };
            let extreme = Self {
                looks: vec![
                    Look {
                        reader: HOSTILE.to_owned(),
                        fields: LONG.to_owned(),
                        times: 1_204,
                        ..look
                    };
                    60
                ],
                ..usual.clone()
            };
            vec![usual, mine, empty, extreme]
        }
    }
}
