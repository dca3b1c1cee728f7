//! Tables with a row on each line, its cells parted by tabs, as spreadsheets save and paste
//! them. A cell of several lines stands in quotation marks.

use super::{MOST_CELLS, MOST_ROWS, TextError, number};
use crate::document::{Cell, Row, Table};

/// So many tabs in each of two lines open a table.
const FEWEST_TABS: usize = 2;
/// A quotation mark that is not closed within so many lines is one of the text's own.
const LONGEST_CELL: usize = 60;

fn tabs(line: &str) -> usize {
    line.matches('\t').count()
}

/// Whether a row of such a table stands at a line, and another one below.
pub(super) fn open(lines: &[&str], at: usize) -> bool {
    height(lines, at).is_some_and(|height| self::height(lines, at + height).is_some())
}

/// How many lines the row at a line takes, if one stands there. A line that only begins with
/// a tab is a cell of the other kind of table.
fn height(lines: &[&str], at: usize) -> Option<usize> {
    let line = lines.get(at)?;
    if tabs(line) == 0
        || (tabs(line) < FEWEST_TABS && line.trim_start_matches(' ').starts_with('\t'))
    {
        return None;
    }
    let height = taken(lines, at);
    let tabs: usize = lines[at..at + height].iter().map(|line| tabs(line)).sum();
    (tabs >= FEWEST_TABS).then_some(height)
}

/// Reads the table, and says how many lines it takes.
pub(super) fn read(lines: &[&str], from: usize) -> Result<(Table, usize), TextError> {
    let mut table = Table { rows: Vec::new() };
    let mut at = from;
    while let Some(height) = height(lines, at) {
        if table.rows.len() == MOST_ROWS {
            return Err(TextError::TooManyRows { line: number(at) });
        }
        table.rows.push(row(&lines[at..at + height], at)?);
        at += height;
    }
    Ok((table, at - from))
}

/// How many lines the cells of a row take.
fn taken(lines: &[&str], at: usize) -> usize {
    let mut open = false;
    for (height, line) in lines[at..].iter().take(LONGEST_CELL).enumerate() {
        open = still_open(line, open);
        if !open {
            return height + 1;
        }
    }
    1
}

/// Whether a cell in quotation marks goes on below a line.
fn still_open(line: &str, mut open: bool) -> bool {
    for (place, cell) in line.split('\t').enumerate() {
        let begins = !(open && place == 0) && cell.starts_with('"');
        if begins || open {
            let marks = cell.matches('"').count();
            open = if begins {
                marks % 2 == 1
            } else {
                marks % 2 == 0
            };
        }
    }
    open
}

fn row(lines: &[&str], at: usize) -> Result<Row, TextError> {
    let line = number(at);
    let mut cells: Vec<Cell> = Vec::new();
    for (below, text) in lines.iter().enumerate() {
        for (place, piece) in text.split('\t').enumerate() {
            match cells.last_mut() {
                Some(cell) if place == 0 && below > 0 => {
                    cell.text.push('\n');
                    cell.text.push_str(piece);
                }
                _ => {
                    if cells.len() == MOST_CELLS {
                        return Err(TextError::TooManyCells { line });
                    }
                    cells.push(Cell::new(piece, number(at + below)));
                }
            }
        }
    }
    for cell in &mut cells {
        let text = unquoted(cell.text.trim());
        text.trim().clone_into(&mut cell.text);
    }
    Ok(Row { line, cells })
}

fn unquoted(text: &str) -> String {
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .filter(|inner| {
            inner.matches('"').count() % 2 == 0 && !inner.replace("\"\"", "").contains('"')
        });
    inner.map_or_else(|| text.to_owned(), |inner| inner.replace("\"\"", "\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_on_lines_with_cells_of_several() {
        let text = "đầu\nTT\tTên\tTiền\n1\t\"Một \"\"a\"\"\nhai\"\t3\n2\t\"lẻ\t\n\ncuối";
        let lines: Vec<&str> = text.lines().collect();
        assert!(!open(&lines, 0) && open(&lines, 1));
        let (table, height) = read(&lines, 1).unwrap();
        let rows: Vec<Vec<&str>> = table
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect())
            .collect();
        assert_eq!(height, 4);
        assert_eq!(
            rows,
            [
                vec!["TT", "Tên", "Tiền"],
                vec!["1", "Một \"a\"\nhai", "3"],
                vec!["2", "\"lẻ", ""]
            ]
        );
        assert_eq!(table.rows[2].line, 5);
    }
}
