//! `GET /quan-tri/cong-viec`: background jobs; running a failed one again.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use directory::{Act, Subject};
use serde::Deserialize;
use store::jobs::{Job, JobCounts};
use vocab::{Id, Instant};

use super::fields::unreadable;
use super::{App, Failure, Form, GoTo, Notice, Page, Visitor};
use crate::pages::jobs::{FailedJob, Jobs};
use crate::pages::links;
use crate::pages::parts::Pager;
use crate::pages::shell::Section;

/// How many failed jobs a page shows.
const SHOWN: usize = 50;

pub(super) const JOBS: Subject<'static> = Subject {
    kind: "job",
    unit: Id::NIL,
    state: "",
    author: None,
};

/// Which failed jobs: `truoc` is the last one of the page before, as [`mark`] writes it.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    truoc: Option<String>,
}

/// Shows them, for administrators.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Page<Jobs>, Failure> {
    visitor.require(Act::Operate, &JOBS)?;
    let before = asked.truoc.as_deref().map(read_mark).transpose()?;
    let store = app.store();
    let mut kinds = store.job_counts().await?;
    // Those of webhooks never end: that they wait says nothing.
    if let Some(hooks) = kinds.get_mut(registry::hooks::WEBHOOK) {
        hooks.waiting = 0;
        hooks.first_turn = None;
    }
    let counts = JobCounts::sum(kinds.values());
    let limit = i64::try_from(SHOWN + 1).unwrap_or(i64::MAX);
    let mut dead = store.latest_dead_jobs(before, limit).await?;
    let more = dead.len() > SHOWN;
    dead.truncate(SHOWN);
    let next = dead
        .last()
        .filter(|_| more)
        .map(|last| format!("{}?truoc={}", links::JOBS, mark(last)));
    let now = store.context().now();
    let late = counts.first_turn.filter(|turn| *turn < now);
    let words = visitor.words();
    let failed = dead.into_iter().map(|job| {
        let [name, failed] = worded(&job.kind);
        FailedJob {
            id: job.id.to_string(),
            name: words.t1(name, "kind", job.kind),
            failed: words.t(failed),
            attempts: u32::try_from(job.attempts).unwrap_or(u32::MAX),
            error: job.last_error.unwrap_or_default(),
            at: job.run_at.in_vietnam().datetime(),
        }
    });
    Ok(Page(Jobs {
        waiting: u64::try_from(counts.waiting).unwrap_or(0),
        running: u64::try_from(counts.leased).unwrap_or(0),
        late_since: late.map(|turn| turn.in_vietnam().datetime()),
        failed: failed.collect(),
        pager: Pager {
            previous: before.map(|_| links::JOBS.to_owned()),
            next,
        },
        shell: visitor.shell(Section::Admin),
    }))
}

/// The words for what a job does and for its failing; another program may have enqueued a kind
/// that this one does not know.
fn worded(kind: &str) -> [&'static str; 2] {
    match kind {
        plan::NOTIFY => ["job-notify", "job-notify-failed"],
        plan::SHEET_NOTIFY => ["job-sheet-notify", "job-sheet-notify-failed"],
        plan::SHEET_LINK_MAIL => ["job-sheet-link-mail", "job-sheet-link-mail-failed"],
        plan::SHEET_MAIL => ["job-sheet-mail", "job-sheet-mail-failed"],
        registry::hooks::WEBHOOK => ["job-webhook", "job-webhook-failed"],
        registry::system::imports::WORK => ["job-import-work", "job-import-work-failed"],
        _ => ["job-other", "job-other-failed"],
    }
}

/// A job's place in the list of failed ones: microseconds and id.
fn mark(job: &Job) -> String {
    format!("{}_{}", job.run_at.as_micros(), job.id)
}

fn read_mark(text: &str) -> Result<(Instant, Id), Failure> {
    text.split_once('_')
        .and_then(|(at, id)| Some((Instant::from_micros(at.parse().ok()?), id.parse().ok()?)))
        .ok_or_else(|| unreadable("address-unreadable", "a place that no list has"))
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
