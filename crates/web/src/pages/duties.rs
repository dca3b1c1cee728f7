//! What the decision's text orders, and what was reported of it.

use askama::Template;
use jiff::civil::Date;

use super::parts::{Choice, FormErrors, Link};
use super::status::Status;
use super::{Shell, links};

/// The page of duties.
#[derive(Clone, Debug, Template)]
#[template(path = "duties.html")]
pub struct Duties {
    /// The frame.
    pub shell: Shell,
    /// States to choose from.
    pub states: Vec<Choice>,
    /// Bodies to choose from.
    pub bodies: Vec<Choice>,
    /// How many stand where.
    pub counts: Vec<(String, usize)>,
    /// How many there are.
    pub total: usize,
    /// How many of them are shown.
    pub shown: usize,
    /// The duties, body by body: one that several are told stands at each of them.
    pub sections: Vec<DutySection>,
}

/// The duties of one body.
#[derive(Clone, Debug)]
pub struct DutySection {
    /// The body.
    pub body: Link,
    /// Its duties.
    pub rows: Vec<DutyRow>,
}

/// A duty.
#[derive(Clone, Debug)]
pub struct DutyRow {
    /// As written.
    pub text: String,
    /// The heading above it.
    pub under: String,
    /// Who is to do it.
    pub bodies: Vec<Link>,
    /// The days that it names, as written.
    pub due: String,
    /// The last of them.
    pub day: Option<Date>,
    /// Whether it goes on or comes back.
    pub standing: bool,
    /// Where it stands, in words.
    pub state: String,
    /// The mark of that.
    pub status: Status,
    /// What was reported.
    pub reported: Option<String>,
    /// Its line.
    pub line: u32,
    /// How many units have issued plans of their own, where the duty orders them.
    pub own_plans: Option<Link>,
    /// Where it is reported, for whoever may.
    pub report: Option<String>,
    /// The figures of systems that tell of it.
    pub fed: Vec<Link>,
}

/// The form of one duty.
#[derive(Clone, Debug, Template)]
#[template(path = "duty.html")]
pub struct DutyPage {
    /// The frame.
    pub shell: Shell,
    /// Where the form goes.
    pub action: String,
    /// The version that was read.
    pub version: i64,
    /// The duty.
    pub duty: DutyRow,
    /// Whether it was reported.
    pub done: bool,
    /// The last day that may be given.
    pub latest: Date,
    /// The day as typed.
    pub on: String,
    /// The note as typed.
    pub note: String,
    /// What is wrong with the form.
    pub errors: FormErrors,
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    fn row(text: &str) -> DutyRow {
        DutyRow {
            text: text.to_owned(),
            under: "2. An toàn thông tin".to_owned(),
            bodies: vec![samples::unit_link("Sở Nội vụ")],
            due: "trong Quý I/2023".to_owned(),
            day: Some(date(2023, 3, 31)),
            standing: true,
            state: "Quá hạn".to_owned(),
            status: Status::OffTrack,
            reported: Some(HOSTILE.to_owned()),
            line: 120,
            own_plans: Some(samples::unit_link(LONG)),
            report: Some(links::duty("1")),
            fed: vec![Link::new(links::figure("a/b/c", &[]), HOSTILE)],
        }
    }

    impl Sampled for Duties {
        const NAME: &'static str = "duties";

        fn samples(shell: &Shell) -> Vec<Self> {
            let choice = |label: &str| Choice {
                value: label.to_owned(),
                label: label.to_owned(),
                selected: false,
            };
            let bare = DutyRow {
                day: None,
                due: String::new(),
                reported: None,
                own_plans: None,
                report: None,
                standing: false,
                bodies: Vec::new(),
                ..row(LONG)
            };
            let usual = Self {
                shell: shell.clone(),
                states: vec![choice("Quá hạn")],
                bodies: vec![choice(HOSTILE)],
                counts: vec![("Quá hạn".to_owned(), 3)],
                total: 146,
                shown: 3,
                sections: vec![DutySection {
                    body: samples::unit_link(HOSTILE),
                    rows: vec![row(HOSTILE), bare],
                }],
            };
            let empty = Self {
                sections: Vec::new(),
                shown: 0,
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }

    impl Sampled for DutyPage {
        const NAME: &'static str = "duty";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::administrator(shell),
                action: links::duty("1"),
                version: 1,
                duty: row(LONG),
                done: true,
                latest: date(2023, 10, 5),
                on: "2023-03-30".to_owned(),
                note: HOSTILE.to_owned(),
                errors: FormErrors(vec![FieldError {
                    field: "ngay".to_owned(),
                    message: HOSTILE.to_owned(),
                }]),
            };
            let empty = Self {
                done: false,
                on: String::new(),
                note: String::new(),
                errors: FormErrors::default(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
