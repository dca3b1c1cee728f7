//! Decisions, from what readers make of files of every kind and from tables that none of them would give.

use office::{Block, Cell, Document, Paragraph, Row, Table};

use super::files::{SHEET, TEXT_DOCUMENT};
use super::{DOCX_WORDS, HTML_WORDS, XLSX_WORDS};
use crate::import::{BodyAliases, ImportError, ParsedPlan, read_document, read_file};
use crate::seeds::{self, write};
use crate::{Target, parts};

/// Plain text.
pub(crate) const TEXT: Target = Target {
    name: "decision-text",
    body: text,
    seeds: || {
        let documents = seeds::decisions();
        let texts = documents
            .iter()
            .flat_map(|document| [write::text(document), write::lines(document)]);
        texts.map(String::into_bytes).collect()
    },
    words: WORDS,
    longest: 24 << 10,
    runs: 150,
};

/// Paragraphs and tables.
pub(crate) const TABLES: Target = Target {
    name: "decision-tables",
    body: tables,
    seeds: || seeds::decisions().iter().map(neutral).collect(),
    words: WORDS,
    longest: 24 << 10,
    runs: 150,
};

/// Pages.
pub(crate) const HTML: Target = Target {
    name: "decision-html",
    body: |bytes| settle(&[b"<html>", bytes].concat()),
    seeds: || {
        let documents = seeds::decisions();
        let pages = documents
            .iter()
            .flat_map(|document| [true, false].map(|closed| write::html(document, closed)));
        pages.map(String::into_bytes).collect()
    },
    words: HTML_WORDS,
    longest: 32 << 10,
    runs: 120,
};

/// Text documents.
pub(crate) const DOCX: Target = Target {
    name: "decision-docx",
    body: |bytes| settle(&parts::package(bytes, TEXT_DOCUMENT)),
    seeds: || {
        seeds::decisions()
            .iter()
            .map(|document| parts::unpacked(&write::docx(document)))
            .collect()
    },
    words: DOCX_WORDS,
    longest: 64 << 10,
    runs: 120,
};

/// Spreadsheets.
pub(crate) const XLSX: Target = Target {
    name: "decision-xlsx",
    body: |bytes| settle(&parts::package(bytes, SHEET)),
    seeds: || {
        let documents = seeds::decisions();
        let files = documents
            .iter()
            .flat_map(|document| [write::xlsx(document, true), write::sheet(document, 1)]);
        files.map(|file| parts::unpacked(&file)).collect()
    },
    words: XLSX_WORDS,
    longest: 64 << 10,
    runs: 120,
};

/// Words that the importer looks for.
const WORDS: &[&str] = &[
    "PHỤ LỤC 1",
    "PHỤ LỤC 2",
    "Mục tiêu",
    "Chủ trì",
    "Phối hợp",
    "Thời gian",
    "Cơ quan",
    "Kèm theo",
    "Quyết định số",
    "STT",
    "Tổng cộng",
    "Tổng kinh phí",
    "triệu đồng",
    "tỷ đồng",
    "100%",
    "≥ 50%",
    "từ 30% đến 40%",
    "Quý IV/2023",
    "31/12/2023",
    "99/99/9999",
    "29/02/2023",
    "999.999.999.999.999.999",
    "1.000,5",
    "1,000.5",
    "Điều 1.",
    "Căn cứ",
    "giai đoạn 2021-2025",
    "xã, phường, thị trấn",
    "UBND cấp huyện",
    "Sở TT&TT",
    "và",
    "trên",
    "ít nhất",
    "tối thiểu",
    "chiếm",
    "đạt",
    "\t",
    "\n\n",
];

/// Reads a file as it would be handed in; what is understood can be told, and points into the file.
fn settle(file: &[u8]) {
    if let Ok(read) = read_file(file) {
        let lines = read.source.text.lines().count();
        told(&read.plan, u32::try_from(lines).unwrap());
    }
}

fn text(bytes: &[u8]) {
    // Whatever the bytes, as text in Unicode: what else files may be is for other targets.
    settle(&[b"\xef\xbb\xbf", String::from_utf8_lossy(bytes).as_bytes()].concat());
}

