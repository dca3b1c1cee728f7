//! Files of every kind, good and hostile.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail where they stand")]

mod reading {
    mod encodings;
    mod files;
    mod hostile;
    mod pages;
}

use std::io::{Cursor, Write};

use office::{Block, Document};

/// What a document holds: `¶` paragraphs, `|` rows; `^` and `<` for covered cells.
fn shown(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => lines.push(format!("¶ {}", paragraph.text)),
            Block::Table(table) => {
                for row in &table.rows {
                    let cells = row.cells.iter().map(|cell| match cell {
                        cell if cell.merged => "^".to_owned(),
                        cell if cell.across => "<".to_owned(),
                        cell => cell.text.replace('\n', "/"),
                    });
                    lines.push(cells.collect::<Vec<_>>().join("|"));
                }
            }
        }
    }
    lines
}

/// A package of these parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A text document with this body.
fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"
    );
    package(&[("word/document.xml", &document)])
}
