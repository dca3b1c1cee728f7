//! `POST /bao-cao/phieu`: what a sheet that was sent back would change, and which of its cells
//! could not be read. Nothing is written.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use plan::entry::Kept;
use plan::workbook::{self, LineChange, SheetReading};
use plan::{PlanError, ReportDraft};
use sha2::{Digest, Sha256};
use vocab::{FieldProblem, Problem, hex};

use super::super::super::sent_file::{self, SentFile};
use super::super::super::{Failure, MultipartForm, Page, form_errors, refused};
use super::super::desk::Desk;
use super::lines::{self, Behind, Filled};
use super::{Asked, show, words};
use crate::pages::excel::{ChangeRow, Preview, RefusalRow};
use crate::pages::parts::FormErrors;

/// Reads the file and shows what it comes to.
pub(super) async fn read(
    desk: Desk,
    Query(asked): Query<Asked>,
    form: MultipartForm,
) -> Result<Response, Failure> {
    let filled = lines::gather(&desk, &asked).await?;
    let (fields, files, refusals) = (form.fields, form.files, form.refused);
    fields.done()?;
    let file = match (files.into_iter().next(), refusals.into_iter().next()) {
        (_, Some(refusal)) => {
            let problem = Problem::new(422, "invalid-fields", "a sheet that was sent back");
            return Ok(wrong(&desk, &filled, &problem.at(refusal)));
        }
        (None, None) => return Ok(wrong(&desk, &filled, &about("sheet-file-missing"))),
        (Some(file), None) => file,
    };
    let digest = file.stored.digest;
    desk.registry().receive(&desk.caller(), &digest).await?;
    match understood(&desk, &filled, &digest).await? {
        Ok(reading) => {
            let preview = told(&desk, &filled, &reading, (digest, file.name)).await?;
            let page = show::page(&desk, &filled, Some(preview), FormErrors::default());
            Ok(Page(page).into_response())
        }
        Err(problem) => Ok(wrong(&desk, &filled, &problem)),
    }
}

/// What a file that this visitor sent comes to, or why it does not come to anything.
pub(super) async fn understood(
    desk: &Desk,
    filled: &Filled<'_>,
    digest: &[u8; 32],
) -> Result<Result<SheetReading, Problem>, Failure> {
    let sent = sent_file::read(desk.app.store(), digest).await;
    let bytes = match sent.map_err(PlanError::from)? {
        SentFile::Whole(bytes) => bytes,
        SentFile::Missing => return Ok(Err(about("sheet-file-missing"))),
        SentFile::TooLarge => return Ok(Err(about("sheet-file-large"))),
    };
    let (head, lines) = (filled.head.clone(), filled.lines.clone());
    let languages = words::languages(desk.words(), &head);
    // Unpacking and reading take their time: not in the threads that answer requests.
    let read =
        tokio::task::spawn_blocking(move || workbook::read(&bytes, &head, &lines, &languages));
    let read = read
        .await
        .map_err(|error| Failure::internal(error.to_string()))?;
    Ok(read.map_err(|error| words::problem(desk.words(), &error)))
}

/// The page with what is wrong with the file as a whole.
pub(super) fn wrong(desk: &Desk, filled: &Filled<'_>, problem: &Problem) -> Response {
    let errors = form_errors(desk.words(), problem, &[], "tep");
    refused(problem, show::page(desk, filled, None, errors))
}

pub(super) fn about(code: &str) -> Problem {
    let problem = Problem::new(422, "invalid-fields", "a sheet that was sent back");
    problem.at(FieldProblem::new("tep", code))
}

/// What a change makes of the report.
pub(super) fn draft(behind: &Behind<'_>, change: &LineChange) -> ReportDraft {
    let body = behind.report.as_ref().map(|report| &report.body);
    ReportDraft {
        indicator: behind.matter.indicator.id,
        unit: behind.matter.unit,
        period: behind.matter.period,
        entered: change.after,
        note: change.note_after.clone(),
        evidence: body.map_or_else(Vec::new, |body| body.evidence.clone()),
        explanations: body.map_or_else(Vec::new, |body| {
            body.checks.iter().map(Kept::said).collect()
        }),
    }
}

/// A digest of what would change: what is confirmed is what was shown.
pub(super) fn seen(reading: &SheetReading) -> String {
    let mut hasher = Sha256::new();
    for change in &reading.changes {
        let text = format!("{change:?}");
        hasher.update(text.len().to_be_bytes());
        hasher.update(text);
    }
    hex::encode(&hasher.finalize()[..16])
}

/// A reading in words, with what looks wrong about each new value.
pub(super) async fn told(
    desk: &Desk,
    filled: &Filled<'_>,
    reading: &SheetReading,
    (digest, name): ([u8; 32], String),
) -> Result<Preview, Failure> {
    let changes = reading.changes.iter();
    let known = changes.filter_map(|change| Some((change, filled.behind.get(&change.key)?)));
    let known: Vec<(&LineChange, &Behind<'_>)> = known.collect();
    let drafts = known.iter().map(|(change, behind)| draft(behind, change));
    let drafts: Vec<ReportDraft> = drafts.collect();
    let (plans, unit) = (&desk.app.plans, filled.head.unit);
    let checks = plans
        .checks_of_unit(&desk.caller(), &desk.view, unit, &drafts)
        .await?;
    let changes = known.into_iter().zip(&checks);
    let changes = changes.map(|((change, behind), kept)| changed(desk, behind, change, kept));
    let words = desk.words();
    let refusals = reading.refusals.iter().map(|refusal| RefusalRow {
        cell: refusal.problem.field.clone(),
        number: refusal
            .key
            .as_ref()
            .and_then(|key| Some(filled.behind.get(key)?.matter.target.body.number)),
        why: words::refusal(words, &refusal.problem),
    });
    let absent = reading.absent.iter();
    let absent = absent.filter_map(|key| Some(filled.behind.get(key)?.matter.target.body.number));
    Ok(Preview {
        name,
        digest: hex::encode(&digest),
        seen: seen(reading),
        refusals: refusals.collect(),
        same: reading.same,
        absent: absent.collect(),
        unread: reading.unread.clone(),
        changes: changes.collect(),
    })
}

fn changed(desk: &Desk, behind: &Behind<'_>, change: &LineChange, kept: &[Kept]) -> ChangeRow {
    let (words, matter) = (desk.words(), behind.matter);
    let unit = match matter.kind() {
        plan::import::IndicatorKind::Count => matter.indicator.body.measure_unit.as_deref(),
        _ => None,
    };
    let value = |entered| words::value(words, matter.kind(), unit, entered);
    ChangeRow {
        number: change.number,
        title: matter.title(),
        cell: change.cell.clone(),
        before: value(change.before),
        after: value(change.after),
        note_before: change.note_before.clone(),
        note_after: change.note_after.clone(),
        overtaken: change.overtaken,
        checks: super::super::words::checks(words, kept),
    }
}
