//! The form of a system's record, made from its declaration.

use askama::Template;

use super::map_parts::ShapeInput;
use super::parts::{Choice, FileLink, FormErrors, Link};
use super::system_record::{FactSection, Shown};
use super::{Shell, links};

/// The form.
#[derive(Clone, Debug, Template)]
#[template(path = "system_form.html")]
pub struct SystemForm {
    /// The frame.
    pub shell: Shell,
    /// What it does.
    pub title: String,
    /// Where one came from.
    pub back: Link,
    /// Where it goes.
    pub action: String,
    /// The version that it was made from; 0 for something new.
    pub version: i64,
    /// Its parts.
    pub sections: Vec<FormSection>,
    /// What stands now, where somebody else changed it meanwhile.
    pub theirs: Option<Vec<FactSection>>,
    /// What is wrong with it.
    pub errors: FormErrors,
}

/// A part of the form.
#[derive(Clone, Debug, Default)]
pub struct FormSection {
    /// Its title; empty for what stands in no section.
    pub title: String,
    /// What one must know to fill it in; may be empty.
    pub help: String,
    /// When it counts; empty if always.
    pub condition: String,
    /// Its fields.
    pub items: Vec<FormItem>,
}

/// One field.
#[derive(Clone, Debug)]
pub struct FormItem {
    /// Its id on the page.
    pub id: String,
    /// Its name in the form.
    pub name: String,
    /// Its label, with the unit of measure.
    pub label: String,
    /// What helps to fill it in; may be empty.
    pub hint: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// What it takes.
    pub input: FormInput,
}

/// What a field takes.
#[derive(Clone, Debug)]
pub enum FormInput {
    /// A line of text.
    Text(String),
    /// Several lines, shown so many high.
    Area(String, u8),
    /// A number as it is typed.
    Number(String),
    /// A day, as `2025-07-01`.
    Day(String),
    /// A day and hour, as `2025-07-01T08:30`.
    Moment(String),
    /// One of several.
    One(Vec<Choice>),
    /// Any of several.
    Many(Vec<Choice>),
    /// Files.
    Files {
        /// Those that are there, or came with the form before.
        kept: Vec<FileLink>,
        /// Whether there may be several.
        several: bool,
        /// What the browser offers.
        accept: String,
    },
    /// A shape on the map.
    Shape(ShapeInput),
    /// Rows.
    Table {
        /// How many rows the form has.
        count: usize,
        /// Each row's fields.
        rows: Vec<Vec<FormItem>>,
        /// What asks for more rows.
        more: String,
    },
}

#[cfg(test)]
pub(super) mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};
    use crate::pages::system_record::Fact;

    /// A field of each kind.
    pub(in crate::pages) fn items(text: &str, begin: &str) -> Vec<FormItem> {
        let choices = vec![
            Choice {
                value: "a".to_owned(),
                label: text.to_owned(),
                selected: true,
            },
            Choice {
                value: "b".to_owned(),
                label: LONG.to_owned(),
                selected: false,
            },
        ];
        let files = vec![samples::file(text, 5)];
        let inputs = [
            FormInput::Text(text.to_owned()),
            FormInput::Area(text.to_owned(), 3),
            FormInput::Number("1.234,5".to_owned()),
            FormInput::Day("2025-07-01".to_owned()),
            FormInput::Moment("2025-07-01T08:30".to_owned()),
            FormInput::One(choices.clone()),
            FormInput::Many(choices),
            FormInput::Shape(ShapeInput {
                kind: "polygon",
                text: "105.9 10.2\n105.91 10.2\n105.91 10.21".to_owned(),
                grids: vec![("105-30".to_owned(), text.to_owned(), true)],
                tiles: "/o/{z}/{x}/{y}".to_owned(),
                bounds: "105.6,9.5,106.8,10.4".to_owned(),
            }),
            FormInput::Files {
                kept: files,
                several: true,
                accept: ".pdf".to_owned(),
            },
        ];
        let item = |(place, input): (usize, FormInput)| FormItem {
            id: format!("{begin}f_{place}"),
            name: format!("f_{place}"),
            label: text.to_owned(),
            hint: if place % 2 == 0 {
                text.to_owned()
            } else {
                String::new()
            },
            required: place == 0,
            input,
        };
        inputs.into_iter().enumerate().map(item).collect()
    }

    impl Sampled for SystemForm {
        const NAME: &'static str = "system-form";

        fn samples(shell: &Shell) -> Vec<Self> {
            let section = |text: &str| {
                let mut all = items(text, "");
                all.push(FormItem {
                    id: "f_rows".to_owned(),
                    name: "f_rows".to_owned(),
                    label: text.to_owned(),
                    hint: text.to_owned(),
                    required: true,
                    input: FormInput::Table {
                        count: 1,
                        rows: vec![items(text, "f_rows/0/")],
                        more: "rows".to_owned(),
                    },
                });
                FormSection {
                    title: text.to_owned(),
                    help: text.to_owned(),
                    condition: text.to_owned(),
                    items: all,
                }
            };
            let usual = Self {
                shell: samples::officer(shell),
                title: "Vùng trồng mới".to_owned(),
                back: Link::new(links::SYSTEMS, "Vùng trồng"),
                action: links::system("growing-area", "growing-area", "moi"),
                version: 0,
                sections: vec![section("Thông tin vùng trồng")],
                theirs: None,
                errors: FormErrors::default(),
            };
            let wrong = Self {
                sections: vec![section(HOSTILE)],
                theirs: Some(vec![FactSection {
                    title: HOSTILE.to_owned(),
                    facts: vec![Fact {
                        title: HOSTILE.to_owned(),
                        shown: Shown::Words(vec![Link::plain(HOSTILE)]),
                    }],
                }]),
                errors: FormErrors(
                    (0..8)
                        .map(|place| FieldError {
                            field: format!("f_{place}"),
                            message: HOSTILE.to_owned(),
                        })
                        .collect(),
                ),
                ..usual.clone()
            };
            vec![usual, wrong]
        }
    }
}
