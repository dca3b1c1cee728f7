//! Forms with files.

use std::fmt::Write;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode, header};
use axum::routing::post;
use futures_util::stream;
use web::http::{App, Failure, MultipartForm, Settings};
use web::pages::links;

use crate::fixture::{Answer, Browser, TestApp};

const LIMIT: u64 = 1 << 20;

/// Says what came in.
async fn receive(mut form: MultipartForm) -> Result<String, Failure> {
    if form.cut {
        let status = StatusCode::PAYLOAD_TOO_LARGE;
        return Err(Failure::new(
            status,
            "body-too-large",
            "a form that was cut",
        ));
    }
    let note = form.fields.take("ghi-chu")?;
    form.fields.done()?;
    let mut said = format!("note {note:?}\n");
    for file in form.files {
        writeln!(
            said,
            "file {} {:?} {}",
            file.field, file.name, file.stored.size
        )
        .unwrap();
    }
    for refused in form.refused {
        writeln!(said, "refused {} {}", refused.code, refused.args["name"]).unwrap();
    }
    Ok(said)
}

async fn app() -> TestApp {
    let settings = Settings {
        evidence_limit: LIMIT,
        ..Settings::default()
    };
    TestApp::with(settings, Router::<App>::new().route("/thu", post(receive))).await
}

struct Form(Vec<u8>);

impl Form {
    fn with_token(token: &str) -> Self {
        Self(Vec::new()).text("csrf", token.as_bytes())
    }

    fn text(mut self, name: &str, value: &[u8]) -> Self {
        self.0.extend(
            format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n").into_bytes(),
        );
        self.0.extend_from_slice(value);
        self.0.extend(b"\r\n");
        self
    }

    fn file(mut self, name: &str, content: &[u8]) -> Self {
        let head = format!(
            "--x\r\ncontent-disposition: form-data; name=\"tep\"; filename=\"{name}\"\r\ncontent-type: application/pdf\r\n\r\n"
        );
        self.0.extend(head.into_bytes());
        self.0.extend_from_slice(content);
        self.0.extend(b"\r\n");
        self
    }

    async fn send(self, browser: &mut Browser) -> Answer {
        let mut body = self.0;
        body.extend(b"--x--\r\n");
        send(browser, Body::from(body)).await
    }
}

async fn send(browser: &mut Browser, body: Body) -> Answer {
    let request =
        Request::post("/thu").header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    browser.send(request.body(body).unwrap()).await
}

#[tokio::test]
async fn files_come_in_beside_fields() {
    let app = app().await;
    let mut browser = app.browser();
    let token = browser.get(links::ABOUT).await.token();
    let answer = Form::with_token(&token)
        .text("ghi-chu", "Tra\u{300} O\u{302}n".as_bytes())
        .file("C:\\a\\Báo cáo\u{202e}.pdf", b"%PDF-1.7 one")
        .file("", b"")
        .file("la.pdf", b"MZ\x90\0")
        .file("lon.pdf", &vec![b'x'; 1_100_000])
        .send(&mut browser)
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(
        answer.text(),
        "note \"Trà Ôn\"\nfile tep \"Báo cáo.pdf\" 12\nrefused file-type-refused la.pdf\nrefused file-too-large lon.pdf\n"
    );
}

#[tokio::test]
async fn without_the_token_no_file_comes_in() {
    let app = app().await;
    let mut browser = app.browser();
    let token = browser.get(links::ABOUT).await.token();
    let forms = [
        Form(Vec::new())
            .text("ghi-chu", b"")
            .file("a.pdf", b"%PDF-1.7"),
        Form::with_token("00").file("a.pdf", b"%PDF-1.7"),
        Form(Vec::new())
            .file("a.pdf", b"%PDF-1.7")
            .text("csrf", token.as_bytes()),
    ];
    for form in forms {
        assert_eq!(form.send(&mut browser).await.status, StatusCode::FORBIDDEN);
    }
    let folder = app.app.store().data_folder().join("files");
    let kept = walk(&folder);
    assert!(kept.is_empty(), "{kept:?}");
}

/// Files below a folder.
fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                walk(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[tokio::test]
async fn hostile_forms_are_refused_in_words() {
    let app = app().await;
    let mut browser = app.browser();
    let token = browser.get(links::ABOUT).await.token();
    let form = || Form::with_token(&token);
    let many = (0..21).fold(form(), |form, _| form.file("a.pdf", b"%PDF-1.7"));
    for (form, status, words) in [
        (form().text("ghi-chu", b"\xff"), 400, "UTF-8"),
        (form().text("ghi-chu", &vec![b'x'; 70_000]), 413, "quá dài"),
        (form().text("ghi-chu", b"").text("la", b"1"), 422, "“la”"),
        (
            form().text("ghi-chu", b"").text("ghi-chu", b""),
            422,
            "nhiều hơn một lần",
        ),
        (form(), 422, "thiếu ô “ghi-chu”"),
        (many, 422, "nhiều nhất 20 tệp"),
    ] {
        let answer = form.send(&mut browser).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
        assert!(answer.text().contains(words), "{words}");
    }
    for body in [
        "",
        "--x",
        "--x\r\n",
        "rubbish",
        "--x\r\ncontent-disposition: form-data\r\n\r\n",
    ] {
        let answer = send(&mut browser, Body::from(body)).await;
        assert!(
            answer.status.is_client_error(),
            "{body:?}: {}",
            answer.status
        );
    }
    let answer = browser.post_raw("/thu", "a=1").await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn endless_and_announced_giants_are_refused() {
    let app = app().await;
    let mut browser = app.browser();
    let token = browser.get(links::ABOUT).await.token();
    let start = Form::with_token(&token).file("a.pdf", b"").0;
    let chunk = Bytes::from(vec![b'x'; 1 << 16]);
    let rest = stream::repeat_with(move || Ok::<_, std::io::Error>(chunk.clone()));
    let body = stream::iter([Ok(Bytes::from(start))]);
    let body = Body::from_stream(stream::StreamExt::chain(body, rest));
    let answer = send(&mut browser, body).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text().contains("vượt quá dung lượng"));

    let request = Request::post("/thu")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header(header::CONTENT_LENGTH, 2_u64 << 30);
    let answer = browser.send(request.body(Body::from("--x")).unwrap()).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(walk(&app.app.store().data_folder().join("files")).is_empty());
}
