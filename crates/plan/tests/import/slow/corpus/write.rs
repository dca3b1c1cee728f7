//! Writes a document as files of every kind.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use office::{Block, Cell, Document, Row, Table};
use rust_xlsxwriter::{Format, Workbook};

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// How many rows and columns a cell reaches over.
fn span(table: &Table, row: usize, column: usize) -> (usize, usize) {
    let below = table.rows[row + 1..].iter();
    let rows = below.take_while(|row| row.cell(column).is_some_and(|cell| cell.merged));
    let right = table.rows[row].cells[column + 1..].iter();
    (
        1 + rows.count(),
        1 + right.take_while(|cell| cell.across).count(),
    )
}

/// Plain text with tables laid out with tabs.
pub(crate) fn text(document: &Document) -> String {
    let mut text = String::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                text.push_str(&paragraph.text);
                text.push('\n');
            }
            Block::Table(table) => {
                for row in &table.rows {
                    for cell in &row.cells {
                        text.push('\t');
                        if cell.text.is_empty() && !cell.is_covered() {
                            text.push(' ');
                        }
                        text.push_str(&cell.text);
                        text.push('\n');
                    }
                    text.push('\n');
                }
                text.push('\n');
            }
        }
    }
    text
}

/// Plain text with a row on each line, as a spreadsheet saves it; in the annexes of projects
/// what a cell says is repeated in the rows that it reaches down to.
pub(crate) fn lines(document: &Document) -> String {
    let mut text = String::new();
    let quoted = |cell: &Cell| {
        if cell.text.contains('\n') || cell.text.starts_with('"') {
            format!("\"{}\"", cell.text.replace('"', "\"\""))
        } else {
            cell.text.clone()
        }
    };
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => writeln!(text, "{}", paragraph.text).unwrap(),
            Block::Table(table) => {
                let mut above: Vec<String> = Vec::new();
                for row in &table.rows {
                    let cell = |(column, cell): (usize, &Cell)| match above.get(column) {
                        Some(above) if cell.merged && row.cells.len() == 7 => above.clone(),
                        _ => quoted(cell),
                    };
                    let cells: Vec<String> = row.cells.iter().enumerate().map(cell).collect();
                    above.clone_from(&cells);
                    writeln!(text, "{}", cells.join("\t")).unwrap();
                }
                text.push('\n');
            }
        }
    }
    text
}

/// A page; `closed` says whether its cells and rows are closed, as careless pages leave out.
pub(crate) fn html(document: &Document, closed: bool) -> String {
    let mut page = String::from("<!DOCTYPE html>\n<html><head><title>x</title></head><body>\n");
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                writeln!(page, "<p>{}</p>", escaped(&paragraph.text)).unwrap();
            }
            Block::Table(table) => {
                page.push_str("<table border=1>\n");
                for (at, row) in table.rows.iter().enumerate() {
                    page.push_str("<tr>");
                    for (column, cell) in row.cells.iter().enumerate() {
                        if cell.is_covered() {
                            continue;
                        }
                        let (rows, columns) = span(table, at, column);
                        let text = escaped(&cell.text).replace('\n', "<br>");
                        let text = if text.is_empty() {
                            "&nbsp;".to_owned()
                        } else {
                            text
                        };
                        write!(page, "<td rowspan={rows} colspan='{columns}'>{text}").unwrap();
                        page.push_str(if closed { "</td>\n" } else { "\n" });
                    }
                    page.push_str(if closed { "</tr>\n" } else { "\n" });
                }
                page.push_str("</table>\n");
            }
        }
    }
    page
}

fn run(text: &str) -> String {
    format!(
        "<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escaped(text)
    )
}

