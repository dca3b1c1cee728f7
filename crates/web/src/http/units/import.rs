//! `GET`, `POST /quan-tri/don-vi/tep`, `POST …/tep/ap-dung`: a whole rearrangement from a file
//! of comma-separated values, read on trial, then applied whole or not at all.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::DirectoryError;
use vocab::{FieldProblem, Problem, hex};

use super::{preview, require_configure};
use crate::http::sent_file::{self, SentFile};
use crate::http::{
    App, Failure, Form, GoTo, MultipartForm, Notice, Page, Visitor, clean_file_name, form_errors,
    refused,
};
use crate::i18n::{ToArg, Translator};
use crate::pages::links;
use crate::pages::parts::{FieldError, FormErrors};
use crate::pages::shell::Section;
use crate::pages::unit_event_form::LineNote;
use crate::pages::unit_import::UnitImportPage;

/// Asks for the file.
pub(super) async fn show(visitor: Visitor) -> Result<Page<UnitImportPage>, Failure> {
    require_configure(&visitor)?;
    Ok(Page(page(&visitor, Vec::new(), FormErrors::default())))
}

/// Says what the file would do; where something is wrong, row by row what.
pub(super) async fn preview(
    State(app): State<App>,
    visitor: Visitor,
    form: MultipartForm,
) -> Result<Response, Failure> {
    require_configure(&visitor)?;
    let (fields, files, refusals) = (form.fields, form.files, form.refused);
    fields.done()?;
    let taken = match (files.into_iter().next(), refusals.into_iter().next()) {
        (_, Some(refusal)) => {
            let code = refusal.code.clone();
            Err(Problem::new(422, &code, "a file of events of units").at(refusal))
        }
        (None, None) => Err(about("unit-file-missing")),
        (Some(file), None) => Ok(file),
    };
    let file = match taken {
        Ok(file) => file,
        Err(problem) => return Ok(wrong(&visitor, &problem)),
    };
    let text = match read(&app, &file.stored.digest).await? {
        Ok(text) => text,
        Err(problem) => return Ok(wrong(&visitor, &problem)),
    };
    let language = visitor.words();
    let systems = app.plans.registry().systems();
    match app.directory.preview_unit_import(&file.name, &text).await {
        Ok(told) => {
            let notes = told.notes.iter();
            let notes = notes.map(|note| line(language, note.line.to_string(), &note.note));
            Ok(Page(preview::UnitEventPreview {
                notes: notes.collect(),
                known: told.known,
                hidden: vec![
                    ("tep".to_owned(), hex::encode(&file.stored.digest)),
                    ("ten".to_owned(), file.name),
                ],
                back: links::UNIT_IMPORT.to_owned(),
                ..preview::page(
                    systems,
                    &visitor,
                    told.preview.as_ref(),
                    links::UNIT_IMPORT_APPLY,
                )
            })
            .into_response())
        }
        Err(DirectoryError::Refused(problem)) => Ok(wrong(&visitor, &problem)),
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
    let [digest, name] = fields.exactly(["tep", "ten"])?;
    let text = match hex::decode_digest(&digest) {
        Some(digest) => read(&app, &digest).await?,
        None => Err(about("unit-file-missing")),
    };
    let text = match text {
        Ok(text) => text,
        Err(problem) => return Ok(wrong(&visitor, &problem)),
    };
    let name = clean_file_name(&name);
    let done = app
        .directory
        .import_units(&visitor.actor(), &name, &text)
        .await;
    let notice = match done {
        Ok(done) if done.known => Notice::AlreadyDone,
        Ok(_) => Notice::UnitsChanged,
        // The units have changed since the preview.
        Err(DirectoryError::Refused(problem)) => return Ok(wrong(&visitor, &problem)),
        Err(error) => return Err(error.into()),
    };
    Ok(GoTo::link(links::UNIT_EVENTS)
        .saying(notice)
        .into_response())
}

/// The text of the file, or what is wrong with it.
async fn read(app: &App, digest: &[u8; 32]) -> Result<Result<String, Problem>, Failure> {
    let sent = sent_file::read(app.store(), digest).await;
    Ok(match sent.map_err(DirectoryError::from)? {
        SentFile::Whole(bytes) => String::from_utf8(bytes).map_err(|_| about("unit-file-not-utf8")),
        SentFile::Missing => Err(about("unit-file-missing")),
        SentFile::TooLarge => Err(about("unit-file-large")),
    })
}

fn about(code: &str) -> Problem {
    let problem = Problem::new(422, code, "a file of events of units");
    problem.at(FieldProblem::new("tep", code))
}

/// The page of the file with what is wrong: each row where rows are at fault.
fn wrong(visitor: &Visitor, problem: &Problem) -> Response {
    let language = visitor.words();
    let of_rows = |fault: &&FieldProblem| fault.field.parse::<u32>().is_ok();
    let mut rows: Vec<&FieldProblem> = problem.fields.iter().filter(of_rows).collect();
    rows.sort_by_key(|fault| fault.field.parse::<u32>().unwrap_or(u32::MAX));
    let rows: Vec<LineNote> = rows
        .into_iter()
        .map(|fault| line(language, fault.field.clone(), fault))
        .collect();
    let errors = if rows.is_empty() {
        form_errors(language, problem, &[], "tep")
    } else {
        let count = language.t1("units-import-refused", "count", rows.len());
        FormErrors(vec![FieldError {
            field: "tep".to_owned(),
            message: count,
        }])
    };
    refused(problem, page(visitor, rows, errors))
}

fn page(visitor: &Visitor, rows: Vec<LineNote>, errors: FormErrors) -> UnitImportPage {
    UnitImportPage {
        rows,
        errors,
        shell: visitor.shell(Section::Admin),
    }
}

fn line(language: Translator, number: String, problem: &FieldProblem) -> LineNote {
    let args = problem.args.iter();
    let args: Vec<(&str, &dyn ToArg)> = args
        .map(|(name, value)| (name.as_str(), value as &dyn ToArg))
        .collect();
    let says = language
        .lookup(&format!("field-{}", problem.code), &args)
        .unwrap_or_else(|| problem.code.clone());
    LineNote { line: number, says }
}
