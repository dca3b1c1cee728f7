//! The tab-laid-out text form.

use office::text::{self, MOST_CELLS, MOST_ROWS, TextError};
use office::{Block, Document};
use proptest::prelude::*;

fn tables(document: &Document) -> Vec<Vec<Vec<(u32, &str)>>> {
    document
        .tables()
        .map(|table| {
            let rows = table.rows.iter();
            rows.map(|row| {
                let cells = row.cells.iter();
                cells.map(|c| (c.line, c.text.as_str())).collect()
            })
            .collect()
        })
        .collect()
}

#[test]
fn rows_cells_and_lines_are_kept() {
    let source = "Tựa\n \tTên\n\tGhi chú\n\n\t1.\n\tA\nB\n\n C \n\t\n\n\t2.\n\t\u{a0}\n\n\nHết\n";
    let document = text::read(source).unwrap();
    assert_eq!(
        tables(&document),
        [[
            vec![(2, ""), (2, "Tên"), (3, "Ghi chú")],
            vec![(5, "1."), (6, "A\nB\n\n C"), (10, "")],
            vec![(12, "2."), (13, "")],
        ]]
    );
    let table = document.tables().next().unwrap();
    assert!(table.rows[1].cells[2].merged);
    assert!(!table.rows[2].cells[1].merged);
    let paragraphs: Vec<_> = document.paragraphs().map(|p| (p.line, &*p.text)).collect();
    assert_eq!(paragraphs, [(1, "Tựa"), (16, "Hết")]);
    let lines: Vec<_> = table.rows[1].cells[1].lines().collect();
    assert_eq!(lines, [(6, "A"), (7, "B"), (9, "C")]);
}

#[test]
fn a_lone_tab_in_running_text_opens_no_table() {
    let document = text::read("\t\nNơi nhận:\n- Như Điều 3;\n\n\tTT\n\tTên\n").unwrap();
    assert!(matches!(document.blocks[0], Block::Paragraph(ref p) if p.line == 2));
    assert_eq!(tables(&document), [[[(5, "TT"), (6, "Tên")]]]);
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let plain = "a\n\tTT\n\tTên\n\n\t1\n\tx\ny\n";
    let windows = format!("\u{feff}{}", plain.replace('\n', "\r\n"));
    assert_eq!(text::read(plain), text::read(&windows));
}

#[test]
fn a_cell_that_begins_with_a_blank_line_points_at_its_words() {
    let document = text::read("\tTT\n\t\nTên\n").unwrap();
    assert_eq!(tables(&document), [[[(1, "TT"), (3, "Tên")]]]);
}

#[test]
fn what_is_too_large_or_no_text_is_refused() {
    assert_eq!(text::read("a\nb\0c"), Err(TextError::Binary { line: 2 }));
    assert_eq!(text::read("\ta\n\tb\0"), Err(TextError::Binary { line: 2 }));
    let wide = "\tx\n".repeat(MOST_CELLS + 1);
    assert_eq!(text::read(&wide), Err(TextError::TooManyCells { line: 1 }));
    let long = "\tx\n\ty\n\n".repeat(MOST_ROWS + 1);
    assert!(matches!(
        text::read(&long),
        Err(TextError::TooManyRows { .. })
    ));
    let huge = "x".repeat(text::LARGEST_TEXT + 1);
    assert!(matches!(text::read(&huge), Err(TextError::TooLong { .. })));
}

fn letters(text: &str) -> usize {
    text.chars().filter(char::is_ascii_lowercase).count()
}

proptest! {
    /// Every cell's words stand on the lines that the cell claims, and none is lost.
    #[test]
    fn every_word_can_be_found_again(source in "([\t \n]{0,3}[a-c]?){0,40}") {
        let document = text::read(&source).unwrap();
        let lines: Vec<&str> = source.lines().collect();
        let mut found = 0;
        for block in &document.blocks {
            match block {
                Block::Paragraph(p) => {
                    prop_assert!(lines[p.line as usize - 1].contains(&p.text));
                    found += letters(&p.text);
                }
                Block::Table(table) => {
                    for cell in table.rows.iter().flat_map(|row| &row.cells) {
                        for (line, text) in cell.lines() {
                            prop_assert!(lines[line as usize - 1].contains(text));
                        }
                        found += letters(&cell.text);
                    }
                }
            }
        }
        prop_assert_eq!(found, letters(&source));
    }

    #[test]
    fn any_text_is_read_or_refused(source in "([\\t\\n\\r\\x00 ]|\\PC){0,200}") {
        prop_assert_eq!(text::read(&source), text::read(&source));
    }
}
