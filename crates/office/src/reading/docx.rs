//! Text documents (DOCX): paragraphs, tables with their spanning cells, numbers that the
//! program writes by itself, footnotes at the end. Deleted text and field codes are left out.

use quick_xml::events::{BytesStart, Event};

use super::numbering::Numbering;
use super::tree::{Builder, Draft, Span};
use super::xml::{attribute, damaged, reader, referred};
use super::{Place, ReadError};
use crate::package;

const DOCUMENT: &str = "word/document.xml";

/// The package was checked before.
pub(super) fn read(bytes: &[u8]) -> Result<Draft, ReadError> {
    let part = |name: &str| package::part(bytes, name);
    let missing = || ReadError::Damaged(format!("it has no {DOCUMENT}"));
    let document = part(DOCUMENT)?.ok_or_else(missing)?;
    let numbering = part("word/numbering.xml")?.unwrap_or_default();
    let styles = part("word/styles.xml")?.unwrap_or_default();
    let mut walk = Walk {
        numbering: Numbering::read(&numbering, &styles)?,
        ..Walk::default()
    };
    walk.part(&document)?;
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(notes) = part(notes)? {
            walk.part(&notes)?;
        }
    }
    walk.builder.finish()
}

#[derive(Default)]
struct Walk {
    builder: Builder,
    numbering: Numbering,
    paragraphs: u32,
    rows: u32,
    /// Inside so many elements whose text is no part of the document.
    silent: usize,
    in_text: bool,
    /// The list and the level of the paragraph that has just begun.
    style: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    /// The number is written before the paragraph's first words.
    number_due: bool,
    /// The cell that has opened in the file and not yet in the table.
    cell: Option<Span>,
    before: usize,
    /// Footnotes so far.
    notes: u32,
}

/// What these hold was deleted, computes something, or repeats what stands beside it.
const SILENT: [&str; 5] = ["del", "moveFrom", "instrText", "Fallback", "pict"];

impl Walk {
    fn part(&mut self, text: &str) -> Result<(), ReadError> {
        let mut reader = reader(text);
        loop {
            match reader.read_event().map_err(damaged)? {
                Event::Start(element) => self.start(&element)?,
                Event::End(element) => self.end(element.local_name().as_ref())?,
                Event::Text(text) if self.in_text && self.silent == 0 => {
                    self.say(&text.xml10_content());
                }
                Event::CData(text) if self.in_text && self.silent == 0 => {
                    self.say(&text.xml10_content());
                }
                Event::GeneralRef(reference) if self.in_text && self.silent == 0 => {
                    let mut text = [0; 4];
                    self.say(referred(&reference)?.encode_utf8(&mut text));
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let name = element.local_name();
        let name = name.as_ref();
        if self.silent > 0 || SILENT.contains(&name) {
            self.silent += 1;
            return Ok(());
        }
        let value = || attribute(element, "val");
        let count = || value().and_then(|value| value.parse().ok()).unwrap_or(1);
        match name {
            "p" => {
                self.enter_cell()?;
                self.builder.end_paragraph(false);
                self.paragraphs += 1;
                (self.style, self.list, self.level) = (None, None, None);
                self.number_due = true;
            }
            "pStyle" => self.style = value(),
            "numId" => self.list = value(),
            "ilvl" => self.level = value().and_then(|level| level.parse().ok()),
            "t" => self.in_text = true,
            "tab" if self.number_due => {}
            "tab" | "ptab" => self.say(" "),
            "br" | "cr" => self.builder.line_break(),
            "noBreakHyphen" => self.say("-"),
            "tbl" => {
                self.enter_cell()?;
                self.builder.open_table()?;
            }
            "tr" => {
                self.rows = self.rows.saturating_add(1);
                self.builder.open_row(self.rows)?;
            }
            "gridBefore" => self.before = count(),
            "tc" => {
                for _ in 0..std::mem::take(&mut self.before).min(crate::text::MOST_CELLS) {
                    self.builder.open_cell(ONE, self.rows)?;
                }
                self.cell = Some(ONE);
            }
            "gridSpan" => {
                if let Some(cell) = &mut self.cell {
                    cell.columns = count();
                }
            }
            "vMerge" => {
                if let Some(cell) = &mut self.cell {
                    cell.continues = value().as_deref() != Some("restart");
                }
            }
            "footnote" | "endnote" if attribute(element, "type").is_none() => {
                self.notes += 1;
                let number = format!("{} ", self.notes);
                let place = self.paragraphs + 1;
                self.builder.text(&number, || Place::Paragraph(place));
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        if self.silent > 0 {
            self.silent -= 1;
            return Ok(());
        }
        match name {
            "t" => self.in_text = false,
            "p" => {
                self.number();
                self.builder.end_paragraph(true);
            }
            "tc" => {
                self.enter_cell()?;
                self.builder.close_cell();
            }
            "tbl" => self.builder.close_table(),
            _ => {}
        }
        Ok(())
    }

    fn say(&mut self, text: &str) {
        self.number();
        let paragraph = self.paragraphs;
        self.builder.text(text, || Place::Paragraph(paragraph));
    }

    /// Writes the number that the program shows before a paragraph.
    fn number(&mut self) {
        if !std::mem::take(&mut self.number_due) {
            return;
        }
        let level = self.level;
        let number = self
            .numbering
            .next(self.list.as_deref(), level, self.style.as_deref());
        if let Some(number) = number {
            let paragraph = self.paragraphs;
            let number = format!("{number} ");
            self.builder.text(&number, || Place::Paragraph(paragraph));
        }
    }

    fn enter_cell(&mut self) -> Result<(), ReadError> {
        match self.cell.take() {
            Some(span) => self.builder.open_cell(span, self.rows),
            None => Ok(()),
        }
    }
}

const ONE: Span = Span {
    columns: 1,
    rows: 1,
    continues: false,
};
