//! A record of a system.

use askama::Template;
use jiff::civil::DateTime;

use super::inbox::Due;
use super::map_parts::ShapeShown;
use super::parts::{FileLink, FormErrors, Link};
use super::system_form::{FormInput, FormItem};
use super::{Shell, links};

/// The page of a record.
#[derive(Clone, Debug, Template)]
#[template(path = "system_record.html")]
pub struct SystemRecord {
    /// The frame.
    pub shell: Shell,
    /// What it is called.
    pub title: String,
    /// The list that it stands in.
    pub kind: Link,
    /// The system.
    pub system: Link,
    /// Where it stands; empty without a lifecycle.
    pub state: String,
    /// Its number; empty before it has one.
    pub code: String,
    /// Whose it is.
    pub unit: String,
    /// The form that changes it; empty for whoever may not.
    pub edit: String,
    /// Its versions.
    pub history: String,
    /// Where one follows it, or follows it no more.
    pub follow: String,
    /// Whether the reader follows it; none for whoever has no inbox.
    pub follows: Option<bool>,
    /// Its print-outs, as it stands.
    pub prints: Vec<Link>,
    /// What throws it away; empty where that is not allowed.
    pub discard: String,
    /// Its version.
    pub version: i64,
    /// What its rules say and do not hinder.
    pub warnings: Vec<String>,
    /// What it says.
    pub sections: Vec<FactSection>,
    /// The steps open to the reader.
    pub steps: Vec<RecordStep>,
    /// The step that the reader may take back; none where there is none.
    pub undo: Option<RecordUndo>,
    /// The clocks of its handling.
    pub clocks: Vec<RecordClock>,
    /// What waits to be done with it.
    pub tasks: Vec<RecordTask>,
    /// How long it is kept, and what becomes of it then; none where nothing does.
    pub kept: Option<RecordKept>,
    /// Where a comment goes; empty for whoever may not comment.
    pub comment_to: String,
    /// A comment as it was typed.
    pub comment: String,
    /// What was said about it, oldest first.
    pub comments: Vec<RecordComment>,
    /// What is wrong with one of its forms.
    pub errors: FormErrors,
}

/// Some of what a record says.
#[derive(Clone, Debug, Default)]
pub struct FactSection {
    /// The title; empty for what stands in no section.
    pub title: String,
    /// The fields.
    pub facts: Vec<Fact>,
}

/// A field and what it says.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The field.
    pub title: String,
    /// What it says.
    pub shown: Shown,
}

/// What a field says.
#[derive(Clone, Debug)]
pub enum Shown {
    /// Nothing.
    Nothing,
    /// What the reader is not shown.
    Masked,
    /// Words, some of which lead somewhere.
    Words(Vec<Link>),
    /// A shape on the map.
    Shape(Box<ShapeShown>),
    /// Files.
    Files(Vec<FileLink>),
    /// Rows.
    Table {
        /// The titles of the columns.
        heads: Vec<String>,
        /// The rows' cells.
        rows: Vec<Vec<String>>,
    },
}

/// A step that the reader took and may take back.
#[derive(Clone, Debug)]
pub struct RecordUndo {
    /// What its button said.
    pub title: String,
    /// Where it is taken back.
    pub action: String,
    /// Until when.
    pub until: DateTime,
}

/// A step that the reader may take.
#[derive(Clone, Debug)]
pub struct RecordStep {
    /// Its id.
    pub id: String,
    /// What its button says.
    pub title: String,
    /// Where it goes.
    pub action: String,
    /// The state that it leads to.
    pub to: String,
    /// Why it cannot be taken now; empty if it can.
    pub hindered: String,
    /// Whether nothing that its form could say would change that.
    pub closed: bool,
    /// Who has approved it already.
    pub approvals: String,
    /// The fields that it needs.
    pub items: Vec<FormItem>,
    /// Whether it needs a reason.
    pub needs_reason: bool,
    /// The reason as it was typed.
    pub reason: String,
}

impl RecordStep {
    fn reason_id(&self) -> String {
        format!("{}-ly-do", self.id)
    }
}

/// A clock of the handling.
#[derive(Clone, Debug)]
pub struct RecordClock {
    /// What it measures.
    pub title: String,
    /// Until when; none while it stands still.
    pub due: Option<Due>,
    /// Since when it stands still.
    pub paused: Option<DateTime>,
}

/// What waits to be done with a record.
#[derive(Clone, Debug)]
pub struct RecordTask {
    /// What.
    pub what: String,
    /// Who is to do it.
    pub who: String,
    /// Until when.
    pub due: Due,
    /// Where the reader says that it is done; empty if it is not theirs.
    pub done: String,
}

/// How long a record is kept, and what becomes of it then.
#[derive(Clone, Debug)]
pub struct RecordKept {
    /// What becomes of it after how long, in words.
    pub rule: String,
    /// What was done, in words.
    pub did: String,
    /// When that was done, if it was.
    pub done: Option<String>,
    /// When it is due, if it is to come.
    pub due: Option<Due>,
    /// What orders it.
    pub legal: String,
    /// Why it is held back all the same.
    pub held: Option<RecordHold>,
    /// Where the reader holds it back or lets it go; empty for whoever may not.
    pub form: String,
    /// The reason as it was typed.
    pub reason: String,
}

/// Why a record is held back.
#[derive(Clone, Debug)]
pub struct RecordHold {
    /// Why; empty for whoever does not administer it.
    pub reason: String,
    /// Who holds it.
    pub by: String,
    /// Since when.
    pub at: DateTime,
}

