//! Changes a document as other offices would have written it.

use office::{Block, Cell, Document, Paragraph, Row, Table};

pub(crate) fn paragraphs(document: &mut Document, change: impl Fn(&str) -> Option<String>) {
    document.blocks.retain_mut(|block| match block {
        Block::Paragraph(paragraph) => match change(&paragraph.text) {
            Some(text) => {
                paragraph.text = text;
                true
            }
            None => false,
        },
        Block::Table(_) => true,
    });
}

pub(crate) fn tables(document: &mut Document, mut change: impl FnMut(usize, &mut Table)) {
    let mut at = 0;
    for block in &mut document.blocks {
        if let Block::Table(table) = block {
            change(at, table);
            at += 1;
        }
    }
}

pub(crate) fn cells(document: &mut Document, change: impl Fn(&mut Cell)) {
    tables(document, |_, table| {
        table
            .rows
            .iter_mut()
            .flat_map(|row| &mut row.cells)
            .for_each(&change);
    });
}

/// Columns in another order, the first of them too.
pub(crate) fn reversed(document: &mut Document) {
    tables(document, |_, table| {
        for row in &mut table.rows {
            row.cells.reverse();
        }
    });
}

/// A column that nobody knows before every other.
pub(crate) fn widened(document: &mut Document) {
    tables(document, |_, table| {
        for (at, row) in table.rows.iter_mut().enumerate() {
            let title = if at == 0 { "Mã hồ sơ" } else { "" };
            row.cells.insert(2, Cell::new(title, 0));
        }
    });
}

/// Every table cut after so many rows, each piece with the heading again or without.
pub(crate) fn cut(document: &mut Document, rows: usize, heading_again: bool) {
    let blocks = std::mem::take(&mut document.blocks);
    for block in blocks {
        let Block::Table(table) = block else {
            document.blocks.push(block);
            continue;
        };
        let heads = 1 + usize::from(table.rows[1].cells[0].merged);
        let (heading, data) = table.rows.split_at(heads);
        for (at, piece) in data.chunks(rows).enumerate() {
            let mut whole: Vec<Row> = Vec::new();
            if at == 0 || heading_again {
                whole.extend(heading.iter().cloned());
            }
            whole.extend(piece.iter().cloned());
            document.blocks.push(Block::Table(Table { rows: whole }));
        }
    }
}

/// Rows whose longest cells go on in a row of their own, as at the end of a page.
pub(crate) fn continued(document: &mut Document) {
    tables(document, |at, table| {
        if at != 0 {
            return;
        }
        let rows = std::mem::take(&mut table.rows);
        for (place, mut row) in rows.into_iter().enumerate() {
            let goes_on = place % 7 == 3 && row.cells.len() == 6 && !row.cells[5].text.is_empty();
            let mut rest = row.clone();
            if goes_on {
                for cell in &mut rest.cells {
                    cell.text.clear();
                }
                std::mem::swap(&mut rest.cells[5], &mut row.cells[5]);
            }
            table.rows.push(row);
            if goes_on {
                table.rows.push(rest);
            }
        }
    });
}

/// Titles that repeat over the columns become one cell that spans them.
pub(crate) fn spanned(document: &mut Document) {
    tables(document, |_, table| {
        let row = &mut table.rows[0];
        for column in (1..row.cells.len()).rev() {
            if row.cells[column].text == row.cells[column - 1].text {
                row.cells[column].text.clear();
                row.cells[column].across = true;
            }
        }
    });
}

/// A table for each heading of the targets, which stands above it.
pub(crate) fn headed(document: &mut Document) {
    let blocks = std::mem::take(&mut document.blocks);
    for block in blocks {
        match block {
            Block::Table(table) if table.rows[0].cells.len() == 6 => {
                let mut piece: Vec<Row> = Vec::new();
                for row in &table.rows[1..] {
                    let heading = &row.cells[1].text;
                    if row.cells[0].text.is_empty() && heading.starts_with('I') {
                        close(document, &table, &mut piece);
                        document.blocks.push(Block::Paragraph(Paragraph {
                            text: heading.clone(),
                            line: 0,
                        }));
                    } else {
                        piece.push(row.clone());
                    }
                }
                close(document, &table, &mut piece);
            }
            other => document.blocks.push(other),
        }
    }
}

fn close(document: &mut Document, table: &Table, piece: &mut Vec<Row>) {
    if !piece.is_empty() {
        let mut rows = vec![table.rows[0].clone()];
        rows.append(piece);
        document.blocks.push(Block::Table(Table { rows }));
    }
}
