//! `GET /quan-tri/don-vi/{id}/huy`, `POST …`: undoing what was ordered together.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use vocab::Id;

use super::{changes, require_configure};
use crate::http::{App, Failure, Form, GoTo, LocalPath, Notice, Page, Visitor};
use crate::pages::links;
use crate::pages::shell::Section;
use crate::pages::unit_changes::UnitUndo;

/// Shows what would be undone; refused while something builds on it.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page<UnitUndo>, Failure> {
    require_configure(&visitor)?;
    let id = id.parse::<Id>().unwrap_or_default();
    let told = app.directory.preview_undo(id).await;
    let told = told.map_err(|error| back(error.into()))?;
    let succession = app.directory.succession().await?;
    let language = visitor.words();
    let row = |event| changes::row(language, event, &succession);
    Ok(Page(UnitUndo {
        action: links::unit_undo(&id.to_string()),
        events: told.iter().map(row).collect(),
        shell: visitor.shell(Section::Admin),
    }))
}

/// Undoes it.
pub(super) async fn undo(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    require_configure(&visitor)?;
    fields.done()?;
    let id = id.parse::<Id>().unwrap_or_default();
    let done = app.directory.undo_rearrangement(&visitor.actor(), id).await;
    let notice = match done {
        Ok(_) => Notice::UnitsUndone,
        // The form came twice: there is nothing left to undo.
        Err(error) if error.code() == Some("unit-event-unknown") => Notice::AlreadyDone,
        Err(error) => return Err(back(error.into())),
    };
    Ok(GoTo::link(links::UNIT_EVENTS)
        .saying(notice)
        .into_response())
}

fn back(failure: Failure) -> Failure {
    failure.back_to(LocalPath::or_home(links::UNIT_EVENTS))
}
