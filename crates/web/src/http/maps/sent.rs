//! How tiles and places go out.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use registry::system::maps::Sent;
use serde::Serialize;

use super::super::tag;

/// The media type of vector tiles.
const TILE: HeaderValue = HeaderValue::from_static("application/vnd.mapbox-vector-tile");

/// Something that stands at a place.
#[derive(Debug, Serialize)]
pub(in crate::http) struct Found {
    /// Where it is shown; empty for those who have no page of it.
    pub href: String,
    /// What it is called.
    pub label: String,
    /// What is said of it, by title.
    pub facts: Vec<(String, String)>,
}

/// A tile; nothing where the browser has it already.
pub(in crate::http) fn tile(headers: &HeaderMap, sent: &Sent) -> Response {
    let tag = format!("W/\"{}\"", sent.tag);
    let kept: Vec<HeaderValue> = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .cloned()
        .collect();
    let known = [
        (
            header::ETAG,
            HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\"")),
        ),
        // Asked again each time: what was edited shows at once, what was not is not sent again.
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        ),
        (
            header::VARY,
            HeaderValue::from_static("cookie, accept-encoding"),
        ),
    ];
    if tag::knows(&kept, &tag) {
        return (StatusCode::NOT_MODIFIED, known).into_response();
    }
    if sent.is_empty {
        return (StatusCode::NO_CONTENT, known).into_response();
    }
    let takes_gzip = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| coding.trim().starts_with("gzip"));
    if !takes_gzip {
        return (known, [(header::CONTENT_TYPE, TILE)], sent.plain()).into_response();
    }
    let packed: [(HeaderName, HeaderValue); 2] = [
        (header::CONTENT_TYPE, TILE),
        (header::CONTENT_ENCODING, HeaderValue::from_static("gzip")),
    ];
    (known, packed, sent.gzip.to_vec()).into_response()
}

/// What stands at a place, as JSON.
pub(in crate::http) fn at_place(found: &[Found], more: bool) -> Response {
    let body = serde_json::json!({ "found": found, "more": more });
    (
        [
            (
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/json"),
            ),
            (
                header::CACHE_CONTROL,
                HeaderValue::from_static("private, no-store"),
            ),
        ],
        body.to_string(),
    )
        .into_response()
}
