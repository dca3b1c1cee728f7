//! Spreadsheets out, row by row: memory does not grow with the number of rows.

use std::io::{Seek, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use vocab::{Decimal, Instant};

use crate::sheet::Value;

/// The digits that a spreadsheet program keeps; longer numbers are written as text.
const EXACT_DIGITS: usize = 15;

/// The rows that a sheet holds.
const ROWS: u32 = 1_048_576;

/// A workbook of one sheet whose first row stays in sight; what does not fit goes on in further
/// sheets under the same heads.
pub struct Writer {
    workbook: Workbook,
    name: String,
    heads: Vec<String>,
    sheets: usize,
    next_row: u32,
    rows_a_sheet: u32,
}

/// Why a spreadsheet could not be written.
#[derive(Debug, thiserror::Error)]
pub enum XlsxWriteError {
    /// A row, a column or a text beyond what the format holds.
    #[error("writing row {row} of a spreadsheet: {reason}; export comma-separated values instead")]
    Limit {
        /// The row, counted from 1.
        row: u32,
        /// What is too much.
        reason: String,
    },
    /// The sheet could not be begun or saved.
    #[error("writing a spreadsheet: {0}")]
    Save(String),
}

impl Writer {
    /// Begins a workbook. The instant is stored inside it as the time of its making.
    pub fn new(sheet: &str, made: Instant) -> Result<Self, XlsxWriteError> {
        let made = ExcelDateTime::from_timestamp(made.as_millis() / 1_000).map_err(save)?;
        let mut workbook = Workbook::new();
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let mut writer = Self {
            workbook,
            name: sheet.to_owned(),
            heads: Vec::new(),
            sheets: 0,
            next_row: 0,
            rows_a_sheet: ROWS,
        };
        writer.begin(sheet)?;
        Ok(writer)
    }

    fn begin(&mut self, name: &str) -> Result<(), XlsxWriteError> {
        let worksheet = self
            .workbook
            .add_worksheet_with_constant_memory()
            .map_err(save)?;
        worksheet.set_name(name).map_err(save)?;
        worksheet.set_freeze_panes(1, 0).map_err(save)?;
        self.sheets += 1;
        self.next_row = 0;
        Ok(())
    }

    /// Adds the row that stands above all others, on each sheet.
    pub fn heads<'v>(
        &mut self,
        heads: impl IntoIterator<Item = &'v str>,
    ) -> Result<(), XlsxWriteError> {
        self.heads = heads.into_iter().map(str::to_owned).collect();
        self.write_heads()
    }

    fn write_heads(&mut self) -> Result<(), XlsxWriteError> {
        let heads = std::mem::take(&mut self.heads);
        let written = self.row(heads.iter().map(|head| Value::Text(head)));
        self.heads = heads;
        written
    }

    /// Adds a row.
    pub fn row<'v>(
        &mut self,
        values: impl IntoIterator<Item = Value<'v>>,
    ) -> Result<(), XlsxWriteError> {
        if self.next_row == self.rows_a_sheet {
            let name = format!("{} ({})", self.name, self.sheets + 1);
            self.begin(&name)?;
            self.write_heads()?;
        }
        let row = self.next_row;
        let limit = |reason: String| XlsxWriteError::Limit {
            row: row.saturating_add(1),
            reason,
        };
        let sheet = self
            .workbook
            .worksheet_from_index(self.sheets - 1)
            .map_err(|error| limit(error.to_string()))?;
        for (column, value) in values.into_iter().enumerate() {
            let column = u16::try_from(column).map_err(|error| limit(error.to_string()))?;
            let written = match value {
                Value::Empty => continue,
                Value::Text(text) => sheet.write_string(row, column, text),
                Value::Number(number) => match as_float(number) {
                    Some(float) => sheet.write_number(row, column, float),
                    None => sheet.write_string(row, column, number.to_string()),
                },
            };
            written.map_err(|error| limit(error.to_string()))?;
        }
        self.next_row = row.saturating_add(1);
        Ok(())
    }

    /// Writes the whole file.
    pub fn finish<W: Write + Seek + Send>(mut self, out: W) -> Result<(), XlsxWriteError> {
        self.workbook.save_to_writer(out).map_err(save)
    }
}

fn save(error: XlsxError) -> XlsxWriteError {
    XlsxWriteError::Save(error.to_string())
}

/// The number as the format keeps it, if no digit is lost.
pub(crate) fn as_float(number: Decimal) -> Option<f64> {
    let text = number.to_string();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (digits <= EXACT_DIGITS)
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Reader, Xlsx};

    use super::*;

    fn written(rows: &[Vec<Value<'_>>]) -> Vec<u8> {
        let mut writer = Writer::new("Chỉ tiêu", Instant::from_micros(0)).unwrap();
        for row in rows {
            writer.row(row.iter().copied()).unwrap();
        }
        let mut file = Cursor::new(Vec::new());
        writer.finish(&mut file).unwrap();
        file.into_inner()
    }

    #[test]
    fn the_same_rows_give_the_same_file() {
        let rows = [
            vec![Value::Text("=HYPERLINK(\"x\")"), Value::Empty],
            vec![Value::Number("912.912".parse().unwrap())],
        ];
        assert!(written(&rows).starts_with(b"PK"));
        assert_eq!(written(&rows), written(&rows));
    }

    #[test]
    fn what_does_not_fit_goes_on_under_the_same_heads() {
        let mut writer = Writer::new("Danh sách", Instant::from_micros(0)).unwrap();
        writer.rows_a_sheet = 3;
        writer.heads(["Số"]).unwrap();
        for number in ["1", "2", "3", "4", "5"] {
            writer.row([Value::Text(number)]).unwrap();
        }
        let mut file = Cursor::new(Vec::new());
        writer.finish(&mut file).unwrap();
        let mut book = Xlsx::new(file).unwrap();
        let sheets = book.worksheets().into_iter();
        let sheets: Vec<(String, Vec<String>)> = sheets
            .map(|(name, range)| (name, range.rows().map(|row| row[0].to_string()).collect()))
            .collect();
        let sheet = |name: &str, rows: &[&str]| {
            let rows = rows.iter().map(|row| (*row).to_owned()).collect();
            (name.to_owned(), rows)
        };
        assert_eq!(
            sheets,
            [
                sheet("Danh sách", &["Số", "1", "2"]),
                sheet("Danh sách (2)", &["Số", "3", "4"]),
                sheet("Danh sách (3)", &["Số", "5"]),
            ]
        );
    }

    #[test]
    fn numbers_keep_every_digit_or_become_text() {
        assert_eq!(as_float("912.912".parse().unwrap()), Some(912.912));
        assert_eq!(as_float("9007199254740993".parse().unwrap()), None);
    }

    #[test]
    fn what_the_format_cannot_hold_is_refused() {
        let mut writer = Writer::new("x", Instant::from_micros(0)).unwrap();
        let long = "x".repeat(40_000);
        assert!(matches!(
            writer.row([Value::Text(&long)]),
            Err(XlsxWriteError::Limit { row: 1, .. })
        ));
        let wide = vec![Value::Text("x"); 20_000];
        assert!(writer.row(wide).is_err());
        assert!(Writer::new("a/b", Instant::from_micros(0)).is_err());
    }
}
