//! What anyone may look up.

use askama::Template;

use super::parts::Choice;
use super::public_record::PublicFact;
use super::{Shell, links};

/// The page of look-ups.
#[derive(Clone, Debug, Template)]
#[template(path = "lookups.html")]
pub struct Lookups {
    /// The frame.
    pub shell: Shell,
    /// Those that there are.
    pub lookups: Vec<LookupLink>,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct LookupLink {
    /// Where it is.
    pub href: String,
    /// What is looked up.
    pub title: String,
    /// The system.
    pub system: String,
}

/// One look-up, and what it found.
#[derive(Clone, Debug, Template)]
#[template(path = "lookup.html")]
pub struct PublicLookup {
    /// The frame.
    pub shell: Shell,
    /// What is looked up.
    pub title: String,
    /// The system.
    pub system: String,
    /// Where the form goes.
    pub action: String,
    /// What must be told.
    pub asking: Vec<Asking>,
    /// Whether anything was told.
    pub is_asked: bool,
    /// Whether all of it was.
    pub is_whole: bool,
    /// What each record says that was found.
    pub found: Vec<Vec<PublicFact>>,
    /// Whether there may be more.
    pub more: bool,
}

/// Something that must be told.
#[derive(Clone, Debug)]
pub struct Asking {
    /// The field's name.
    pub name: String,
    /// Its title.
    pub label: String,
    /// What was typed.
    pub value: String,
    /// Whether it is a day.
    pub is_day: bool,
    /// The codes to choose from; none for what is typed.
    pub choices: Vec<Choice>,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::public_record::sampled::facts;
    use crate::pages::samples::{HOSTILE, LONG, Sampled};

    impl Sampled for Lookups {
        const NAME: &'static str = "lookups";

        fn samples(shell: &Shell) -> Vec<Self> {
            let link = |title: &str| LookupLink {
                href: links::lookup("growing-area", "growing-area", "by-code"),
                title: title.to_owned(),
                system: "Mã số vùng trồng".to_owned(),
            };
            let usual = Self {
                shell: shell.clone(),
                lookups: vec![link("Tra cứu mã số vùng trồng"), link(HOSTILE), link(LONG)],
            };
            let empty = Self {
                lookups: Vec::new(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }

    impl Sampled for PublicLookup {
        const NAME: &'static str = "lookup";

        fn samples(shell: &Shell) -> Vec<Self> {
            let asking = |name: &str, value: &str| Asking {
                name: name.to_owned(),
                label: "Mã số".to_owned(),
                value: value.to_owned(),
                is_day: false,
                choices: Vec::new(),
            };
            let choice = Choice {
                value: "CN".to_owned(),
                label: HOSTILE.to_owned(),
                selected: true,
            };
            let unasked = Self {
                shell: shell.clone(),
                title: "Tra cứu mã số vùng trồng".to_owned(),
                system: "Mã số vùng trồng".to_owned(),
                action: links::lookup("growing-area", "growing-area", "by-code"),
                asking: vec![asking("code", "")],
                is_asked: false,
                is_whole: false,
                found: Vec::new(),
                more: false,
            };
            let day = Asking {
                is_day: true,
                ..asking("born", "")
            };
            let codes = Asking {
                choices: vec![choice],
                ..asking("market", "CN")
            };
            let half = Self {
                asking: vec![asking("code", HOSTILE), day, codes],
                is_asked: true,
                ..unasked.clone()
            };
            let nothing = Self {
                is_asked: true,
                is_whole: true,
                asking: vec![asking("code", HOSTILE)],
                ..unasked.clone()
            };
            let found = Self {
                found: vec![facts(HOSTILE), facts(LONG)],
                more: true,
                ..nothing.clone()
            };
            vec![unasked, half, nothing, found]
        }
    }
}
