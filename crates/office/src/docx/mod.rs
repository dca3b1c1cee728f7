//! Text documents out (DOCX), paragraph by paragraph: memory does not grow with the pages.
//!
//! ```text
//! let mut file = docx::Writer::new(out, &setup, &properties, made)?;
//! file.paragraph(Style::Heading1, &[Run::plain("KẾT QUẢ CHUNG")])?;
//! file.open_table(&Grid { .. })?; file.row(&cells, false)?; file.close_table()?;
//! file.end_section(Orientation::Portrait)?;          // what follows lies on its own paper
//! file.finish(Orientation::Landscape)?;
//! ```
//!
//! Headings are numbered by the program that shows them; pages carry their number at the top
//! from the second on. How things look is the [`Setup`]'s. To add a style, add its line in
//! `setup.rs`.

mod parts;
mod setup;
mod text;

use std::fmt::Write as _;
use std::io::{Seek, Write};

use vocab::Instant;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub use parts::Properties;
pub use setup::{Align, Length, Look, NumberForm, Numbers, Orientation, Paper, Setup, Style};

/// How much of the document is gathered before it is packed, in bytes.
const GATHERED: usize = 64 << 10;

/// Why a text document could not be written.
#[derive(Debug, thiserror::Error)]
#[error("writing a text document: {0}")]
pub struct DocxWriteError(String);

/// Some words of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The words; a line break parts lines, a tab is one.
    pub text: String,
    /// Heavy, whatever the style says.
    pub bold: bool,
    /// Slanting, whatever the style says.
    pub italic: bool,
}

impl Run {
    /// Words as the style has them.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// A paragraph, or a line that is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph in its style, or standing elsewhere than the style says.
    Paragraph(Style, Option<Align>, Vec<Run>),
    /// A line in the middle, so wide.
    Rule(Length),
}

impl Block {
    /// A paragraph of plain words.
    pub fn words(style: Style, text: impl Into<String>) -> Self {
        Self::Paragraph(style, None, vec![Run::plain(text)])
    }
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What stands in it.
    pub blocks: Vec<Block>,
    /// How many columns it reaches over; 0 is read as 1.
    pub columns: usize,
}

/// How a table is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The width of each column.
    pub widths: Vec<Length>,
    /// Whether cells have lines around them.
    pub lines: bool,
}

/// A document that is being written.
pub struct Writer<W: Write + Seek> {
    zip: ZipWriter<W>,
    setup: Setup,
    gathered: String,
    /// The widths of the open table.
    widths: Vec<Length>,
    /// How many sections have ended.
    sections: usize,
    /// Whether the last thing written is a table, which a paragraph must follow.
    after_table: bool,
}

