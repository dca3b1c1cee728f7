//! A report as a text document.

use std::io::{Seek, Write};

use office::docx::{
    Align, Block, Cell, DocxWriteError, Grid, Length, Orientation, Properties, Run, Style, Writer,
};
use vocab::Instant;

use super::layout::Layout;
use super::paper::{Paper, PaperAnnex, PaperRow};
use super::placeholder::Piece;

/// What a file says about itself beside the paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// What stands above it all, such as that it is a draft or that figures are made up.
    pub above: Vec<String>,
}

/// Writes a report as a text document (DOCX).
pub fn write_docx<W: Write + Seek>(
    out: W,
    layout: &Layout,
    paper: &Paper,
    marks: &Marks,
    made: Instant,
) -> Result<W, DocxWriteError> {
    let setup = layout.setup();
    let properties = Properties {
        title: super::print::print_title(layout, paper),
        creator: paper.around.issuer.clone(),
    };
    let mut file = Writer::new(out, &setup, &properties, made)?;
    let width = setup.paper.text_width(Orientation::Portrait);
    for mark in &marks.above {
        let run = Run {
            bold: true,
            ..Run::plain(mark)
        };
        file.paragraph(Style::Caption, &[run])?;
    }
    head(&mut file, layout, paper, width)?;
    for section in &paper.sections {
        let style = match section.level {
            1 => Style::Heading1,
            2 => Style::Heading2,
            _ => Style::Heading3,
        };
        file.paragraph(style, &[Run::plain(&section.title)])?;
        for paragraph in &section.paragraphs {
            file.paragraph(Style::Body, &runs(paragraph))?;
        }
    }
    foot(&mut file, layout, paper, width)?;
    let mut lies = Orientation::Portrait;
    for annex in &paper.annexes {
        file.end_section(lies)?;
        lies = if annex.landscape {
            Orientation::Landscape
        } else {
            Orientation::Portrait
        };
        write_annex(&mut file, annex, setup.paper.text_width(lies))?;
    }
    file.finish(lies)
}

fn runs(pieces: &[Piece]) -> Vec<Run> {
    pieces
        .iter()
        .map(|piece| Run::plain(piece.text()))
        .collect()
}

/// Two columns: the agency and the number on the left, the country and the day on the right.
fn head<W: Write + Seek>(
    file: &mut Writer<W>,
    layout: &Layout,
    paper: &Paper,
    width: Length,
) -> Result<(), DocxWriteError> {
    let (left, right) = (width.percent(40), width.percent(60));
    let around = &paper.around;
    file.open_table(&Grid {
        widths: vec![left, right],
        lines: false,
    })?;
    let issuer = [
        (!around.superior.is_empty()).then(|| Block::words(Style::Superior, &around.superior)),
        Some(Block::words(Style::Issuer, &around.issuer)),
        Some(Block::Rule(left.percent(40))),
    ];
    let country = vec![
        Block::words(Style::Country, &layout.head.country),
        Block::words(Style::Motto, &layout.head.motto),
        Block::Rule(right.percent(60)),
    ];
    file.row(
        &[cell(issuer.into_iter().flatten().collect()), cell(country)],
        false,
    )?;
    file.row(
        &[
            cell(vec![Block::words(Style::Symbol, &around.symbol)]),
            cell(vec![Block::words(Style::PlaceDate, &around.place_date)]),
        ],
        false,
    )?;
    file.close_table()?;
    file.paragraph(Style::Title, &[Run::plain(&layout.head.kind)])?;
    file.paragraph(Style::Subtitle, &[Run::plain(&around.subject)])?;
    // A line under it, a third to a half as long as the words.
    file.open_table(&Grid {
        widths: vec![width],
        lines: false,
    })?;
    file.row(&[cell(vec![Block::Rule(width.percent(30))])], false)?;
    file.close_table()
}

/// Two columns: who gets it on the left, who signs on the right.
fn foot<W: Write + Seek>(
    file: &mut Writer<W>,
    layout: &Layout,
    paper: &Paper,
    width: Length,
) -> Result<(), DocxWriteError> {
    let around = &paper.around;
    let recipients = around.recipients.lines().map(str::trim);
    let recipients = recipients
        .filter(|line| !line.is_empty())
        .map(|line| Block::words(Style::Recipients, line));
    let word = Block::words(Style::RecipientsWord, &layout.head.recipients_word);
    let mut signature: Vec<Block> = around
        .capacity
        .lines()
        .map(|line| Block::words(Style::Capacity, line))
        .collect();
    // Room for the signature and the seal.
    signature.extend((0..4).map(|_| Block::words(Style::Signer, "")));
    signature.push(Block::words(Style::Signer, &around.signer));
    file.open_table(&Grid {
        widths: vec![width.percent(50), width.percent(50)],
        lines: false,
    })?;
    file.row(
        &[
            cell(std::iter::once(word).chain(recipients).collect()),
            cell(signature),
        ],
        false,
    )?;
    file.close_table()
}

fn write_annex<W: Write + Seek>(
    file: &mut Writer<W>,
    annex: &PaperAnnex,
    width: Length,
) -> Result<(), DocxWriteError> {
    file.paragraph(Style::AnnexTitle, &[Run::plain(&annex.number)])?;
    file.paragraph(Style::Title, &[Run::plain(&annex.title)])?;
    let attached = Block::Paragraph(
        Style::Caption,
        Some(Align::Center),
        vec![Run::plain(&annex.attached)],
    );
    file.open_table(&Grid {
        widths: vec![width],
        lines: false,
    })?;
    file.row(&[cell(vec![attached])], false)?;
    file.close_table()?;
    if !annex.note.is_empty() {
        file.paragraph(Style::Caption, &[Run::plain(&annex.note)])?;
    }
    let widths = annex.columns.iter();
    file.open_table(&Grid {
        widths: widths.map(|column| width.percent(column.share)).collect(),
        lines: true,
    })?;
    let heads = annex.columns.iter();
    let heads: Vec<Cell> = heads
        .map(|column| cell(vec![Block::words(Style::TableHead, &column.title)]))
        .collect();
    file.row(&heads, true)?;
    for row in &annex.rows {
        match row {
            PaperRow::Heading(words) => {
                let run = Run {
                    bold: true,
                    ..Run::plain(words)
                };
                let heading = Cell {
                    blocks: vec![Block::Paragraph(Style::Table, None, vec![run])],
                    columns: annex.columns.len(),
                };
                file.row(&[heading], false)?;
            }
            PaperRow::Cells(cells) => {
                let cells = cells.iter().zip(&annex.columns).map(|(value, column)| {
                    let align = (column.align != Align::Left).then_some(column.align);
                    cell(vec![Block::Paragraph(
                        Style::Table,
                        align,
                        vec![Run::plain(value.text())],
                    )])
                });
                file.row(&cells.collect::<Vec<_>>(), false)?;
            }
        }
    }
    file.close_table()
}

fn cell(blocks: Vec<Block>) -> Cell {
    Cell { blocks, columns: 1 }
}
