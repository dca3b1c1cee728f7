//! What later decisions make of a plan.

use askama::Template;
use jiff::civil::Date;

use super::parts::{Choice, FileLink, FormErrors, Link};
use super::{Shell, links};

/// All of them.
#[derive(Clone, Debug, Template)]
#[template(path = "amendment_list.html")]
pub struct AmendmentList {
    /// The frame.
    pub shell: Shell,
    /// The amendments, the latest first.
    pub rows: Vec<AmendmentRow>,
    /// Whether the reader may begin one.
    pub may: bool,
}

/// One of them in a list.
#[derive(Clone, Debug)]
pub struct AmendmentRow {
    /// Its page.
    pub href: String,
    /// The document, in words.
    pub document: String,
    /// What it is about.
    pub title: String,
    /// The first day on which it holds.
    pub from: Date,
    /// Where it stands, in words.
    pub state: String,
    /// How many targets it adds, changes and drops, in words.
    pub changes: String,
}

/// The particulars.
#[derive(Clone, Debug, Template)]
#[template(path = "amendment_form.html")]
pub struct AmendmentForm {
    /// The frame.
    pub shell: Shell,
    /// Where the form goes.
    pub action: String,
    /// The version that it was made from; 0 for a new one.
    pub version: i64,
    /// The obstacle that led to it, by its id; empty for none.
    pub obstacle: String,
    /// That obstacle.
    pub led: Option<Link>,
    /// As typed.
    pub symbol: String,
    /// As typed.
    pub date: String,
    /// As typed.
    pub from: String,
    /// As typed.
    pub title: String,
    /// Files that it has.
    pub files: Vec<FileLink>,
    /// Files that came in the time before.
    pub received: Vec<FileLink>,
    /// The largest file.
    pub file_limit_bytes: u64,
    /// What is wrong.
    pub errors: FormErrors,
}

/// One amendment.
#[derive(Clone, Debug, Template)]
#[template(path = "amendment.html")]
pub struct AmendmentPage {
    /// The frame.
    pub shell: Shell,
    /// Its id.
    pub id: String,
    /// The version that was read.
    pub version: i64,
    /// The document, in words.
    pub document: String,
    /// What it is about.
    pub title: String,
    /// The first day on which it holds.
    pub from: Date,
    /// Where it stands, in words.
    pub state: String,
    /// Why it was taken back.
    pub withdrawn: Option<String>,
    /// The document itself.
    pub files: Vec<FileLink>,
    /// The obstacle that led to it, for whoever may see that.
    pub led: Option<Link>,
    /// What it makes of each target.
    pub changes: Vec<ChangeShown>,
    /// Whether the reader may put it together.
    pub open: bool,
    /// Whether the reader may take it back.
    pub withdrawable: bool,
    /// The targets in force on its day, to choose from.
    pub targets: Vec<Choice>,
    /// The reason as typed.
    pub reason: String,
    /// What is wrong.
    pub errors: FormErrors,
}

/// What it makes of one target.
#[derive(Clone, Debug)]
pub struct ChangeShown {
    /// The target's id, as forms send it.
    pub target: String,
    /// Its number and name.
    pub name: String,
    /// Its page, where it has one by now.
    pub href: String,
    /// What becomes of it: `adds`, `changes`, `drops`.
    pub what: &'static str,
    /// The fields that differ: the key of the label, before, now.
    pub fields: Vec<(String, String, String)>,
    /// Where it is said otherwise, for whoever may.
    pub edit: Option<String>,
}

impl ChangeShown {
    /// The key of what becomes of the target.
    fn word(&self) -> &'static str {
        match self.what {
            "adds" => "amendment-adds",
            "drops" => "amendment-drops",
            _ => "amendment-changes-word",
        }
    }
}

/// What a target reads like from then on.
#[derive(Clone, Debug, Template)]
#[template(path = "amendment_target.html")]
pub struct AmendmentTarget {
    /// The frame.
    pub shell: Shell,
    /// The amendment's id.
    pub id: String,
    /// The version that was read.
    pub version: i64,
    /// The document, in words.
    pub document: String,
    /// The target's id; empty for a new one.
    pub target: String,
    /// The number that the address names; empty for a new one.
    pub asked: String,
    /// As typed.
    pub number: String,
    /// Headings to choose from.
    pub groups: Vec<Choice>,
    /// As typed.
    pub name: String,
    /// As typed.
    pub goal: String,
    /// As typed.
    pub leads: String,
    /// As typed.
    pub partners: String,
    /// As typed.
    pub due: String,
    /// Its measures.
    pub measures: Vec<MeasureTyped>,
    /// What is wrong.
    pub errors: FormErrors,
}

/// What is asked of one measure.
#[derive(Clone, Debug)]
pub struct MeasureTyped {
    /// Its place, from 1.
    pub place: usize,
    /// The indicator's id.
    pub id: String,
    /// What it measures.
    pub name: String,
    /// Whether it has a figure to be reached.
    pub figured: bool,
    /// Whether the target is still measured by it.
    pub kept: bool,
    /// On which side of the value the goal lies.
    pub bounds: Vec<Choice>,
    /// As typed.
    pub value: String,
    /// The unit of the figure.
    pub unit: String,
    /// As typed.
    pub due: String,
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    fn wrong(field: &str) -> FormErrors {
        FormErrors(vec![FieldError {
            field: field.to_owned(),
            message: HOSTILE.to_owned(),
        }])
    }

