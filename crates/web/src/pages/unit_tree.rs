//! The tree of units of any day, and units by any name or code that they ever had.

use askama::Template;
use jiff::civil::Date;

use super::parts::{Choice, Link};
use super::{Shell, links};

/// The page of a day's units.
#[derive(Clone, Debug, Template)]
#[template(path = "unit_tree.html")]
pub struct UnitTreePage {
    /// The frame.
    pub shell: Shell,
    /// Whether the reader may change units.
    pub may_change: bool,
    /// The day.
    pub day: Date,
    /// The hierarchies to choose from.
    pub hierarchies: Vec<Choice>,
    /// What was searched for, as typed.
    pub query: String,
    /// What was found, with the span of days.
    pub found: Vec<(Link, String)>,
    /// Every unit before what stands under it, with its depth and code.
    pub rows: Vec<UnitRow>,
}

/// A unit in the tree.
#[derive(Clone, Debug)]
pub struct UnitRow {
    /// The unit.
    pub unit: Link,
    /// What it is.
    pub kind: String,
    /// Its area's code.
    pub code: String,
    /// The unit above.
    pub parent: String,
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for UnitTreePage {
        const NAME: &'static str = "unit-tree";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |name: &str| UnitRow {
                unit: samples::unit_link(name),
                kind: "Ủy ban nhân dân cấp xã".to_owned(),
                code: "29770".to_owned(),
                parent: "UBND tỉnh Vĩnh Long".to_owned(),
            };
            let usual = Self {
                shell: shell.clone(),
                may_change: true,
                day: date(2025, 7, 1),
                hierarchies: vec![Choice::default()],
                query: HOSTILE.to_owned(),
                found: vec![(samples::unit_link(HOSTILE), "từ 01/07/2025".to_owned())],
                rows: [HOSTILE, LONG, "UBND phường Cái Vồn"].map(row).to_vec(),
            };
            let empty = Self {
                found: Vec::new(),
                rows: Vec::new(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
