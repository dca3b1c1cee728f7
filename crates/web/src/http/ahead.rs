//! Records that a request's address names, read by the same statement as what tells whether
//! whoever asks still may: the addresses that are asked for most cost one round trip.
//!
//! To add one, name it in [`of`] and take [`ReadAhead`] after the [`Visitor`](super::Visitor) in
//! its handler. What was read comes out within the reader's scope alone; where nothing was read
//! the handler reads by itself.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, MatchedPath, Request};
use axum::http::Method;
use axum::http::request::Parts;
use directory::Along;
use plan::OBSERVATION;
use store::Ahead;

/// The record that a request will ask for, if its address is one of those.
pub(super) fn of(request: &Request) -> Option<Along> {
    if *request.method() != Method::GET {
        return None;
    }
    let table = match request.extensions().get::<MatchedPath>()?.as_str() {
        "/api/v1/observations/{id}" => OBSERVATION,
        _ => return None,
    };
    let (_, id) = request.uri().path().rsplit_once('/')?;
    Some(Along::record(table, id.parse().ok()?))
}

/// What was read, for the handler; nothing where nobody's rights had to be looked at.
pub(crate) struct ReadAhead(pub(crate) Option<Ahead>);

impl<S: Sync> FromRequestParts<S> for ReadAhead {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let along = parts.extensions.remove::<Along>();
        Ok(Self(along.and_then(Along::found)))
    }
}
