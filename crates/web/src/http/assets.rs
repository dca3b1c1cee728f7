//! `GET /assets/{name}`: the embedded assets.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::Failure;
use crate::assets::{CACHE_CONTROL, lookup};

/// Sends an asset by its hashed name.
pub(super) async fn send(Path(name): Path<String>) -> Result<Response, Failure> {
    let asset = lookup(&name).ok_or_else(|| Failure::not_found("no such asset"))?;
    let headers = [
        (header::CONTENT_TYPE, asset.content_type),
        (header::CACHE_CONTROL, CACHE_CONTROL),
    ];
    Ok((headers, asset.bytes).into_response())
}
