//! `GET /quan-tri/cong-viec`: failed jobs; running one again.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use directory::{Act, Subject};
use vocab::Id;

use super::{App, Failure, Form, GoTo, Notice, Page, Visitor};
use crate::pages::jobs::{FailedJob, Jobs};
use crate::pages::links;
use crate::pages::shell::Section;

/// The most failed jobs that are shown: whoever has more clears the oldest first.
const SHOWN: i64 = 200;

const JOBS: Subject<'static> = Subject {
    kind: "job",
    unit: Id::NIL,
    state: "",
    author: None,
};

/// Shows them, for administrators.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Page<Jobs>, Failure> {
    visitor.require(Act::Operate, &JOBS)?;
    let failed = app.store().dead_jobs(SHOWN).await?;
    let failed = failed.into_iter().map(|job| FailedJob {
        id: job.id.to_string(),
        name: job.kind,
        attempts: u32::try_from(job.attempts).unwrap_or(u32::MAX),
        error: job.last_error.unwrap_or_default(),
    });
    Ok(Page(Jobs {
        failed: failed.collect(),
        shell: visitor.shell(Section::Admin),
    }))
}

/// `POST /quan-tri/cong-viec/{id}/chay-lai`.
pub(super) async fn run_again(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    fields.done()?;
    visitor.require(Act::Operate, &JOBS)?;
    let notice = if app.store().run_again(id).await? {
        Notice::JobWaits
    } else {
        Notice::JobGone
    };
    Ok(GoTo::link(links::JOBS).saying(notice).into_response())
}
