//! `POST /quan-tri/don-vi/ap-dung`: applies an event that was previewed.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::DirectoryError;
use vocab::Id;

use super::{event, form, require_configure};
use crate::http::{App, Failure, Form, GoTo, Notice, Visitor};
use crate::pages::links;

/// Applies it once, however often the form is sent.
pub(super) async fn apply(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    require_configure(&visitor)?;
    let rearrangement = fields.identity();
    let entered = event::read(fields)?;
    let done = |notice| {
        GoTo::link(links::UNIT_EVENTS)
            .saying(notice)
            .into_response()
    };
    if is_known(&app, rearrangement).await? {
        return Ok(done(Notice::AlreadyDone));
    }
    let event = match event::event(&app, &entered).await {
        Ok(event) => event,
        Err(failure) => return Ok(form::again(&visitor, entered, &failure.problem)),
    };
    let directory = &app.directory;
    match directory
        .rearrange_as(&visitor.actor(), rearrangement, &[event])
        .await
    {
        Ok(_) => Ok(done(Notice::UnitsChanged)),
        // The same form may have been worked in meanwhile.
        Err(DirectoryError::Refused(_)) if is_known(&app, rearrangement).await? => {
            Ok(done(Notice::AlreadyDone))
        }
        Err(DirectoryError::Refused(problem)) => Ok(form::again(&visitor, entered, &problem)),
        Err(error) => Err(error.into()),
    }
}

async fn is_known(app: &App, rearrangement: Id) -> Result<bool, Failure> {
    let events = app.directory.unit_events().await?;
    Ok(events
        .iter()
        .any(|event| event.rearrangement == rearrangement))
}
