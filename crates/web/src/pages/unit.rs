//! One unit: where it stands in the tree, how large it is and what it leads.

use askama::Template;
use jiff::civil::Date;

use super::parts::{Link, TargetRow};
use super::status::StatusCounts;
use super::units::UnitLeaf;
use super::{Shell, links};

/// The page of a unit.
#[derive(Clone, Debug, Template)]
#[template(path = "unit.html")]
pub struct UnitPage {
    /// The frame.
    pub shell: Shell,
    /// Its official name.
    pub name: String,
    /// Where this page is.
    pub address: String,
    /// The day of which it speaks.
    pub day: Date,
    /// What is known of its area and people, the latest first.
    pub measures: Vec<MeasureRow>,
    /// Where its history is.
    pub history: String,
    /// Its kind, in the reader's language: `Sở`, `Huyện`.
    pub kind: String,
    /// Its identification code (QĐ 20/2020), if it has one.
    pub code: Option<String>,
    /// The unit above it.
    pub parent: Option<Link>,
    /// Units under it.
    pub children: Vec<UnitLeaf>,
    /// Sets that it belongs to: `Các sở, ban, ngành tỉnh`.
    pub groups: Vec<Link>,
    /// First day of this version of the unit.
    pub valid_from: Option<Date>,
    /// Last day of this version of the unit.
    pub valid_to: Option<Date>,
    /// Targets that it leads, itself or as one of a set.
    pub leads: Vec<TargetRow>,
    /// Targets that it takes part in.
    pub partners: u32,
}

/// What a source states of the size of a unit.
#[derive(Clone, Debug)]
pub struct MeasureRow {
    /// The day of which it is true.
    pub date: String,
    /// The area, in words; none where the source does not say.
    pub area: Option<String>,
    /// The people, in words.
    pub people: Option<String>,
    /// Who states it.
    pub source: String,
    /// Whether there is reason to doubt it.
    pub doubtful: bool,
}

impl UnitPage {
    fn counts(&self) -> StatusCounts {
        self.leads.iter().map(|row| row.status).collect()
    }
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for UnitPage {
        const NAME: &'static str = "unit";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: shell.clone(),
                name: "Sở Thông tin và Truyền thông".to_owned(),
                address: links::unit("1"),
                day: date(2023, 4, 14),
                measures: vec![MeasureRow {
                    date: "01/11/2024".to_owned(),
                    area: Some("2,44 km²".to_owned()),
                    people: Some("27.945 người".to_owned()),
                    source: HOSTILE.to_owned(),
                    doubtful: true,
                }],
                history: links::unit_history("1"),
                kind: "Sở".to_owned(),
                code: Some("H61.13".to_owned()),
                parent: Some(samples::unit_link("UBND tỉnh Vĩnh Long")),
                children: vec![UnitLeaf {
                    unit: samples::unit_link("Trung tâm Công nghệ thông tin và Truyền thông"),
                    leads: 0,
                }],
                groups: vec![samples::unit_link("Các sở, ban, ngành tỉnh")],
                valid_from: Some(date(2008, 5, 1)),
                valid_to: Some(date(2025, 3, 1)),
                leads: (1..=38).map(samples::target_row).collect(),
                partners: 41,
            };
            let empty = Self {
                name: "Xã Đông Thạnh".to_owned(),
                code: None,
                parent: None,
                children: Vec::new(),
                groups: Vec::new(),
                valid_from: None,
                measures: Vec::new(),
                valid_to: None,
                leads: Vec::new(),
                partners: 0,
                ..usual.clone()
            };
            let extreme = Self {
                name: format!("{LONG} {HOSTILE}"),
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }
}
