//! Long tables, row by row: CSV and spreadsheets of up to a million rows. One row is in memory at
//! a time, and what a spreadsheet says in several places (its shared texts), within bounds.

use std::io::Cursor;
use std::ops::ControlFlow;

use calamine::{Data, Reader, Xlsx};

use crate::package::{self, Bounds};
use crate::text::MOST_CELLS;
use crate::xlsx_in::{self, XlsxReadError};

/// The largest file that is read so, in bytes.
pub const LARGEST_FILE: usize = 64 << 20;
/// The most rows, the heading among them.
pub const MOST_ROWS: usize = 1_000_001;

const BOUNDS: Bounds = Bounds {
    file: LARGEST_FILE,
    streamed: 2 << 30,
    held: 256 << 20,
};

/// A row that holds something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LongRow {
    /// Where it stands in the file, counted from 1.
    pub line: u32,
    /// Its cells up to the last one that holds something.
    pub cells: Vec<LongCell>,
}

/// What a cell holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LongCell {
    /// As text, without white space at its ends. Days are `2025-07-01`.
    pub text: String,
    /// Whether the file keeps it as a number: its text then has a point before a fraction,
    /// whatever language it was typed in.
    pub is_number: bool,
}

impl From<&str> for LongCell {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            is_number: false,
        }
    }
}

/// Why a long table could not be read on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LongError {
    /// Larger than [`LARGEST_FILE`], or unpacked than what is taken.
    #[error("reading a long table: it is too large; split it")]
    TooLarge,
    /// More than [`MOST_ROWS`].
    #[error("reading a long table: it has more than {MOST_ROWS} rows; split it")]
    TooManyRows,
    /// Neither CSV in UTF-8 nor a spreadsheet, or damaged.
    #[error("reading a long table: {0}; save it again as .xlsx or .csv")]
    Unreadable(String),
}

impl From<XlsxReadError> for LongError {
    fn from(error: XlsxReadError) -> Self {
        match error {
            XlsxReadError::TooLarge => Self::TooLarge,
            XlsxReadError::TooManyRows => Self::TooManyRows,
            other => Self::Unreadable(other.to_string()),
        }
    }
}

/// Whether a file is a spreadsheet, by its first bytes.
pub fn is_sheet(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK")
}

/// Gives every row of a file that holds something to `take`, in order, until that has enough. Of a
/// spreadsheet it is the first sheet.
///
/// # Errors
///
/// [`LongError`], after the rows before the place that cannot be read were given.
pub fn each_row(
    bytes: &[u8],
    take: &mut dyn FnMut(LongRow) -> ControlFlow<()>,
) -> Result<(), LongError> {
    if bytes.len() > LARGEST_FILE {
        return Err(LongError::TooLarge);
    }
    let mut rows = 0;
    let mut counted = |row: LongRow| {
        rows += 1;
        if rows > MOST_ROWS {
            return Err(LongError::TooManyRows);
        }
        Ok(take(row))
    };
    if is_sheet(bytes) {
        each_of_sheet(bytes, &mut counted)
    } else {
        each_of_text(bytes, &mut counted)
    }
}

type Take<'a> = &'a mut dyn FnMut(LongRow) -> Result<ControlFlow<()>, LongError>;

fn each_of_sheet(bytes: &[u8], take: Take<'_>) -> Result<(), LongError> {
    package::check_within(bytes, BOUNDS).map_err(XlsxReadError::from)?;
    let unreadable = |error: calamine::XlsxError| LongError::Unreadable(error.to_string());
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let Some(name) = workbook.sheet_names().first().cloned() else {
        return Err(LongError::Unreadable("it has no sheet".to_owned()));
    };
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(unreadable)?;
    let mut open = LongRow::default();
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let data = Data::from(cell.get_value().clone());
        let text = xlsx_in::text(&data);
        if text.is_empty() {
            continue;
        }
        let (line, column) = (row.saturating_add(1), column as usize);
        if column >= MOST_CELLS {
            return Err(XlsxReadError::TooManyCells { row: line }.into());
        }
        if open.line != line {
            let whole = std::mem::replace(
                &mut open,
                LongRow {
                    line,
                    cells: Vec::new(),
                },
            );
            if !whole.cells.is_empty() && take(whole)?.is_break() {
                return Ok(());
            }
        }
        if open.cells.len() <= column {
            open.cells.resize_with(column + 1, LongCell::default);
        }
        open.cells[column] = LongCell {
            text,
            is_number: matches!(data, Data::Int(_) | Data::Float(_)),
        };
    }
    if !open.cells.is_empty() {
        let _ = take(open)?;
    }
    Ok(())
}

fn each_of_text(bytes: &[u8], take: Take<'_>) -> Result<(), LongError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| LongError::Unreadable("it is not in UTF-8".to_owned()))?;
    if text.contains('\0') {
        return Err(LongError::Unreadable("it is no text".to_owned()));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    // The source is a string in memory: neither reading nor its encoding can fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = record
            .position()
            .and_then(|position| u32::try_from(position.line()).ok())
            .unwrap_or(u32::MAX);
        if record.len() > MOST_CELLS {
            return Err(LongError::Unreadable(format!(
                "the row at line {line} has more than {MOST_CELLS} cells"
            )));
        }
        if record.iter().all(str::is_empty) {
            continue;
        }
        let cells = record.iter().map(LongCell::from).collect();
        if take(LongRow { line, cells })?.is_break() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use vocab::Instant;

    use super::*;
    use crate::sheet::Value;
    use crate::xlsx::Writer;

    fn rows(bytes: &[u8], most: usize) -> Result<Vec<LongRow>, LongError> {
        let mut rows = Vec::new();
        each_row(bytes, &mut |row| {
            rows.push(row);
            if rows.len() < most {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        Ok(rows)
    }

    #[test]
    fn rows_of_sheets_and_of_text_are_alike() {
        let mut writer = Writer::new("x", Instant::from_micros(0)).unwrap();
        writer.row([Value::Text("Tên"), Value::Text("Cỡ")]).unwrap();
        writer.row([Value::Empty, Value::Empty]).unwrap();
        let number = Value::Number("1234.5".parse().unwrap());
        writer.row([Value::Empty, number]).unwrap();
        let mut file = Cursor::new(Vec::new());
        writer.finish(&mut file).unwrap();
        let sheet = rows(&file.into_inner(), usize::MAX).unwrap();
        let text = rows("\u{feff}Tên,Cỡ\n,\n,1234.5\n".as_bytes(), usize::MAX).unwrap();
        assert_eq!(sheet[0], text[0]);
        assert_eq!((sheet[1].line, text[1].line), (3, 3));
        assert_eq!(sheet[1].cells[1].text, text[1].cells[1].text);
        assert!(sheet[1].cells[1].is_number && !text[1].cells[1].is_number);
    }

    #[test]
    fn reading_ends_where_enough_was_taken_and_at_what_is_too_much() {
        let long = "x\n".repeat(MOST_ROWS + 1);
        assert_eq!(rows(long.as_bytes(), 3).unwrap().len(), 3);
        assert_eq!(
            rows(long.as_bytes(), usize::MAX),
            Err(LongError::TooManyRows)
        );
        let wide = vec!["x"; MOST_CELLS + 1].join(",");
        for bytes in [&b"PK\x03\x04"[..], b"\xff\xfe", b"a\0b", wide.as_bytes()] {
            let read = rows(bytes, usize::MAX);
            assert!(matches!(read, Err(LongError::Unreadable(_))), "{read:?}");
        }
    }
}
