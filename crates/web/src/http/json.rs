//! Bodies of API requests (`application/json`).

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use sha2::{Digest, Sha256};
use vocab::Problem;

use super::{App, Failure, Visitor};

/// A body read into its type, whose `#[serde(deny_unknown_fields)]` refuses what it does not
/// know. The visitor has proved that it may speak for the session or token it brought.
#[derive(Clone, Debug)]
pub struct Json<T> {
    /// What was sent.
    pub value: T,
    /// The client's own name for this request (`Idempotency-Key`).
    pub idempotency_key: Option<String>,
    /// SHA-256 of the method, the path and the body: a key stays with its request.
    pub digest: [u8; 32],
}

/// The longest `Idempotency-Key`.
const KEY_BYTES: usize = 200;

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        Visitor::of(app, &mut parts).await?;
        if !is_json(&parts.headers) {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(Failure::new(
                status,
                "body-media-type",
                "a body that is not JSON",
            ));
        }
        let idempotency_key = key(&parts.headers)?;
        let mut hasher = Sha256::new();
        for text in [parts.method.as_str(), parts.uri.path()] {
            hasher.update(text);
            hasher.update([0]);
        }
        let request = Request::from_parts(parts, body);
        let body = Bytes::from_request(request, app)
            .await
            .map_err(|rejection| {
                let code = if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                    "body-too-large"
                } else {
                    "body-broken-off"
                };
                Failure::new(rejection.status(), code, rejection.to_string())
            })?;
        hasher.update(&body);
        Ok(Self {
            value: serde_json::from_slice(&body).map_err(|error| unreadable(&error))?,
            idempotency_key,
            digest: hasher.finalize().into(),
        })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let media_type = headers.get(header::CONTENT_TYPE);
    let media_type = media_type
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    let essence = media_type.split(';').next().unwrap_or("").trim();
    essence.eq_ignore_ascii_case("application/json")
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Failure> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let visible = value.as_bytes().iter().all(u8::is_ascii_graphic);
    match value.to_str() {
        Ok(key) if visible && (1..=KEY_BYTES).contains(&key.len()) => Ok(Some(key.to_owned())),
        _ => Err(Failure::new(
            StatusCode::BAD_REQUEST,
            "key-invalid",
            "an idempotency key that is none",
        )),
    }
}

/// What serde says, as a problem: it names the field at fault between the first backticks.
fn unreadable(error: &serde_json::Error) -> Failure {
    let message = error.to_string();
    let named = [
        ("unknown field `", "body-unknown-field"),
        ("missing field `", "body-missing-field"),
        ("duplicate field `", "body-doubled-field"),
    ];
    for (start, code) in named {
        let field = message
            .strip_prefix(start)
            .and_then(|rest| rest.split('`').next());
        if let Some(field) = field {
            let field: String = field.chars().take(60).collect();
            return Problem::new(422, code, message).with("field", field).into();
        }
    }
    let status = if error.classify() == Category::Data {
        422
    } else {
        400
    };
    Problem::new(status, "body-unreadable", message)
        .with("line", error.line())
        .with("column", error.column())
        .into()
}
