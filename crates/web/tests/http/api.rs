//! Who may call the API, and how a browser's session must prove itself there.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::routing::{get, post};
use directory::Role;
use web::http::{App, Failure, Settings, Visitor};
use web::pages::links;

use crate::fixture::{PASSWORD, TestApp, system};

async fn who(visitor: Visitor) -> Result<String, Failure> {
    visitor.account()?;
    Ok(format!("{} {}", visitor.principal.login, visitor.via()))
}

fn routes() -> Router<App> {
    Router::new()
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
        .create_token(&system(), account.id, &directory::NewToken::named("thử"))
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
