//! Spreadsheets in, cell by cell, for whoever must know what exactly stands where: values with
//! their kind, whether a format shows them as percent, whether a formula made them, what is
//! merged. Nothing is guessed here and nothing is left out: hidden sheets, rows and columns are
//! read like all others.
//!
//! Its package is checked whole before any of it is read, see the module `package`.

use std::collections::{BTreeMap, HashSet};
use std::io::Cursor;

use calamine::{Data, Reader, SheetVisible, Xlsx, XlsxError};

use crate::package;
use crate::xlsx_in::{self, XlsxReadError};

/// More cells than any sheet that people fill in, all sheets together.
const MOST_CELLS: usize = 200_000;
/// More sheets, or merged areas in one, than anybody looks at.
const MOST_SHEETS: usize = 60;
const MOST_MERGED: usize = 50_000;

/// A sheet of a workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridSheet {
    /// Its name.
    pub name: String,
    /// Whether it is in sight.
    pub visible: bool,
    /// Its cells by row and column, both from 0.
    pub cells: BTreeMap<(u32, u32), GridCell>,
    /// Areas that are merged into one cell, whose value stands in the first.
    pub merged: Vec<Area>,
}

/// A cell that holds something.
#[derive(Clone, Debug, PartialEq)]
pub struct GridCell {
    /// What it holds; of a formula, what was computed when it was saved last.
    pub content: Content,
    /// Whether its format multiplies by a hundred and shows the percent sign.
    pub percent: bool,
    /// Whether a formula makes it.
    pub formula: bool,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A formula that was never computed.
    Nothing,
    /// A number, as the machine keeps it.
    Number(f64),
    /// Words, whatever they look like.
    Text(String),
    /// True or false.
    Flag(bool),
    /// A day or a time, as text: `2025-07-01`.
    Day(String),
    /// Such as `#DIV/0!`.
    Fault,
}

/// A rectangle of cells, rows and columns from 0, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Row and column of the first cell.
    pub start: (u32, u32),
    /// Row and column of the last cell.
    pub end: (u32, u32),
}

impl Area {
    /// Its name: `B3:C4`.
    pub fn name(self) -> String {
        format!("{}:{}", cell_name(self.start), cell_name(self.end))
    }
}

/// The name of a cell by its row and column from 0: `B17`.
pub fn cell_name((row, column): (u32, u32)) -> String {
    let mut left = u64::from(column) + 1;
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{}", u64::from(row) + 1)
}

/// Reads all sheets of a workbook.
pub fn read(bytes: &[u8]) -> Result<Vec<GridSheet>, XlsxReadError> {
    package::check(bytes)?;
    let unreadable = |error: XlsxError| XlsxReadError::Unreadable(error.to_string());
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let known: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    if known.len() > MOST_SHEETS {
        return Err(XlsxReadError::TooLarge);
    }
    let mut left = MOST_CELLS;
    let mut sheets = Vec::with_capacity(known.len());
    for (name, visible) in known {
        let mut sheet = GridSheet {
            visible,
            ..GridSheet::default()
        };
        let formulas = match formulas(&mut workbook, &name) {
            Ok(formulas) => formulas,
            // A chart on a sheet of its own holds no cells.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(unreadable(error)),
        };
        sheet.take(&mut workbook, &name, &formulas, &mut left)?;
        let merged = workbook
            .merge_cells_by_sheet_name(&name)
            .map_err(unreadable)?;
        if merged.len() > MOST_MERGED {
            return Err(XlsxReadError::TooLarge);
        }
        sheet.merged = merged
            .into_iter()
            .map(|area| Area {
                start: area.start,
                end: area.end,
            })
            .collect();
        sheet.name = name;
        sheets.push(sheet);
    }
    Ok(sheets)
}

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

fn formulas(workbook: &mut Book<'_>, name: &str) -> Result<HashSet<(u32, u32)>, XlsxError> {
    let mut cells = workbook.worksheet_cells_reader(name)?;
    let mut formulas = HashSet::new();
    while let Some(cell) = cells.next_formula()? {
        if !cell.get_value().is_empty() && formulas.len() < MOST_CELLS {
            formulas.insert(cell.get_position());
        }
    }
    Ok(formulas)
}

