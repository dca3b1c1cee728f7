//! Builds paragraphs and tables from what opens and closes in a file: cells that span rows
//! and columns become a grid, and tables that only lay out a page fall apart into what they
//! hold.

use vocab::Decimal;

use super::{Place, ReadError};
use crate::text::{MOST_CELLS, MOST_ROWS, TextError};

/// How many tables may stand inside each other.
pub(super) const DEEPEST: usize = 16;

/// Paragraphs and tables without line numbers.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) blocks: Vec<DraftBlock>,
}

#[derive(Debug)]
pub(super) enum DraftBlock {
    /// Never blank; may hold line breaks.
    Paragraph(Said),
    Table(Vec<Vec<DraftCell>>),
}

/// Words and where they stand.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) place: Option<Place>,
}

/// A cell of a grid.
#[derive(Debug, Clone, Default)]
pub(super) struct DraftCell {
    /// Its paragraphs; blank ones between others part them.
    pub(super) said: Vec<Said>,
    pub(super) merged: bool,
    pub(super) across: bool,
    pub(super) number: Option<Decimal>,
}

/// How a cell opens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// It continues the cell above it.
    pub(super) continues: bool,
}

enum Node {
    Paragraph(Said),
    Table(OpenTable),
}

#[derive(Default)]
struct OpenTable {
    rows: Vec<Vec<OpenCell>>,
    in_cell: bool,
}

struct OpenCell {
    span: Span,
    nodes: Vec<Node>,
}

/// Takes a file's pieces in their order.
#[derive(Default)]
pub(super) struct Builder {
    root: Vec<Node>,
    open: Vec<OpenTable>,
    text: String,
    place: Option<Place>,
}

impl Builder {
    pub(super) fn text(&mut self, text: &str, place: impl FnOnce() -> Place) {
        if self.place.is_none() && !text.trim().is_empty() {
            self.place = Some(place());
        }
        self.text.push_str(text);
    }

    pub(super) fn line_break(&mut self) {
        self.text.push('\n');
    }

    /// Ends a paragraph. A blank one is kept only if it was `meant`, and only in a cell.
    pub(super) fn end_paragraph(&mut self, meant: bool) {
        let text = tidy(&std::mem::take(&mut self.text));
        let place = self.place.take();
        if text.is_empty() && !(meant && self.in_cell()) {
            return;
        }
        self.nodes().push(Node::Paragraph(Said { text, place }));
    }

    pub(super) fn open_table(&mut self) -> Result<(), ReadError> {
        self.end_paragraph(false);
        if self.open.len() == DEEPEST {
            return Err(ReadError::TooDeep);
        }
        self.open.push(OpenTable::default());
        Ok(())
    }

    pub(super) fn open_row(&mut self, line: u32) -> Result<(), ReadError> {
        self.end_paragraph(false);
        let Some(table) = self.open.last_mut() else {
            return Ok(());
        };
        table.in_cell = false;
        if table.rows.len() == MOST_ROWS {
            return Err(TextError::TooManyRows { line }.into());
        }
        table.rows.push(Vec::new());
        Ok(())
    }

    pub(super) fn open_cell(&mut self, span: Span, line: u32) -> Result<(), ReadError> {
        self.end_paragraph(false);
        let Some(table) = self.open.last_mut() else {
            return Ok(());
        };
        if table.rows.is_empty() {
            table.rows.push(Vec::new());
        }
        if let Some(row) = table.rows.last_mut() {
            if row.len() == MOST_CELLS {
                return Err(TextError::TooManyCells { line }.into());
            }
            let columns = span.columns.clamp(1, MOST_CELLS);
            row.push(OpenCell {
                span: Span { columns, ..span },
                nodes: Vec::new(),
            });
        }
        table.in_cell = true;
        Ok(())
    }

    pub(super) fn close_cell(&mut self) {
        self.end_paragraph(false);
        if let Some(table) = self.open.last_mut() {
            table.in_cell = false;
        }
    }

    pub(super) fn close_table(&mut self) {
        self.end_paragraph(false);
        if let Some(table) = self.open.pop() {
            self.nodes().push(Node::Table(table));
        }
    }

    pub(super) fn finish(mut self) -> Result<Draft, ReadError> {
        while !self.open.is_empty() {
            self.close_table();
        }
        self.end_paragraph(false);
        let mut draft = Draft::default();
        settle(self.root, &mut draft)?;
        Ok(draft)
    }

