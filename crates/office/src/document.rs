//! Paragraphs and tables in the order in which they stand.

use serde::Serialize;
use vocab::Decimal;

/// A document as its reader saw it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Paragraphs and tables, in order.
    pub blocks: Vec<Block>,
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// Running text.
    Paragraph(Paragraph),
    /// Rows of cells.
    Table(Table),
}

/// One paragraph, never blank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paragraph {
    /// The text without white space at its ends.
    pub text: String,
    /// Where it stands in the source, counted from 1.
    pub line: u32,
}

/// A table: its rows need not have equally many cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The rows, the heading among them.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Where its first cell begins, counted from 1.
    pub line: u32,
    /// At least one cell.
    pub cells: Vec<Cell>,
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The text as written, line breaks inside included, without white space at its ends.
    pub text: String,
    /// Where its words begin, counted from 1. The n-th line of `text`, counted from 0,
    /// stands on line `line + n`.
    pub line: u32,
    /// The source holds no cell of its own here: one from the rows above reaches down. A
    /// cell that was left empty has an empty `text` and `false`.
    pub merged: bool,
    /// One from the left reaches over here.
    pub across: bool,
    /// The number that the cell holds, if the file keeps it as a number and not as written.
    pub number: Option<Decimal>,
}

impl Document {
    /// The paragraphs alone, in order.
    pub fn paragraphs(&self) -> impl Iterator<Item = &Paragraph> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            Block::Table(_) => None,
        })
    }

    /// The tables alone, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        })
    }
}

impl Row {
    /// The cell in a column counted from 0, if the row reaches that far.
    pub fn cell(&self, column: usize) -> Option<&Cell> {
        self.cells.get(column)
    }
}

impl Cell {
    /// A cell of its own.
    pub fn new(text: impl Into<String>, line: u32) -> Self {
        Self {
            text: text.into(),
            line,
            merged: false,
            across: false,
            number: None,
        }
    }

    /// No cell of its own stands here: one from above or from the left does.
    pub fn is_covered(&self) -> bool {
        self.merged || self.across
    }

    /// The lines that say something, each with its number in the source.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &str)> {
        (self.line..)
            .zip(self.text.lines())
            .map(|(line, text)| (line, text.trim()))
            .filter(|(_, text)| !text.is_empty())
    }
}
