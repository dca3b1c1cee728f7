//! Finding a sheet's columns again, wherever they were moved.

use std::collections::HashMap;

use office::grid::{Content, GridSheet};
use vocab::fold::fold;

use super::{COLUMNS, SheetWords};

/// The line's key.
pub(super) const KEY: &str = "phusa:ma";
/// What the line said when the sheet was made.
pub(super) const BASE: &str = "phusa:goc";
/// The target's number.
pub(super) const NUMBER: &str = "phusa:so";
/// What is measured.
pub(super) const NAME: &str = "phusa:ten";
/// How.
pub(super) const KIND: &str = "phusa:cach-do";
/// The unit of measure.
pub(super) const MEASURE_UNIT: &str = "phusa:don-vi-tinh";
/// The goal.
pub(super) const GOAL: &str = "phusa:muc-tieu";
/// The year before.
pub(super) const BASELINE: &str = "phusa:nam-truoc";
/// The period before.
pub(super) const LAST: &str = "phusa:ky-truoc";
/// The numerator.
pub(super) const PART: &str = "phusa:tu-so";
/// The denominator.
pub(super) const WHOLE: &str = "phusa:mau-so";
/// The share, computed.
pub(super) const SHARE: &str = "phusa:ty-le";
/// A count, or whether something is done.
pub(super) const VALUE: &str = "phusa:ket-qua";
/// The note.
pub(super) const NOTE: &str = "phusa:ghi-chu";

/// What is entered in: a sheet without them is none of ours.
pub(super) const ENTRY: [&str; 4] = [PART, WHOLE, VALUE, NOTE];

/// How far down a header is looked for.
const DEEPEST_HEADER: u32 = 500;

/// Where a sheet's columns stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    places: HashMap<&'static str, u32>,
    /// The last row of the header.
    pub header: u32,
    /// A column that is there twice: the cell of its second name.
    pub twice: Option<(u32, u32)>,
}

impl Columns {
    /// By the names out of sight; where that row was taken out, by the titles in any of these
    /// languages. Nothing for a sheet that is none of ours.
    pub(super) fn find(sheet: &GridSheet, words: &[SheetWords]) -> Option<Self> {
        let named = Self::by(sheet, &|text| {
            let named = COLUMNS.iter().find(|id| **id == text);
            named.copied()
        });
        let titled = || {
            words.iter().find_map(|words| {
                let titles: Vec<String> = words.titles.iter().map(|title| fold(title)).collect();
                Self::by(sheet, &|text| {
                    let text = fold(text);
                    let at = titles.iter().position(|title| *title == text)?;
                    COLUMNS.get(at).copied()
                })
            })
        };
        named.or_else(titled)
    }

    fn by(sheet: &GridSheet, id_of: &dyn Fn(&str) -> Option<&'static str>) -> Option<Self> {
        let mut rows: HashMap<u32, Self> = HashMap::new();
        for ((row, column), cell) in &sheet.cells {
            if *row > DEEPEST_HEADER {
                break;
            }
            let Content::Text(text) = &cell.content else {
                continue;
            };
            if let Some(id) = id_of(text) {
                let columns = rows.entry(*row).or_default();
                columns.header = *row;
                if columns.places.insert(id, *column).is_some() {
                    columns.twice.get_or_insert((*row, *column));
                }
            }
        }
        let mut found: Vec<Self> = rows
            .into_values()
            .filter(|columns| {
                columns.places.contains_key(KEY)
                    && ENTRY.iter().any(|id| columns.places.contains_key(id))
            })
            .collect();
        found.sort_by_key(|columns| columns.header);
        found.into_iter().next()
    }

    /// The column with this name.
    pub(super) fn of(&self, id: &str) -> Option<u32> {
        self.places.get(id).copied()
    }

    /// The names of those that are entered in and stand in these columns.
    pub(super) fn entry_between(&self, first: u32, last: u32) -> Vec<&'static str> {
        let inside = |id: &&'static str| {
            let place = self.of(id);
            place.is_some_and(|column| (first..=last).contains(&column))
        };
        ENTRY.iter().copied().filter(inside).collect()
    }
}