    fn choice(value: &str, label: &str) -> Choice {
        Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            selected: false,
        }
    }

    impl Sampled for AmendmentList {
        const NAME: &'static str = "amendment_list";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |title: &str| AmendmentRow {
                href: links::amendment("1"),
                document: "1520/QĐ-UBND ngày 01/08/2023".to_owned(),
                title: title.to_owned(),
                from: date(2023, 8, 1),
                state: "Đang có hiệu lực".to_owned(),
                changes: "sửa 2, bổ sung 1, bãi bỏ 1".to_owned(),
            };
            let usual = Self {
                shell: shell.clone(),
                rows: vec![row(HOSTILE), row(LONG)],
                may: true,
            };
            let empty = Self {
                rows: Vec::new(),
                may: false,
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }

    impl Sampled for AmendmentForm {
        const NAME: &'static str = "amendment_form";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: shell.clone(),
                action: links::AMENDMENT_NEW.to_owned(),
                version: 0,
                obstacle: String::new(),
                led: None,
                symbol: "1520/QĐ-UBND".to_owned(),
                date: "2023-08-01".to_owned(),
                from: "2023-08-01".to_owned(),
                title: String::new(),
                files: Vec::new(),
                received: Vec::new(),
                file_limit_bytes: 20 << 20,
                errors: FormErrors::default(),
            };
            let extreme = Self {
                symbol: HOSTILE.to_owned(),
                title: LONG.to_owned(),
                obstacle: "1".to_owned(),
                led: Some(Link::new(links::obstacle("1"), HOSTILE)),
                files: vec![samples::file(HOSTILE, 20_000)],
                received: vec![samples::file(LONG, 20_000)],
                errors: wrong("so-hieu"),
                ..usual.clone()
            };
            vec![usual, extreme]
        }
    }

    impl Sampled for AmendmentPage {
        const NAME: &'static str = "amendment";

        fn samples(shell: &Shell) -> Vec<Self> {
            let change = |what, name: &str, value: &str| ChangeShown {
                target: "1".to_owned(),
                name: name.to_owned(),
                href: links::target(12_u16),
                what,
                fields: vec![("Mục tiêu".to_owned(), value.to_owned(), LONG.to_owned())],
                edit: Some(links::amendment_target("1", "12")),
            };
            let usual = Self {
                shell: shell.clone(),
                id: "1".to_owned(),
                version: 2,
                document: "1520/QĐ-UBND ngày 01/08/2023".to_owned(),
                title: "Sửa đổi, bổ sung một số mục tiêu".to_owned(),
                from: date(2023, 8, 1),
                state: "Đang soạn".to_owned(),
                withdrawn: None,
                files: vec![samples::file("1520.pdf", 20_000)],
                led: None,
                changes: vec![change("changes", "12. Chữ ký số", "50%")],
                open: true,
                withdrawable: true,
                targets: vec![choice("12", LONG)],
                reason: String::new(),
                errors: FormErrors::default(),
            };
            let extreme = Self {
                title: HOSTILE.to_owned(),
                withdrawn: Some(HOSTILE.to_owned()),
                led: Some(Link::new(links::obstacle("1"), HOSTILE)),
                changes: vec![
                    change("adds", HOSTILE, LONG),
                    ChangeShown {
                        edit: None,
                        href: String::new(),
                        ..change("drops", LONG, HOSTILE)
                    },
                ],
                errors: wrong("ly-do"),
                ..usual.clone()
            };
            let empty = Self {
                changes: Vec::new(),
                open: false,
                withdrawable: false,
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }

    impl Sampled for AmendmentTarget {
        const NAME: &'static str = "amendment_target";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: shell.clone(),
                id: "1".to_owned(),
                version: 2,
                document: "1520/QĐ-UBND ngày 01/08/2023".to_owned(),
                target: "1".to_owned(),
                asked: "12".to_owned(),
                number: "12".to_owned(),
                groups: vec![choice("I", "I. Chính quyền số")],
                name: "Chữ ký số".to_owned(),
                goal: "50%".to_owned(),
                leads: "Sở Nội vụ".to_owned(),
                partners: String::new(),
                due: String::new(),
                measures: vec![MeasureTyped {
                    place: 1,
                    id: "1".to_owned(),
                    name: "Chữ ký số".to_owned(),
                    figured: true,
                    kept: true,
                    bounds: vec![choice("at-least", "Từ")],
                    value: "50".to_owned(),
                    unit: "%".to_owned(),
                    due: String::new(),
                }],
                errors: FormErrors::default(),
            };
            let extreme = Self {
                name: HOSTILE.to_owned(),
                goal: LONG.to_owned(),
                target: String::new(),
                asked: String::new(),
                measures: Vec::new(),
                errors: wrong("muc-tieu-moi"),
                ..usual.clone()
            };
            vec![usual, extreme]
        }
    }
}