fn tables(bytes: &[u8]) {
    let (document, lines) = document(&String::from_utf8_lossy(bytes));
    let read: Result<ParsedPlan, ImportError> = read_document(&document, &BodyAliases::shipped());
    match read {
        Ok(plan) => told(&plan, lines),
        Err(why) => assert!(!why.to_string().is_empty()),
    }
}

fn told(plan: &ParsedPlan, lines: u32) {
    serde_json::to_string(plan).unwrap();
    for finding in &plan.findings {
        assert!(
            finding.lines.iter().all(|line| *line <= lines),
            "{finding:?}, of {lines} lines"
        );
    }
}

/// A paragraph on each line; lines that begin with a bar are the rows of a table, with a bar before each
/// cell. `^` before a cell's text: one from above reaches down; `<`: one from the left reaches over;
/// `#`: it is kept as a number. `\` is a line break in a cell.
fn document(text: &str) -> (Document, u32) {
    let mut document = Document::default();
    let mut line = 0;
    for said in text.lines() {
        line += 1;
        let Some(cells) = said.strip_prefix('|') else {
            let text = said.trim().to_owned();
            if text.is_empty() {
                // Two tables may stand one after the other.
                document
                    .blocks
                    .push(Block::Table(Table { rows: Vec::new() }));
            } else {
                document
                    .blocks
                    .push(Block::Paragraph(Paragraph { text, line }));
            }
            continue;
        };
        let row = Row {
            line,
            cells: cells.split('|').map(|said| cell(said, line)).collect(),
        };
        match document.blocks.last_mut() {
            Some(Block::Table(table)) => table.rows.push(row),
            _ => document
                .blocks
                .push(Block::Table(Table { rows: vec![row] })),
        }
        line += u32::try_from(cells.matches('\\').count()).unwrap();
    }
    // No reader gives a table without rows.
    document
        .blocks
        .retain(|block| !matches!(block, Block::Table(table) if table.rows.is_empty()));
    (document, line)
}

fn cell(said: &str, line: u32) -> Cell {
    let (mark, text) = match said.chars().next() {
        Some(mark @ ('^' | '<' | '#')) => (mark, &said[1..]),
        _ => (' ', said),
    };
    let text = text.replace('\\', "\n").trim().to_owned();
    Cell {
        merged: mark == '^',
        across: mark == '<',
        number: (mark == '#').then(|| text.parse().ok()).flatten(),
        ..Cell::new(text, line)
    }
}

/// The text that [`document`] reads.
fn neutral(document: &Document) -> Vec<u8> {
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
                        text.push('|');
                        text.push_str(if cell.merged {
                            "^"
                        } else if cell.across {
                            "<"
                        } else {
                            ""
                        });
                        text.push_str(&cell.text.replace('\n', "\\"));
                    }
                    text.push('\n');
                }
                text.push('\n');
            }
        }
    }
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing is tried where every seed is refused at the door.
    #[test]
    fn seeds_are_read_to_their_end() {
        for target in [TEXT, TABLES, HTML, DOCX, XLSX] {
            let seeds = (target.seeds)();
            let read = |seed: &Vec<u8>| match target.name {
                "decision-text" => read_file(seed).map(|read| read.plan),
                "decision-html" => read_file(seed).map(|read| read.plan),
                "decision-docx" => {
                    read_file(&parts::package(seed, TEXT_DOCUMENT)).map(|read| read.plan)
                }
                "decision-xlsx" => read_file(&parts::package(seed, SHEET)).map(|read| read.plan),
                _ => read_document(
                    &document(std::str::from_utf8(seed).unwrap()).0,
                    &BodyAliases::shipped(),
                ),
            };
            for seed in &seeds {
                assert!(
                    seed.len() <= target.longest,
                    "{}: {} bytes",
                    target.name,
                    seed.len()
                );
                let plan = read(seed).unwrap_or_else(|why| panic!("{}: {why}", target.name));
                assert!(
                    !plan.targets.is_empty() && plan.projects().count() > 0,
                    "{}",
                    target.name
                );
            }
        }
    }
}
