//! Writing a periodic report: one section, or what stands around the text.

use askama::Template;
use jiff::civil::DateTime;

use super::parts::{FormErrors, Link};
use super::{Shell, links};

/// The form of a section. It sends `phien-ban`, `tieu-de` and `bai-viet`.
#[derive(Clone, Debug, Template)]
#[template(path = "periodic_section.html")]
pub struct PeriodicSection {
    /// The frame.
    pub shell: Shell,
    /// The report.
    pub report: Link,
    /// Where the form goes.
    pub action: String,
    /// The version that it is written over.
    pub version: i64,
    /// The heading, as typed.
    pub title: String,
    /// The text, as typed.
    pub text: String,
    /// What somebody else wrote meanwhile.
    pub theirs: Option<Theirs>,
    /// What would be drafted from the figures of today; empty where nothing is.
    pub anew: String,
    /// How the text reads with its figures, paragraph by paragraph.
    pub reads: Vec<String>,
    /// Whether it can still be written.
    pub open: bool,
    /// What is wrong.
    pub errors: FormErrors,
}

/// What somebody else wrote meanwhile.
#[derive(Clone, Debug)]
pub struct Theirs {
    /// Who.
    pub person: String,
    /// When.
    pub at: DateTime,
    /// Their heading.
    pub title: String,
    /// Their text.
    pub text: String,
}

/// The form of what stands around the text.
#[derive(Clone, Debug, Template)]
#[template(path = "periodic_around.html")]
pub struct PeriodicAround {
    /// The frame.
    pub shell: Shell,
    /// The report.
    pub report: Link,
    /// Where the form goes.
    pub action: String,
    /// The version that it is written over.
    pub version: i64,
    /// The fields in the order of the form.
    pub fields: Vec<AroundField>,
    /// Who changed it meanwhile, when.
    pub changed: Option<(String, DateTime)>,
    /// What is wrong.
    pub errors: FormErrors,
}

/// One field.
#[derive(Clone, Debug)]
pub struct AroundField {
    /// Its name in the form.
    pub name: &'static str,
    /// Its name for the reader.
    pub label: String,
    /// As typed.
    pub value: String,
    /// As somebody else wrote it meanwhile, where it differs.
    pub theirs: Option<String>,
    /// Whether it has several lines.
    pub long: bool,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for PeriodicSection {
        const NAME: &'static str = "periodic-section";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::officer(shell),
                report: Link::new(links::periodic("0192f3"), "Báo cáo quý III/2023"),
                action: links::periodic_section("0192f4"),
                version: 2,
                title: "KẾT QUẢ CHUNG".to_owned(),
                text: "Đạt [[mt19]].".to_owned(),
                theirs: None,
                anew: "Trong tổng số [[sl]] mục tiêu".to_owned(),
                reads: vec!["Đạt 64,3%.".to_owned()],
                open: true,
                errors: FormErrors::default(),
            };
            let conflict = Self {
                text: HOSTILE.to_owned(),
                theirs: Some(Theirs {
                    person: HOSTILE.to_owned(),
                    at: samples::moment(5, 9, 30),
                    title: LONG.to_owned(),
                    text: LONG.repeat(4),
                }),
                errors: FormErrors(vec![FieldError {
                    field: "bai-viet".to_owned(),
                    message: HOSTILE.to_owned(),
                }]),
                anew: String::new(),
                reads: Vec::new(),
                open: false,
                ..usual.clone()
            };
            vec![usual, conflict]
        }
    }

    impl Sampled for PeriodicAround {
        const NAME: &'static str = "periodic-around";

        fn samples(shell: &Shell) -> Vec<Self> {
            let field = |name, value: &str, long| AroundField {
                name,
                label: LONG.to_owned(),
                value: value.to_owned(),
                theirs: None,
                long,
            };
            let usual = Self {
                shell: samples::officer(shell),
                report: Link::new(links::periodic("0192f3"), "Báo cáo quý III/2023"),
                action: links::periodic_step("0192f3", "thong-tin"),
                version: 2,
                fields: vec![
                    field("so-ky-hieu", "Số:   /BC-STTTT", false),
                    field("noi-nhan", "- Lưu: VT.", true),
                ],
                changed: None,
                errors: FormErrors::default(),
            };
            let conflict = Self {
                fields: vec![AroundField {
                    theirs: Some(HOSTILE.to_owned()),
                    ..field("nguoi-ky", HOSTILE, false)
                }],
                changed: Some((HOSTILE.to_owned(), samples::moment(5, 9, 30))),
                ..usual.clone()
            };
            vec![usual, conflict]
        }
    }
}