    pub(super) fn in_cell(&self) -> bool {
        self.open.last().is_some_and(|table| table.in_cell)
    }

    /// Where what is said now belongs: into the open cell, or around the open tables.
    fn nodes(&mut self) -> &mut Vec<Node> {
        let inside = self.open.iter().rposition(|table| table.in_cell);
        let cell = inside
            .and_then(|at| self.open[at].rows.last_mut())
            .and_then(|row| row.last_mut());
        match cell {
            Some(cell) => &mut cell.nodes,
            None => &mut self.root,
        }
    }
}

/// White space as a reader sees it: runs are one space, line breaks stay.
fn tidy(text: &str) -> String {
    let lines = text
        .split('\n')
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let text = lines.collect::<Vec<_>>().join("\n");
    super::encoding::composed(text.trim().to_owned())
}

fn settle(nodes: Vec<Node>, draft: &mut Draft) -> Result<(), ReadError> {
    for node in nodes {
        match node {
            Node::Paragraph(said) => draft.blocks.push(DraftBlock::Paragraph(said)),
            Node::Table(table) if lays_out(&table) => {
                for cell in table.rows.into_iter().flatten() {
                    settle(
                        cell.nodes
                            .into_iter()
                            .filter(|node| !matches!(node, Node::Paragraph(said) if said.text.is_empty()))
                            .collect(),
                        draft,
                    )?;
                }
            }
            Node::Table(table) => draft.blocks.push(DraftBlock::Table(grid(table)?)),
        }
    }
    Ok(())
}

/// One cell, or more cells in the tables inside it than of its own: a frame, not a table.
fn lays_out(table: &OpenTable) -> bool {
    let own: usize = table.rows.iter().map(Vec::len).sum();
    let cells = table.rows.iter().flatten();
    let inside: usize = cells
        .flat_map(|cell| &cell.nodes)
        .map(|node| match node {
            Node::Table(table) => table.rows.iter().map(Vec::len).sum(),
            Node::Paragraph(_) => 0,
        })
        .sum();
    own <= 1 || inside > own
}

fn grid(table: OpenTable) -> Result<Vec<Vec<DraftCell>>, ReadError> {
    let mut rows = Vec::with_capacity(table.rows.len());
    // For each column, how many more rows the cell above reaches down.
    let mut down: Vec<usize> = Vec::new();
    for row in table.rows {
        let mut cells: Vec<DraftCell> = Vec::with_capacity(row.len());
        let covered = || DraftCell {
            merged: true,
            ..DraftCell::default()
        };
        for cell in row {
            while down.get(cells.len()).is_some_and(|rows| *rows > 0) {
                down[cells.len()] -= 1;
                cells.push(covered());
            }
            let at = cells.len();
            let more = MOST_CELLS.saturating_sub(at).min(cell.span.columns);
            if more == 0 {
                return Err(TextError::TooManyCells {
                    line: u32::try_from(rows.len() + 1).unwrap_or(u32::MAX),
                }
                .into());
            }
            if down.len() < at + more {
                down.resize(at + more, 0);
            }
            for (column, rows) in down.iter_mut().enumerate().skip(at).take(more) {
                *rows = cell.span.rows.saturating_sub(1).min(MOST_ROWS);
                cells.push(DraftCell {
                    merged: cell.span.continues,
                    across: !cell.span.continues && column > at,
                    ..DraftCell::default()
                });
            }
            if !cell.span.continues {
                cells[at].said = said(cell.nodes);
            }
        }
        while down.get(cells.len()).is_some_and(|rows| *rows > 0) {
            down[cells.len()] -= 1;
            cells.push(covered());
        }
        if !cells.is_empty() {
            rows.push(cells);
        }
    }
    Ok(rows)
}

/// What a cell says, tables inside it cell by cell.
fn said(nodes: Vec<Node>) -> Vec<Said> {
    let mut all = Vec::new();
    for node in nodes {
        match node {
            Node::Paragraph(said) => all.push(said),
            Node::Table(table) => {
                all.extend(
                    table
                        .rows
                        .into_iter()
                        .flatten()
                        .flat_map(|cell| said(cell.nodes)),
                );
            }
        }
    }
    all
}
