//! Office files.

use std::io::Cursor;

use office::{Format, Place, reading};
use rust_xlsxwriter::{Format as Style, Workbook};

use crate::{docx, package, shown};

const CELL: &str = "<w:tc><w:tcPr>{props}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>";

fn cell(props: &str, text: &str) -> String {
    CELL.replace("{props}", props).replace("{text}", text)
}

#[test]
fn a_text_document() {
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = [
        row(&[cell("<w:vMerge w:val=\"restart\"/>", "TT"), cell("<w:gridSpan w:val=\"2\"/>", "Kinh phí")]),
        row(&[cell("<w:vMerge/>", ""), cell("", "Tổng"), cell("", "A &amp; B")]),
        "<w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Một</w:t><w:br/><w:t>hai</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>ba</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>".to_owned(),
    ]
    .concat();
    let body = format!(
        "<w:p><w:r><w:t xml:space=\"preserve\">QUYẾT </w:t></w:r><w:del><w:r><w:t>không</w:t></w:r></w:del><w:r><w:t>ĐỊNH</w:t></w:r></w:p><w:tbl>{table}</w:tbl>"
    );
    let read = reading::read(&docx(&body)).unwrap();
    assert_eq!(read.format, Format::Docx);
    assert_eq!(
        shown(&read.document),
        [
            "¶ QUYẾT ĐỊNH",
            "TT|Kinh phí|<",
            "^|Tổng|A & B",
            "1|Một/hai//ba|"
        ]
    );
    assert_eq!(read.place(1), Some(&Place::Paragraph(1)));
}

#[test]
fn numbers_that_the_program_writes_by_itself() {
    let numbering = "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"5\">\
        <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"upperRoman\"/><w:lvlText w:val=\"%1.\"/></w:lvl>\
        <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%2)\"/></w:lvl>\
        </w:abstractNum><w:num w:numId=\"2\"><w:abstractNumId w:val=\"5\"/></w:num></w:numbering>";
    let item = |level: u8, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"2\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body = [
        item(0, "MỘT"),
        item(1, "a"),
        item(1, "b"),
        item(0, "HAI"),
        item(1, "c"),
    ]
    .concat();
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let file = package(&[
        ("word/document.xml", &document),
        ("word/numbering.xml", numbering),
    ]);
    let read = reading::read(&file).unwrap();
    assert_eq!(
        shown(&read.document),
        ["¶ I. MỘT", "¶ 1) a", "¶ 2) b", "¶ II. HAI", "¶ 1) c"]
    );
}

#[test]
fn a_spreadsheet() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Phụ lục 2").unwrap();
    let percent = Style::new().set_num_format("0%");
    sheet.write(0, 0, "PHỤ LỤC 2").unwrap();
    sheet.merge_range(1, 0, 2, 0, "TT", &Style::new()).unwrap();
    sheet
        .merge_range(1, 1, 1, 2, "Kinh phí", &Style::new())
        .unwrap();
    sheet.write(1, 3, "Tỷ lệ").unwrap();
    sheet.write(2, 1, "Tổng").unwrap();
    sheet.write(2, 2, "Nguồn").unwrap();
    sheet.write(3, 0, 1).unwrap();
    sheet.write(3, 1, 912.912).unwrap();
    sheet.write_with_format(3, 3, 0.5, &percent).unwrap();
    book.add_worksheet()
        .set_name("Ẩn")
        .unwrap()
        .set_hidden(true);
    let mut file = Cursor::new(Vec::new());
    book.save_to_writer(&mut file).unwrap();
    let read = reading::read(&file.into_inner()).unwrap();
    assert_eq!(read.format, Format::Xlsx);
    assert_eq!(
        shown(&read.document),
        [
            "¶ PHỤ LỤC 2",
            "TT|Kinh phí|<|Tỷ lệ",
            "^|Tổng|Nguồn|",
            "1|912.912||50%"
        ]
    );
    let row = &read.document.tables().next().unwrap().rows[2];
    assert_eq!(row.cells[1].number.unwrap().to_string(), "912.912");
    assert_eq!(
        read.place(row.cells[1].line),
        Some(&Place::Cell("Phụ lục 2!B4".to_owned()))
    );
}
