//! Files that are far too large, or that grow when somebody opens them.

use std::fmt::Write;

use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode, header};
use futures_util::{StreamExt, stream};
use plan::import::IndicatorKind;
use web::http::Settings;
use web::pages::links;

use super::province::{Province, UNIT, form_at, location, ratio, read};
use crate::fixture::{Answer, Browser};

/// What the process holds in memory, in bytes.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kib = line.unwrap().split_whitespace().nth(1).unwrap();
    kib.parse::<u64>().unwrap() << 10
}

/// Sends a form whose file measures so many bytes, made while it is sent.
async fn send_file_of(
    browser: &mut Browser,
    path: &str,
    bytes: u64,
    announced: bool,
    language: &str,
) -> Answer {
    const CHUNK: usize = 1 << 16;
    let start = form_at(browser, path)
        .await
        .texts(&ratio("0", "1655", "2290", "luu")[..4])
        .file("Ảnh hiện trường.pdf", b"%PDF-1.7 ")
        .into_bytes();
    // Inside the file: its end comes after what is made.
    let start = Bytes::from(start[..start.len() - 2].to_vec());
    let chunk = Bytes::from(vec![b'x'; CHUNK]);
    let count = usize::try_from(bytes / CHUNK as u64).unwrap();
    let end = "\r\n--x\r\ncontent-disposition: form-data; name=\"viec\"\r\n\r\nluu\r\n--x--\r\n";
    let length = start.len() as u64 + bytes + end.len() as u64;
    let body = stream::iter([start])
        .chain(stream::iter(std::iter::repeat_n(chunk, count)))
        .chain(stream::iter([Bytes::from(end)]))
        .map(Ok::<_, std::io::Error>);
    let mut request = Request::post(path)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header(header::ACCEPT_LANGUAGE, language);
    if announced {
        request = request.header(header::CONTENT_LENGTH, length);
    }
    let request = request.body(Body::from_stream(body)).unwrap();
    browser.send(request).await
}

#[tokio::test]
async fn two_gigabytes_are_refused_without_being_held() {
    let settings = Settings {
        evidence_limit: 1 << 20,
        ..Settings::default()
    };
    let province = Province::with(settings).await;
    let mut officer = province.officer().await;
    let new = province.begin(UNIT, IndicatorKind::Ratio).await;
    for (announced, language, said) in [
        (true, "vi", "Tệp “Ảnh hiện trường.pdf” lớn hơn 1"),
        (false, "vi", "Tệp “Ảnh hiện trường.pdf” lớn hơn 1"),
        (true, "en", "“Ảnh hiện trường.pdf” is larger than 1"),
    ] {
        let before = resident();
        let answer = send_file_of(&mut officer, &new, 2 << 30, announced, language).await;
        let grown = resident().saturating_sub(before);
        assert!(grown < 512 << 20, "{} MB more in memory", grown >> 20);
        let text = answer.text();
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{text}");
        assert!(text.contains(said), "{text}");
        // The form is there again, with what was typed.
        for kept in ["value=\"1655\"", "value=\"2290\"", "Trích từ hệ thống"] {
            assert!(text.contains(kept), "{kept}: {text}");
        }
    }
    // Nothing of it was kept, and the report was not begun.
    assert_eq!(officer.get(&new).await.status, StatusCode::OK);
    let files = province.app.app.store().data_folder().join("files");
    let mut folders = vec![files];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                assert!(entry.metadata().unwrap().len() < 1 << 20, "{entry:?}");
            }
        }
    }
}

/// The head of a ZIP entry that says it unfolds to 4 GB, and a little that is stored.
fn bomb() -> Vec<u8> {
    let mut zip = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0".to_vec();
    zip.extend(0_u32.to_le_bytes());
    zip.extend(64_u32.to_le_bytes());
    zip.extend(u32::MAX.to_le_bytes());
    zip.extend(10_u16.to_le_bytes());
    zip.extend(0_u16.to_le_bytes());
    zip.extend(b"sheet1.xml");
    zip.extend([0xff; 64]);
    zip
}

#[tokio::test]
async fn a_zip_bomb_stays_the_bytes_that_it_is() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let new = province.begin(UNIT, IndicatorKind::Ratio).await;
    let bomb = bomb();
    let answer = form_at(&mut officer, &new)
        .await
        .texts(&ratio("0", "1", "2", "luu"))
        .file("số liệu.xlsx", &bomb)
        .send(&mut officer, &new)
        .await;
    let report = location(&answer);
    let page = read(&mut officer, &report).await;
    let file = format!("/tep/{}", super::province::between(&page, "/tep/", "\""));
    let sent = officer.get(&file).await;
    assert_eq!(sent.bytes, bomb);
    assert!(sent.header("content-disposition").starts_with("attachment"));
    // It is listed by the size that was sent, not by the one that it claims.
    assert!(page.contains(&format!("{}\u{a0}B", bomb.len())), "{page}");
}

#[tokio::test]
async fn entities_are_never_expanded() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let new = province.begin(UNIT, IndicatorKind::Ratio).await;
    let mut entities = "<?xml version=\"1.0\"?>\n<!DOCTYPE a [\n <!ENTITY a0 \"ha\">\n".to_owned();
    for level in 1..30 {
        let before = format!("&a{};", level - 1).repeat(10);
        writeln!(entities, " <!ENTITY a{level} \"{before}\">").unwrap();
    }
    entities.push_str(" <!ENTITY own SYSTEM \"file:///etc/passwd\">\n]>\n<a>&a29;&own;</a>\n");
    for name in ["bao-cao.xml", "bao-cao.pdf", "bang.csv"] {
        let answer = form_at(&mut officer, &new)
            .await
            .texts(&ratio("0", "1655", "2", "luu"))
            .file(name, entities.as_bytes())
            .send(&mut officer, &new)
            .await;
        let text = answer.text();
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(text.contains(name) && text.contains("tep-loi"), "{text}");
        assert!(text.contains("value=\"1655\""), "{text}");
        assert!(!text.contains("root:"), "{text}");
    }
    let list = read(&mut officer, links::REPORT_LIST).await;
    assert!(!list.contains("hahaha"), "{list}");
}

#[tokio::test]
async fn names_that_are_formulas_or_paths_stay_names() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let new = province.begin(UNIT, IndicatorKind::Ratio).await;
    let names = [
        ("=HYPERLINK(http:.pdf", "=HYPERLINK(http:.pdf"),
        ("@SUM(1+1).pdf", "@SUM(1+1).pdf"),
        ("..\\..\\..\\windows\\system32\\a.pdf", "a.pdf"),
        ("/etc/cron.d/b.pdf", "b.pdf"),
        ("con\u{202e}fdp.exe.pdf", "confdp.exe.pdf"),
    ];
    let mut form = form_at(&mut officer, &new)
        .await
        .texts(&ratio("0", "1", "2", "luu"));
    for (place, (sent, _)) in names.iter().enumerate() {
        form = form.file(sent, format!("%PDF-1.7 {place}").as_bytes());
    }
    let report = location(&form.send(&mut officer, &new).await);
    let page = read(&mut officer, &report).await;
    for (sent, shown) in names {
        assert!(page.contains(&format!(">{shown}<")), "{sent}: {page}");
    }
    assert!(
        !page.contains("windows") && !page.contains("cron.d"),
        "{page}"
    );
    let file = format!("/tep/{}", super::province::between(&page, "/tep/", "\""));
    let answer = officer.get(&file).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.header("content-security-policy").contains("sandbox"));
}
