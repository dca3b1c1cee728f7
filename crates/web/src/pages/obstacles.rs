//! What stands in units' way, and what whoever is asked makes of it.

use askama::Template;
use jiff::civil::{Date, DateTime};

use super::inbox::Due;
use super::parts::{Choice, FileLink, FormErrors, Link, Pager};
use super::{Shell, links};

/// All that concerns a reader.
#[derive(Clone, Debug, Template)]
#[template(path = "obstacle_list.html")]
pub struct ObstacleList {
    /// The frame.
    pub shell: Shell,
    /// How many stand where, in words.
    pub counts: Vec<(String, usize)>,
    /// Since when the one waits that waits longest.
    pub longest: Option<DateTime>,
    /// What waits for the reader's own unit.
    pub asked: Vec<ObstacleRow>,
    /// What units have reported, a page of it.
    pub rows: Vec<ObstacleRow>,
    /// The pages beside.
    pub pager: Pager,
    /// The targets that the reader may report an obstacle of; none for whoever writes none.
    pub targets: Vec<Choice>,
    /// The projects and the duties of the reader's units, likewise.
    pub projects: Vec<Choice>,
    /// Duties.
    pub duties: Vec<Choice>,
}

/// One of them in a list.
#[derive(Clone, Debug)]
pub struct ObstacleRow {
    /// Its page.
    pub href: String,
    /// What stands in the way.
    pub what: String,
    /// What it is about.
    pub matter: Link,
    /// In whose way.
    pub unit: String,
    /// Since when.
    pub since: Date,
    /// Where it stands, in words.
    pub state: String,
    /// Who is asked; empty while nobody is.
    pub whom: String,
    /// Until when they are to answer, while they are waited for.
    pub due: Option<Due>,
}

/// The form.
#[derive(Clone, Debug, Template)]
#[template(path = "obstacle_form.html")]
pub struct ObstacleForm {
    /// The frame.
    pub shell: Shell,
    /// Where the form goes.
    pub action: String,
    /// The version that it was made from; 0 for a new one.
    pub version: i64,
    /// What it is about, as the form sends it.
    pub about: String,
    /// The unit, as the form sends it.
    pub unit_id: String,
    /// What it is about.
    pub matter: Link,
    /// In whose way.
    pub unit: String,
    /// As typed.
    pub what: String,
    /// As typed.
    pub since: String,
    /// The last day that may be given.
    pub latest: Date,
    /// As typed.
    pub asks: String,
    /// Who may be asked.
    pub rungs: Vec<Choice>,
    /// Files that it has.
    pub files: Vec<FileLink>,
    /// Those of them that are to go, by digest.
    pub dropped: Vec<String>,
    /// Files that came in the time before.
    pub received: Vec<FileLink>,
    /// The largest file.
    pub file_limit_bytes: u64,
    /// What is wrong.
    pub errors: FormErrors,
}

/// One obstacle, as the unit's own record or as what a body is asked.
#[derive(Clone, Debug, Template)]
#[template(path = "obstacle.html")]
pub struct ObstaclePage {
    /// The frame.
    pub shell: Shell,
    /// Where its forms go.
    pub action: String,
    /// The version that was read.
    pub version: i64,
    /// What it is about.
    pub matter: Link,
    /// In whose way.
    pub unit: String,
    /// What stands in the way.
    pub what: String,
    /// Since when.
    pub since: Date,
    /// What is asked for.
    pub asks: String,
    /// Whom it asks first, in words.
    pub of: String,
    /// Where it stands, in words.
    pub state: String,
    /// The files behind it.
    pub files: Vec<FileLink>,
    /// Who was asked, and what they did.
    pub rungs: Vec<RungRow>,
    /// Why it came back from the head, and who said so.
    pub back: Option<(String, String)>,
    /// The rule of deadlines.
    pub rule: String,
    /// Where it is written otherwise, for whoever may.
    pub edit: Option<String>,
    /// What the reader may do with it: `gui`, `chuyen`, `tra-lai`, `xong`, `mo-lai`, `bo`,
    /// `tra-loi`, `chuyen-len`.
    pub may: Vec<&'static str>,
    /// Where an amendment of the plan is begun from it, for whoever may.
    pub amend: Option<String>,
    /// Amendments that were begun from it.
    pub amendments: Vec<Link>,
    /// What was typed.
    pub said: String,
    /// The day as typed.
    pub by: String,
    /// What is wrong.
    pub errors: FormErrors,
}

/// A body that was asked.
#[derive(Clone, Debug)]
pub struct RungRow {
    /// On which rung, and which body.
    pub whom: String,
    /// Since when.
    pub since: DateTime,
    /// Until when it is to answer.
    pub due: Date,
    /// Whether it passed it up.
    pub escalated: bool,
    /// What it said; empty while it is waited for.
    pub said: String,
    /// By when what was decided is to be done.
    pub by: Option<Date>,
    /// Who said so, and when.
    pub person: String,
    /// When.
    pub at: Option<DateTime>,
}