/// A text document.
pub(crate) fn docx(document: &Document) -> Vec<u8> {
    let mut body = String::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                write!(
                    body,
                    "<w:p><w:pPr><w:jc w:val=\"both\"/></w:pPr>{}</w:p>",
                    run(&paragraph.text)
                )
                .unwrap();
            }
            Block::Table(table) => body.push_str(&docx_table(table)),
        }
    }
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(
        "word/document.xml",
        zip::write::SimpleFileOptions::default(),
    )
    .unwrap();
    zip.write_all(document.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

fn docx_table(table: &Table) -> String {
    let mut text = String::from("<w:tbl>");
    for (at, row) in table.rows.iter().enumerate() {
        text.push_str("<w:tr>");
        for (column, cell) in row.cells.iter().enumerate() {
            if cell.across {
                continue;
            }
            let (rows, columns) = span(table, at, column);
            let mut props = String::new();
            if columns > 1 {
                write!(props, "<w:gridSpan w:val=\"{columns}\"/>").unwrap();
            }
            if cell.merged {
                props.push_str("<w:vMerge/>");
            } else if rows > 1 {
                props.push_str("<w:vMerge w:val=\"restart\"/>");
            }
            let mut paragraphs = String::new();
            for line in cell.text.split('\n') {
                let run = if line.is_empty() {
                    String::new()
                } else {
                    run(line)
                };
                write!(paragraphs, "<w:p>{run}</w:p>").unwrap();
            }
            write!(text, "<w:tc><w:tcPr>{props}</w:tcPr>{paragraphs}</w:tc>").unwrap();
        }
        text.push_str("</w:tr>");
    }
    text + "</w:tbl>"
}

/// A spreadsheet with a sheet for the body and one for each annex. Amounts may be kept as
/// numbers, as people type them.
pub(crate) fn xlsx(document: &Document, numbers: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    let mut sheet = book.add_worksheet();
    sheet.set_name("Quyết định").unwrap();
    let mut line = 0;
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                if paragraph.text.starts_with("PHỤ LỤC ") {
                    sheet = book.add_worksheet();
                    sheet.set_name(&paragraph.text).unwrap();
                    line = 0;
                }
                sheet.write(line, 0, &paragraph.text).unwrap();
                line += 1;
            }
            Block::Table(table) => {
                rows(sheet, table, line, numbers);
                line += small::<u32>(table.rows.len()) + 1;
            }
        }
    }
    saved(book)
}

/// A spreadsheet with all of it in one sheet, and so many blank rows below each table.
pub(crate) fn sheet(document: &Document, gap: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let mut line = 0;
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                sheet.write(line, 0, &paragraph.text).unwrap();
                line += 1;
            }
            Block::Table(table) => {
                rows(sheet, table, line, true);
                line += small::<u32>(table.rows.len()) + gap;
            }
        }
    }
    saved(book)
}

fn rows(sheet: &mut rust_xlsxwriter::Worksheet, table: &Table, line: u32, numbers: bool) {
    let plain = Format::new();
    for (at, row) in table.rows.iter().enumerate() {
        for (column, cell) in row.cells.iter().enumerate() {
            if cell.is_covered() {
                continue;
            }
            let (down, right) = span(table, at, column);
            let (top, left) = (line + small::<u32>(at), small(column));
            if down * right > 1 {
                let (bottom, last) = (top + small::<u32>(down) - 1, left + small::<u16>(right) - 1);
                sheet
                    .merge_range(top, left, bottom, last, &cell.text, &plain)
                    .unwrap();
            } else if let Some(number) = amount(row, column, cell).filter(|_| numbers) {
                sheet.write(top, left, number).unwrap();
            } else if !cell.text.is_empty() {
                sheet.write(top, left, &cell.text).unwrap();
            }
        }
    }
}

fn saved(mut book: Workbook) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    book.save_to_writer(&mut file).unwrap();
    file.into_inner()
}

/// The amount in a cell of the annexes of projects, which write thousands with a comma.
fn amount(row: &Row, column: usize, cell: &Cell) -> Option<f64> {
    let money = row.cells.len() == 7 && (3..6).contains(&column);
    money
        .then(|| cell.text.replace(',', "").parse().ok())
        .flatten()
}

fn small<T: TryFrom<usize, Error: std::fmt::Debug>>(number: usize) -> T {
    T::try_from(number).unwrap()
}
