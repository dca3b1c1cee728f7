//! Pages for a browser.

use office::{Encoding, Format, Place, reading};

use crate::shown;

#[test]
fn cells_that_span_make_a_grid() {
    let page = "<!DOCTYPE html><head><title>x</title><style>p{}</style></head><body>\
        <p>QUYẾT ĐỊNH<br>về  việc&nbsp;A &amp; B</p>\n<table><tr><th rowspan=2>TT<th colspan=2>Kinh phí\
        <tr><td>Tổng<td>Nguồn</tr><tr><td>1<td><p>Một</p><p></p><p>hai</p><td></tr></table>sau";
    let read = reading::read(page.as_bytes()).unwrap();
    assert_eq!(read.format, Format::Html);
    assert_eq!(
        shown(&read.document),
        [
            "¶ QUYẾT ĐỊNH",
            "¶ về việc A & B",
            "TT|Kinh phí|<",
            "^|Tổng|Nguồn",
            "1|Một//hai|",
            "¶ sau"
        ]
    );
    let line = read.document.tables().next().unwrap().rows[2].line;
    assert_eq!(read.place(line), Some(&Place::Line(2)));
}

#[test]
fn a_table_that_only_lays_out_the_page_falls_apart() {
    let page =
        "<table><tr><td>menu<td><p>Đầu</p><table><tr><td>a<td>b<tr><td>c<td>d</table></table>";
    let read = reading::read(page.as_bytes()).unwrap();
    assert_eq!(shown(&read.document), ["¶ menu", "¶ Đầu", "a|b", "c|d"]);
}

#[test]
fn the_text_of_a_page_has_the_lines_that_its_parts_name() {
    let page = "<p>đầu<table><tr><td>a<td>b<br>c<td></tr><tr><td>d<td>e<td>f</table><p>cuối";
    let read = reading::read(page.as_bytes()).unwrap();
    let lines: Vec<&str> = read.text.lines().collect();
    for paragraph in read.document.paragraphs() {
        assert_eq!(lines[paragraph.line as usize - 1], paragraph.text);
    }
    let cells = read.document.tables().flat_map(|table| &table.rows);
    for cell in cells.flat_map(|row| &row.cells) {
        for (line, text) in cell.lines() {
            assert_eq!(lines[line as usize - 1].trim(), text);
        }
    }
    // Read as the text it was laid out as, it is the same again.
    assert_eq!(
        shown(&office::text::read(&read.text).unwrap()),
        shown(&read.document)
    );
}

#[test]
fn a_page_in_an_old_code_page_is_still_a_page() {
    let (bytes, ..) = encoding_rs::WINDOWS_1258.encode("<p>Quy\u{ea}\u{301}t \u{111}i\u{323}nh s\u{f4}\u{301} 1 cu\u{309}a ti\u{309}nh va\u{300} ca\u{301}c s\u{1a1}\u{309}");
    let read = reading::read(&bytes).unwrap();
    assert_eq!(read.encoding, Some(Encoding::Windows1258));
    assert_eq!(
        shown(&read.document),
        ["¶ Quyết định số 1 của tỉnh và các sở"]
    );
}