impl<W: Write + Seek> Writer<W> {
    /// Begins a document. The instant is stored inside it as the time of its making.
    pub fn new(
        out: W,
        setup: &Setup,
        properties: &Properties,
        made: Instant,
    ) -> Result<Self, DocxWriteError> {
        let mut zip = ZipWriter::new(out);
        for (name, content) in parts::around(setup, properties, made) {
            zip.start_file(name, SimpleFileOptions::default())
                .map_err(failed)?;
            zip.write_all(content.as_bytes()).map_err(failed)?;
        }
        zip.start_file("word/document.xml", SimpleFileOptions::default())
            .map_err(failed)?;
        let opening = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document {}><w:body>",
            parts::W
        );
        Ok(Self {
            zip,
            setup: setup.clone(),
            gathered: opening,
            widths: Vec::new(),
            sections: 0,
            after_table: false,
        })
    }

    /// Writes a paragraph.
    pub fn paragraph(&mut self, style: Style, runs: &[Run]) -> Result<(), DocxWriteError> {
        write_paragraph(&mut self.gathered, style, None, runs);
        self.after_table = false;
        self.settle()
    }

    /// Opens a table.
    pub fn open_table(&mut self, grid: &Grid) -> Result<(), DocxWriteError> {
        // Two tables without anything between them are one.
        if self.after_table {
            self.gap();
        }
        let total: u32 = grid.widths.iter().map(|width| width.twips()).sum();
        let out = &mut self.gathered;
        let _ = write!(
            out,
            "<w:tbl><w:tblPr><w:tblW w:w=\"{total}\" w:type=\"dxa\"/>"
        );
        if grid.lines {
            out.push_str("<w:tblBorders>");
            for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
                let _ = write!(
                    out,
                    "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"
                );
            }
            out.push_str("</w:tblBorders>");
        }
        // Fixed: no word, however long, pushes a column off the page.
        out.push_str("<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
        for width in &grid.widths {
            let _ = write!(out, "<w:gridCol w:w=\"{}\"/>", width.twips());
        }
        out.push_str("</w:tblGrid>");
        self.widths.clone_from(&grid.widths);
        self.settle()
    }

    /// Adds a row; a `heading` stands again at the top of each page that the table goes on to.
    pub fn row(&mut self, cells: &[Cell], heading: bool) -> Result<(), DocxWriteError> {
        let out = &mut self.gathered;
        // A row stays on one page; programs split one that is longer than a page all the same.
        out.push_str("<w:tr><w:trPr><w:cantSplit/>");
        if heading {
            out.push_str("<w:tblHeader/>");
        }
        out.push_str("</w:trPr>");
        let mut at = 0;
        for cell in cells {
            let over = cell.columns.max(1);
            let width: u32 = self
                .widths
                .iter()
                .skip(at)
                .take(over)
                .map(|width| width.twips())
                .sum();
            at += over;
            let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
            if over > 1 {
                let _ = write!(out, "<w:gridSpan w:val=\"{over}\"/>");
            }
            out.push_str(if heading {
                "<w:vAlign w:val=\"center\"/>"
            } else {
                ""
            });
            out.push_str("</w:tcPr>");
            for block in &cell.blocks {
                match block {
                    Block::Paragraph(style, align, runs) => {
                        write_paragraph(out, *style, *align, runs);
                    }
                    Block::Rule(length) => write_rule(out, width, *length),
                }
            }
            // A cell without a paragraph makes the file unreadable.
            if cell.blocks.is_empty() {
                write_paragraph(out, Style::Table, None, &[]);
            }
            out.push_str("</w:tc>");
        }
        out.push_str("</w:tr>");
        self.settle()
    }

    /// Ends the table.
    pub fn close_table(&mut self) -> Result<(), DocxWriteError> {
        self.gathered.push_str("</w:tbl>");
        self.after_table = true;
        self.settle()
    }

    /// Ends the section, which lies so; what follows begins on a new page.
    pub fn end_section(&mut self, orientation: Orientation) -> Result<(), DocxWriteError> {
        self.gathered.push_str("<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>");
        self.section(orientation);
        self.gathered.push_str("</w:pPr></w:p>");
        self.sections += 1;
        self.after_table = false;
        self.settle()
    }

    /// Ends the document, whose last section lies so.
    pub fn finish(mut self, orientation: Orientation) -> Result<W, DocxWriteError> {
        if self.after_table {
            self.gap();
        }
        self.section(orientation);
        self.gathered.push_str("</w:body></w:document>");
        self.zip
            .write_all(self.gathered.as_bytes())
            .map_err(failed)?;
        self.zip.finish().map_err(failed)
    }

    fn section(&mut self, orientation: Orientation) {
        let paper = self.setup.paper;
        let (width, height, lies) = match orientation {
            Orientation::Portrait => (paper.width, paper.height, ""),
            Orientation::Landscape => (paper.height, paper.width, " w:orient=\"landscape\""),
        };
        let out = &mut self.gathered;
        let _ = write!(
            out,
            "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"{}\"/>",
            parts::NUMBERED
        );
        let first = self.sections == 0;
        if first {
            let _ = write!(
                out,
                "<w:headerReference w:type=\"first\" r:id=\"{}\"/>",
                parts::UNNUMBERED
            );
        }
        let _ = write!(
            out,
            "<w:type w:val=\"nextPage\"/><w:pgSz w:w=\"{}\" w:h=\"{}\"{lies}/>\
             <w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" w:header=\"{}\" w:footer=\"{}\" w:gutter=\"0\"/>{}</w:sectPr>",
            width.twips(),
            height.twips(),
            paper.top.twips(),
            paper.right.twips(),
            paper.bottom.twips(),
            paper.left.twips(),
            paper.top.percent(50).twips(),
            paper.bottom.percent(50).twips(),
            // NĐ 30/2020: the first page shows no number.
            if first { "<w:titlePg/>" } else { "" }
        );
    }

    fn gap(&mut self) {
        self.gathered.push_str(
            "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/></w:pPr></w:p>",
        );
        self.after_table = false;
    }

    fn settle(&mut self) -> Result<(), DocxWriteError> {
        if self.gathered.len() < GATHERED {
            return Ok(());
        }
        self.zip
            .write_all(self.gathered.as_bytes())
            .map_err(failed)?;
        self.gathered.clear();
        Ok(())
    }
}

fn write_paragraph(out: &mut String, style: Style, align: Option<Align>, runs: &[Run]) {
    let _ = write!(out, "<w:p><w:pPr><w:pStyle w:val=\"{}\"/>", style.id());
    if let Some(align) = align {
        let _ = write!(out, "<w:jc w:val=\"{}\"/>", align.value());
    }
    out.push_str("</w:pPr>");
    for run in runs {
        let mut properties = String::new();
        if run.bold {
            properties.push_str("<w:b/><w:bCs/>");
        }
        if run.italic {
            properties.push_str("<w:i/><w:iCs/>");
        }
        text::runs(out, &properties, &run.text);
    }
    out.push_str("</w:p>");
}

/// A line in the middle of a cell: the lower border of an empty paragraph moved in on both
/// sides.
fn write_rule(out: &mut String, cell_twips: u32, length: Length) {
    let aside = cell_twips
        .saturating_sub(170)
        .saturating_sub(length.twips())
        / 2;
    let _ = write!(
        out,
        "<w:p><w:pPr><w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/></w:pBdr>\
         <w:spacing w:before=\"0\" w:after=\"60\" w:line=\"40\" w:lineRule=\"exact\"/>\
         <w:ind w:left=\"{aside}\" w:right=\"{aside}\"/></w:pPr></w:p>"
    );
}

fn failed(error: impl ToString) -> DocxWriteError {
    DocxWriteError(error.to_string())
}
