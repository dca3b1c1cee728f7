//! What every answer carries, and what goes out when something goes wrong.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use axum::routing::{get, post};
use store::{NewJob, Op, Write};
use web::http::{App, Settings};
use web::pages::links;

use crate::fixture::{TestApp, system};

async fn broken() -> &'static str {
    panic!("the secret <detail>")
}

fn faulty() -> Router<App> {
    Router::new()
        .route("/vo", get(broken))
        .route("/api/v1/vo", get(broken))
        .route("/quen", post(async || "done"))
}

#[tokio::test]
async fn every_page_is_protected() {
    let app = TestApp::with(Settings::default(), faulty()).await;
    let mut browser = app.browser();
    let asset = web::assets::url("style.css");
    for (path, status) in [
        (links::ABOUT, 200),
        (links::DESIGN, 200),
        (asset.as_str(), 200),
        ("/healthz", 200),
        ("/readyz", 200),
        ("/khong-co", 404),
        (links::LANGUAGE, 405),
        ("/vo", 500),
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert!(answer.header("permissions-policy").contains("camera=()"));
        assert_eq!(answer.header("x-request-id").len(), 36);
        assert!(!answer.header("cache-control").is_empty());
        assert!(!answer.text().contains('⟦'), "{path} lacks words");
    }
}

#[tokio::test]
async fn data_is_never_shown_as_a_page() {
    let app = TestApp::with(Settings::default(), faulty()).await;
    let mut browser = app.browser();
    for (path, status) in [
        ("/api/openapi.json", 200),
        ("/api/v1/khong-co", 404),
        ("/api/v1/me", 401),
        ("/api/v1/vo", 500),
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        for (header, value) in [
            (
                "content-security-policy",
                "default-src 'none'; frame-ancestors 'none'",
            ),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(header), value, "{path}");
        }
        assert!(answer.header("content-type").contains("json"), "{path}");
        assert_eq!(answer.header("x-request-id").len(), 36);
        assert!(!answer.header("cache-control").is_empty());
    }
}

#[tokio::test]
async fn the_nonce_is_the_policys_and_new_each_time() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    let nonce = |answer: &crate::fixture::Answer| {
        let policy = answer.header("content-security-policy").to_owned();
        let at = policy.find("'nonce-").unwrap() + 7;
        policy[at..at + policy[at..].find('\'').unwrap()].to_owned()
    };
    let (one, other) = (
        browser.get(links::ABOUT).await,
        browser.get(links::ABOUT).await,
    );
    assert!(one.text().contains(&format!("nonce=\"{}\"", nonce(&one))));
    assert_ne!(nonce(&one), nonce(&other));
    assert_ne!(one.token(), other.token(), "a token repeats");
}

#[tokio::test]
async fn a_panic_is_a_page_that_tells_nothing() {
    let app = TestApp::with(Settings::default(), faulty()).await;
    let answer = app.browser().get("/vo").await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.text().contains("Hệ thống gặp lỗi"));
    assert!(answer.text().contains(answer.header("x-request-id")));
    assert!(!answer.text().contains("secret"));
}

#[tokio::test]
async fn a_request_that_takes_for_ever_is_ended() {
    let more = Router::new().route("/mai", get(std::future::pending::<()>));
    let app = TestApp::with(Settings::default(), more).await;
    tokio::time::pause();
    let answer = app.browser().get("/mai").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.text().contains("mất quá nhiều thời gian"));
}

#[tokio::test]
async fn the_api_answers_with_problem_details() {
    let app = TestApp::with(Settings::default(), faulty()).await;
    let mut browser = app.browser();
    for (path, lang, status, title) in [
        ("/api/v1/khong-co", "vi", 404, "Không tìm thấy trang"),
        ("/api/v1/vo", "en", 500, "Something went wrong"),
    ] {
        let request = Request::get(path)
            .header(header::ACCEPT_LANGUAGE, lang)
            .body(Body::empty())
            .unwrap();
        let answer = browser.send(request).await;
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let details: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
        assert_eq!(details["status"], status);
        assert_eq!(details["title"], title, "{details}");
        assert_eq!(details["requestId"], answer.header("x-request-id"));
        assert!(!answer.text().contains("secret"));
    }
}

