//! One unit over all days: its versions, and its family drawn and listed.

use askama::Template;
use jiff::civil::Date;

use super::parts::Link;
use super::unit::MeasureRow;
use super::{Shell, links};

/// Where a column of the drawing stands, in its units.
const COLUMN: usize = 280;
/// How wide a box is.
const BOX: usize = 230;
/// From one box to the one below.
const ROW: usize = 46;
/// So many characters of a name fit into a box.
const CHARS: usize = 30;

/// The page of a unit's history.
#[derive(Clone, Debug, Template)]
#[template(path = "unit_history.html")]
pub struct UnitHistoryPage {
    /// The frame.
    pub shell: Shell,
    /// Its latest name.
    pub name: String,
    /// Where this page is.
    pub address: String,
    /// The day that was asked for, else today.
    pub day: Date,
    /// What it was on that day, in words.
    pub on_day: String,
    /// Where it stands as of that day; none where it was not there.
    pub there: Option<String>,
    /// Its versions, the earliest first.
    pub versions: Vec<VersionRow>,
    /// What went into it and what it went into, the nearest first.
    pub kin: Vec<KinRow>,
    /// The drawing of that.
    pub family: Family,
}

/// A version.
#[derive(Clone, Debug)]
pub struct VersionRow {
    /// Its span of days, in words.
    pub span: String,
    /// Its name.
    pub name: String,
    /// Other names.
    pub aliases: String,
    /// Its area's code.
    pub code: String,
    /// The unit above.
    pub parent: Option<Link>,
    /// What is known of its area and people then.
    pub measures: Vec<MeasureRow>,
    /// Whether it held on the day that was asked for.
    pub now: bool,
}

/// A part that went from one unit to another.
#[derive(Clone, Debug)]
pub struct KinRow {
    /// The unit before.
    pub before: Link,
    /// The unit after.
    pub after: Link,
    /// How much, in words.
    pub share: String,
    /// When.
    pub date: String,
    /// What ordered it.
    pub order: String,
}

/// A family tree: the past on the left, the future on the right.
#[derive(Clone, Debug, Default)]
pub struct Family {
    /// The boxes.
    pub boxes: Vec<FamilyBox>,
    /// The lines between their edges.
    pub lines: Vec<[usize; 4]>,
}

/// A unit in the drawing.
#[derive(Clone, Debug)]
pub struct FamilyBox {
    /// Left edge.
    pub x: usize,
    /// Upper edge.
    pub y: usize,
    /// Its name, cut to fit.
    pub text: String,
    /// Whether it is the unit that the page is about.
    pub own: bool,
}

impl Family {
    /// Draws columns of names from the past to the future; `lines` lead from a place
    /// (column, row) to one further right. The unit itself stands in column `own`.
    pub fn draw(columns: &[Vec<String>], own: usize, lines: &[[(usize, usize); 2]]) -> Self {
        let place = |(column, row): (usize, usize)| (column * COLUMN + 10, row * ROW + 10);
        let boxes = columns.iter().enumerate().flat_map(|(column, names)| {
            names.iter().enumerate().map(move |(row, name)| {
                let (x, y) = place((column, row));
                FamilyBox {
                    x,
                    y,
                    text: cut(name),
                    own: column == own,
                }
            })
        });
        let line = |[from, to]: &[(usize, usize); 2]| {
            let ((left, above), (right, below)) = (place(*from), place(*to));
            [left + BOX, above + 16, right, below + 16]
        };
        Self {
            boxes: boxes.collect(),
            lines: lines.iter().map(line).collect(),
        }
    }

    fn width(&self) -> usize {
        let right = self.boxes.iter().map(|unit| unit.x).max().unwrap_or(0);
        right + BOX + 10
    }

    fn height(&self) -> usize {
        let lowest = self.boxes.iter().map(|unit| unit.y).max().unwrap_or(0);
        lowest + ROW
    }
}

fn cut(name: &str) -> String {
    if name.chars().count() <= CHARS {
        return name.to_owned();
    }
    let shown: String = name.chars().take(CHARS - 1).collect();
    format!("{}…", shown.trim_end())
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for UnitHistoryPage {
        const NAME: &'static str = "unit-history";

        fn samples(shell: &Shell) -> Vec<Self> {
            let columns = [
                vec![HOSTILE.to_owned(), LONG.to_owned()],
                vec!["UBND phường 1".to_owned()],
            ];
            let usual = Self {
                shell: shell.clone(),
                name: HOSTILE.to_owned(),
                address: links::unit_history("1"),
                day: jiff::civil::date(2025, 7, 1),
                on_day: HOSTILE.to_owned(),
                there: Some(links::unit("1")),
                versions: vec![VersionRow {
                    span: "từ 01/11/2024 đến nay".to_owned(),
                    name: HOSTILE.to_owned(),
                    aliases: LONG.to_owned(),
                    code: "29548".to_owned(),
                    parent: Some(samples::unit_link("UBND thành phố Vĩnh Long")),
                    measures: Vec::new(),
                    now: true,
                }],
                kin: vec![KinRow {
                    before: samples::unit_link(HOSTILE),
                    after: samples::unit_link("UBND phường 1"),
                    share: "3/7".to_owned(),
                    date: "01/11/2024".to_owned(),
                    order: "1687/NQ-UBTVQH15".to_owned(),
                }],
                family: Family::draw(&columns, 1, &[[(0, 0), (1, 0)], [(0, 1), (1, 0)]]),
            };
            let empty = Self {
                kin: Vec::new(),
                family: Family::default(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }

    #[test]
    fn long_names_are_cut_between_characters() {
        assert_eq!(cut("UBND phường 1"), "UBND phường 1");
        let long = cut(&"ữ".repeat(31));
        assert_eq!(long.chars().count(), CHARS);
        assert!(long.ends_with('…'));
    }
}
