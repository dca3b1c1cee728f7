//! Taking in a list of people: the form, what became of each row, and the refused rows as a
//! file in the layout of the list.

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use directory::{
    DirectoryError, ImportOptions, ImportOutcome, ImportedRow, PeopleImport, RowProblem,
};
use office::{Table, Value};
use serde::Deserialize;
use vocab::{FieldProblem, Problem, hex};

use super::super::sent_file::{self, SentFile};
use super::super::{App, Failure, MultipartForm, Page, Visitor, form_errors, refused as corrected};
use super::desk::{Desk, at};
use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::parts::FormErrors;
use crate::pages::people_import::{ImportReport, ImportRow, PeopleImportPage};

fn page(desk: &Desk, report: Option<ImportReport>, errors: FormErrors) -> PeopleImportPage {
    PeopleImportPage {
        shell: desk.shell(),
        report,
        errors,
    }
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Page<PeopleImportPage>, Failure> {
    let desk = Desk::open(app, visitor).await?;
    Ok(Page(page(&desk, None, FormErrors::default())))
}

/// `POST`: `tep`, `tat-ca`, and `viec` = `thu` to try or `nhap` to take in.
pub(super) async fn take(
    State(app): State<App>,
    visitor: Visitor,
    form: MultipartForm,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let mut fields = form.fields;
    let options = ImportOptions {
        dry_run: fields.take("viec")? != "nhap",
        all_or_nothing: fields.lookup("tat-ca")?.is_some(),
        demo: false,
    };
    fields.done()?;
    let file = form.files.first().map(|file| file.stored.digest);
    let taken = match (file, form.refused.into_iter().next()) {
        (_, Some(refusal)) => {
            let code = refusal.code.clone();
            Err(Problem::new(422, &code, "a list of people")
                .at(refusal)
                .into())
        }
        (None, None) => Err(at("tep", "people-file-missing").into()),
        (Some(digest), None) => {
            let registry = desk.app.plans.registry();
            registry.receive(&desk.visitor.caller(), &digest).await?;
            import(&desk, &digest, options).await
        }
    };
    match (taken, file) {
        (Ok(report), Some(digest)) => {
            let report = told(desk.words(), &report, &digest);
            Ok(Page(page(&desk, Some(report), FormErrors::default())).into_response())
        }
        (Err(DirectoryError::Refused(problem)), _) => {
            let errors = form_errors(desk.words(), &problem, &[], "tep");
            Ok(corrected(&problem, page(&desk, None, errors)))
        }
        (Err(error), _) => Err(error.into()),
        (Ok(_), None) => Err(Failure::internal("a list without a file")),
    }
}

async fn import(
    desk: &Desk,
    digest: &[u8; 32],
    options: ImportOptions,
) -> Result<PeopleImport, DirectoryError> {
    let table = read(desk, digest).await?;
    let actor = desk.visitor.actor();
    let directory = &desk.app.directory;
    directory.import_people(&actor, &table, options).await
}

async fn read(desk: &Desk, digest: &[u8; 32]) -> Result<Table, DirectoryError> {
    let bytes = match sent_file::read(desk.app.store(), digest).await? {
        SentFile::Whole(bytes) => bytes,
        SentFile::Missing => return Err(at("tep", "people-file-missing").into()),
        SentFile::TooLarge => return Err(at("tep", "people-file-large").into()),
    };
    // Unpacking and parsing take their time: not in the threads that answer requests.
    let read = tokio::task::spawn_blocking(move || {
        if bytes.starts_with(b"PK") {
            office::xlsx_in::read(&bytes).ok()
        } else {
            office::csv::read(&String::from_utf8(bytes).ok()?).ok()
        }
    });
    let table = read.await.ok().flatten();
    table.ok_or_else(|| at("tep", "people-file-broken").into())
}

fn told(words: Translator, report: &PeopleImport, digest: &[u8; 32]) -> ImportReport {
    let count = |outcome: &ImportOutcome| report.count(|other| other == outcome);
    let counts = words.t_args(
        "people-import-counts",
        &[
            ("added", &count(&ImportOutcome::Added)),
            ("changed", &count(&ImportOutcome::Changed)),
            ("unchanged", &count(&ImportOutcome::Unchanged)),
            ("refused", &report.refused()),
        ],
    );
    ImportReport {
        counts,
        written: report.written,
        refused: if report.refused() > 0 {
            links::refused_rows(&hex::encode(digest))
        } else {
            String::new()
        },
        rows: report.rows.iter().map(|row| told_row(words, row)).collect(),
    }
}

fn told_row(words: Translator, row: &ImportedRow) -> ImportRow {
    let (key, problems) = match &row.outcome {
        ImportOutcome::Added => ("people-row-added", &[][..]),
        ImportOutcome::Changed => ("people-row-changed", &[][..]),
        ImportOutcome::Unchanged => ("people-row-unchanged", &[][..]),
        ImportOutcome::Refused(problems) => ("people-row-refused", problems.as_slice()),
    };
    ImportRow {
        line: row.line,
        name: row.cells.first().cloned().unwrap_or_default(),
        outcome: words.t(key),
        reasons: reasons(words, problems),
    }
}

fn reasons(words: Translator, problems: &[RowProblem]) -> Vec<String> {
    let mut problem = Problem::new(422, "invalid-fields", "a row of a list of people");
    problem.fields = problems
        .iter()
        .map(|known| FieldProblem {
            field: format!("{} “{}”", known.column, known.value),
            code: known.code.clone(),
            args: known.args.clone(),
        })
        .collect();
    let told = form_errors(words, &problem.with("most", 200), &[], "");
    told.0
        .into_iter()
        .map(|error| format!("{}: {}", error.field.replace(" “”", ""), error.message))
        .collect()
}

/// The list whose refused rows are asked for.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    tep: String,
}

/// The refused rows of a list that was just sent, found by trying it again: what was taken in
/// meanwhile is there already, so that only the refused ones are refused. Only for whoever sent
/// it: a list holds what may be hidden from others who take in lists.
pub(super) async fn refused(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let digest = hex::decode_digest(&asked.tep).ok_or_else(|| Failure::not_found("no digest"))?;
    let registry = desk.app.plans.registry();
    if !registry.has_sent(&desk.visitor.principal, &digest).await? {
        return Err(Failure::not_found("a list that somebody else sent"));
    }
    let options = ImportOptions {
        dry_run: true,
        ..ImportOptions::default()
    };
    let report = import(&desk, &digest, options).await?;
    let words = desk.words();
    let rows = report.failed(&words.t("people-reason"), |problems| {
        reasons(words, problems).join(" ")
    });
    let failed = |error: std::io::Error| Failure::internal(error.to_string());
    let mut out = office::csv::Writer::new(Vec::new()).map_err(failed)?;
    for row in &rows {
        out.row(row.iter().map(|cell| Value::Text(cell)))
            .map_err(failed)?;
    }
    let bytes = out.finish().map_err(failed)?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"bi-tu-choi.csv\"",
        ),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, bytes).into_response())
}
