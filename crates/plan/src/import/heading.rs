//! The heading of a table: which rows it takes, and what stands above and below it.

use office::{Cell, Row, Table};
use vocab::fold::fold;

use super::columns::{Columns, LONGEST_TITLE, Meaning, meaning};

/// A heading has so many rows at most, what stands above it included.
const MOST_HEADING_ROWS: usize = 6;
/// A table's heading, its columns and the rows below.
#[derive(Debug)]
pub(crate) struct Heading<'d> {
    /// Above the heading, as titles stand in spreadsheets.
    pub(crate) above: &'d [Row],
    pub(crate) rows: &'d [Row],
    pub(crate) data: &'d [Row],
    pub(crate) columns: Columns,
}

impl<'d> Heading<'d> {
    pub(crate) fn of(table: &'d Table) -> Self {
        let rows = &table.rows;
        let most = rows.len().min(MOST_HEADING_ROWS);
        let titled = (0..most).find(|at| is_heading(&rows[*at]));
        let found = titled.is_some() || rows.first().is_some_and(|row| !is_data(row));
        let first = titled.unwrap_or(0);
        let mut end = first + usize::from(found);
        while found && end < most && (names_columns(&rows[end]) || is_index(&rows[end])) {
            end += 1;
        }
        let heading = &rows[first..end];
        Self {
            above: &rows[..first],
            rows: heading,
            data: &rows[end..],
            columns: Columns::of(titles(heading)),
        }
    }

    pub(crate) fn line(&self) -> u32 {
        self.rows.first().map_or(0, |row| row.line)
    }
}

/// A row says the same as one of the heading's: a table cut over pages.
pub(crate) fn repeats(heading: &[&Row], row: &Row) -> bool {
    is_index(row) || heading.iter().any(|own| same_texts(own, row))
}

fn texts(row: &Row) -> impl Iterator<Item = &str> {
    let texts = row.cells.iter().map(|cell| cell.text.as_str());
    texts.filter(|text| !text.is_empty())
}

fn same_texts(one: &Row, other: &Row) -> bool {
    let alike = |(one, other): (&Cell, &Cell)| {
        one.text == other.text || fold(&one.text) == fold(&other.text)
    };
    one.cells.len() == other.cells.len()
        && texts(one).next().is_some()
        && one.cells.iter().zip(&other.cells).all(alike)
}

fn is_title(text: &str) -> bool {
    text.chars().count() <= LONGEST_TITLE && {
        let folded = fold(text);
        meaning(&folded, &folded).is_some()
    }
}

/// The row could be the first of a heading.
pub(crate) fn is_heading(row: &Row) -> bool {
    !is_data(row) && titles_in(row) >= 2
}

/// A row that begins with a number of its own, as no heading does.
fn is_data(row: &Row) -> bool {
    let first = texts(row).next();
    first.is_some_and(|text| text.starts_with(|ch: char| ch.is_ascii_digit())) && !is_index(row)
}

/// How many cells of a row could be titles of columns, each meaning once.
fn titles_in(row: &Row) -> usize {
    let mut meanings: Vec<Meaning> = texts(row)
        .filter(|text| text.chars().count() <= LONGEST_TITLE)
        .filter_map(|text| {
            let folded = fold(text);
            meaning(&folded, &folded).map(|(meaning, _)| meaning)
        })
        .collect();
    meanings.sort_unstable();
    meanings.dedup();
    meanings.len()
}

/// A further row of a heading: titles and nothing else.
fn names_columns(row: &Row) -> bool {
    let own: Vec<&str> = texts(row).collect();
    let digits = |text: &&str| text.chars().any(|ch| ch.is_ascii_digit());
    !own.is_empty()
        && !own.iter().any(digits)
        && own.iter().all(|text| is_title(text))
        && (own.len() > 1 || row.cells.iter().any(Cell::is_covered))
}

/// `(1) (2) (3)`, `A B 1 2=3+4`: columns numbered below their titles.
fn is_index(row: &Row) -> bool {
    let own: Vec<&str> = texts(row).collect();
    let place = |(at, text): (usize, &&str)| {
        let plain = text.trim_matches(['(', ')', '[', ']']);
        let number = plain.split('=').next().unwrap_or("").trim();
        let letter = number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_uppercase());
        letter || number.parse::<usize>().is_ok_and(|number| number <= at + 1)
    };
    let counted = own
        .iter()
        .filter(|text| text.contains(|ch: char| ch.is_ascii_digit()));
    own.len() >= 3
        && own.len() == row.cells.len()
        && counted.count() >= 2
        && own.iter().enumerate().all(place)
}

/// The last title of each column, and all of them from the top, folded.
fn titles(heading: &[Row]) -> Vec<(String, String)> {
    let width = heading.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    (0..width)
        .map(|column| {
            let mut path: Vec<String> = Vec::new();
            for row in heading.iter().filter(|row| !is_index(row)) {
                let title = fold(title(row, column));
                if !title.is_empty() && path.last() != Some(&title) {
                    path.push(title);
                }
            }
            (path.last().cloned().unwrap_or_default(), path.join(" "))
        })
        .collect()
}

/// What a row of the heading says over a column: the cell's own text, or the one that reaches
/// over from the left.
fn title(row: &Row, column: usize) -> &str {
    let Some(cell) = row.cell(column) else {
        return "";
    };
    if !cell.across {
        return &cell.text;
    }
    let left = row.cells[..column].iter().rev().find(|cell| !cell.across);
    left.map_or("", |cell| &cell.text)
}
