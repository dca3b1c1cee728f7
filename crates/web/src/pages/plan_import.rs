//! Taking in a decision: its file, and what taking it in would change.

use askama::Template;

use super::parts::FormErrors;
use super::{Shell, links};

/// The page that takes the file.
#[derive(Clone, Debug, Template)]
#[template(path = "plan_import.html")]
pub struct PlanImport {
    /// The frame.
    pub shell: Shell,
    /// What is wrong with the form.
    pub errors: FormErrors,
}

/// What taking a file in would change.
#[derive(Clone, Debug, Template)]
#[template(path = "plan_preview.html")]
pub struct PlanPreview {
    /// The frame.
    pub shell: Shell,
    /// Where the confirmation goes.
    pub action: String,
    /// The file's name.
    pub name: String,
    /// The version of the plan that it was held against.
    pub version: i64,
    /// Whether a plan of this symbol is kept.
    pub kept: bool,
    /// Whether nothing would change.
    pub same: bool,
    /// How many rows only stand elsewhere.
    pub moved: usize,
    /// The decision's particulars.
    pub particulars: Vec<Particular>,
    /// What was found in it.
    pub counts: Vec<Particular>,
    /// What the plan says otherwise of itself.
    pub plan_fields: Vec<ChangedField>,
    /// Targets, projects and duties that differ.
    pub lists: Vec<ChangeList>,
    /// How many measures differ, in a sentence.
    pub indicators: Option<String>,
    /// Findings that appear.
    pub findings_new: Vec<FindingLine>,
    /// Findings that vanish.
    pub findings_gone: Vec<FindingLine>,
    /// All findings of the document, by what they are about.
    pub findings: Vec<(String, Vec<FindingLine>)>,
    /// Names of bodies in doubt.
    pub doubts: Vec<InDoubt>,
    /// Lines that nothing is made of.
    pub unread: Vec<UnreadLine>,
    /// How many more there are.
    pub unread_more: usize,
    /// What stood in the way of a confirmation.
    pub errors: FormErrors,
}

/// A name with what it is.
#[derive(Clone, Debug)]
pub struct Particular {
    /// What it is.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// Things of one kind that differ.
#[derive(Clone, Debug)]
pub struct ChangeList {
    /// What they are.
    pub title: String,
    /// How many differ how.
    pub counts: String,
    /// They.
    pub items: Vec<Changed>,
    /// How many more there are.
    pub more: usize,
}

/// Something that differs.
#[derive(Clone, Debug)]
pub struct Changed {
    /// How, in words.
    pub what: String,
    /// How, as a code.
    pub class: &'static str,
    /// Its number.
    pub number: String,
    /// What it says.
    pub name: String,
    /// Its line.
    pub line: u32,
    /// What of it.
    pub fields: Vec<ChangedField>,
}

/// A field before and after.
#[derive(Clone, Debug)]
pub struct ChangedField {
    /// Which.
    pub name: String,
    /// What it said.
    pub before: String,
    /// What it says.
    pub after: String,
}

/// A finding with its lines.
#[derive(Clone, Debug)]
pub struct FindingLine {
    /// What does not add up.
    pub says: String,
    /// Where.
    pub lines: Vec<u32>,
}

impl FindingLine {
    fn places(&self) -> String {
        joined(&self.lines)
    }
}

/// A name of a body that waits.
#[derive(Clone, Debug)]
pub struct InDoubt {
    /// As written.
    pub written: String,
    /// Why it waits.
    pub why: String,
    /// Where it stands.
    pub lines: Vec<u32>,
}

impl InDoubt {
    fn places(&self) -> String {
        joined(&self.lines)
    }
}

/// A line that nothing is made of.
#[derive(Clone, Debug)]
pub struct UnreadLine {
    /// Which.
    pub line: u32,
    /// What it says.
    pub text: String,
}

fn joined(lines: &[u32]) -> String {
    let lines: Vec<String> = lines.iter().map(u32::to_string).collect();
    lines.join(", ")
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for PlanImport {
        const NAME: &'static str = "plan-import";

        fn samples(shell: &Shell) -> Vec<Self> {
            let empty = Self {
                shell: samples::administrator(shell),
                errors: FormErrors::default(),
            };
            let wrong = Self {
                errors: FormErrors(vec![FieldError {
                    field: "tep".to_owned(),
                    message: HOSTILE.to_owned(),
                }]),
                ..empty.clone()
            };
            vec![empty, wrong]
        }
    }

    impl Sampled for PlanPreview {
        const NAME: &'static str = "plan-preview";

        fn samples(shell: &Shell) -> Vec<Self> {
            let own = |name: &str, value: &str| Particular {
                name: name.to_owned(),
                value: value.to_owned(),
            };
            let field = |before: &str, after: &str| ChangedField {
                name: "Mục tiêu".to_owned(),
                before: before.to_owned(),
                after: after.to_owned(),
            };
            let changed = |class, name: &str| Changed {
                what: shell.t("intake-change-changed"),
                class,
                number: "12".to_owned(),
                name: name.to_owned(),
                line: 477,
                fields: vec![field("80%", "85%"), field(HOSTILE, LONG)],
            };
            let finding = |says: &str| FindingLine {
                says: says.to_owned(),
                lines: vec![12, 40],
            };
            let usual = Self {
                shell: samples::administrator(shell),
                action: links::plan_preview("00", ""),
                name: "ke-hoach-2024.docx".to_owned(),
                version: 3,
                kept: true,
                same: false,
                moved: 4,
                particulars: vec![own("Số, ký hiệu", "833/QĐ-UBND"), own(HOSTILE, LONG)],
                counts: vec![own("Mục tiêu", "148")],
                plan_fields: vec![field("2023", "2024")],
                lists: vec![ChangeList {
                    title: "Mục tiêu".to_owned(),
                    counts: "1 mới, 1 thay đổi".to_owned(),
                    items: vec![changed("changed", LONG), changed("dropped", HOSTILE)],
                    more: 12,
                }],
                indicators: Some("3 chỉ số mới".to_owned()),
                findings_new: vec![finding(HOSTILE)],
                findings_gone: vec![finding(LONG)],
                findings: vec![("Kinh phí".to_owned(), vec![finding(LONG), finding(HOSTILE)])],
                doubts: vec![InDoubt {
                    written: HOSTILE.to_owned(),
                    why: LONG.to_owned(),
                    lines: vec![7],
                }],
                unread: vec![UnreadLine {
                    line: 9,
                    text: HOSTILE.to_owned(),
                }],
                unread_more: 3,
                errors: FormErrors::default(),
            };
            let first = Self {
                kept: false,
                version: 0,
                plan_fields: Vec::new(),
                lists: Vec::new(),
                indicators: None,
                findings_new: Vec::new(),
                findings_gone: Vec::new(),
                doubts: Vec::new(),
                unread: Vec::new(),
                unread_more: 0,
                ..usual.clone()
            };
            let same = Self {
                same: true,
                kept: true,
                errors: FormErrors(vec![FieldError {
                    field: "xac-nhan".to_owned(),
                    message: HOSTILE.to_owned(),
                }]),
                ..first.clone()
            };
            vec![usual, first, same]
        }
    }
}
