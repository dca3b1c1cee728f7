//! Requests that change something: who asks, what for, against which version, and under
//! which key a repetition is known.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, StatusCode, header};
use registry::{Caller, Idempotency};
use sha2::{Digest, Sha256};
use vocab::Id;

use super::failure::refused;
use super::object::Object;
use crate::http::{App, Failure, Visitor};

/// The header under whose value a repetition is known.
pub(super) const KEY: &str = "idempotency-key";

/// A request that changes something.
#[derive(Debug)]
pub(super) struct Change {
    /// Who asks; somebody who is signed in.
    pub(super) visitor: Visitor,
    /// The same, as the floors below take it.
    pub(super) caller: Caller,
    /// What the body says.
    pub(super) body: Object,
    headers: HeaderMap,
}

impl Change {
    /// The version that the change is made against: `If-Match: "3"`.
    pub(super) fn version(&self) -> Result<i64, Failure> {
        let mut tags = self.headers.get_all(header::IF_MATCH).iter();
        let tag = tags.next().ok_or_else(|| {
            let about = "a change without If-Match";
            refused(StatusCode::PRECONDITION_REQUIRED, "if-match-missing", about)
        })?;
        let version = tag.to_str().ok().and_then(version_of);
        version.filter(|_| tags.next().is_none()).ok_or_else(|| {
            let about = format!("If-Match: {tag:?}");
            refused(
                StatusCode::PRECONDITION_FAILED,
                "if-match-no-version",
                about,
            )
        })
    }
}

fn version_of(tag: &str) -> Option<i64> {
    let digits = tag.trim().strip_prefix('"')?.strip_suffix('"')?;
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

impl FromRequest<App> for Change {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, app).await?;
        let account = visitor.account()?;
        let request = Request::from_parts(parts.clone(), body);
        let bytes = Bytes::from_request(request, app)
            .await
            .map_err(|rejection| {
                let code = match rejection.status() {
                    StatusCode::PAYLOAD_TOO_LARGE => "body-too-large",
                    _ => "body-broken-off",
                };
                refused(rejection.status(), code, rejection.to_string())
            })?;
        if !bytes.is_empty() {
            demand_json(&parts.headers)?;
        }
        let target = parts
            .uri
            .path_and_query()
            .map_or("", |target| target.as_str());
        let digest = digest(account, parts.method.as_str(), target, &bytes);
        let caller = caller(&visitor, &parts.headers, digest)?;
        Ok(Self {
            body: Object::parse(&bytes)?,
            visitor,
            caller,
            headers: parts.headers,
        })
    }
}

/// The caller of a change, with its key if it has one. `digest` is of everything asked for.
pub(super) fn caller(
    visitor: &Visitor,
    headers: &HeaderMap,
    digest: [u8; 32],
) -> Result<Caller, Failure> {
    let mut caller = visitor.caller();
    let mut keys = headers.get_all(KEY).iter();
    if let Some(key) = keys.next() {
        let visible = key.as_bytes().iter().all(u8::is_ascii_graphic);
        let key = key.to_str().ok().filter(|_| visible).unwrap_or_default();
        if !(1..=200).contains(&key.len()) || keys.next().is_some() {
            let about = format!("a key of {} bytes", key.len());
            return Err(refused(StatusCode::BAD_REQUEST, "key-invalid", about));
        }
        caller.idempotency = Some(Idempotency {
            key: key.to_owned(),
            digest,
        });
    }
    Ok(caller)
}

/// The digest of a request: whoever asks for something else under a used key is refused.
pub(super) fn digest(account: Id, method: &str, target: &str, body: &[u8]) -> [u8; 32] {
    let mut digest = Sha256::new();
    for part in [
        account.as_bytes().as_slice(),
        method.as_bytes(),
        target.as_bytes(),
        body,
    ] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}

fn demand_json(headers: &HeaderMap) -> Result<(), Failure> {
    let media_type = headers.get(header::CONTENT_TYPE);
    let media_type = media_type
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    Err(refused(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "body-media-type",
        format!("a body as {media_type:?}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_strong_tags_of_digits() {
        assert_eq!(version_of("\"3\""), Some(3));
        for tag in [
            "3",
            "W/\"3\"",
            "*",
            "\"\"",
            "\"+3\"",
            "\"-3\"",
            "\"3\", \"4\"",
            "\"99999999999999999999\"",
        ] {
            assert_eq!(version_of(tag), None, "{tag}");
        }
    }

    #[test]
    fn what_is_asked_for_is_told_apart() {
        let one = Id::from_digest([1; 16]);
        let base = digest(one, "POST", "/a", b"{}");
        assert_eq!(base, digest(one, "POST", "/a", b"{}"));
        assert_ne!(base, digest(Id::from_digest([2; 16]), "POST", "/a", b"{}"));
        assert_ne!(base, digest(one, "PUT", "/a", b"{}"));
        assert_ne!(base, digest(one, "POST", "/a{", b"}"));
    }
}
