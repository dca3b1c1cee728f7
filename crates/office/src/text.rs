//! Plain text as legal databases hand out decisions: tables laid out with tabs.
//!
//! A line that starts with a tab begins a cell, and what follows up to the next such line
//! belongs to it. A blank line before a tab ends the row; a blank line before anything else
//! stays inside the cell; two blank lines end the table. A table opens where two lines in a
//! row start with a tab, so a lone tab in running text opens none. Two lines with several tabs
//! in each open a table with a row on each line. White space before the
//! first tab of a table is a first cell whose own tab was lost. A bare tab is a cell that
//! another one covers; an empty cell holds a space.

mod rows;

use crate::document::{Block, Cell, Document, Paragraph, Row, Table};

/// The longest text that is read, in bytes.
pub const LARGEST_TEXT: usize = 16 << 20;
/// The most rows in one table.
pub const MOST_ROWS: usize = 20_000;
/// The most cells in one row.
pub const MOST_CELLS: usize = 200;

/// Why a text could not be read into paragraphs and tables.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Longer than [`LARGEST_TEXT`].
    #[error(
        "reading a text of {bytes} bytes: at most {LARGEST_TEXT} are read; cut out the part that is needed"
    )]
    TooLong {
        /// How long it is.
        bytes: usize,
    },
    /// Holds a NUL character: an office file or a picture rather than text.
    #[error(
        "reading text: line {line} holds a NUL character, so this is no plain text; save it as text in UTF-8"
    )]
    Binary {
        /// Where the first one stands, counted from 1.
        line: u32,
    },
    /// A table of more than [`MOST_ROWS`] rows.
    #[error("reading a table: at line {line} it has more than {MOST_ROWS} rows; split it")]
    TooManyRows {
        /// Where the row too many begins.
        line: u32,
    },
    /// A row of more than [`MOST_CELLS`] cells.
    #[error(
        "reading a table: the row at line {line} has more than {MOST_CELLS} cells; check that a blank line parts its rows"
    )]
    TooManyCells {
        /// Where the row begins.
        line: u32,
    },
}

/// Reads a text into its paragraphs and tables.
pub fn read(text: &str) -> Result<Document, TextError> {
    if text.len() > LARGEST_TEXT {
        return Err(TextError::TooLong { bytes: text.len() });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<&str> = text.lines().collect();
    if let Some(index) = lines.iter().position(|line| line.contains('\0')) {
        return Err(TextError::Binary {
            line: number(index),
        });
    }
    let mut document = Document::default();
    let mut reader = Reader {
        lines: &lines,
        at: 0,
    };
    while let Some(line) = reader.peek() {
        if rows::open(&lines, reader.at) {
            let (table, height) = rows::read(&lines, reader.at)?;
            document.blocks.push(Block::Table(table));
            reader.at += height;
            continue;
        }
        if reader.opens_table() {
            document.blocks.push(Block::Table(reader.table()?));
            continue;
        }
        let text = line.trim();
        if !text.is_empty() {
            document.blocks.push(Block::Paragraph(Paragraph {
                text: text.to_owned(),
                line: number(reader.at),
            }));
        }
        reader.at += 1;
    }
    Ok(document)
}

struct Reader<'a> {
    lines: &'a [&'a str],
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.lines.get(self.at).copied()
    }

    fn next(&self) -> Option<&'a str> {
        self.lines.get(self.at + 1).copied()
    }

    fn opens_table(&self) -> bool {
        self.peek()
            .is_some_and(|line| line.trim_start_matches(is_space).starts_with('\t'))
            && self.next().is_some_and(|line| line.starts_with('\t'))
    }

    fn table(&mut self) -> Result<Table, TextError> {
        let mut table = Table { rows: Vec::new() };
        loop {
            if table.rows.len() == MOST_ROWS {
                return Err(TextError::TooManyRows {
                    line: number(self.at),
                });
            }
            table.rows.push(self.row()?);
            let another = self.peek().is_some_and(is_blank)
                && self.next().is_some_and(|line| line.starts_with('\t'));
            if !another {
                return Ok(table);
            }
            self.at += 1;
        }
    }

    fn row(&mut self) -> Result<Row, TextError> {
        let line = number(self.at);
        let mut row = Row {
            line,
            cells: Vec::new(),
        };
        if self.peek().is_some_and(|first| !first.starts_with('\t')) {
            row.cells.push(Cell::new("", line));
        }
        loop {
            if row.cells.len() == MOST_CELLS {
                return Err(TextError::TooManyCells { line });
            }
            row.cells.push(self.cell());
            if !self.peek().is_some_and(|next| next.starts_with('\t')) {
                return Ok(row);
            }
        }
    }

    /// Reads up to the next tab, the blank line that ends the row, or the end.
    fn cell(&mut self) -> Cell {
        let begins = self.at;
        let mut lines: Vec<&str> = Vec::new();
        while let Some(line) = self.peek() {
            if lines.is_empty() {
                let tab = line.trim_start_matches(is_space);
                lines.push(tab.strip_prefix('\t').unwrap_or(tab));
            } else {
                let ends_row = is_blank(line)
                    && self
                        .next()
                        .is_none_or(|next| is_blank(next) || next.starts_with('\t'));
                if line.starts_with('\t') || ends_row {
                    break;
                }
                lines.push(line);
            }
            self.at += 1;
        }
        let merged = matches!(lines[..], [""]);
        let text = lines.join("\n");
        let said = text.trim_start();
        let skipped = text[..text.len() - said.len()].matches('\n').count();
        let mut cell = Cell::new(said.trim_end(), number(begins + skipped));
        cell.merged = merged;
        cell
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

/// A tab says that a cell begins, so it is no part of a blank line.
fn is_blank(line: &str) -> bool {
    line.chars().all(is_space)
}

fn is_space(ch: char) -> bool {
    ch != '\t' && ch.is_whitespace()
}
