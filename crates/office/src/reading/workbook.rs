//! Spreadsheets as documents: every visible sheet, its name first. In a sheet the rows above
//! the first one with several cells are paragraphs, as are rows of one cell below the table.

use std::io::Cursor;

use calamine::{Data, Dimensions, Reader, SheetVisible, Xlsx, XlsxError};
use vocab::Decimal;

use super::tree::{Draft, DraftBlock, DraftCell, Said};
use super::{Place, ReadError};
use crate::text::{MOST_CELLS, MOST_ROWS, TextError};
use crate::xlsx_in;

/// A row of fewer filled cells opens no table.
const FEWEST_CELLS: usize = 3;
/// Blank rows that end a table.
const GAP: u32 = 3;
/// Beyond so many merged areas a sheet is drawn rather than written.
const MOST_MERGED: usize = 50_000;

/// The package was checked before.
pub(super) fn read(bytes: &[u8]) -> Result<Draft, ReadError> {
    let damaged = |error: XlsxError| ReadError::Damaged(error.to_string());
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let visible: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut draft = Draft::default();
    for name in &visible {
        let merged = workbook.merge_cells_by_sheet_name(name).map_err(damaged)?;
        let mut sheet = Sheet {
            name,
            rows: Vec::new(),
        };
        sheet.read(&mut workbook).map_err(|error| match error {
            Trouble::Damaged(error) => damaged(error),
            Trouble::TooMuch(error) => error.into(),
        })?;
        sheet.cover(&merged)?;
        if visible.len() > 1 {
            draft.blocks.push(paragraph(name, None));
        }
        sheet.settle(&mut draft);
    }
    Ok(draft)
}

enum Trouble {
    Damaged(XlsxError),
    TooMuch(TextError),
}

struct Sheet<'a> {
    name: &'a str,
    /// With their numbers from 0, ascending; rows without any cell are absent.
    rows: Vec<(u32, Vec<DraftCell>)>,
}

impl Sheet<'_> {
    fn read(&mut self, workbook: &mut Xlsx<Cursor<&[u8]>>) -> Result<(), Trouble> {
        let mut cells = workbook
            .worksheet_cells_reader(self.name)
            .map_err(Trouble::Damaged)?;
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(Trouble::Damaged)? {
            let (row, column) = cell.get_position();
            let percent = cells
                .styles()
                .get(style)
                .and_then(|style| style.number_format.as_ref())
                .is_some_and(|format| {
                    format.format_code.contains('%') || matches!(format.format_id, Some(9 | 10))
                });
            let (text, number) = shown(&Data::from(cell.get_value().clone()), percent);
            if text.is_empty() {
                continue;
            }
            let cell = self.cell(row, column).map_err(Trouble::TooMuch)?;
            cell.said = text
                .lines()
                .map(|line| Said {
                    text: line.trim().to_owned(),
                    place: None,
                })
                .collect();
            cell.number = number;
        }
        Ok(())
    }

    /// The cell at a place, made if there is none yet. Files keep rows in ascending order.
    fn cell(&mut self, row: u32, column: u32) -> Result<&mut DraftCell, TextError> {
        let line = row.saturating_add(1);
        let column = column as usize;
        if column >= MOST_CELLS {
            return Err(TextError::TooManyCells { line });
        }
        let at = match self.rows.binary_search_by_key(&row, |(number, _)| *number) {
            Ok(at) => at,
            Err(at) => {
                if self.rows.len() == MOST_ROWS {
                    return Err(TextError::TooManyRows { line });
                }
                self.rows.insert(at, (row, Vec::new()));
                at
            }
        };
        let cells = &mut self.rows[at].1;
        if cells.len() <= column {
            cells.resize_with(column + 1, DraftCell::default);
        }
        Ok(&mut cells[column])
    }

    fn cover(&mut self, merged: &[Dimensions]) -> Result<(), TextError> {
        if merged.len() > MOST_MERGED {
            return Err(TextError::TooManyRows { line: 1 });
        }
        for area in merged {
            let (top, left) = area.start;
            let (bottom, right) = area.end;
            let filled: Vec<u32> = self
                .rows
                .iter()
                .map(|(row, _)| *row)
                .filter(|row| (top..=bottom).contains(row))
                .collect();
            for row in filled {
                for column in (left..=right).take_while(|column| (*column as usize) < MOST_CELLS) {
                    if (row, column) != (top, left) {
                        let cell = self.cell(row, column)?;
                        cell.said.clear();
                        cell.number = None;
                        cell.merged = row > top;
                        cell.across = row == top;
                    }
                }
            }
        }
        Ok(())
    }

    fn settle(self, draft: &mut Draft) {
        let name = self.name.to_owned();
        let mut table: Vec<Vec<DraftCell>> = Vec::new();
        let mut last = None;
        for (number, mut cells) in self.rows {
            let filled = cells.iter().filter(|cell| !cell.said.is_empty()).count();
            // What stands alone below a blank row is no row of the table.
            let blank = if filled == 1 { 1 } else { GAP };
            let gap = last.is_some_and(|last| number - last > blank);
            last = Some(number);
            if gap {
                close(&mut table, draft);
            }
            for (column, cell) in cells.iter_mut().enumerate() {
                let place = Place::Cell(format!("{name}!{}{}", letters(column), number + 1));
                for said in &mut cell.said {
                    said.place = Some(place.clone());
                }
            }
            if table.is_empty() && filled < FEWEST_CELLS {
                for said in cells.into_iter().flat_map(|cell| cell.said) {
                    draft.blocks.push(DraftBlock::Paragraph(said));
                }
                continue;
            }
            table.push(cells);
        }
        close(&mut table, draft);
    }
}

/// Gives every row as many cells as the widest has.
fn close(table: &mut Vec<Vec<DraftCell>>, draft: &mut Draft) {
    let mut rows = std::mem::take(table);
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    for cells in &mut rows {
        cells.resize_with(width, DraftCell::default);
    }
    if !rows.is_empty() {
        draft.blocks.push(DraftBlock::Table(rows));
    }
}

fn paragraph(text: &str, place: Option<Place>) -> DraftBlock {
    DraftBlock::Paragraph(Said {
        text: text.to_owned(),
        place,
    })
}

/// A value as a reader sees it, and the number behind it.
fn shown(value: &Data, percent: bool) -> (String, Option<Decimal>) {
    let text = xlsx_in::text(value);
    if !matches!(value, Data::Int(_) | Data::Float(_)) {
        return (text, None);
    }
    // A spreadsheet keeps 15 digits; what comes after is the machine's.
    let exact = match value {
        Data::Float(number) => format!("{number:.6}").parse::<Decimal>().ok(),
        _ => text.parse().ok(),
    };
    let exact = exact.map(Decimal::normalized);
    if percent {
        let share = exact.and_then(|number| number.checked_mul(Decimal::from(100)));
        return match share.map(Decimal::normalized) {
            Some(share) => (format!("{}%", share.to_string().replace('.', ",")), None),
            None => (text, None),
        };
    }
    (exact.map_or(text, |number| number.to_string()), exact)
}

/// The letters of a column counted from 0: `A`, `Z`, `AA`.
fn letters(column: usize) -> String {
    let mut left = column + 1;
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters_and_shares_their_sign() {
        assert_eq!([0, 25, 26, 701].map(letters), ["A", "Z", "AA", "ZZ"]);
        assert_eq!(shown(&Data::Float(0.125), true).0, "12,5%");
        assert_eq!(shown(&Data::Float(912.912), false).0, "912.912");
        assert_eq!(shown(&Data::Float(2438.0), false).0, "2438");
    }
}
