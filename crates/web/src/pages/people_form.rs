//! The forms about people: a person, a position, a delegation, leaving, one's own profile.

use askama::Template;

use super::parts::{Choice, FormErrors, Link};
use super::{Shell, links};

/// A form, with what one should know before sending it.
#[derive(Clone, Debug, Template)]
#[template(path = "people_form.html")]
pub struct PeopleForm {
    /// The frame.
    pub shell: Shell,
    /// What the form does.
    pub title: String,
    /// What it means.
    pub lead: String,
    /// Where one came from.
    pub back: Link,
    /// What one should know first.
    pub notes: Vec<NoteList>,
    /// Where it goes.
    pub action: String,
    /// The version that it was made from; 0 for something new.
    pub version: i64,
    /// Its fields.
    pub fields: Vec<FormField>,
    /// What its button says; empty for a page without a form.
    pub submit: String,
    /// What the button says that only looks again at what would happen; empty without one.
    pub look: String,
    /// Whether the button ends something.
    pub grave: bool,
    /// What is wrong with it.
    pub errors: FormErrors,
}

/// A heading and what stands under it.
#[derive(Clone, Debug)]
pub struct NoteList {
    /// The heading.
    pub title: String,
    /// The lines.
    pub lines: Vec<String>,
}

/// One field.
#[derive(Clone, Debug)]
pub struct FormField {
    /// Its name, which is its id too.
    pub name: &'static str,
    /// Its label.
    pub label: String,
    /// What helps to fill it; may be empty.
    pub hint: String,
    /// What it takes.
    pub input: Input,
}

/// What a field takes.
#[derive(Clone, Debug)]
pub enum Input {
    /// A line of text.
    Text(String),
    /// A day, as `2025-07-01`.
    Day(String),
    /// One of several.
    One(Vec<Choice>),
    /// Any of several.
    Many(Vec<Choice>),
    /// Yes or no.
    Yes(bool),
}

impl FormField {
    /// A field without a hint.
    pub fn new(name: &'static str, label: String, input: Input) -> Self {
        Self {
            name,
            label,
            hint: String::new(),
            input,
        }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: String) -> Self {
        self.hint = hint;
        self
    }

    fn has_hint(&self) -> bool {
        !self.hint.is_empty()
    }
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for PeopleForm {
        const NAME: &'static str = "people-form";

        fn samples(shell: &Shell) -> Vec<Self> {
            let choices = |label: &str| {
                vec![
                    Choice {
                        value: "a".to_owned(),
                        label: label.to_owned(),
                        selected: true,
                    };
                    3
                ]
            };
            let fields = |text: &str| {
                vec![
                    FormField::new("ho-ten", shell.t("full-name"), Input::Text(text.to_owned()))
                        .hint(text.to_owned()),
                    FormField::new(
                        "tu-ngay",
                        shell.t("position-from"),
                        Input::Day("2025-07-01".to_owned()),
                    ),
                    FormField::new(
                        "don-vi",
                        shell.t("position-unit"),
                        Input::One(choices(text)),
                    ),
                    FormField::new("vai-tro", shell.t("col-roles"), Input::Many(choices(text))),
                    FormField::new("chinh", shell.t("position-primary"), Input::Yes(true)),
                ]
            };
            let usual = Self {
                shell: samples::administrator(shell),
                title: shell.t("position-new"),
                lead: shell.t("leave-lead"),
                back: Link::new(links::PEOPLE, shell.t("people-title")),
                notes: vec![NoteList {
                    title: shell.t("leave-ends"),
                    lines: vec!["Chuyên viên, Sở Nội vụ".to_owned()],
                }],
                action: links::PERSON_NEW.to_owned(),
                version: 1,
                fields: fields("Phạm Thị Lan"),
                submit: shell.t("people-save"),
                look: shell.t("leave-preview"),
                grave: false,
                errors: FormErrors::default(),
            };
            let wrong = Self {
                title: HOSTILE.to_owned(),
                fields: fields(HOSTILE),
                notes: vec![NoteList {
                    title: HOSTILE.to_owned(),
                    lines: vec![LONG.to_owned(); 20],
                }],
                grave: true,
                errors: FormErrors(
                    ["ho-ten", "tu-ngay", "don-vi", "vai-tro", "chinh"]
                        .map(|field| FieldError {
                            field: field.to_owned(),
                            message: HOSTILE.to_owned(),
                        })
                        .to_vec(),
                ),
                ..usual.clone()
            };
            let none = Self {
                submit: String::new(),
                fields: Vec::new(),
                notes: Vec::new(),
                ..usual.clone()
            };
            vec![usual, wrong, none]
        }
    }
}
