//! Reading a sheet back.

use std::collections::{BTreeMap, HashMap};

use office::grid::{self, Content, GridSheet};
use office::xlsx_in::XlsxReadError;
use vocab::fold::fold;
use vocab::{Evidence, FieldProblem};

use super::cells::Cells;
use super::columns::{self, BASE, Columns, ENTRY, KEY, NUMBER, PART, VALUE, WHOLE};
use super::ours::{demand_columns, demand_ours, is_proof};
use super::row::{self, Said};
use super::{SheetHead, SheetLine, SheetWords, mark, number};
use crate::figure::Entered;
use crate::import::IndicatorKind;

/// More rows of ours than any sheet has, whatever was copied in it.
const MOST_ROWS: usize = 2_000;

/// What a sheet comes to. Nothing was written yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetReading {
    /// What would change, in the order of the lines.
    pub changes: Vec<LineChange>,
    /// What could not be read, in the order of the rows. A line with any of it stays as it is.
    pub refusals: Vec<Refusal>,
    /// How many lines stay as they are because the sheet says the same.
    pub same: usize,
    /// The keys of lines that the sheet does not have any more: they stay as they are.
    pub absent: Vec<String>,
    /// The names of sheets that are none of ours, and were not read.
    pub unread: Vec<String>,
}

/// What a line of a sheet would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineChange {
    /// The indicator's key.
    pub key: String,
    /// The target's number.
    pub number: u16,
    /// The cell in which its value stands.
    pub cell: String,
    /// The value as it is now.
    pub before: Entered,
    /// The value as it would be.
    pub after: Entered,
    /// The note as it is now.
    pub note_before: String,
    /// The note as it would be.
    pub note_after: String,
    /// Whether somebody else changed the very same since the sheet was made.
    pub overtaken: bool,
}

/// A cell that could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The cell, and why: the problem's field is the cell's name, `B17` or `Sheet2!B17`.
    pub problem: FieldProblem,
    /// The key of its line, where it is known.
    pub key: Option<String>,
}

/// Why a file was not read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// No spreadsheet, damaged, or too large.
    #[error(transparent)]
    File(#[from] XlsxReadError),
    /// None of its sheets has the columns of a sheet of ours.
    #[error("reading a sheet: none of its sheets has our columns")]
    NotOurs,
    /// It was made for something else: `campaign`, `unit` or `period`.
    #[error("reading a sheet: it was made for another {what}: {found}")]
    Other {
        /// What of it is another.
        what: &'static str,
        /// What it says of that.
        found: String,
    },
    /// A column is there twice: which of both holds, it does not say.
    #[error("reading a sheet: the column at {cell} is there twice")]
    ColumnTwice {
        /// The cell of its second title.
        cell: String,
    },
    /// A column that is entered in is not there any more.
    #[error("reading a sheet: its column {column} was taken out")]
    ColumnMissing {
        /// Its title in the first language.
        column: String,
    },
}

/// Reads a file that was sent back for this unit and period. `lines` are its lines as they stand
/// now; `words` the languages in which a sheet may have been made.
pub fn read(
    bytes: &[u8],
    head: &SheetHead,
    lines: &[SheetLine],
    words: &[SheetWords],
) -> Result<SheetReading, SheetError> {
    let sheets = grid::read(bytes)?;
    demand_ours(&sheets, head)?;
    let mut ours: Vec<(&GridSheet, Columns)> = Vec::new();
    let mut reading = SheetReading::default();
    for sheet in &sheets {
        match Columns::find(sheet, words) {
            Some(columns) => ours.push((sheet, columns)),
            None if is_proof(sheet) => {}
            None if sheet.cells.is_empty() => {}
            None => reading.unread.push(sheet.name.clone()),
        }
    }
    if ours.is_empty() {
        return Err(SheetError::NotOurs);
    }
    let qualified = ours.len() > 1;
    for (sheet, columns) in &ours {
        demand_columns(sheet, columns, lines, words, qualified)?;
    }
    let around = evidence(&ours);
    let known: HashMap<&str, &SheetLine> =
        lines.iter().map(|line| (line.key.as_str(), line)).collect();
    let mut found: BTreeMap<&str, Vec<Cells<'_>>> = BTreeMap::new();
    let mut left = MOST_ROWS;
    for (sheet, columns) in &ours {
        for cells in rows(sheet, columns, qualified) {
            match key_of(cells, head, &known, words) {
                Ok(Some(key)) => found.entry(key).or_default().push(cells),
                Ok(None) => continue,
                Err(problem) => reading.refusals.push(Refusal { problem, key: None }),
            }
            left = left.checked_sub(1).ok_or(XlsxReadError::TooLarge)?;
        }
    }
    for line in lines {
        match found.get(line.key.as_str()) {
            None => reading.absent.push(line.key.clone()),
            Some(rows) => reading.take(line, rows, &around, words),
        }
    }
    Ok(reading)
}

