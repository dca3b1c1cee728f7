//! `POST /bao-cao/phieu/ghi`: saves what was shown as drafts.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plan::campaigns::LineEdit;
use plan::workbook::LineChange;
use plan::{PlanError, Report};
use registry::RegistryError;
use store::StoreError;
use vocab::{Problem, hex};

use super::super::super::{Failure, Form, GoTo, Notice, clean_file_name, form_errors, refused};
use super::super::desk::Desk;
use super::lines::{self, Behind, Filled};
use super::preview::{about, draft, seen, told, understood, wrong};
use super::{Asked, show};
use crate::pages::parts::{FieldError, FormErrors};

/// Saves each line that the file changes. What was saved stays saved: the same file again
/// changes only the rest.
pub(super) async fn save(
    desk: Desk,
    Query(asked): Query<Asked>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [digest, name, shown] = fields.exactly(["tep", "ten", "xem"])?;
    let filled = lines::gather(&desk, &asked).await?;
    let Some(digest) = hex::decode_digest(&digest) else {
        return Ok(wrong(&desk, &filled, &about("sheet-file-missing")));
    };
    match desk
        .registry()
        .demand_receipt(&desk.caller(), &digest)
        .await
    {
        Ok(()) => {}
        Err(RegistryError::Store(StoreError::MissingFile { .. })) => {
            return Ok(wrong(&desk, &filled, &about("sheet-file-missing")));
        }
        Err(error) => return Err(error.into()),
    }
    let reading = match understood(&desk, &filled, &digest).await? {
        Ok(reading) => reading,
        Err(problem) => return Ok(wrong(&desk, &filled, &problem)),
    };
    let back = filled.back();
    // The same form came twice: the first one saved it all.
    if reading.changes.is_empty() {
        return Ok(GoTo::link(&back)
            .saying(Notice::AlreadyDone)
            .into_response());
    }
    let file = (digest, clean_file_name(&name));
    if seen(&reading) != shown {
        let status = StatusCode::CONFLICT.as_u16();
        let problem = Problem::new(status, "sheet-moved-on", "a sheet that was shown otherwise");
        let errors = form_errors(desk.words(), &problem, &[], "thay-doi");
        let preview = told(&desk, &filled, &reading, file).await?;
        let page = show::page(&desk, &filled, Some(preview), errors);
        return Ok(refused(&problem, page));
    }
    let errors = put_all(&desk, &filled, &reading.changes).await?;
    if errors.any() {
        return left(&desk, &asked, file, errors).await;
    }
    Ok(GoTo::link(&back)
        .saying(Notice::ReportsSaved)
        .into_response())
}

/// Saves the changes, with what could not be saved. Those of a call for reports are written
/// together.
async fn put_all(
    desk: &Desk,
    filled: &Filled<'_>,
    changes: &[LineChange],
) -> Result<FormErrors, Failure> {
    let mut errors = FormErrors::default();
    let behind = |change: &LineChange| filled.behind.get(&change.key);
    let Some(campaign) = filled.campaign else {
        for change in changes {
            if let Some(behind) = behind(change)
                && let Err(error) = put(desk, behind, change).await
            {
                errors.0.push(worded(desk, change, error));
            }
        }
        return Ok(errors);
    };
    let edits = changes.iter().filter_map(|change| {
        let behind = behind(change)?;
        let draft = draft(behind, change);
        let version = behind.report.as_ref().map(|report| report.record.version);
        Some(LineEdit {
            indicator: draft.indicator,
            version: version.unwrap_or_default(),
            entered: draft.entered,
            note: draft.note,
            explanations: draft.explanations,
            evidence: None,
        })
    });
    let edits: Vec<LineEdit> = edits.collect();
    let saved = desk
        .app
        .plans
        .save_sheet(&desk.caller(), campaign, filled.head.unit, &edits)
        .await?;
    for change in changes {
        let Some(id) = behind(change).map(|behind| behind.matter.indicator.id) else {
            continue;
        };
        let wrong = saved.problems.iter().find(|(line, _)| *line == id);
        let problem = match wrong {
            Some((_, fields)) => {
                let mut problem = Problem::new(422, "invalid-fields", "a line of a sheet");
                problem.fields.clone_from(fields);
                problem
            }
            None if saved.conflicts.contains(&id) => {
                Problem::new(409, "stale-version", "a line of a sheet")
            }
            None => continue,
        };
        let refused = PlanError::from(RegistryError::Refused(problem));
        errors.0.push(worded(desk, change, refused));
    }
    Ok(errors)
}

async fn put(desk: &Desk, behind: &Behind<'_>, change: &LineChange) -> Result<Report, PlanError> {
    let (plans, caller) = (&desk.app.plans, desk.caller());
    let draft = draft(behind, change);
    match &behind.report {
        None => plans.begin_report(&caller, draft).await,
        Some(report) => {
            let (id, version) = (report.record.id, report.record.version);
            plans.edit_report(&caller, id, version, draft).await
        }
    }
}

/// Which line was not saved, and why.
fn worded(desk: &Desk, change: &LineChange, error: PlanError) -> FieldError {
    let words = desk.words();
    let failure = Failure::from(error);
    let mut errors = form_errors(words, &failure.problem, &[], "thay-doi").0;
    let why = errors.pop().map_or_else(String::new, |error| error.message);
    FieldError {
        field: "thay-doi".to_owned(),
        message: words.t_args(
            "excel-line-left",
            &[("number", &change.number), ("why", &why)],
        ),
    }
}

/// The page with what is left to be saved.
async fn left(
    desk: &Desk,
    asked: &Asked,
    file: ([u8; 32], String),
    errors: FormErrors,
) -> Result<Response, Failure> {
    let problem = Problem::new(409, "some-left", "some lines of a sheet");
    let filled: Filled<'_> = lines::gather(desk, asked).await?;
    let preview = match understood(desk, &filled, &file.0).await? {
        Ok(reading) => Some(told(desk, &filled, &reading, file).await?),
        Err(_) => None,
    };
    Ok(refused(
        &problem,
        show::page(desk, &filled, preview, errors),
    ))
}
