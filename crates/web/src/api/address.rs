//! Identities in addresses: a malformed one names nothing.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

use crate::http::{App, Failure};

/// The last changing part of an address.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named<T>(pub(super) T);

impl<T: FromStr> FromRequestParts<App> for Named<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let unknown = || Failure::not_found("an address that names nothing");
        let path = Path::<String>::from_request_parts(parts, app).await;
        let Path(text) = path.map_err(|_| unknown())?;
        Ok(Self(text.parse().map_err(|_| unknown())?))
    }
}
