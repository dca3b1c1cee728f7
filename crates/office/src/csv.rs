//! Comma-separated values, as RFC 4180 quotes them, into the same table as any other file.

use std::borrow::Cow;
use std::io;

use crate::document::{Cell, Row, Table};
use crate::sheet::{Value, is_formula};
use crate::text::{LARGEST_TEXT, MOST_CELLS, MOST_ROWS};

/// Why comma-separated values could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CsvError {
    /// Longer than [`LARGEST_TEXT`].
    #[error(
        "reading comma-separated values of {bytes} bytes: at most {LARGEST_TEXT} are read; split the file"
    )]
    TooLong {
        /// How long it is.
        bytes: usize,
    },
    /// More than [`MOST_ROWS`] rows.
    #[error(
        "reading comma-separated values: line {line} begins a row beyond the {MOST_ROWS} that are read; split the file"
    )]
    TooManyRows {
        /// Where the row too many begins.
        line: u32,
    },
    /// A row of more than [`MOST_CELLS`] cells.
    #[error(
        "reading comma-separated values: the row at line {line} has more than {MOST_CELLS} cells; check its quotes"
    )]
    TooManyCells {
        /// Where the row begins.
        line: u32,
    },
}

/// Reads comma-separated values. Rows may differ in length; white space around a value is
/// dropped; a row without any value is left out.
pub fn read(text: &str) -> Result<Table, CsvError> {
    if text.len() > LARGEST_TEXT {
        return Err(CsvError::TooLong { bytes: text.len() });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut table = Table { rows: Vec::new() };
    // The source is a string in memory: neither reading nor its encoding can fail.
    for record in reader.records().map_while(Result::ok) {
        let line = record
            .position()
            .and_then(|position| u32::try_from(position.line()).ok())
            .unwrap_or(u32::MAX);
        if record.len() > MOST_CELLS {
            return Err(CsvError::TooManyCells { line });
        }
        if record.iter().all(str::is_empty) {
            continue;
        }
        if table.rows.len() == MOST_ROWS {
            return Err(CsvError::TooManyRows { line });
        }
        let cell = |value: &str| Cell::new(value, line);
        table.rows.push(Row {
            line,
            cells: record.iter().map(cell).collect(),
        });
    }
    Ok(table)
}

/// Writes rows as they come: one row is in memory at a time.
#[derive(Debug)]
pub struct Writer<W: io::Write> {
    inner: csv::Writer<W>,
}

impl<W: io::Write> Writer<W> {
    /// Begins a file in UTF-8, with the mark by which spreadsheet programs know that.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all("\u{feff}".as_bytes())?;
        let inner = csv::WriterBuilder::new().flexible(true).from_writer(out);
        Ok(Self { inner })
    }

    /// Adds a row. Text that a spreadsheet program would run as a formula gets an
    /// apostrophe before it, which such programs hide.
    pub fn row<'v>(&mut self, values: impl IntoIterator<Item = Value<'v>>) -> io::Result<()> {
        for value in values {
            let text = match value {
                Value::Empty => Cow::Borrowed(""),
                Value::Text(text) if is_formula(text) => Cow::Owned(format!("'{text}")),
                Value::Text(text) => Cow::Borrowed(text),
                Value::Number(number) => Cow::Owned(number.to_string()),
            };
            self.inner.write_field(text.as_bytes())?;
        }
        self.inner.write_record(None::<&[u8]>)?;
        Ok(())
    }

    /// Writes out what is held back and gives the destination back.
    pub fn finish(self) -> io::Result<W> {
        self.inner
            .into_inner()
            .map_err(csv::IntoInnerError::into_error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_commas_and_line_breaks() {
        let table = read("alias,kind\n\"Sở Văn hóa, TT&DL\", body \n\n\"a\nb\"\nlast,\"x\"\"y\"\n")
            .unwrap();
        let rows: Vec<Vec<&str>> = table
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect())
            .collect();
        assert_eq!(rows[1], ["Sở Văn hóa, TT&DL", "body"]);
        assert_eq!(rows[2], ["a\nb"]);
        assert_eq!(rows[3], ["last", "x\"y"]);
        assert_eq!(table.rows[3].line, 6);
    }

    #[test]
    fn formulas_are_written_as_text_and_numbers_as_numbers() {
        let mut writer = Writer::new(Vec::new()).unwrap();
        let number = Value::Number("-1234.50".parse().unwrap());
        let texts = ["=1+1", "+84", "-5", "@x", "\t=x", "Sở Văn hóa, TT&DL", ""];
        let values = texts.into_iter().map(Value::Text);
        writer.row(values.chain([number, Value::Empty])).unwrap();
        writer.row([Value::Text("x")]).unwrap();
        let bytes = writer.finish().unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "\u{feff}'=1+1,'+84,'-5,'@x,'\t=x,\"Sở Văn hóa, TT&DL\",,-1234.50,\nx\n"
        );
    }

    #[test]
    fn too_many_rows_or_cells_are_refused() {
        let wide = vec!["x"; MOST_CELLS + 1].join(",");
        assert_eq!(read(&wide), Err(CsvError::TooManyCells { line: 1 }));
        let long = "x\n".repeat(MOST_ROWS + 1);
        assert!(matches!(read(&long), Err(CsvError::TooManyRows { .. })));
    }
}