impl SheetReading {
    /// Takes the rows of one line. Several that say the same are one.
    fn take(
        &mut self,
        line: &SheetLine,
        rows: &[Cells<'_>],
        around: &Evidence,
        words: &[SheetWords],
    ) {
        let mut said: Vec<(Cells<'_>, Said)> = Vec::new();
        let mut wrong = Vec::new();
        for cells in rows {
            match row::read(*cells, line, around, words) {
                Ok(read) => said.push((*cells, read)),
                Err(problems) => wrong.extend(problems),
            }
        }
        if let Some((_, first)) = said.first() {
            let differs = |(_, other): &&(Cells<'_>, Said)| {
                (other.entered, &other.note) != (first.entered, &first.note)
            };
            if let Some((_, other)) = said.iter().find(differs) {
                let twice = FieldProblem::new(&*other.cell, "sheet-line-twice");
                let twice = twice.with("other", &first.cell);
                wrong.push(twice.with("number", line.number));
            }
        }
        if !wrong.is_empty() {
            let refusal = |problem| Refusal {
                problem,
                key: Some(line.key.clone()),
            };
            self.refusals.extend(wrong.into_iter().map(refusal));
            return;
        }
        let Some((cells, said)) = said.into_iter().next() else {
            return;
        };
        match change(line, cells, said) {
            None => self.same += 1,
            Some(_) if !line.open => {
                let closed = FieldProblem::new(cells.name(value_column(line)), "sheet-line-closed");
                self.refusals.push(Refusal {
                    problem: closed.with("number", line.number),
                    key: Some(line.key.clone()),
                });
            }
            Some(change) => self.changes.push(change),
        }
    }
}

/// What a row changes of its line: what differs from what it said when the sheet was made, or,
/// where that was taken out, from what the line says now.
fn change(line: &SheetLine, cells: Cells<'_>, said: Said) -> Option<LineChange> {
    let base = cells.text(BASE).and_then(mark::base_of);
    let note = said.note.unwrap_or_else(|| line.note.clone());
    let (is_now, note_now) = (mark::value(line.entered), mark::note_digest(&line.note));
    let (was, note_was) = base.unwrap_or((&is_now, &note_now));
    let touched = mark::value(said.entered) != was;
    let note_touched = mark::note_digest(&note) != note_was;
    let after = if touched { said.entered } else { line.entered };
    let note_after = if note_touched {
        note
    } else {
        line.note.clone()
    };
    let changes = mark::value(after) != is_now;
    let note_changes = note_after.trim() != line.note.trim();
    if !changes && !note_changes {
        return None;
    }
    Some(LineChange {
        key: line.key.clone(),
        number: line.number,
        cell: said.cell,
        before: line.entered,
        after,
        note_before: line.note.clone(),
        note_after,
        overtaken: (changes && was != is_now) || (note_changes && note_was != note_now),
    })
}

/// The rows below a sheet's header that hold anything in our columns.
fn rows<'a>(
    sheet: &'a GridSheet,
    columns: &'a Columns,
    qualified: bool,
) -> impl Iterator<Item = Cells<'a>> {
    let mut last = None;
    let places = sheet.cells.keys().map(|(row, _)| *row);
    let rows = places.filter(move |row| last.replace(*row) != Some(*row));
    rows.filter(|row| *row > columns.header)
        .map(move |row| Cells {
            sheet,
            columns,
            row,
            qualified,
        })
}

/// The line that a row is about; nothing for a row that is about none and says nothing.
fn key_of<'a>(
    cells: Cells<'_>,
    head: &SheetHead,
    known: &HashMap<&'a str, &SheetLine>,
    words: &[SheetWords],
) -> Result<Option<&'a str>, FieldProblem> {
    let visible = || match cells.columns.of(NUMBER) {
        Some(_) => cells.name(NUMBER),
        None => cells.name(KEY),
    };
    let text = cells
        .text(KEY)
        .filter(|_| cells.of(KEY).is_some_and(|cell| !cell.formula));
    let Some((key, digest)) = text.and_then(mark::key_of) else {
        // The titles stand below the names of the columns.
        let mut titles = words.iter().filter_map(|words| words.titles.first());
        if cells
            .text(KEY)
            .is_some_and(|text| titles.any(|title| fold(title) == fold(text)))
        {
            return Ok(None);
        }
        let filled = ENTRY.iter().find(|id| {
            let cell = cells.of(id);
            cell.is_some_and(|cell| cell.content != Content::Text(String::new()))
        });
        return match filled {
            Some(id) => Err(FieldProblem::new(cells.name(id), "sheet-row-without-key")),
            None => Ok(None),
        };
    };
    if digest != mark::digest(head, key) {
        return Err(FieldProblem::new(visible(), "sheet-row-foreign"));
    }
    match known.get_key_value(key) {
        Some((key, _)) => Ok(Some(*key)),
        None => Err(FieldProblem::new(visible(), "sheet-line-unknown")),
    }
}

/// What tells in which form the numbers of the sheet are written.
fn evidence(ours: &[(&GridSheet, Columns)]) -> Evidence {
    let mut around = Evidence::default();
    for (sheet, columns) in ours {
        let places: Vec<u32> = [PART, WHOLE, columns::SHARE, VALUE]
            .into_iter()
            .filter_map(|id| columns.of(id))
            .collect();
        for ((row, column), cell) in &sheet.cells {
            if let Content::Text(text) = &cell.content
                && *row > columns.header
                && places.contains(column)
            {
                around.see(number::bare(text));
            }
        }
    }
    around
}

fn value_column(line: &SheetLine) -> &'static str {
    match line.kind {
        IndicatorKind::Ratio => PART,
        _ => VALUE,
    }
}
