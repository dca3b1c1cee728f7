//! Events of units, and a file of them read on trial.

use askama::Template;

use super::parts::Link;
use super::{Shell, links};

/// The page of events.
#[derive(Clone, Debug, Template)]
#[template(path = "unit_changes.html")]
pub struct UnitChanges {
    /// The frame.
    pub shell: Shell,
    /// Events, the latest first.
    pub events: Vec<EventRow>,
}

/// An event.
#[derive(Clone, Debug)]
pub struct EventRow {
    /// Its day.
    pub date: String,
    /// What happened.
    pub what: String,
    /// The units concerned.
    pub units: Vec<Link>,
    /// What ordered it.
    pub order: String,
    /// Whether it holds.
    pub state: String,
    /// Where it is undone; none where it does not hold.
    pub undo: Option<String>,
}

/// What a file of events would do, or the undoing of events, to be confirmed.
#[derive(Clone, Debug, Template)]
#[template(path = "unit_undo.html")]
pub struct UnitUndo {
    /// The frame.
    pub shell: Shell,
    /// Where the form goes.
    pub action: String,
    /// The events that are undone together.
    pub events: Vec<EventRow>,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, Sampled};

    fn row() -> EventRow {
        EventRow {
            date: "01/11/2024".to_owned(),
            what: "Nhập vào đơn vị khác".to_owned(),
            units: vec![samples::unit_link(HOSTILE)],
            order: "1687/NQ-UBTVQH15".to_owned(),
            state: "Có hiệu lực".to_owned(),
            undo: Some(links::unit_undo("1")),
        }
    }

    impl Sampled for UnitChanges {
        const NAME: &'static str = "unit-changes";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: shell.clone(),
                events: vec![row()],
            };
            let empty = Self {
                events: Vec::new(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }

    impl Sampled for UnitUndo {
        const NAME: &'static str = "unit-undo";

        fn samples(shell: &Shell) -> Vec<Self> {
            vec![Self {
                shell: shell.clone(),
                action: links::unit_undo("1"),
                events: vec![row()],
            }]
        }
    }
}
