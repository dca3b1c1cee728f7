//! People, for administrators.

use askama::Template;
use jiff::civil::Date;

use super::parts::{Link, Pager};
use super::{Shell, links};

/// The list of people (query `q`).
#[derive(Clone, Debug, Template)]
#[template(path = "people.html")]
pub struct People {
    /// The frame.
    pub shell: Shell,
    /// What was sought, as typed.
    pub query: String,
    /// Whether the reader may enter people.
    pub may_enter: bool,
    /// Whether people of every unit are the reader's matter.
    pub every: bool,
    /// Who was found.
    pub rows: Vec<PersonRow>,
    /// Neighbouring pages.
    pub pager: Pager,
}

/// One person in the list.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// The name and the page.
    pub person: Link,
    /// Titles and units of today.
    pub positions: Vec<String>,
    /// The first day of not being there.
    pub left_on: Option<Date>,
    /// Made up for the demonstration.
    pub demo: bool,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for People {
        const NAME: &'static str = "people";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |name: &str, position: &str| PersonRow {
                person: Link::new(links::person("0192f3"), name),
                positions: vec![position.to_owned(); 2],
                left_on: Some(samples::moment(3, 0, 0).date()),
                demo: true,
            };
            let usual = Self {
                shell: samples::administrator(shell),
                may_enter: true,
                every: true,
                query: String::new(),
                rows: vec![row("Phạm Thị Lan", "Chuyên viên, Sở Nội vụ")],
                pager: Pager::default(),
            };
            let empty = Self {
                every: false,
                may_enter: false,
                query: HOSTILE.to_owned(),
                rows: Vec::new(),
                ..usual.clone()
            };
            let extreme = Self {
                rows: (0..50).map(|_| row(HOSTILE, LONG)).collect(),
                pager: Pager {
                    previous: Some(links::PEOPLE.to_owned()),
                    next: Some(format!("{}?sau=00", links::PEOPLE)),
                },
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }
}
