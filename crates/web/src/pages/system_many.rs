//! The same done with several records of a system at once.

use askama::Template;

use super::parts::{FormErrors, Link};
use super::system_form::{FormInput, FormItem};
use super::{Shell, links};

/// What was chosen, before and after it is done.
#[derive(Clone, Debug, Template)]
#[template(path = "system_many.html")]
pub struct SystemMany {
    /// The frame.
    pub shell: Shell,
    /// What is done.
    pub title: String,
    /// The list.
    pub kind: Link,
    /// Where the form goes.
    pub action: String,
    /// What is done, as the form says it.
    pub job: String,
    /// Whether it was done.
    pub is_done: bool,
    /// The records.
    pub rows: Vec<ManyRow>,
    /// The fields that are filled in once for all.
    pub items: Vec<FormItem>,
    /// Whether it needs a reason.
    pub needs_reason: bool,
    /// The reason as it was typed.
    pub reason: String,
    /// What is wrong with what was typed.
    pub errors: FormErrors,
}

/// A record.
#[derive(Clone, Debug)]
pub struct ManyRow {
    /// It.
    pub link: Link,
    /// Where it stands; empty where that says nothing.
    pub state: String,
    /// Its identity and the version that was seen, as the form says them.
    pub chosen: String,
    /// Whether it can be done, or was.
    pub is_fine: bool,
    /// Why not; empty otherwise.
    pub why: String,
}

impl SystemMany {
    /// With how many it can be done, or was.
    fn fine(&self) -> usize {
        self.rows.iter().filter(|row| row.is_fine).count()
    }

    /// With how many it cannot be done, or was not.
    fn left(&self) -> usize {
        self.rows.len() - self.fine()
    }
}

#[cfg(test)]
pub(super) mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};
    use crate::pages::system_form::sampled::items;

    impl Sampled for SystemMany {
        const NAME: &'static str = "system-many";

        fn samples(shell: &Shell) -> Vec<Self> {
            let list = links::system("growing-area", "growing-area", "");
            let row = |label: &str, why: &str| ManyRow {
                link: Link::new(format!("{list}/0192f3"), label),
                state: "Nháp".to_owned(),
                chosen: "0192f3.4".to_owned(),
                is_fine: why.is_empty(),
                why: why.to_owned(),
            };
            let usual = Self {
                shell: samples::officer(shell),
                title: "Trình".to_owned(),
                kind: Link::new(list.clone(), "Vùng trồng"),
                action: format!("{list}/cung-luc"),
                job: "buoc.submit".to_owned(),
                is_done: false,
                rows: vec![row("Vùng sầu riêng ấp Phú Long", ""), row(LONG, LONG)],
                items: items("Ghi chú", ""),
                needs_reason: true,
                reason: String::new(),
                errors: FormErrors::default(),
            };
            let done = Self {
                is_done: true,
                ..usual.clone()
            };
            let none = Self {
                rows: Vec::new(),
                ..usual.clone()
            };
            let wrong = Self {
                title: HOSTILE.to_owned(),
                job: HOSTILE.to_owned(),
                rows: vec![row(HOSTILE, ""), row(HOSTILE, HOSTILE)],
                reason: HOSTILE.to_owned(),
                errors: FormErrors(vec![FieldError {
                    field: "ly-do".to_owned(),
                    message: HOSTILE.to_owned(),
                }]),
                ..usual.clone()
            };
            vec![usual, done, none, wrong]
        }
    }
}
