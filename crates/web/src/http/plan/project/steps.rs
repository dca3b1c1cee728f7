//! The steps of an entry: handed in, approved, sent back, given up.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use plan::PlanError;
use plan::projects::Entry;
use registry::RegistryError;
use vocab::Problem;

use super::super::super::{Failure, Form, GoTo, Notice, fields, form_errors, refused};
use super::desk::Desk;
use super::entry::{form_again, found};
use super::show::{page, reason_field};
use crate::pages::links;
use crate::pages::project::show::ProjectPage;

/// `…/gui`: to the head of the unit.
pub(super) async fn submit(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [read] = fields.exactly(["phien-ban"])?;
    let (entry, version) = read_entry(&desk, &id, &read).await?;
    let (plans, by) = (&desk.app.plans, desk.caller());
    match plans.submit_entry(&by, entry.record.id, version).await {
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
            form_again(&desk, &entry, &problem).await
        }
        done => {
            went(
                &desk,
                &entry,
                done,
                Notice::ProjectEntrySubmitted,
                "submitted",
            )
            .await
        }
    }
}

/// `…/duyet`: it counts from now on.
pub(super) async fn approve(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [read] = fields.exactly(["phien-ban"])?;
    let (entry, version) = read_entry(&desk, &id, &read).await?;
    let plans = &desk.app.plans;
    let by = desk.caller();
    let done = plans.approve_entry(&by, entry.record.id, version);
    let done = done.await;
    went(
        &desk,
        &entry,
        done,
        Notice::ProjectEntryApproved,
        "approved",
    )
    .await
}

/// `…/tra-lai`: back to its writer, with a reason.
pub(super) async fn send_back(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [read, reason] = fields.exactly(["phien-ban", "ly-do"])?;
    let (entry, version) = read_entry(&desk, &id, &read).await?;
    let (plans, by) = (&desk.app.plans, desk.caller());
    let done = plans.send_entry_back(&by, entry.record.id, version, &reason);
    let done = done.await;
    went(
        &desk,
        &entry,
        done,
        Notice::ProjectEntrySentBack,
        "sent_back",
    )
    .await
}

/// `…/rut`: given up, with a reason.
pub(super) async fn withdraw(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [read, reason] = fields.exactly(["phien-ban", "ly-do"])?;
    let (entry, version) = read_entry(&desk, &id, &read).await?;
    let (plans, by) = (&desk.app.plans, desk.caller());
    let done = plans.withdraw_entry(&by, entry.record.id, version, &reason);
    let done = done.await;
    went(
        &desk,
        &entry,
        done,
        Notice::ProjectEntryWithdrawn,
        "withdrawn",
    )
    .await
}

/// The entry of an address, and the version that its form was made from.
async fn read_entry(desk: &Desk, id: &str, read: &str) -> Result<(Entry, i64), Failure> {
    let version = fields::version(read)?;
    Ok((found(desk, id).await?, version))
}

/// On to the project; or its page again with what is wrong.
async fn went(
    desk: &Desk,
    entry: &Entry,
    done: Result<Entry, PlanError>,
    notice: Notice,
    state: &str,
) -> Result<Response, Failure> {
    let here = links::project_page(&entry.body.project.to_string());
    let problem = match done {
        Ok(_) => return Ok(GoTo::link(&here).saying(notice).into_response()),
        // A button that was pressed twice did its work the first time.
        Err(PlanError::Registry(RegistryError::Conflict { current, .. }))
            if current.state == state =>
        {
            return Ok(GoTo::link(&here)
                .saying(Notice::AlreadyDone)
                .into_response());
        }
        Err(PlanError::Registry(RegistryError::Conflict { .. })) => Problem::new(
            409,
            "project-entry-changed",
            "an entry that was changed since",
        ),
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
            problem
        }
        Err(error) => return Err(error.into()),
    };
    let project = desk.project(&entry.body.project.to_string())?;
    let field = reason_field(entry.record.id);
    let names = [("reason", field.as_str()), ("text", field.as_str())];
    let errors = form_errors(desk.words(), &problem, &names, "ghi-nhan");
    let page = page(desk, project).await?;
    Ok(refused(&problem, ProjectPage { errors, ..page }))
}
