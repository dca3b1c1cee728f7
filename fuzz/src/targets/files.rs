//! The readers of `office`: files as people hand them in.

use office::reading::{self, Reading};
use office::{csv, grid, xlsx_in};

use super::{DOCX_WORDS, HTML_WORDS, XLSX_WORDS};
use crate::seeds::{self, write};
use crate::{Target, parts};

/// Bytes as they are.
pub(crate) const ANY: Target = Target {
    name: "any",
    body: any,
    seeds: || {
        let document = seeds::decision(3);
        let text = write::text(&document);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        vec![
            write::docx(&document),
            write::xlsx(&document, true),
            write::html(&document, false).into_bytes(),
            [b"\xff\xfe", &*utf16].concat(),
            text.into_bytes(),
            b"{\\rtf1\\ansi}".to_vec(),
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
        ]
    },
    words: &[
        "PK\x03\x04",
        "PK\x01\x02",
        "PK\x05\x06",
        "word/document.xml",
        "xl/workbook.xml",
        "charset=",
    ],
    longest: 16 << 10,
    runs: 800,
};

/// Plain text: every cell points at a line that is there.
pub(crate) const TEXT: Target = Target {
    name: "text",
    body: text,
    seeds: || {
        let document = seeds::decision(3);
        [write::text(&document), write::lines(&document)]
            .map(String::into_bytes)
            .into()
    },
    words: &[
        "\t", "\n\t", "\n\n", "\t\n", "\"", "\"\"", "\r\n", "\u{2028}", "|", "+--+",
    ],
    longest: 8 << 10,
    runs: 3_000,
};

/// Pages for a browser.
pub(crate) const HTML: Target = Target {
    name: "html",
    body: html,
    seeds: || {
        let document = seeds::decision(3);
        [true, false]
            .map(|closed| write::html(&document, closed).into_bytes())
            .into()
    },
    words: HTML_WORDS,
    longest: 12 << 10,
    runs: 600,
};

/// Text documents, by their parts.
pub(crate) const DOCX: Target = Target {
    name: "docx",
    body: |bytes| read(&parts::package(bytes, TEXT_DOCUMENT)),
    seeds: || {
        vec![
            parts::unpacked(&write::docx(&seeds::decision(3))),
            NUMBERED.to_vec(),
        ]
    },
    words: DOCX_WORDS,
    longest: 20 << 10,
    runs: 800,
};

/// Spreadsheets, by their parts, for all who read them.
pub(crate) const XLSX: Target = Target {
    name: "xlsx",
    body: xlsx,
    seeds: || {
        let document = seeds::decision(3);
        vec![
            parts::unpacked(&write::xlsx(&document, true)),
            parts::unpacked(&write::sheet(&document, 2)),
        ]
    },
    words: XLSX_WORDS,
    longest: 32 << 10,
    runs: 300,
};

/// What makes a package a text document.
pub(super) const TEXT_DOCUMENT: &[(&str, &str)] = &[("word/document.xml", "<w:document/>")];

/// What makes a package a spreadsheet.
pub(super) const SHEET: &[(&str, &str)] = &[
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
    ("xl/worksheets/sheet1.xml", "<worksheet/>"),
];

const NUMBERED: &[u8] = br#"== word/document.xml ==
<w:document><w:body>
<w:p><w:pPr><w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>A</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>B</w:t></w:r></w:p>
</w:body></w:document>
== word/numbering.xml ==
<w:numbering>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="26"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>
== word/styles.xml ==
<w:styles><w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>
"#;

/// Reads a file; every cell of what it holds points at a line of its text.
fn read(file: &[u8]) {
    if let Ok(read) = reading::read(file) {
        in_sight(&read);
    }
}

fn in_sight(read: &Reading) {
    let lines = read.text.lines().count();
    let rows = read.document.tables().flat_map(|table| &table.rows);
    for cell in rows.flat_map(|row| &row.cells) {
        assert!(
            (1..=lines).contains(&(cell.line as usize)),
            "{cell:?}, of {lines} lines"
        );
    }
}

fn any(bytes: &[u8]) {
    read(bytes);
    let _ = xlsx_in::read(bytes);
    let _ = grid::read(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = csv::read(text);
    }
}

fn text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(document) = office::text::read(&text) else {
        return;
    };
    let lines = text.lines().count();
    for cell in document
        .tables()
        .flat_map(|table| &table.rows)
        .flat_map(|row| &row.cells)
    {
        assert!(
            (1..=lines).contains(&(cell.line as usize)),
            "{cell:?}, of {lines} lines"
        );
    }
}

fn html(bytes: &[u8]) {
    read(&[b"<html>", bytes].concat());
}

fn xlsx(bytes: &[u8]) {
    let file = parts::package(bytes, SHEET);
    read(&file);
    let _ = xlsx_in::read(&file);
    if let Ok(sheets) = grid::read(&file) {
        for place in sheets.iter().flat_map(|sheet| sheet.cells.keys()) {
            assert!(!grid::cell_name(*place).is_empty());
        }
    }
}
