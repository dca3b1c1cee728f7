//! An annex as a spreadsheet.

use std::io::{Seek, Write};

use office::sheet::Value;
use office::xlsx::{Writer, XlsxWriteError};
use vocab::{Decimal, Instant, Vnd};

use super::paper::{PaperAnnex, PaperCell, PaperRow};

/// Writes an annex as a spreadsheet (XLSX): one row of headings, then its rows. Amounts are
/// numbers, in millions as the annex has them; words are words, whatever they begin with.
pub fn write_xlsx<W: Write + Seek + Send>(
    out: W,
    annex: &PaperAnnex,
    made: Instant,
) -> Result<(), XlsxWriteError> {
    let mut file = Writer::new(&annex.number, made)?;
    let heads = annex.columns.iter();
    file.row(heads.map(|column| Value::Text(&column.title)))?;
    for row in &annex.rows {
        match row {
            PaperRow::Heading(words) => file.row([Value::Text(words)])?,
            PaperRow::Cells(cells) => file.row(cells.iter().map(value))?,
        }
    }
    file.finish(out)
}

fn value(cell: &PaperCell) -> Value<'_> {
    match cell {
        PaperCell::Words(words) if words.is_empty() => Value::Empty,
        PaperCell::Words(words) => Value::Text(words),
        PaperCell::Whole(number) => Value::Number(Decimal::from(*number)),
        PaperCell::Dong(None) => Value::Empty,
        PaperCell::Dong(Some(dong)) => Value::Number(Vnd::new(*dong).to_million().normalized()),
    }
}
