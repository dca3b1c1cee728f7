//! A unit's reports as a spreadsheet: fetched, typed into, sent back, looked at, saved.

use std::io::{Cursor, Read, Write};

use axum::http::StatusCode;
use directory::{Act, Role};
use office::grid::{self, Content};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::province::{
    Province, Sending, UNIT, begin, between, entered, form, location, ratio, read,
};
use crate::fixture::Answer;
use crate::personal::holding;

const PAGE: &str = "/bao-cao/phieu?ky=2023Q1";
const FILE: &str = "/bao-cao/phieu/tep?ky=2023Q1";
const APPLY: &str = "/bao-cao/phieu/ghi?ky=2023Q1";

/// The same file with something typed into cells that are empty.
fn typed(file: &[u8], cells: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            let mut xml = String::from_utf8(bytes).unwrap();
            for (cell, value) in cells {
                let start = format!("<c r=\"{cell}\" ");
                let from = xml.find(&start).unwrap_or_else(|| panic!("no {cell}"));
                let end = from + xml[from..].find("/>").unwrap();
                let held = xml[from + start.len()..end].to_owned();
                let number = value.parse::<f64>().is_ok();
                let with = if number {
                    format!("{start}{held}><v>{value}</v></c>")
                } else {
                    format!("{start}{held} t=\"inlineStr\"><is><t>{value}</t></is></c>")
                };
                xml.replace_range(from..end + 2, &with);
            }
            bytes = xml.into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// The rows of two ratios: the row's name in the sheet, and the target's number.
fn ratios(file: &[u8]) -> Vec<(u32, u16)> {
    let sheets = grid::read(file).unwrap();
    let cells = &sheets[0].cells;
    let ratio = cells.iter().filter(|((_, column), cell)| {
        *column == 4 && cell.content == Content::Text("tỷ lệ".to_owned())
    });
    ratio
        .map(|((row, _), _)| {
            let number = match cells[&(*row, 2)].content {
                Content::Number(number) => number.to_string().parse().unwrap(),
                _ => panic!("a line without a number"),
            };
            (row + 1, number)
        })
        .collect()
}

fn hidden(page: &Answer, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    between(page.text(), &start, "\"").to_owned()
}

fn with_file(form: Sending, file: &[u8]) -> Sending {
    form.file("phieu.xlsx", file)
}

#[tokio::test]
async fn a_sheet_is_fetched_filled_in_looked_at_and_saved() {
    for province in Province::on_each_engine().await {
        let mut officer = province.officer().await;
        let list = read(&mut officer, "/bao-cao?ky=2023Q1").await;
        assert!(list.contains("/bao-cao/phieu?ky=2023Q1"), "{list}");
        let file = officer.get(FILE).await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(
            file.header("content-disposition")
                .contains("phieu-so-noi-vu-2023Q1.xlsx")
        );
        let lines = ratios(&file.bytes);
        let [(good, number), (bad, _)] = lines[..2] else {
            panic!("two ratios");
        };
        let (part, whole) = (format!("J{good}"), format!("K{good}"));
        let wrong = format!("J{bad}");
        let sent = typed(
            &file.bytes,
            &[(&part, "18"), (&whole, "20"), (&wrong, "80%")],
        );
        let page = officer.get(PAGE).await;
        let shown = with_file(form(&page), &sent).send(&mut officer, PAGE).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.text());
        let text = shown.text();
        assert!(!text.contains('⟦'), "{text}");
        assert!(text.contains("18 / 20") && text.contains(&wrong), "{text}");
        assert!(text.contains("không phải phần trăm"), "{text}");
        // Nothing is written yet.
        let list = read(&mut officer, "/bao-cao?ky=2023Q1&tinh-trang=draft").await;
        assert!(!list.contains("state-draft\""), "{list}");
        let fields = [
            ("csrf", shown.token()),
            ("tep", hidden(&shown, "tep")),
            ("ten", hidden(&shown, "ten")),
            ("xem", hidden(&shown, "xem")),
        ];
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(&fields);
        let body = body.finish();
        // Another person's session cannot save it by its digest.
        let mut other = province.person(UNIT, "canbo2.snv", Role::Officer).await;
        let token = other.get(PAGE).await.token();
        let mut theirs = form_urlencoded::Serializer::new(String::new());
        theirs
            .append_pair("csrf", &token)
            .extend_pairs(&fields[1..]);
        let answer = other.post_raw(APPLY, theirs.finish()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let answer = officer.post_raw(APPLY, body.clone()).await;
        assert_eq!(location(&answer), {
            let unit = province.app.unit(UNIT).await;
            format!("/bao-cao?ky=2023Q1&tinh-trang=&don-vi={unit}")
        });
        let list = read(&mut officer, "/bao-cao?ky=2023Q1&tinh-trang=draft").await;
        assert!(list.contains("90"), "{list}");
        assert_eq!(list.matches("<th scope=\"row\">").count(), 1, "{list}");
        assert!(list.contains(&format!(">{number}<")), "{list}");
        // The same form again changes nothing; the same file neither.
        let answer = officer.post_raw(APPLY, body).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let page = officer.get(PAGE).await;
        let shown = with_file(form(&page), &sent).send(&mut officer, PAGE).await;
        assert!(
            shown.text().contains("Phiếu không thay đổi gì"),
            "{}",
            shown.text()
        );
    }
}

#[tokio::test]
async fn what_moved_on_since_it_was_shown_is_shown_again() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let file = officer.get(FILE).await;
    let (row, number) = ratios(&file.bytes)[0];
    let (part, whole) = (format!("J{row}"), format!("K{row}"));
    let sent = typed(&file.bytes, &[(&part, "18"), (&whole, "20")]);
    let page = officer.get(PAGE).await;
    let shown = with_file(form(&page), &sent).send(&mut officer, PAGE).await;
    let fields: Vec<(&str, String)> = ["tep", "ten", "xem"]
        .map(|name| (name, hidden(&shown, name)))
        .to_vec();
    // Meanwhile somebody enters another value in the browser.
    let new = begin(number, 1, "2023Q1");
    let answer = entered(&mut officer, &new, &ratio("0", "3", "20", "luu")).await;
    location(&answer);
    let sent: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let answer = officer.post(PAGE, APPLY, &sent).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.text());
    let text = answer.text();
    assert!(
        text.contains("3 / 20") && text.contains("18 / 20"),
        "{text}"
    );
    assert!(text.contains("Có người đã sửa mục này"), "{text}");
    // Seen again, it may be saved.
    let sent: Vec<(&str, String)> = ["tep", "ten", "xem"]
        .map(|name| (name, hidden(&answer, name)))
        .to_vec();
    let sent: Vec<(&str, &str)> = sent
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let answer = officer.post(PAGE, APPLY, &sent).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn other_files_and_other_units_sheets_are_refused_with_a_way_on() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let mut other = province
        .person("Sở Công Thương", "canbo.sct", Role::Officer)
        .await;
    let theirs = other.get(FILE).await.bytes;
    for (file, says) in [
        (theirs, "Phiếu này của đơn vị khác: Sở Công Thương"),
        (b"%PDF-1.7 khong phai phieu".to_vec(), "Không mở được tệp"),
    ] {
        let page = officer.get(PAGE).await;
        let answer = with_file(form(&page), &file).send(&mut officer, PAGE).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains(says), "{}", answer.text());
    }
    let page = officer.get(PAGE).await;
    let answer = form(&page).send(&mut officer, PAGE).await;
    assert!(
        answer.text().contains("Chọn tệp phiếu .xlsx"),
        "{}",
        answer.text()
    );
    let unit = province.app.unit("Sở Công Thương").await;
    let answer = officer.get(&format!("{FILE}&don-vi={unit}")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn whoever_writes_reports_has_the_sheet_whatever_the_role_is_called() {
    let province = Province::new().await;
    let verbs = [Act::Read, Act::Draft];
    let mut writer = holding(&province.app, "cong_tac_vien", "observation", &verbs, &[]).await;
    let list = read(&mut writer, "/bao-cao?ky=2023Q1").await;
    assert!(list.contains("/bao-cao/phieu?ky=2023Q1"), "{list}");
    assert_eq!(writer.get(FILE).await.status, StatusCode::OK);
    let mut reader = holding(&province.app, "nguoi_xem", "observation", &verbs[..1], &[]).await;
    assert_eq!(reader.get(FILE).await.status, StatusCode::FORBIDDEN);
}
