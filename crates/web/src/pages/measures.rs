//! How each target is measured, by whose word, and what somebody should look at.

use askama::Template;

use super::parts::Choice;
use super::{Shell, links};

/// The page of measures.
#[derive(Clone, Debug, Template)]
#[template(path = "measures.html")]
pub struct Measures {
    /// The frame.
    pub shell: Shell,
    /// All, those in doubt, those that nobody confirmed.
    pub tabs: Vec<Choice>,
    /// How many measures several targets share.
    pub shared: u32,
    /// How many entries that has saved so far.
    pub saved: u32,
    /// The targets.
    pub rows: Vec<Row>,
}

/// How one target is measured.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its number.
    pub number: u16,
    /// What to do, as written.
    pub title: String,
    /// Its goal, as written.
    pub goal: String,
    /// Its measures.
    pub measures: Vec<Method>,
    /// Where its measures are changed, for whoever may.
    pub edit: Option<String>,
}

/// How something is measured.
#[derive(Clone, Debug, Default)]
pub struct Method {
    /// `ratio`, `count`, `milestone` or `standing`.
    pub kind: &'static str,
    /// What is to be reached, in words; empty where there is no figure.
    pub goal: String,
    /// What the numerator or the count counts; what must be done, or told of.
    pub counts: Option<String>,
    /// What the denominator counts.
    pub among: Option<String>,
    /// Why like this.
    pub reason: Option<String>,
    /// What somebody should look at.
    pub doubts: Vec<String>,
    /// `proposed`, `reviewed` or `confirmed`.
    pub origin: &'static str,
    /// The other targets that the same figure is entered for.
    pub also: Vec<u16>,
}

impl Method {
    /// The key of its kind's name.
    pub fn kind_key(&self) -> &'static str {
        match self.kind {
            "ratio" => "measure-kind-ratio",
            "count" => "measure-kind-count",
            "milestone" => "measure-kind-milestone",
            _ => "measure-kind-standing",
        }
    }

    /// The key of what stands before what it counts.
    pub fn counts_key(&self) -> &'static str {
        match self.kind {
            "ratio" => "measure-numerator",
            "count" => "measure-counts",
            "milestone" => "measure-done-when",
            _ => "measure-tells",
        }
    }

    /// The key of who says so.
    pub fn origin_key(&self) -> &'static str {
        match self.origin {
            "confirmed" => "measure-origin-confirmed",
            "reviewed" => "measure-origin-reviewed",
            _ => "measure-origin-proposed",
        }
    }
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for Measures {
        const NAME: &'static str = "measures";

        fn samples(shell: &Shell) -> Vec<Self> {
            let tab = |label: &str, selected| Choice {
                value: links::MEASURES.to_owned(),
                label: label.to_owned(),
                selected,
            };
            let row = Row {
                number: 12,
                title: samples::target_row(4).title,
                goal: "85%".to_owned(),
                measures: vec![samples::method()],
                edit: None,
            };
            let usual = Self {
                shell: shell.clone(),
                tabs: vec![tab("Tất cả", true), tab("Cần xem lại", false)],
                shared: 1,
                saved: 3,
                rows: vec![row.clone()],
            };
            let extreme = Self {
                rows: vec![Row {
                    title: HOSTILE.to_owned(),
                    goal: LONG.to_owned(),
                    measures: ["count", "milestone", "standing"]
                        .map(|kind| Method {
                            kind,
                            counts: Some(LONG.to_owned()),
                            reason: Some(HOSTILE.to_owned()),
                            doubts: vec![LONG.to_owned(), HOSTILE.to_owned()],
                            ..Method::default()
                        })
                        .to_vec(),
                    edit: Some(links::target_measures(12_u16)),
                    ..row
                }],
                ..usual.clone()
            };
            let empty = Self {
                rows: Vec::new(),
                ..usual.clone()
            };
            vec![usual, extreme, empty]
        }
    }
}
