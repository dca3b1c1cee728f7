//! Tables that are none: frames that lay a page out, and sheets that hold several annexes.

use office::{Block, Document, Paragraph, Row, Table};

use super::heading::{Heading, is_heading};
use super::opening::annex_number;

/// Tables that stand before the first annex only lay the page out: their cells are paragraphs.
/// A table that holds several annexes, as a sheet may, falls apart at their headings.
pub(crate) fn prepared(document: Document) -> Document {
    let mut blocks = Vec::with_capacity(document.blocks.len());
    let mut annexed = false;
    let tables = document.blocks.into_iter().flat_map(|block| match block {
        Block::Table(table) => apart(table),
        paragraph @ Block::Paragraph(_) => vec![paragraph],
    });
    for block in tables {
        match block {
            Block::Table(table) if !annexed && Heading::of(&table).columns.kind().is_none() => {
                blocks.extend(table.rows.iter().flat_map(said));
            }
            Block::Table(table) => {
                annexed = true;
                blocks.push(Block::Table(table));
            }
            paragraph @ Block::Paragraph(_) => blocks.push(paragraph),
        }
    }
    Document { blocks }
}

/// What a row says, as paragraphs.
fn said(row: &Row) -> Vec<Block> {
    let lines = row.cells.iter().flat_map(office::Cell::lines);
    lines
        .map(|(line, text)| {
            Block::Paragraph(Paragraph {
                text: text.to_owned(),
                line,
            })
        })
        .collect()
}

fn apart(table: Table) -> Vec<Block> {
    let heads = |row: &Row| {
        let mut texts = row.cells.iter().filter(|cell| !cell.text.is_empty());
        let first = texts.next();
        texts.next().is_none() && first.is_some_and(|cell| annex_number(&cell.text).is_some())
    };
    if !table.rows.iter().any(heads) {
        return vec![Block::Table(table)];
    }
    let mut blocks = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    let mut above = false;
    for row in table.rows {
        above |= heads(&row);
        if above && !is_heading(&row) {
            if !rows.is_empty() {
                let rows = std::mem::take(&mut rows);
                blocks.push(Block::Table(Table { rows }));
            }
            blocks.extend(said(&row));
        } else {
            above = false;
            rows.push(row);
        }
    }
    if !rows.is_empty() {
        blocks.push(Block::Table(Table { rows }));
    }
    blocks
}
