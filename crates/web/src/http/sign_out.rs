//! `POST /dang-xuat`: signing out.

use axum::extract::State;
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};

use super::Visitor;
use super::{App, Failure, Form, GoTo, Notice, cookies};
use crate::pages::links;

/// Ends the session and has the browser forget the drafts that the script kept
/// (`Clear-Site-Data`, over TLS and on the machine itself): offices share machines.
pub(super) async fn sign_out(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    fields.done()?;
    if let Some(token) = &visitor.frame.session {
        app.directory.sign_out(token).await?;
    }
    Ok(leave(
        &app,
        GoTo::link(links::OVERVIEW).saying(Notice::SignedOut),
    ))
}

/// The way out: the cookie and the drafts are dropped.
pub(super) fn leave(app: &App, way: GoTo) -> Response {
    let mut response = way.into_response();
    cookies::send(&mut response, &cookies::Kind::Session.clear(&app.settings));
    let storage = HeaderValue::from_static("\"storage\"");
    response.headers_mut().insert("clear-site-data", storage);
    response
}
