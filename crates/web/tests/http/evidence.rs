//! Evidence files, for whoever may read a record that refers to them.

use std::fmt::Write;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use directory::Role;
use web::http::Settings;
use web::pages::links;

use crate::fixture::{Gate, TestApp};

fn hex(digest: &[u8]) -> String {
    digest.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// Puts a file in and opens the gate for it.
async fn put(app: &TestApp, gate: &Gate, name: &str, content: &[u8], public: bool) -> String {
    let mut upload = app.app.store().upload(1 << 20).await.unwrap();
    upload.write(content).await.unwrap();
    let digest = upload.finish().await.unwrap().digest;
    gate.open
        .lock()
        .unwrap()
        .push((digest, name.to_owned(), public));
    hex(&digest)
}

#[tokio::test]
async fn files_go_out_as_what_they_are_and_can_do_nothing() {
    let gate = Arc::new(Gate::default());
    let app = TestApp::gated(Settings::default(), Router::new(), gate.clone()).await;
    let mut browser = app.browser();
    for (name, content, kind, how) in [
        (
            "Báo cáo.pdf",
            &b"%PDF-1.7 x"[..],
            "application/pdf",
            "attachment",
        ),
        ("anh.png", b"\x89PNG\r\n\x1a\nx", "image/png", "inline"),
        (
            "so.xlsx",
            b"PK\x03\x04x",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "attachment",
        ),
        (
            "a\"\r\nx: y.html",
            b"<script>alert(1)</script>",
            "application/octet-stream",
            "attachment",
        ),
        (
            "anh.png",
            b"<svg onload=alert(1)>",
            "application/octet-stream",
            "attachment",
        ),
        (
            "b.txt",
            "số liệu".as_bytes(),
            "text/plain; charset=utf-8",
            "attachment",
        ),
    ] {
        let digest = put(&app, &gate, name, content, true).await;
        let request =
            Request::get(links::evidence(&digest)).header(header::ACCEPT_ENCODING, "gzip");
        let answer = browser.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
        assert_eq!(answer.bytes, content);
        assert_eq!(answer.header("content-type"), kind);
        assert_eq!(answer.header("content-length"), content.len().to_string());
        let disposition = answer.header("content-disposition");
        assert!(disposition.starts_with(how), "{name}: {disposition}");
        assert!(!disposition.contains('\r'));
        assert!(answer.header("content-security-policy").contains("sandbox"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let tag = answer.header("etag").to_owned();
        let request = Request::get(links::evidence(&digest)).header(header::IF_NONE_MATCH, tag);
        let answer = browser.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(
            (answer.status, answer.bytes.len()),
            (StatusCode::NOT_MODIFIED, 0)
        );
    }
}

#[tokio::test]
async fn only_readers_get_them() {
    let gate = Arc::new(Gate::default());
    let app = TestApp::gated(Settings::default(), Router::new(), gate.clone()).await;
    let digest = put(&app, &gate, "a.pdf", b"%PDF-1.7 secret", false).await;
    let path = links::evidence(&digest);
    assert_eq!(app.browser().get(&path).await.status, StatusCode::SEE_OTHER);
    let mut browser = app.signed_in("canbo", Role::Officer).await;
    assert_eq!(browser.get(&path).await.status, StatusCode::OK);
    let mut upload = app.app.store().upload(100).await.unwrap();
    upload.write(b"referred to by nothing").await.unwrap();
    let orphan = hex(&upload.finish().await.unwrap().digest);
    for path in [
        links::evidence(&orphan),
        links::evidence(&"0".repeat(64)),
        links::evidence(&digest[..62]),
        links::evidence("..%2f..%2fphusa.db"),
        "/tep/../phusa.db".to_owned(),
        "/tep/".to_owned(),
        format!("/tep/{digest}%00"),
    ] {
        assert_eq!(
            browser.get(&path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}
