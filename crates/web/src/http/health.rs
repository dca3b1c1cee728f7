//! Whether the program lives and whether it can serve.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

use super::{App, Failure};

const PLAIN: [(header::HeaderName, &str); 2] = [
    (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
    (header::CACHE_CONTROL, "no-store"),
];

/// `GET /healthz`: the process lives. It asks nothing else, so that a supervisor does not
/// restart it because the database is away.
pub(super) async fn alive() -> impl IntoResponse {
    (PLAIN, "ok\n")
}

/// `GET /readyz`: the database answers a read; 503 else.
pub(super) async fn ready(State(app): State<App>) -> Result<impl IntoResponse, Failure> {
    app.store().epoch("ready").await?;
    Ok((PLAIN, "ready\n"))
}
