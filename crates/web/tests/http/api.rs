//! Who may call the API, and how a browser's session must prove itself there.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::routing::{get, post};
use directory::Role;
use serde::Deserialize;
use web::http::{App, Failure, Json, Settings, Visitor};
use web::pages::links;

use crate::fixture::{PASSWORD, TestApp, system};

async fn who(visitor: Visitor) -> Result<String, Failure> {
    visitor.account()?;
    Ok(format!("{} {}", visitor.principal.login, visitor.via()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Note {
    text: String,
}

async fn note(_visitor: Visitor, body: Json<Note>) -> String {
    format!("{} {:?}", body.value.text, body.idempotency_key)
}

fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/ghi", post(note))
        .route("/api/v1/toi", get(who).post(who))
        .route("/toi", post(who))
}

async fn app() -> TestApp {
    TestApp::with(Settings::default(), routes()).await
}

#[tokio::test]
async fn programs_act_with_their_token() {
    let app = app().await;
    let account = app.account("may.snv", "Phần mềm", Role::Officer).await;
    let token = app
        .app
        .directory
        .create_token(&system(), account.id, "thử")
        .await
        .unwrap();
    let send = |path: &str, token: &str| {
        Request::post(path)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::empty())
            .unwrap()
    };
    let answer = app.browser().send(send("/api/v1/toi", &token)).await;
    assert_eq!(
        (answer.status, answer.text()),
        (StatusCode::OK, "may.snv api")
    );
    let answer = app.browser().send(send("/api/v1/toi", "phusa_wrong")).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.header("www-authenticate"), "Bearer");
    assert_eq!(answer.header("content-type"), "application/problem+json");
    // Pages know no tokens.
    let answer = app.browser().send(send("/toi", &token)).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn sessions_need_the_header() {
    let app = app().await;
    app.account("lan.pt", "Lan", Role::Officer).await;
    let mut browser = app.browser();
    browser.sign_in("lan.pt", PASSWORD, "/").await;
    assert_eq!(browser.get("/api/v1/toi").await.status, StatusCode::OK);
    let token = browser.get(links::ABOUT).await.token();
    for (token, status) in [(None, 403), (Some("00"), 403), (Some(token.as_str()), 200)] {
        let mut request = Request::post("/api/v1/toi");
        if let Some(token) = token {
            request = request.header("x-csrf-token", token);
        }
        let answer = browser.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status.as_u16(), status, "{token:?}");
    }
    let answer = app.browser().get("/api/v1/toi").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn bodies_are_read_strictly_and_refused_by_name() {
    let app = app().await;
    let account = app.account("may.snv", "Phần mềm", Role::Officer).await;
    let token = app
        .app
        .directory
        .create_token(&system(), account.id, "thử")
        .await
        .unwrap();
    let send = async |body: &[u8], media_type: &str, key: &str| {
        let request = Request::post("/api/v1/ghi")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, media_type)
            .header("idempotency-key", key);
        app.browser()
            .send(request.body(Body::from(body.to_vec())).unwrap())
            .await
    };
    let json = "application/json";
    let answer = send(
        r#"{"text":"Trà Ôn"}"#.as_bytes(),
        "application/json; charset=utf-8",
        "k1",
    )
    .await;
    assert_eq!(answer.text(), "Trà Ôn Some(\"k1\")");
    let long = "k".repeat(201);
    for (body, media_type, key, status, code) in [
        (
            &br#"{"text":"a","la":1}"#[..],
            json,
            "k",
            422,
            "body-unknown-field",
        ),
        (b"{}", json, "k", 422, "body-missing-field"),
        (
            br#"{"text":"a","text":"b"}"#,
            json,
            "k",
            422,
            "body-doubled-field",
        ),
        (br#"{"text":1}"#, json, "k", 422, "body-unreadable"),
        (b"{", json, "k", 400, "body-unreadable"),
        (b"\xff", json, "k", 400, "body-unreadable"),
        (
            br#"{"text":"a"}"#,
            "text/plain",
            "k",
            415,
            "body-media-type",
        ),
        (br#"{"text":"a"}"#, json, &long, 400, "key-invalid"),
        (br#"{"text":"a"}"#, json, "", 400, "key-invalid"),
        (&vec![b' '; 300_000], json, "k", 413, "body-too-large"),
    ] {
        let answer = send(body, media_type, key).await;
        let details: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
        assert_eq!(
            details["type"],
            format!("urn:phusa:problem:{code}"),
            "{details}"
        );
        assert_eq!(answer.status.as_u16(), status, "{details}");
        assert!(
            details["detail"]
                .as_str()
                .is_some_and(|detail| !detail.is_empty())
        );
    }
    let answer = send(br#"{"text":"a","la":1}"#, json, "k").await;
    assert!(answer.text().contains("“la”"), "{}", answer.text());
}
