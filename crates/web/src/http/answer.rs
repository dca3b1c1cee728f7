//! What handlers give back when all went well: a page, or the way to the next one.

use std::convert::Infallible;

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, IntoResponseParts, Response, ResponseParts};

use vocab::Problem;

use super::{Failure, LocalPath, Notice};

/// A page, rendered from its typed context.
#[derive(Clone, Debug)]
pub struct Page<T>(pub T);

impl<T: Template> Page<T> {
    pub(super) fn render(self) -> Result<String, Failure> {
        let failed = |error| Failure::internal(format!("rendering a page: {error}"));
        self.0.render().map_err(failed)
    }
}

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.render() {
            Ok(html) => ([(header::CONTENT_TYPE, HTML)], html).into_response(),
            Err(failure) => failure.into_response(),
        }
    }
}

/// What pages are.
pub(super) const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// A form that comes back with what was typed and the errors beside their fields: a page
/// with the problem's status.
pub fn refused<T: Template>(problem: &Problem, page: T) -> Response {
    let status = match problem.status {
        // A browser's form is not a client that could answer a challenge (RFC 9110 §15.5.2).
        401 => StatusCode::UNPROCESSABLE_ENTITY,
        status => StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY),
    };
    let mut response = (status, AlreadyWorded, Page(page)).into_response();
    retry_after(&mut response, problem);
    response
}

/// Says in how many seconds to come back, where the problem knows.
pub(super) fn retry_after(response: &mut Response, problem: &Problem) {
    let seconds = problem.args.get("seconds");
    if let Some(value) = seconds.and_then(|seconds| HeaderValue::from_str(seconds).ok()) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
}

/// Marks an answer of an error's status that has its words already.
#[derive(Clone, Copy, Debug)]
pub(super) struct AlreadyWorded;

impl IntoResponseParts for AlreadyWorded {
    type Error = Infallible;

    fn into_response_parts(self, mut response: ResponseParts) -> Result<ResponseParts, Infallible> {
        response.extensions_mut().insert(self);
        Ok(response)
    }
}

/// After a form: on to the page that shows what it did (303, so that reloading does not
/// send it again).
#[derive(Clone, Debug)]
pub struct GoTo {
    path: LocalPath,
    notice: Option<Notice>,
}

impl GoTo {
    /// On to this page.
    pub fn page(path: LocalPath) -> Self {
        Self { path, notice: None }
    }

    /// On to one of [`crate::pages::links`].
    pub fn link(path: &str) -> Self {
        Self::page(LocalPath::or_home(path))
    }

    /// Saying this there.
    #[must_use]
    pub fn saying(mut self, notice: Notice) -> Self {
        self.notice = Some(notice);
        self
    }
}

impl IntoResponse for GoTo {
    fn into_response(self) -> Response {
        let Ok(location) = HeaderValue::from_str(self.path.as_str()) else {
            return Failure::internal("an address that is no header").into_response();
        };
        let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response();
        if let Some(notice) = self.notice {
            response.extensions_mut().insert(notice);
        }
        response
    }
}
