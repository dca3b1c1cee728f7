//! Text documents out: what was written is what the reader reads again.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail where they stand")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use office::Block as Shown;
use office::docx::{
    Align, Block, Cell, Grid, Length, Look, NumberForm, Numbers, Orientation, Paper, Properties,
    Run, Setup, Style, Writer,
};
use proptest::prelude::*;
use quick_xml::events::Event;
use vocab::Instant;

fn setup() -> Setup {
    let numbers = |form, after| Numbers { form, after };
    Setup {
        paper: Paper {
            width: Length::tenths_mm(2_100),
            height: Length::tenths_mm(2_970),
            top: Length::tenths_mm(200),
            bottom: Length::tenths_mm(200),
            left: Length::tenths_mm(300),
            right: Length::tenths_mm(150),
        },
        font: "Times New Roman".to_owned(),
        looks: BTreeMap::from([(
            Style::Body,
            Look {
                align: Align::Justify,
                ..Look::default()
            },
        )]),
        numbers: [
            numbers(NumberForm::UpperRoman, '.'),
            numbers(NumberForm::Decimal, '.'),
            numbers(NumberForm::LowerLetter, ')'),
        ],
    }
}

fn begun() -> Writer<Cursor<Vec<u8>>> {
    let properties = Properties {
        title: "Báo cáo <1> & \"2\"\u{1}".to_owned(),
        creator: "Sở".to_owned(),
    };
    let made = Instant::from_micros(1_700_000_000_000_000);
    Writer::new(Cursor::new(Vec::new()), &setup(), &properties, made).unwrap()
}

fn cell(text: &str) -> Cell {
    Cell {
        blocks: vec![Block::words(Style::Table, text)],
        columns: 1,
    }
}

fn grid(columns: usize) -> Grid {
    Grid {
        widths: vec![Length::tenths_mm(500); columns],
        lines: true,
    }
}

/// Every part of a package, each read to its end as XML.
fn parts(file: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut depth = 0_i32;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0, "{name} is not closed");
        parts.insert(name, text);
    }
    parts
}

fn said(file: &[u8]) -> Vec<String> {
    let reading = office::reading::read(file).unwrap();
    let mut lines = Vec::new();
    for block in reading.document.blocks {
        match block {
            Shown::Paragraph(paragraph) => lines.push(paragraph.text),
            Shown::Table(table) => {
                for row in table.rows {
                    let cells: Vec<String> = row.cells.into_iter().map(|cell| cell.text).collect();
                    lines.push(cells.join("|"));
                }
            }
        }
    }
    lines
}

#[test]
fn what_was_written_is_read_again() {
    let mut file = begun();
    file.paragraph(Style::Title, &[Run::plain("BÁO CÁO")])
        .unwrap();
    for heading in ["KẾT QUẢ CHUNG", "KẾT QUẢ THEO NHÓM"] {
        file.paragraph(Style::Heading1, &[Run::plain(heading)])
            .unwrap();
        file.paragraph(Style::Heading2, &[Run::plain("Chính quyền số")])
            .unwrap();
    }
    let bold = Run {
        bold: true,
        ..Run::plain("64,3%")
    };
    file.paragraph(Style::Body, &[Run::plain("Đạt "), bold, Run::plain(".")])
        .unwrap();
    file.open_table(&grid(2)).unwrap();
    file.row(&[cell("TT"), cell("Mục tiêu")], true).unwrap();
    file.row(&[cell("1"), cell("Tỷ lệ <hồ sơ> & \"việc\"")], false)
        .unwrap();
    let wide = Cell {
        columns: 2,
        ..cell("II. KINH TẾ SỐ")
    };
    file.row(&[wide], false).unwrap();
    file.row(&[Cell::default(), cell("=1+1")], false).unwrap();
    file.close_table().unwrap();
    file.end_section(Orientation::Portrait).unwrap();
    file.paragraph(Style::AnnexTitle, &[Run::plain("Phụ lục 1")])
        .unwrap();
    let file = file.finish(Orientation::Landscape).unwrap().into_inner();
    assert_eq!(
        said(&file),
        [
            "BÁO CÁO",
            "I. KẾT QUẢ CHUNG",
            "1. Chính quyền số",
            "II. KẾT QUẢ THEO NHÓM",
            "1. Chính quyền số",
            "Đạt 64,3%.",
            "TT|Mục tiêu",
            "1|Tỷ lệ <hồ sơ> & \"việc\"",
            "II. KINH TẾ SỐ|",
            "|=1+1",
            "Phụ lục 1",
        ]
    );
    let parts = parts(&file);
    let document = &parts["word/document.xml"];
    // The first section alone hides its first page's number; the second lies.
    assert_eq!(document.matches("<w:titlePg/>").count(), 1);
    assert!(document.contains("w:w=\"11906\" w:h=\"16838\"/>"));
    assert!(document.contains("w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"));
    assert!(document.contains("<w:tblHeader/>"));
    // 20 mm and 30 mm.
    assert!(document.contains("w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\""));
    assert!(parts["word/header1.xml"].contains("PAGE"));
    assert!(parts["word/styles.xml"].contains("w:ascii=\"Times New Roman\""));
}

#[test]
fn two_tables_stay_two_and_a_table_at_the_end_is_followed_by_a_paragraph() {
    let mut file = begun();
    for _ in 0..2 {
        file.open_table(&grid(1)).unwrap();
        file.row(&[cell("a")], false).unwrap();
        file.close_table().unwrap();
    }
    let file = file.finish(Orientation::Portrait).unwrap().into_inner();
    let document = &parts(&file)["word/document.xml"];
    assert!(!document.contains("</w:tbl><w:tbl>"));
    assert!(!document.contains("</w:tbl><w:sectPr>"));
}

#[test]
fn the_same_document_gives_the_same_file() {
    let file = || {
        let mut file = begun();
        file.paragraph(Style::Body, &[Run::plain("một")]).unwrap();
        file.finish(Orientation::Portrait).unwrap().into_inner()
    };
    assert_eq!(file(), file());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever people paste: the file stays readable, and nothing but what XML cannot hold
    /// and white space at ends is lost.
    #[test]
    fn any_text_survives(text in "(\\PC|[\u{0}-\u{1f}\u{7f}\u{fffe}\u{ffff}<>&\"']|[a-zđ]{500}){0,40}") {
        let mut file = begun();
        file.paragraph(Style::Body, &[Run::plain(text.clone())]).unwrap();
        file.open_table(&grid(1)).unwrap();
        file.row(&[cell(&format!("x{text}"))], false).unwrap();
        file.row(&[cell("y")], false).unwrap();
        file.close_table().unwrap();
        let file = file.finish(Orientation::Portrait).unwrap().into_inner();
        parts(&file);
        let writable = |text: &str| -> String {
            text.chars()
                .filter(|ch| !ch.is_control() && !matches!(ch, '\u{fffe}' | '\u{ffff}'))
                .filter(|ch| !ch.is_whitespace())
                .collect()
        };
        let read = office::reading::read(&file).unwrap();
        let all: String = read.text.chars().filter(|ch| !ch.is_control()).filter(|ch| !ch.is_whitespace()).collect();
        let composed = |text: String| -> String {
            use unicode_normalization::UnicodeNormalization as _;
            text.nfc().collect()
        };
        let text = writable(&text);
        prop_assert_eq!(composed(all), composed(format!("{text}x{text}y")));
    }
}
