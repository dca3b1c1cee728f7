//! The units of one day as parts of those of another.

use askama::Template;
use jiff::civil::Date;

use super::parts::Link;
use super::{Shell, links};

/// The page that compares two days.
#[derive(Clone, Debug, Template)]
#[template(path = "unit_mapping.html")]
pub struct UnitMappingPage {
    /// The frame.
    pub shell: Shell,
    /// The first day.
    pub from: Date,
    /// The other day.
    pub to: Date,
    /// The parts; units that did not change are left out.
    pub rows: Vec<MappedRow>,
}

/// A part of a unit.
#[derive(Clone, Debug)]
pub struct MappedRow {
    /// The unit on the first day.
    pub from: Link,
    /// The unit on the other; none for what nobody took over.
    pub to: Option<Link>,
    /// How much, in words.
    pub share: String,
    /// What ordered it.
    pub order: String,
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::samples::{self, HOSTILE, Sampled};

    impl Sampled for UnitMappingPage {
        const NAME: &'static str = "unit-mapping";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |to: Option<&str>| MappedRow {
                from: samples::unit_link(HOSTILE),
                to: to.map(samples::unit_link),
                share: "từ 0 đến 4/7".to_owned(),
                order: "1687/NQ-UBTVQH15".to_owned(),
            };
            let usual = Self {
                shell: shell.clone(),
                from: date(2024, 10, 31),
                to: date(2025, 7, 1),
                rows: vec![row(None), row(Some(HOSTILE))],
            };
            let empty = Self {
                rows: Vec::new(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
