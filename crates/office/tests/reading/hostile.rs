//! Files made to hurt, and files of other kinds.

use std::time::{Duration, Instant};

use office::reading::{self, Refused};
use office::{PackageError, ReadError};
use proptest::prelude::*;

use crate::{docx, package};

#[test]
fn other_kinds_are_named() {
    for (bytes, refused) in [
        (&b"%PDF-1.7"[..], Refused::Pdf),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Refused::OldOffice),
        (b"{\\rtf1", Refused::Rtf),
        (b"\x89PNG\r\n", Refused::Picture),
    ] {
        assert_eq!(reading::read(bytes), Err(ReadError::Refused(refused)));
    }
    let open = package(&[("mimetype", ""), ("content.xml", "<x/>")]);
    assert_eq!(reading::read(&open), Err(Refused::OpenDocument.into()));
    let other = package(&[("a.txt", "x")]);
    assert_eq!(reading::read(&other), Err(Refused::Package.into()));
}

#[test]
fn a_small_package_that_unpacks_to_much_is_refused() {
    let zeros = "0".repeat(1 << 20);
    let parts: Vec<String> = (0..130).map(|at| format!("word/{at}.xml")).collect();
    let mut parts: Vec<(&str, &str)> = parts.iter().map(|name| (&**name, &*zeros)).collect();
    parts.push(("word/document.xml", "<w:document/>"));
    let file = package(&parts);
    assert!(file.len() < 1 << 20);
    assert_eq!(reading::read(&file), Err(PackageError::TooLarge.into()));
}

#[test]
fn entities_that_expand_are_refused() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>";
    for name in ["word/document.xml", "xl/workbook.xml"] {
        let file = package(&[(name, bomb)]);
        let declares = PackageError::Declares(name.to_owned());
        assert_eq!(reading::read(&file), Err(declares.into()));
    }
    let unknown = docx("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>");
    assert!(matches!(
        reading::read(&unknown),
        Err(ReadError::Damaged(_))
    ));
}

#[test]
fn tables_inside_tables_have_an_end() {
    let page = format!("<p>x</p>{}", "<table><tr><td>".repeat(100_000));
    assert_eq!(reading::read(page.as_bytes()), Err(ReadError::TooDeep));
    let deep = docx(&"<w:tbl><w:tr><w:tc>".repeat(40));
    assert_eq!(reading::read(&deep), Err(ReadError::TooDeep));
}

#[test]
fn huge_spans_and_open_tags_cost_their_length() {
    let began = Instant::now();
    let spans =
        "<table>".to_owned() + &"<tr><td colspan=4000000000 rowspan=4000000000>a".repeat(2_000);
    let _ = reading::read(spans.as_bytes());
    let open = format!("<p>{}", "<div><b><i>x".repeat(200_000));
    assert!(reading::read(open.as_bytes()).is_ok());
    assert!(
        began.elapsed() < Duration::from_secs(20),
        "{:?}",
        began.elapsed()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever the bytes are, they are read or refused, always the same way.
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(reading::read(&bytes), reading::read(&bytes));
    }

    #[test]
    fn any_page(pieces in prop::collection::vec(prop::sample::select(vec![
        "<table>", "</table>", "<tr>", "<td>", "</td>", "<td colspan=3>", "<td rowspan=2>", "<p>",
        "</p>", "<br>", "x", " ", "<script>", "</script>", "<head>", "</head>", "&amp;", "<!--", "-->",
    ]), 0..60)) {
        let page = format!("<html>{}", pieces.concat());
        let read = reading::read(page.as_bytes()).unwrap();
        let lines = read.text.lines().count();
        let rows = read.document.tables().flat_map(|table| &table.rows);
        for cell in rows.flat_map(|row| &row.cells) {
            prop_assert!((1..=lines).contains(&(cell.line as usize)));
        }
    }

    #[test]
    fn any_text_document(pieces in prop::collection::vec(prop::sample::select(vec![
        "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:p>", "</w:p>", "<w:p/>",
        "<w:gridSpan w:val=\"9\"/>", "<w:vMerge/>", "<w:t>a</w:t>", "<w:t>", "</w:t>", "<w:del>", "</w:del>",
        "<w:gridBefore w:val=\"99999\"/>", "&#0;", "<w:numId w:val=\"1\"/>",
    ]), 0..60)) {
        let file = docx(&pieces.concat());
        prop_assert_eq!(reading::read(&file), reading::read(&file));
    }

    /// A spreadsheet with any of its bytes changed.
    #[test]
    fn any_damage_to_a_package(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut file = docx("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>");
        let at = at.index(file.len());
        file[at] = byte;
        prop_assert_eq!(reading::read(&file), reading::read(&file));
    }
}
