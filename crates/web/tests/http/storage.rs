//! When the store cannot do what it is asked.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::routing::post;
use axum::{Router, extract::State};
use directory::Role;
use store::Ephemeral;
use web::http::{App, Failure, Form, Settings};
use web::pages::links;

use crate::fixture::{Gate, TestApp};

async fn fill(State(app): State<App>, Form(fields): Form) -> Result<&'static str, Failure> {
    fields.done()?;
    let store = app.store();
    let row = Ephemeral {
        kind: "draft".to_owned(),
        key: store.context().new_id().to_string(),
        owner: vocab::Id::NIL,
        expires_at: store.context().now().plus_seconds(60),
        body: format!("\"{}\"", "x".repeat(1 << 20)),
    };
    store.keep(&row).await?;
    Ok("kept")
}

#[tokio::test]
async fn a_full_disk_is_said_and_reading_goes_on() {
    let more = Router::new().route("/thu", post(fill));
    let gate = Arc::new(Gate::default());
    let app = TestApp::limited(Settings::default(), more, gate, Some(1_500)).await;
    let mut browser = app.signed_in("quantri", Role::Administrator).await;
    let mut answer = browser.post(links::ABOUT, "/thu", &[]).await;
    for _ in 0..20 {
        if answer.status != StatusCode::OK {
            break;
        }
        answer = browser.post(links::ABOUT, "/thu", &[]).await;
    }
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        answer
            .text()
            .contains("Kho dữ liệu đã đầy. Không có gì được ghi.")
    );
    assert!(!answer.text().contains("INSERT") && !answer.text().contains("database"));
    assert_eq!(browser.get(links::JOBS).await.status, StatusCode::OK);
    assert_eq!(browser.get("/readyz").await.status, StatusCode::OK);
}