impl GridSheet {
    fn take(
        &mut self,
        workbook: &mut Book<'_>,
        name: &str,
        formulas: &HashSet<(u32, u32)>,
        left: &mut usize,
    ) -> Result<(), XlsxReadError> {
        let unreadable = |error: XlsxError| XlsxReadError::Unreadable(error.to_string());
        let mut cells = workbook.worksheet_cells_reader(name).map_err(unreadable)?;
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(unreadable)? {
            let place = cell.get_position();
            let formula = formulas.contains(&place);
            let content = content(&Data::from(cell.get_value().clone()));
            if content == Content::Nothing && !formula {
                continue;
            }
            *left = left.checked_sub(1).ok_or(XlsxReadError::TooLarge)?;
            let format = cells.styles().get(style);
            let format = format.and_then(|style| style.number_format.as_ref());
            let percent = format.is_some_and(|format| {
                shows_percent(&format.format_code) || matches!(format.format_id, Some(9 | 10))
            });
            let cell = GridCell {
                content,
                percent,
                formula,
            };
            self.cells.insert(place, cell);
        }
        Ok(())
    }
}

fn content(value: &Data) -> Content {
    match value {
        Data::Empty => Content::Nothing,
        Data::Error(_) => Content::Fault,
        Data::Bool(flag) => Content::Flag(*flag),
        Data::Float(number) => Content::Number(*number),
        #[expect(
            clippy::cast_precision_loss,
            reason = "spreadsheets keep numbers as floats; this is one again"
        )]
        Data::Int(number) => Content::Number(*number as f64),
        Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_) => {
            Content::Day(xlsx_in::text(value))
        }
        Data::String(_) => match xlsx_in::text(value) {
            text if text.is_empty() => Content::Nothing,
            text => Content::Text(text),
        },
    }
}

/// A percent sign in quotes or after a backslash is only a letter: it multiplies nothing.
fn shows_percent(format: &str) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    for letter in format.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            '%' if !quoted => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Format, Formula, Workbook};

    use super::*;

    #[test]
    fn cells_have_names() {
        let names = [(0, 0), (16, 1), (0, 26), (9, 16_383)].map(cell_name);
        assert_eq!(names, ["A1", "B17", "AA1", "XFD10"]);
    }

    #[test]
    fn only_a_percent_sign_of_the_format_s_own_multiplies() {
        assert!(shows_percent("0.00%"));
        assert!(!shows_percent("0.0\"%\""));
        assert!(!shows_percent("0\\%"));
        assert!(!shows_percent("General"));
    }

    #[test]
    fn everything_is_there_as_it_stands() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, " 0,8 ").unwrap();
        let percent = Format::new().set_num_format("0%");
        sheet.write_with_format(0, 1, 0.8, &percent).unwrap();
        let formula = Formula::new("=40+2").set_result("42");
        sheet.write_formula(1, 1, formula).unwrap();
        sheet.write(2, 0, true).unwrap();
        sheet.merge_range(4, 0, 5, 1, "x", &Format::new()).unwrap();
        sheet.set_row_hidden(2).unwrap();
        let hidden = book.add_worksheet();
        hidden.set_very_hidden(true);
        hidden.write(0, 0, 7).unwrap();
        let sheets = read(&book.save_to_buffer().unwrap()).unwrap();
        let cell = |place| sheets[0].cells[&place].clone();
        assert_eq!(cell((0, 0)).content, Content::Text("0,8".to_owned()));
        assert!(cell((0, 1)).percent);
        assert_eq!(cell((0, 1)).content, Content::Number(0.8));
        assert!(cell((1, 1)).formula);
        assert_eq!(cell((1, 1)).content, Content::Number(42.0));
        assert_eq!(cell((2, 0)).content, Content::Flag(true));
        assert_eq!(sheets[0].merged[0].name(), "A5:B6");
        assert!(sheets[0].visible && !sheets[1].visible);
        assert_eq!(sheets[1].cells[&(0, 0)].content, Content::Number(7.0));
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        assert!(read(b"PK\x03\x04").is_err());
        assert!(read(b"").is_err());
    }
}
