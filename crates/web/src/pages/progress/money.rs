//! Projects and money: what the annexes list, by annex, source and lead.

use askama::Template;

use super::FileOf;
use crate::pages::parts::Link;
use crate::pages::projects::Budget;
use crate::pages::{Shell, links};

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "progress/money.html")]
pub struct Money {
    /// The frame.
    pub shell: Shell,
    /// How many projects are listed.
    pub total: u32,
    /// What the body of the decision states as its budget, in đồng.
    pub stated_vnd: Option<i64>,
    /// By annex, with what it calls itself.
    pub annexes: Vec<MoneyRow>,
    /// By who leads, the largest first.
    pub leads: Vec<MoneyRow>,
    /// All lines together.
    pub sum: Budget,
    /// The files of what is shown.
    pub files: Vec<FileOf>,
}

/// Money of some projects.
#[derive(Clone, Debug)]
pub struct MoneyRow {
    /// Whose or what it is.
    pub name: Link,
    /// What the annex calls itself.
    pub note: String,
    /// Of how many projects.
    pub projects: u32,
    /// What they ask for.
    pub sums: Budget,
    /// What part of all that is listed that is, in words.
    pub share: String,
    /// How wide its bar is, from 0 to 100: recurrent, then capital.
    pub bar: (String, String),
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for Money {
        const NAME: &'static str = "progress-money";

        fn samples(shell: &Shell) -> Vec<Self> {
            let sums = Budget {
                total_vnd: Some(58_207_612_000),
                recurrent_vnd: Some(48_207_612_000),
                capital_vnd: None,
            };
            let row = |name: &str| MoneyRow {
                name: samples::unit_link(name),
                note: LONG.to_owned(),
                projects: 12,
                sums,
                share: "77,3 %".to_owned(),
                bar: ("70.1".to_owned(), "7.2".to_owned()),
            };
            let usual = Self {
                shell: shell.clone(),
                total: 97,
                stated_vnd: Some(82_237_000_000),
                annexes: vec![row("Phụ lục 2"), row("Phụ lục 3")],
                leads: vec![row("Sở Thông tin và Truyền thông"), row(HOSTILE), row(LONG)],
                sum: sums,
                files: Vec::new(),
            };
            let empty = Self {
                total: 0,
                stated_vnd: None,
                annexes: Vec::new(),
                leads: Vec::new(),
                sum: Budget::default(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
