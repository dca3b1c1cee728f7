//! Answers that show something: its tag, who may keep it, and where the next page is.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::http::{Failure, Visitor, tag};

/// For whom an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Audience {
    /// The same for everybody; may be kept by proxies, which ask whether it still holds.
    Everybody,
    /// For whoever asked; kept by their own program alone.
    Asker,
}

/// Something shown as JSON.
#[derive(Debug)]
pub(super) struct Shown {
    status: StatusCode,
    body: Vec<u8>,
    /// The version of the record that it shows; its digest tells anything else apart.
    version: Option<i64>,
    audience: Audience,
    headers: Vec<(HeaderName, String)>,
}

impl Shown {
    fn new<T: Serialize>(value: &T, audience: Audience) -> Result<Self, Failure> {
        let body = serde_json::to_vec(value)
            .map_err(|error| Failure::internal(format!("writing an answer: {error}")))?;
        Ok(Self {
            status: StatusCode::OK,
            body,
            version: None,
            audience,
            headers: Vec::new(),
        })
    }

    /// The same for everybody. Its tag is a digest of the content.
    pub(super) fn to_everybody<T: Serialize>(value: &T) -> Result<Self, Failure> {
        Self::new(value, Audience::Everybody)
    }

    /// What is the same for everybody without an account, and more for those with one.
    pub(super) fn to_visitor<T: Serialize>(visitor: &Visitor, value: &T) -> Result<Self, Failure> {
        let anybody = visitor.principal.account.is_none();
        let audience = if anybody {
            Audience::Everybody
        } else {
            Audience::Asker
        };
        Self::new(value, audience)
    }

    /// For whoever asked. Its tag is a digest of the content.
    pub(super) fn to_asker<T: Serialize>(value: &T) -> Result<Self, Failure> {
        Self::new(value, Audience::Asker)
    }

    /// The same, tagged with the version of the record that it shows.
    pub(super) fn version(mut self, version: i64) -> Self {
        self.version = Some(version);
        self
    }

    /// The same, saying that it was made and where it is now.
    pub(super) fn created(mut self, address: String) -> Self {
        self.status = StatusCode::CREATED;
        self.headers.push((header::LOCATION, address));
        self
    }

    /// The same with the address of the next page (RFC 8288).
    pub(super) fn next(mut self, address: Option<&str>) -> Self {
        if let Some(address) = address {
            let link = format!("<{address}>; rel=\"next\"");
            self.headers.push((header::LINK, link));
        }
        self
    }
}

impl IntoResponse for Shown {
    fn into_response(self) -> Response {
        let tag = match self.version {
            Some(version) => format!("\"{version}\""),
            None => tag::of_content(&self.body),
        };
        let mut response = (self.status, self.body).into_response();
        let (policy, vary) = match self.audience {
            Audience::Everybody => ("public, no-cache", None),
            Audience::Asker => ("private, no-cache", Some("authorization, cookie")),
        };
        let headers = response.headers_mut();
        for (name, value) in [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, policy),
        ]
        .into_iter()
        .chain(vary.map(|vary| (header::VARY, vary)))
        {
            headers.insert(name, HeaderValue::from_static(value));
        }
        let own = std::iter::once((header::ETAG, tag)).chain(self.headers);
        for (name, value) in own {
            match HeaderValue::from_str(&value) {
                Ok(value) => headers.insert(name, value),
                Err(error) => return Failure::internal(error.to_string()).into_response(),
            };
        }
        response
    }
}

/// Sends nothing but the head when the asker has the same already (RFC 9110 §13.1.2).
pub(crate) fn unless_known(method: &Method, known: &[HeaderValue], response: &mut Response) {
    let safe = matches!(*method, Method::GET | Method::HEAD);
    if safe && response.status() == StatusCode::OK && knows(known, response.headers()) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        response.headers_mut().remove(header::CONTENT_TYPE);
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
}

fn knows(known: &[HeaderValue], response: &HeaderMap) -> bool {
    let tag = response.get(header::ETAG).and_then(|tag| tag.to_str().ok());
    tag.is_some_and(|tag| tag::knows(known, tag))
}
