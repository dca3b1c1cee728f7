//! Units and targets: a map of how each unit stands on each target that it owes, and the same
//! unit by unit.

use askama::Template;
use jiff::civil::Date;

use super::{FileOf, Narrowing};
use crate::pages::parts::Link;
use crate::pages::status::{Status, StatusCounts};
use crate::pages::{Shell, links};

/// How far a cell is from the next, in the map's own units.
pub const STEP: usize = 8;
/// How far a row is from the next.
pub const ROW: usize = 12;
/// How wide the space for a unit's name is.
pub const NAMES: usize = 210;
/// How high the space over the rows is.
pub const HEAD: usize = 18;

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "progress/heat.html")]
pub struct Heat {
    /// The frame.
    pub shell: Shell,
    /// By what it can be narrowed.
    pub narrowings: Vec<Narrowing>,
    /// The last day that figures speak of.
    pub until: Option<Date>,
    /// The day whose units these are.
    pub day: Date,
    /// Whether figures were restated to that day.
    pub restated: bool,
    /// The numbers of the targets, from left to right.
    pub targets: Vec<u16>,
    /// The units, from top to bottom.
    pub rows: Vec<HeatRow>,
    /// The files of what is shown.
    pub files: Vec<FileOf>,
}

/// One unit.
#[derive(Clone, Debug)]
pub struct HeatRow {
    /// The unit, leading to what it owes.
    pub unit: Link,
    /// Its name for narrow places.
    pub short: String,
    /// How it stands on what it owes.
    pub counts: StatusCounts,
    /// The latest period it reported on, in words.
    pub latest: String,
    /// For each status that it has: the end of its class and the shapes of its cells.
    pub cells: Vec<(&'static str, String)>,
}

impl Heat {
    /// How wide the map is.
    fn width(&self) -> usize {
        NAMES + self.targets.len() * STEP + 4
    }

    /// How high the map is.
    fn height(&self) -> usize {
        HEAD + self.rows.len() * ROW + 4
    }

    /// Where a row stands.
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        clippy::unused_self,
        reason = "as templates call it"
    )]
    fn y(&self, row: &usize) -> usize {
        HEAD + row * ROW + 2
    }

    /// The numbers that stand over the map: every tenth.
    fn marks(&self) -> Vec<(usize, u16)> {
        let places = self.targets.iter().enumerate();
        let tenth = places.filter(|(place, number)| *place == 0 || **number % 10 == 0);
        tenth
            .map(|(place, number)| (NAMES + place * STEP + STEP / 2, *number))
            .collect()
    }
}

/// The shape of a cell at a place, as a part of a path: each status has one of its own, so
/// that colour only repeats it.
pub fn shape(path: &mut String, status: Status, place: usize) {
    use std::fmt::Write as _;
    let x = NAMES + place * STEP;
    // Writing into a text does not fail.
    let _ = match status {
        Status::Done => write!(path, "M{x} .5h7v7h-7z"),
        Status::OnTrack => write!(path, "M{x} 3h7v4.5h-7z"),
        Status::AtRisk => write!(path, "M{x} 7.5h7L{} .5z", x + 3),
        Status::OffTrack => write!(path, "M{x} .5h2v5h5v2h-7z"),
        Status::NoData => write!(path, "M{} 3h2v2h-2z", x + 2),
        Status::DutyKept => write!(path, "M{x} 4l3.5-3.5 3.5 3.5-3.5 3.5z"),
        Status::DutyMissed => write!(path, "M{x} 4l3.5-3.5V7.5z"),
    };
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for Heat {
        const NAME: &'static str = "progress-heat";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |name: &str| {
                let mut paths: Vec<(Status, String)> = Status::ALL
                    .into_iter()
                    .map(|status| (status, String::new()))
                    .collect();
                for number in 1..=148_u16 {
                    let status = samples::status_of(number);
                    let path = paths.iter_mut().find(|(known, _)| *known == status);
                    shape(&mut path.unwrap().1, status, usize::from(number - 1));
                }
                HeatRow {
                    unit: samples::unit_link(name),
                    short: name.chars().take(40).collect(),
                    counts: (1..=148).map(samples::status_of).collect(),
                    latest: "quý III/2023".to_owned(),
                    cells: paths
                        .into_iter()
                        .map(|(status, path)| (status.class(), path))
                        .collect(),
                }
            };
            let usual = Self {
                shell: shell.clone(),
                narrowings: Vec::new(),
                until: Some(jiff::civil::date(2023, 9, 30)),
                day: jiff::civil::date(2023, 4, 14),
                restated: false,
                targets: (1..=148).collect(),
                rows: vec![row("Sở Nội vụ"), row("UBND huyện Long Hồ"), row(HOSTILE)],
                files: Vec::new(),
            };
            let extreme = Self {
                restated: true,
                rows: (0..150).map(|_| row(LONG)).collect(),
                ..usual.clone()
            };
            let empty = Self {
                until: None,
                targets: Vec::new(),
                rows: Vec::new(),
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }
}
