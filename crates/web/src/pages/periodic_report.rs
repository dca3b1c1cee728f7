//! One periodic report: its sections, who may do what with it, its files.

use askama::Template;
use jiff::civil::DateTime;

use super::parts::{FormErrors, Link};
use super::periodic::PeriodicState;
use super::{Shell, links};

/// The page of a report.
#[derive(Clone, Debug, Template)]
#[template(path = "periodic_report.html")]
pub struct PeriodicReport {
    /// The frame.
    pub shell: Shell,
    /// The report.
    pub id: String,
    /// The version that forms send back.
    pub version: i64,
    /// What it is about.
    pub subject: String,
    /// The period.
    pub period: String,
    /// Which report for the period it is.
    pub edition: i64,
    /// The unit whose it is.
    pub unit: String,
    /// Where it stands.
    pub state: PeriodicState,
    /// The sections, in order.
    pub sections: Vec<SectionRow>,
    /// The annexes as spreadsheets.
    pub annexes: Vec<Link>,
    /// Who signed it, when.
    pub signed: Option<SignedBy>,
    /// Why it came back.
    pub back: Option<SentBack>,
    /// The report that it takes the place of.
    pub follows: Option<String>,
    /// What the reader may do.
    pub allowed: Allowed,
    /// What was typed as the reason to send it back.
    pub reason: String,
    /// What is wrong.
    pub errors: FormErrors,
}

/// A section as the page shows it.
#[derive(Clone, Debug)]
pub struct SectionRow {
    /// Where it is written; nothing where the reader may not.
    pub edit: Option<String>,
    /// Its number and heading.
    pub title: String,
    /// Whether it stands under another.
    pub under: bool,
    /// How its text begins.
    pub begins: String,
    /// Its version.
    pub version: i64,
    /// When it was last changed.
    pub at: DateTime,
}

/// Who signed it.
#[derive(Clone, Debug)]
pub struct SignedBy {
    /// The person.
    pub person: String,
    /// When.
    pub at: DateTime,
    /// How many figures differ from those of today.
    pub differences: usize,
}

/// Why it came back.
#[derive(Clone, Debug)]
pub struct SentBack {
    /// Who sent it back.
    pub person: String,
    /// What they said.
    pub reason: String,
    /// When.
    pub at: DateTime,
}

/// What the reader may do.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a button of its own, any of them may be there"
)]
pub struct Allowed {
    /// Change what stands around the text.
    pub edit: bool,
    /// Hand it to whoever signs.
    pub submit: bool,
    /// Send it back.
    pub send_back: bool,
    /// Sign it, once read.
    pub sign: bool,
    /// Begin another edition.
    pub reopen: bool,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for PeriodicReport {
        const NAME: &'static str = "periodic-report";

        fn samples(shell: &Shell) -> Vec<Self> {
            let section = |title: &str, under, begins: &str| SectionRow {
                edit: Some(links::periodic_section("0192f4")),
                title: title.to_owned(),
                under,
                begins: begins.to_owned(),
                version: 3,
                at: samples::moment(5, 9, 30),
            };
            let usual = Self {
                shell: samples::officer(shell),
                id: "0192f3".to_owned(),
                version: 4,
                subject: "Kết quả thực hiện Kế hoạch chuyển đổi số năm 2023".to_owned(),
                period: "Quý III/2023".to_owned(),
                edition: 2,
                unit: "Sở Thông tin và Truyền thông".to_owned(),
                state: PeriodicState::Draft,
                sections: vec![
                    section("I. KẾT QUẢ CHUNG", false, "Thực hiện Quyết định…"),
                    section("1. Chính quyền số", true, ""),
                ],
                annexes: vec![Link::new(links::periodic_annex("0192f3", 1), "Phụ lục 1")],
                signed: None,
                back: Some(SentBack {
                    person: "Huỳnh Quốc Dũng".to_owned(),
                    reason: "Thiếu nguyên nhân".to_owned(),
                    at: samples::moment(4, 9, 30),
                }),
                follows: Some(links::periodic("0192f2")),
                allowed: Allowed {
                    edit: true,
                    submit: true,
                    ..Allowed::default()
                },
                reason: String::new(),
                errors: FormErrors::default(),
            };
            let review = Self {
                state: PeriodicState::UnderReview,
                subject: HOSTILE.to_owned(),
                reason: HOSTILE.to_owned(),
                sections: vec![SectionRow {
                    edit: None,
                    ..section(LONG, false, HOSTILE)
                }],
                allowed: Allowed {
                    send_back: true,
                    sign: true,
                    ..Allowed::default()
                },
                ..usual.clone()
            };
            let signed = Self {
                state: PeriodicState::Signed,
                back: None,
                signed: Some(SignedBy {
                    person: HOSTILE.to_owned(),
                    at: samples::moment(6, 9, 30),
                    differences: 2,
                }),
                allowed: Allowed {
                    reopen: true,
                    ..Allowed::default()
                },
                ..review.clone()
            };
            vec![usual, review, signed]
        }
    }
}
