//! Where the plan stands: the pages of its progress.

pub mod changes;
pub mod committee;
pub mod feed;
pub mod heat;
pub mod money;
pub mod publication;
pub mod unit;
pub mod wall;

use super::parts::Choice;
use super::status::Status;

/// The tabs over these pages.
pub const TABS: [(&str, &str, &str); 5] = [
    ("wall", super::links::PROGRESS, "progress-wall"),
    ("heat", super::links::PROGRESS_HEAT, "progress-heat"),
    (
        "committee",
        super::links::PROGRESS_COMMITTEE,
        "progress-committee",
    ),
    (
        "changes",
        super::links::PROGRESS_CHANGES,
        "progress-changes",
    ),
    ("money", super::links::PROGRESS_MONEY, "progress-money"),
];

/// One way to narrow a page: a row of links, one of them chosen.
#[derive(Clone, Debug)]
pub struct Narrowing {
    /// What is narrowed by.
    pub label: String,
    /// The links; `value` is where each leads.
    pub choices: Vec<Choice>,
    /// Whether there are so many that they are folded away until asked for.
    pub folded: bool,
}

impl Narrowing {
    /// What is chosen, in words.
    pub fn chosen(&self) -> &str {
        let chosen = self.choices.iter().find(|choice| choice.selected);
        chosen.map_or("", |choice| &choice.label)
    }
}

/// A file of what a page shows: where it is, and in which form.
#[derive(Clone, Debug)]
pub struct FileOf {
    /// Where it is.
    pub href: String,
    /// `CSV` or `XLSX`, perhaps with what is in it.
    pub form: String,
}

/// A target in short: number, name, how it stands and why.
#[derive(Clone, Debug)]
pub struct Brief {
    /// Its number.
    pub number: u16,
    /// What to do.
    pub title: String,
    /// How it stands.
    pub status: Status,
    /// Why, in a sentence.
    pub reason: String,
}