#[tokio::test]
async fn a_change_that_nobody_vouched_for_does_not_get_out() {
    let app = TestApp::with(Settings::default(), faulty()).await;
    let answer = app.browser().post_raw("/quen", "").await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn wrong_methods_are_named() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    let answer = browser.get(links::LANGUAGE).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("allow"), "POST");
    let answer = browser.post_raw(links::ABOUT, "").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    let request = Request::builder().method("BREW").uri(links::ABOUT);
    let answer = browser.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn head_is_get_without_its_body() {
    let app = TestApp::new().await;
    for (path, status) in [(links::ABOUT, 200), ("/khong-co", 404)] {
        let request = Request::builder().method(Method::HEAD).uri(path);
        let answer = app
            .browser()
            .send(request.body(Body::empty()).unwrap())
            .await;
        assert_eq!(answer.status.as_u16(), status);
        assert!(answer.bytes.is_empty());
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    }
}

#[tokio::test]
async fn assets_are_kept_for_ever_and_nothing_else_is_reached() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    let style = web::assets::url("style.css");
    let request = Request::get(&style).header(header::ACCEPT_ENCODING, "gzip");
    let answer = browser.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(
        answer.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(answer.header("content-encoding"), "gzip");
    assert!(answer.cookie("phusa-visit").is_none());
    for path in [
        "/assets/",
        "/assets/style.css",
        "/assets/manifest.json",
        "/assets/..%2f..%2fCargo.toml",
        "/assets/../Cargo.toml",
        "/assets/%00",
        "/assets//etc/passwd",
    ] {
        assert_eq!(
            browser.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let answer = browser.get("/assets/%ff").await;
    assert!(answer.status.is_client_error());
}

#[tokio::test]
async fn bodies_are_bounded() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    let answer = browser.post_raw(links::LANGUAGE, "x".repeat(1 << 20)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text().contains("vượt quá dung lượng"));
    let endless =
        futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>("a=1&".repeat(1_000)));
    let answer = browser
        .post_raw(links::LANGUAGE, Body::from_stream(endless))
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn cookies_are_guarded_behind_tls() {
    let settings = Settings {
        behind_tls: true,
        ..Settings::default()
    };
    let app = TestApp::with(settings, Router::new()).await;
    let answer = app.browser().get(links::ABOUT).await;
    let cookie = answer.cookie("__Host-phusa-visit").unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"));
    assert!(
        answer
            .header("strict-transport-security")
            .contains("max-age=")
    );
}

#[tokio::test]
async fn metrics_are_for_whoever_may_look() {
    let settings = Settings {
        metrics_token: Some("open".to_owned()),
        ..Settings::default()
    };
    let app = TestApp::with(settings, Router::new()).await;
    let job = NewJob {
        kind: "plan.refresh".to_owned(),
        payload: "{}".to_owned(),
        unique_key: None,
        run_at: None,
    };
    let write = Write::by(system()).op(Op::Enqueue(job));
    app.app.store().commit(write).await.unwrap();
    let mut browser = app.browser();
    browser.get("/gioi-thieu?q=secret").await;
    assert_eq!(browser.get("/metrics").await.status, StatusCode::NOT_FOUND);
    for (token, status) in [("opem", 404), ("open", 200)] {
        let request =
            Request::get("/metrics").header(header::AUTHORIZATION, format!("Bearer {token}"));
        let answer = browser.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status.as_u16(), status);
        if status == 200 {
            let text = answer.text();
            assert!(
                text.contains(
                    "http_requests_total{method=\"GET\",route=\"/gioi-thieu\",status=\"200\"} 1"
                ),
                "{text}"
            );
            assert!(text.contains("http_request_duration_seconds_bucket"));
            assert!(text.contains("process_resident_memory_bytes"));
            assert!(text.contains("jobs{state=\"waiting\"} 1"), "{text}");
            assert!(!text.contains("secret"));
        }
    }
}
