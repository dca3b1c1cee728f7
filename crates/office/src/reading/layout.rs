//! Lays a document out as text, its tables with tabs as [`crate::text`] reads them, so that
//! every paragraph and cell has a line.

use super::tree::{Draft, DraftBlock, DraftCell, Said};
use super::{Place, ReadError};
use crate::document::{Block, Cell, Document, Paragraph, Row, Table};
use crate::text::{LARGEST_TEXT, TextError};

pub(super) struct Laid {
    pub(super) document: Document,
    pub(super) text: String,
    pub(super) places: Vec<Option<Place>>,
}

/// Lays a document out.
pub(super) fn lay_out(draft: Draft) -> Result<Laid, ReadError> {
    let mut page = Page::default();
    let mut document = Document::default();
    let mut blocks = draft.blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        match block {
            DraftBlock::Paragraph(said) => {
                for line in said.text.lines().filter(|line| !line.trim().is_empty()) {
                    document.blocks.push(Block::Paragraph(Paragraph {
                        text: line.trim().to_owned(),
                        line: page.line(line.trim(), said.place.clone()),
                    }));
                }
            }
            DraftBlock::Table(rows) => {
                let rows = rows.into_iter().map(|cells| page.row(cells)).collect();
                document.blocks.push(Block::Table(Table { rows }));
                if blocks.peek().is_some() {
                    page.line("", None);
                }
            }
        }
        if page.text.len() > LARGEST_TEXT {
            return Err(TextError::TooLong {
                bytes: page.text.len(),
            }
            .into());
        }
    }
    Ok(Laid {
        document,
        text: page.text,
        places: page.places,
    })
}

#[derive(Default)]
struct Page {
    text: String,
    places: Vec<Option<Place>>,
}

impl Page {
    /// Writes a line and says which it is.
    fn line(&mut self, text: &str, place: Option<Place>) -> u32 {
        self.text.push_str(text);
        self.text.push('\n');
        self.places.push(place);
        u32::try_from(self.places.len()).unwrap_or(u32::MAX)
    }

    /// Writes a row and the blank line below it.
    fn row(&mut self, cells: Vec<DraftCell>) -> Row {
        // An empty cell stands where its row does.
        let mut said = cells.iter().flat_map(|cell| &cell.said);
        let place = said.find_map(|said| said.place.clone());
        let cells = cells
            .into_iter()
            .map(|cell| self.cell(cell, place.as_ref()));
        let cells: Vec<Cell> = cells.collect();
        self.line("", None);
        Row {
            line: cells.first().map_or(0, |cell| cell.line),
            cells,
        }
    }

    fn cell(&mut self, draft: DraftCell, row: Option<&Place>) -> Cell {
        let lines = lines(&draft.said);
        let covered = draft.merged || draft.across;
        let mut at = None;
        for (index, (text, place)) in lines.iter().enumerate() {
            let text = if index == 0 {
                format!("\t{text}")
            } else {
                (*text).to_owned()
            };
            let line = self.line(&text, place.clone());
            at.get_or_insert(line);
        }
        let texts: Vec<&str> = lines.iter().map(|(text, _)| *text).collect();
        let line =
            at.unwrap_or_else(|| self.line(if covered { "\t" } else { "\t " }, row.cloned()));
        let mut cell = Cell::new(texts.join("\n"), line);
        cell.merged = draft.merged;
        cell.across = draft.across;
        cell.number = draft.number;
        cell
    }
}

/// The lines of a cell, at most one blank one between two others.
fn lines(said: &[Said]) -> Vec<(&str, Option<Place>)> {
    let mut lines: Vec<(&str, Option<Place>)> = Vec::new();
    for paragraph in said {
        let broken = paragraph.text.split('\n').map(str::trim);
        lines.extend(broken.map(|line| (line, paragraph.place.clone())));
    }
    lines.dedup_by(|next, line| next.0.is_empty() && line.0.is_empty());
    if lines.first().is_some_and(|(line, _)| line.is_empty()) {
        lines.remove(0);
    }
    if lines.last().is_some_and(|(line, _)| line.is_empty()) {
        lines.pop();
    }
    lines
}