impl ObstaclePage {
    fn may(&self, step: &str) -> bool {
        self.may.contains(&step)
    }
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    fn row(what: &str) -> ObstacleRow {
        ObstacleRow {
            href: links::obstacle("1"),
            what: what.to_owned(),
            matter: Link::new(links::target(12_u16), "Mục tiêu 12"),
            unit: "Sở Nội vụ".to_owned(),
            since: date(2023, 8, 1),
            state: "Chờ trả lời".to_owned(),
            whom: "Sở Thông tin và Truyền thông".to_owned(),
            due: None,
        }
    }

    fn wrong(field: &str) -> FormErrors {
        FormErrors(vec![FieldError {
            field: field.to_owned(),
            message: HOSTILE.to_owned(),
        }])
    }

    impl Sampled for ObstacleList {
        const NAME: &'static str = "obstacle_list";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::officer(shell),
                counts: vec![("Chờ trả lời".to_owned(), 2)],
                longest: Some(samples::moment(5, 9, 14)),
                asked: vec![row("Chưa có kinh phí")],
                rows: vec![row(HOSTILE), row(LONG)],
                pager: Pager {
                    previous: None,
                    next: Some(format!("{}?trang=2", links::OBSTACLES)),
                },
                targets: vec![Choice {
                    value: "12".to_owned(),
                    label: LONG.to_owned(),
                    selected: false,
                }],
                projects: Vec::new(),
                duties: vec![Choice {
                    value: "1".to_owned(),
                    label: HOSTILE.to_owned(),
                    selected: false,
                }],
            };
            let empty = Self {
                counts: Vec::new(),
                longest: None,
                asked: Vec::new(),
                rows: Vec::new(),
                pager: Pager::default(),
                targets: Vec::new(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }

    impl Sampled for ObstacleForm {
        const NAME: &'static str = "obstacle_form";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::officer(shell),
                action: links::OBSTACLE_NEW.to_owned(),
                version: 0,
                about: "muc-tieu:1".to_owned(),
                unit_id: "1".to_owned(),
                matter: Link::new(links::target(12_u16), "Mục tiêu 12"),
                unit: "Sở Nội vụ".to_owned(),
                what: "Chưa có kinh phí".to_owned(),
                since: "2023-08-01".to_owned(),
                latest: date(2023, 8, 14),
                asks: "Bố trí kinh phí".to_owned(),
                rungs: vec![Choice {
                    value: "coordinator".to_owned(),
                    label: "Cơ quan điều phối".to_owned(),
                    selected: true,
                }],
                files: Vec::new(),
                dropped: Vec::new(),
                received: Vec::new(),
                file_limit_bytes: 20 << 20,
                errors: FormErrors::default(),
            };
            let extreme = Self {
                what: HOSTILE.to_owned(),
                asks: LONG.to_owned(),
                files: vec![samples::file(HOSTILE, 20_000)],
                received: vec![samples::file(LONG, 20_000)],
                errors: wrong("vuong-mac"),
                ..usual.clone()
            };
            vec![usual, extreme]
        }
    }

    impl Sampled for ObstaclePage {
        const NAME: &'static str = "obstacle";

        fn samples(shell: &Shell) -> Vec<Self> {
            let rung = |escalated, said: &str| RungRow {
                whom: "Cơ quan điều phối: Sở Thông tin và Truyền thông".to_owned(),
                since: samples::moment(1, 8, 0),
                due: date(2023, 8, 21),
                escalated,
                said: said.to_owned(),
                by: Some(date(2023, 9, 30)),
                person: "Đặng Thị Kim Loan".to_owned(),
                at: Some(samples::moment(2, 9, 0)),
            };
            let waiting = RungRow {
                said: String::new(),
                at: None,
                by: None,
                ..rung(false, "")
            };
            let usual = Self {
                shell: samples::officer(shell),
                action: links::obstacle("1"),
                version: 3,
                matter: Link::new(links::target(12_u16), "Mục tiêu 12"),
                unit: "Sở Nội vụ".to_owned(),
                what: "Chưa có kinh phí".to_owned(),
                since: date(2023, 8, 1),
                asks: "Bố trí kinh phí".to_owned(),
                of: "Cơ quan điều phối".to_owned(),
                state: "Chờ trả lời".to_owned(),
                files: vec![samples::file("cong-van.pdf", 20_000)],
                rungs: vec![rung(true, "Vượt thẩm quyền"), waiting],
                back: None,
                rule: "2026-1".to_owned(),
                edit: None,
                may: vec!["tra-loi", "chuyen-len"],
                amend: None,
                amendments: Vec::new(),
                said: String::new(),
                by: String::new(),
                errors: FormErrors::default(),
            };
            let own = Self {
                may: vec!["gui", "chuyen", "tra-lai", "xong", "mo-lai", "bo"],
                edit: Some(links::obstacle_edit("1")),
                back: Some((HOSTILE.to_owned(), LONG.to_owned())),
                what: HOSTILE.to_owned(),
                asks: LONG.to_owned(),
                rungs: vec![rung(false, HOSTILE)],
                amend: Some(links::AMENDMENT_NEW.to_owned()),
                amendments: vec![Link::new(links::amendment("1"), HOSTILE)],
                errors: wrong("ly-do-tra-lai"),
                ..usual.clone()
            };
            vec![usual, own]
        }
    }
}
