//! One project: where it stands, its money, the targets that it serves, all that was entered.

use askama::Template;
use jiff::civil::{Date, DateTime};

use super::Sources;
use crate::pages::checks::Check;
use crate::pages::parts::{FileLink, FormErrors, Link};
use crate::pages::status::Status;
use crate::pages::{Shell, links};

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "project/show.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a part of the page that is there or not"
)]
pub struct ProjectPage {
    /// The frame.
    pub shell: Shell,
    /// Its name.
    pub title: String,
    /// Its number: `2/9.1`.
    pub number: String,
    /// Its line in the decision.
    pub line: u32,
    /// The unit that owns it.
    pub unit: Link,
    /// Whether nobody knows which unit that is.
    pub ownerless: bool,
    /// What stands beside it in the annex.
    pub note: String,
    /// Whether a later text does without it.
    pub retired: bool,
    /// Where it stands, in words.
    pub stage: String,
    /// The mark of that.
    pub status: Status,
    /// How far it is, in per cent.
    pub percent: Option<i64>,
    /// By when it is to be done.
    pub due: Option<Date>,
    /// Whether a document says that day.
    pub due_stated: bool,
    /// Whether that is over.
    pub late: bool,
    /// Whether more was paid than stands behind it.
    pub overpaid: bool,
    /// What was listed, approved, contracted, paid, settled: the key of each, and the money.
    pub money: Vec<(&'static str, Sources)>,
    /// What was paid by period, with what was paid up to its end.
    pub payments: Vec<Payment>,
    /// The targets that it serves.
    pub targets: Vec<Link>,
    /// Where somebody says which, for whoever may.
    pub targets_href: Option<String>,
    /// What can be entered, for whoever may.
    pub adds: Vec<Link>,
    /// What was entered, the latest first.
    pub entries: Vec<EntryShown>,
    /// What is wrong with a step that was taken.
    pub errors: FormErrors,
}

/// A payment.
#[derive(Clone, Debug)]
pub struct Payment {
    /// Its period.
    pub period: String,
    /// How much.
    pub paid: Sources,
    /// All that was paid up to the end of it.
    pub until_vnd: i64,
    /// Where it stands among the entries.
    pub href: String,
}

/// Something that was entered.
#[derive(Clone, Debug)]
pub struct EntryShown {
    /// Its anchor.
    pub anchor: String,
    /// What it is.
    pub title: String,
    /// Where it stands, in words.
    pub state: String,
    /// The class of that.
    pub state_class: &'static str,
    /// The day or the period.
    pub when: String,
    /// What it says: labels and values.
    pub facts: Vec<(String, String)>,
    /// Its money, where it has any.
    pub money: Option<Sources>,
    /// What else is said.
    pub note: String,
    /// What looked wrong, and what is said about it.
    pub checks: Vec<Check>,
    /// Its files.
    pub files: Vec<FileLink>,
    /// What was done with it, the latest first.
    pub steps: Vec<EntryStep>,
    /// Its version.
    pub version: i64,
    /// Where it is changed, for whoever may.
    pub edit: Option<String>,
    /// Where it is handed in, approved: the key of the button, and the address.
    pub moves: Vec<(&'static str, String)>,
    /// The same for what needs a reason: the key of the button, the address, the field.
    pub reasoned: Vec<(&'static str, String, String)>,
}

/// What was done with an entry.
#[derive(Clone, Debug)]
pub struct EntryStep {
    /// What, in words.
    pub what: String,
    /// Who.
    pub person: String,
    /// When.
    pub at: DateTime,
    /// Why, where somebody said so.
    pub reason: Option<String>,
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::super::list::sampled::files;
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for ProjectPage {
        const NAME: &'static str = "project";

        fn samples(shell: &Shell) -> Vec<Self> {
            let sources = Sources {
                recurrent_vnd: Some(750_000_000),
                capital_vnd: None,
                other_vnd: Some(1),
                total_vnd: Some(750_000_001),
            };
            let entry = EntryShown {
                anchor: "ghi-nhan-1".to_owned(),
                title: "Hợp đồng".to_owned(),
                state: "Chờ duyệt".to_owned(),
                state_class: "state state-submitted",
                when: "14/04/2023".to_owned(),
                facts: vec![(LONG.to_owned(), HOSTILE.to_owned())],
                money: Some(sources),
                note: HOSTILE.to_owned(),
                checks: crate::pages::checks::samples(),
                files: files(),
                steps: vec![EntryStep {
                    what: "Gửi".to_owned(),
                    person: HOSTILE.to_owned(),
                    at: samples::moment(5, 8, 30),
                    reason: Some(LONG.to_owned()),
                }],
                version: 3,
                edit: Some(links::project_entry("1")),
                moves: vec![("project-approve", links::project_entry_step("1", "duyet"))],
                reasoned: vec![(
                    "project-send-back",
                    links::project_entry_step("1", "tra-lai"),
                    "ly-do-1".to_owned(),
                )],
            };
            let usual = Self {
                shell: samples::officer(shell),
                title: LONG.to_owned(),
                number: "2/9.1".to_owned(),
                line: 1_500,
                unit: samples::unit_link(HOSTILE),
                ownerless: false,
                note: HOSTILE.to_owned(),
                retired: true,
                stage: "Đang thực hiện".to_owned(),
                status: Status::AtRisk,
                percent: Some(40),
                due: Some(date(2023, 12, 31)),
                due_stated: false,
                late: true,
                overpaid: true,
                money: vec![("project-listed", sources), ("project-paid", sources)],
                payments: vec![Payment {
                    period: "Quý II/2023".to_owned(),
                    paid: sources,
                    until_vnd: 900_000_000,
                    href: "#ghi-nhan-1".to_owned(),
                }],
                targets: vec![samples::unit_link(LONG)],
                targets_href: Some(links::project_targets("1")),
                adds: vec![samples::unit_link("Hợp đồng")],
                entries: vec![entry],
                errors: FormErrors(vec![FieldError {
                    field: "ly-do-1".to_owned(),
                    message: HOSTILE.to_owned(),
                }]),
            };
            let empty = Self {
                payments: Vec::new(),
                targets: Vec::new(),
                targets_href: None,
                adds: Vec::new(),
                entries: Vec::new(),
                retired: false,
                ownerless: true,
                due: None,
                percent: None,
                errors: FormErrors::default(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
