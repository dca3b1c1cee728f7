//! Spreadsheets in: the first sheet, as the same table that any other file gives.
//!
//! Its package is checked whole before any of it is read, see the module `package`.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use jiff::civil::Date;

use crate::document::{Cell, Row, Table};
use crate::package::{self, PackageError};
use crate::text::{MOST_CELLS, MOST_ROWS};

pub use crate::package::LARGEST_FILE;

/// Why a spreadsheet could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XlsxReadError {
    /// Longer than [`LARGEST_FILE`], packed or unpacked.
    #[error("reading a spreadsheet: it is too large; split it")]
    TooLarge,
    /// Not a spreadsheet, or damaged.
    #[error("reading a spreadsheet: {0}; save it again as .xlsx or .csv")]
    Unreadable(String),
    /// More than [`MOST_ROWS`] rows.
    #[error("reading a spreadsheet: it has more than {MOST_ROWS} rows; split it")]
    TooManyRows,
    /// A row of more than [`MOST_CELLS`] cells.
    #[error("reading a spreadsheet: row {row} has more than {MOST_CELLS} cells")]
    TooManyCells {
        /// The row, counted from 1.
        row: u32,
    },
}

impl From<PackageError> for XlsxReadError {
    fn from(error: PackageError) -> Self {
        match error {
            PackageError::TooLarge => Self::TooLarge,
            PackageError::Unreadable(why) => Self::Unreadable(why),
            PackageError::Declares(part) => {
                Self::Unreadable(format!("its part {part} declares a document type"))
            }
        }
    }
}

/// Reads the first sheet. Days are given as `2025-07-01`, whole numbers without a fraction;
/// a row without any value is left out, and a row's line is its number in the sheet.
pub fn read(bytes: &[u8]) -> Result<Table, XlsxReadError> {
    package::check(bytes)?;
    let unreadable = |error: calamine::XlsxError| XlsxReadError::Unreadable(error.to_string());
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let Some(name) = workbook.sheet_names().first().cloned() else {
        return Err(XlsxReadError::Unreadable("it has no sheet".to_owned()));
    };
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(unreadable)?;
    let mut table = Table { rows: Vec::new() };
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let text = text(&Data::from(cell.get_value().clone()));
        if text.is_empty() {
            continue;
        }
        let line = row.saturating_add(1);
        let column = column as usize;
        if column >= MOST_CELLS {
            return Err(XlsxReadError::TooManyCells { row: line });
        }
        if table.rows.last().is_none_or(|last| last.line != line) {
            if table.rows.len() == MOST_ROWS {
                return Err(XlsxReadError::TooManyRows);
            }
            table.rows.push(Row {
                line,
                cells: Vec::new(),
            });
        }
        if let Some(row) = table.rows.last_mut() {
            let empty = || Cell::new("", line);
            if row.cells.len() <= column {
                row.cells.resize_with(column + 1, empty);
            }
            row.cells[column].text = text;
        }
    }
    Ok(table)
}

pub(crate) fn text(value: &Data) -> String {
    match value {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            text.trim().to_owned()
        }
        Data::DateTime(moment) => {
            day(moment.as_f64()).map_or_else(|| moment.as_f64().to_string(), |day| day.to_string())
        }
        other => other.to_string(),
    }
}

/// The day of a serial number: days since 30/12/1899.
fn day(serial: f64) -> Option<Date> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a number of days beyond the calendar is refused right after"
    )]
    let days = serial.floor() as i64;
    if !(1..3_000_000).contains(&days) {
        return None;
    }
    let zero = Date::new(1899, 12, 30).ok()?;
    zero.checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::Value;
    use crate::xlsx::Writer;
    use vocab::Instant;

    #[test]
    fn what_was_written_is_read_again() {
        let mut writer = Writer::new("x", Instant::from_micros(0)).unwrap();
        writer
            .row([Value::Text("Họ và tên"), Value::Text("Số")])
            .unwrap();
        writer.row([Value::Empty, Value::Empty]).unwrap();
        let number = Value::Number("912".parse().unwrap());
        writer.row([Value::Empty, number]).unwrap();
        let mut file = Cursor::new(Vec::new());
        writer.finish(&mut file).unwrap();
        let table = read(&file.into_inner()).unwrap();
        let rows: Vec<(u32, Vec<&str>)> = table
            .rows
            .iter()
            .map(|row| (row.line, row.cells.iter().map(|cell| &*cell.text).collect()))
            .collect();
        assert_eq!(rows, [(1, vec!["Họ và tên", "Số"]), (3, vec!["", "912"])]);
    }

    #[test]
    fn days_are_days() {
        assert_eq!(day(45_839.0).unwrap().to_string(), "2025-07-01");
        assert_eq!(day(-1.0), None);
        assert_eq!(day(f64::INFINITY), None);
    }

    #[test]
    fn other_files_are_refused() {
        for bytes in [&b""[..], b"PK\x03\x04", b"name,unit\n", &[0; 100]] {
            assert!(matches!(read(bytes), Err(XlsxReadError::Unreadable(_))));
        }
    }
}