/// Something said.
#[derive(Clone, Debug)]
pub struct RecordComment {
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime,
    /// What.
    pub text: String,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};
    use crate::pages::system_form::sampled::items;

    impl Sampled for SystemRecord {
        const NAME: &'static str = "system-record";

        fn samples(shell: &Shell) -> Vec<Self> {
            let fact = |title: &str, shown: Shown| Fact {
                title: title.to_owned(),
                shown,
            };
            let facts = |text: &str| {
                vec![
                    fact(text, Shown::Nothing),
                    fact(text, Shown::Masked),
                    fact(
                        text,
                        Shown::Words(vec![
                            Link::plain(text),
                            Link::new("https://vinhlong.gov.vn", text),
                        ]),
                    ),
                    fact(text, Shown::Files(vec![samples::file(text, 5)])),
                    fact(
                        "Các hộ",
                        Shown::Table {
                            heads: vec![text.to_owned(); 2],
                            rows: vec![vec![text.to_owned(); 2]; 2],
                        },
                    ),
                ]
            };
            let due = Due {
                at: samples::moment(3, 17, 0),
                days_left: 2,
            };
            let step = |id: &str, text: &str, hindered: &str| RecordStep {
                id: id.to_owned(),
                title: text.to_owned(),
                action: links::system("growing-area", "growing-area", "1/buoc/grant"),
                to: text.to_owned(),
                hindered: hindered.to_owned(),
                closed: !hindered.is_empty(),
                approvals: text.to_owned(),
                items: items(text, &format!("{id}-")),
                needs_reason: true,
                reason: text.to_owned(),
            };
            let usual = Self {
                shell: samples::officer(shell),
                title: "VN-VLOR-0001 – Vùng sầu riêng".to_owned(),
                kind: Link::new(links::SYSTEMS, "Vùng trồng"),
                system: Link::new(links::SYSTEMS, "Mã số vùng trồng"),
                state: "Đang hoạt động".to_owned(),
                code: "VN-VLOR-0001".to_owned(),
                unit: "UBND xã Phú Quới".to_owned(),
                edit: links::system("growing-area", "growing-area", "1/sua"),
                history: links::system("growing-area", "growing-area", "1/lich-su"),
                follow: links::system("growing-area", "growing-area", "1/theo-doi"),
                follows: Some(false),
                prints: vec![Link::new(
                    links::system("growing-area", "growing-area", "1/in/certificate"),
                    "Giấy chứng nhận",
                )],
                discard: links::system("growing-area", "growing-area", "1/xoa"),
                version: 3,
                warnings: vec![LONG.to_owned()],
                sections: vec![FactSection {
                    title: "Thông tin".to_owned(),
                    facts: facts("Sầu riêng"),
                }],
                steps: vec![
                    step("grant", "Cấp mã số", ""),
                    step("refuse", "Không cấp", LONG),
                ],
                undo: Some(RecordUndo {
                    title: HOSTILE.to_owned(),
                    action: links::system("growing-area", "growing-area", "1/rut-lai"),
                    until: samples::moment(3, 17, 0),
                }),
                clocks: vec![
                    RecordClock {
                        title: "Thời hạn".to_owned(),
                        due: Some(due),
                        paused: None,
                    },
                    RecordClock {
                        title: "Thời hạn".to_owned(),
                        due: None,
                        paused: Some(samples::moment(2, 9, 5)),
                    },
                ],
                tasks: vec![RecordTask {
                    what: LONG.to_owned(),
                    who: LONG.to_owned(),
                    due,
                    done: links::INBOX.to_owned(),
                }],
                kept: Some(RecordKept {
                    rule: "Lưu 5 năm, rồi xóa dữ liệu cá nhân.".to_owned(),
                    did: String::new(),
                    done: None,
                    due: Some(due),
                    legal: LONG.to_owned(),
                    held: Some(RecordHold {
                        reason: HOSTILE.to_owned(),
                        by: LONG.to_owned(),
                        at: samples::moment(2, 9, 5),
                    }),
                    form: links::system("growing-area", "growing-area", "1/thoi-giu"),
                    reason: HOSTILE.to_owned(),
                }),
                comment_to: links::system("growing-area", "growing-area", "1/gop-y"),
                comment: HOSTILE.to_owned(),
                comments: vec![RecordComment {
                    by: HOSTILE.to_owned(),
                    at: samples::moment(2, 9, 5),
                    text: LONG.to_owned(),
                }],
                errors: FormErrors::default(),
            };
            let bare = Self {
                undo: None,
                follows: None,
                state: String::new(),
                code: String::new(),
                edit: String::new(),
                prints: Vec::new(),
                discard: String::new(),
                comment_to: String::new(),
                warnings: Vec::new(),
                steps: Vec::new(),
                clocks: Vec::new(),
                tasks: Vec::new(),
                kept: Some(RecordKept {
                    rule: HOSTILE.to_owned(),
                    did: "Đã đưa vào lưu trữ".to_owned(),
                    done: Some("01/02/2024".to_owned()),
                    due: None,
                    legal: HOSTILE.to_owned(),
                    held: None,
                    form: String::new(),
                    reason: String::new(),
                }),
                comments: Vec::new(),
                sections: vec![FactSection {
                    title: String::new(),
                    facts: facts(HOSTILE),
                }],
                ..usual.clone()
            };
            vec![usual, bare]
        }
    }
}
