//! A unit's reports of a period as a spreadsheet: written for it, filled in somewhere else, read
//! back safely whatever was done there.
//!
//! Pure: [`write()`] makes the file from [`SheetLine`]s; [`read`] gives what would change
//! ([`LineChange`]) and what could not be read, each with its cell ([`Refusal`]), and writes
//! nothing. Nothing is guessed: a value is read right, or refused with the cell named.
//!
//! How a sheet knows its own: each row carries the key of its line with a digest over campaign,
//! unit, period and key ([`SheetHead`]), so that rows may be sorted, moved, hidden or taken out,
//! and a row from another sheet shows. Columns carry names in a row out of sight. What each line
//! said when the sheet was made stands in it too, so that what somebody entered elsewhere
//! meanwhile is not overwritten by a cell that nobody touched. The digests keep slips away, not
//! forgers: whoever sends a sheet may enter those very values by hand.

mod cells;
mod columns;
mod mark;
mod number;
mod ours;
mod read;
mod row;
mod write;

use vocab::{Decimal, Id, Instant, Period};

pub use read::{LineChange, Refusal, SheetError, SheetReading, read};
pub use write::write;

use crate::figure::Entered;
use crate::import::IndicatorKind;

/// What a sheet is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetHead {
    /// The campaign, or the plan where there is none: what tells this call for reports from
    /// others.
    pub campaign: String,
    /// The unit that reports.
    pub unit: Id,
    /// Its name.
    pub unit_name: String,
    /// The period.
    pub period: Period,
    /// Whether the data is made up.
    pub made_up: bool,
    /// When the sheet is made.
    pub made: Instant,
}

/// One indicator on which the unit reports.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetLine {
    /// The indicator's key: `833/QĐ-UBND#12.1`.
    pub key: String,
    /// The target's number.
    pub number: u16,
    /// What is measured.
    pub name: String,
    /// How it is measured.
    pub kind: IndicatorKind,
    /// `%`, or the thing counted.
    pub measure_unit: Option<String>,
    /// What the numerator or the count counts.
    pub counts: Option<String>,
    /// What the denominator counts.
    pub among: Option<String>,
    /// The goal, as written.
    pub goal: String,
    /// What was reported for the period before.
    pub last: Entered,
    /// Where the figure stood the year before.
    pub baseline: Option<Decimal>,
    /// What the report says now.
    pub entered: Entered,
    /// Its note.
    pub note: String,
    /// Whether the report may still be changed.
    pub open: bool,
}

/// The words of a sheet in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetWords {
    /// The sheet's name: at most 31 characters, none of `[]:*?/\`.
    pub sheet: String,
    /// The title, with unit and period.
    pub title: String,
    /// How to fill it in, line by line.
    pub instructions: Vec<String>,
    /// That its data is made up.
    pub made_up: String,
    /// The titles of its columns, in the order of [`COLUMNS`].
    pub titles: Vec<String>,
    /// The kinds of measures: ratio, count, milestone, standing.
    pub kinds: [String; 4],
    /// Done, and not done.
    pub flags: [String; 2],
    /// What to say to whoever types something else than a whole number.
    pub whole: String,
    /// What to say to whoever types something else than a number.
    pub decimal: String,
    /// What to say to whoever types something else than those two words.
    pub choice: String,
}

/// The names of a sheet's columns, in the order in which it is written.
pub const COLUMNS: [&str; 14] = [
    columns::KEY,
    columns::BASE,
    columns::NUMBER,
    columns::NAME,
    columns::KIND,
    columns::MEASURE_UNIT,
    columns::GOAL,
    columns::BASELINE,
    columns::LAST,
    columns::PART,
    columns::WHOLE,
    columns::SHARE,
    columns::VALUE,
    columns::NOTE,
];

#[cfg(test)]
mod tests;
