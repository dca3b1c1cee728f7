//! `POST /quan-tri/don-vi/tep`, `…/tep/ap-dung`: a whole rearrangement from
//! comma-separated values, read on trial, then applied.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::DirectoryError;
use vocab::FieldProblem;

use super::{preview, require_configure};
use crate::http::{App, Failure, Form, GoTo, Notice, Page, Visitor, refused};
use crate::i18n::{ToArg, Translator};
use crate::pages::links;

/// What the events' sources say they were read from.
const FILE: &str = "unit-events.csv";

/// Says what the file would do, row by row where something is wrong.
pub(super) async fn preview(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    require_configure(&visitor)?;
    let [text] = fields.exactly(["tep"])?;
    let language = visitor.words();
    match app.directory.preview_unit_import(FILE, &text).await {
        Ok(told) => {
            let notes = told.notes.iter();
            let mut notes: Vec<String> = notes
                .map(|note| line(language, &note.line.to_string(), &note.note))
                .collect();
            if told.known {
                notes.push(language.t("units-changes-known"));
            }
            let action = links::UNIT_IMPORT_APPLY;
            Ok(Page(preview::UnitEventPreview {
                hidden: vec![("tep".to_owned(), text)],
                ..preview::page(&visitor, told.preview.as_ref(), notes, action)
            })
            .into_response())
        }
        Err(DirectoryError::Refused(problem)) if !problem.fields.is_empty() => {
            let faults = problem.fields.iter();
            let notes = faults.map(|fault| line(language, &fault.field, fault));
            let page = preview::page(&visitor, None, notes.collect(), links::UNIT_IMPORT);
            Ok(refused(&problem, page))
        }
        Err(error) => Err(error.into()),
    }
}

/// Applies it; the same file again changes nothing.
pub(super) async fn apply(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    require_configure(&visitor)?;
    let [text] = fields.exactly(["tep"])?;
    let actor = visitor.actor();
    let done = app.directory.import_units(&actor, FILE, &text).await?;
    let notice = if done.known {
        Notice::AlreadyDone
    } else {
        Notice::UnitsChanged
    };
    Ok(GoTo::link(links::UNIT_EVENTS)
        .saying(notice)
        .into_response())
}

fn line(language: Translator, number: &str, problem: &FieldProblem) -> String {
    let args = problem.args.iter();
    let args: Vec<(&str, &dyn ToArg)> = args
        .map(|(name, value)| (name.as_str(), value as &dyn ToArg))
        .collect();
    let says = language
        .lookup(&format!("field-{}", problem.code), &args)
        .unwrap_or_else(|| problem.code.clone());
    language.t_args(
        "units-changes-line",
        &[("line", &number.to_owned()), ("says", &says)],
    )
}
