//! `GET …/tai.docx`, `…/tai.pdf` and `…/phu-luc.xlsx?so=1`: the report and its annexes as files.

use std::io::Cursor;

use axum::extract::{Path, Query};
use axum::response::Response;
use plan::periodic::{Marks, Periodic, TEMPLATE, print_data, print_title, write_docx, write_xlsx};
use serde::Deserialize;
use vocab::Instant;

use super::super::download::{Made, in_background};
use super::super::{Failure, printing};
use super::desk::{self, Desk, WRITTEN};
use crate::i18n::Translator;
use crate::pages::periodic::PeriodicState;

/// Which annex: `so`, from 1.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    so: Option<String>,
}

/// Sends the report as a text document.
pub(super) async fn document(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let report = desk.report(&id).await?;
    let paper = desk.app.plans.paper(&report).await?;
    let (marks, made) = (marks(&desk, &report), made(&desk, &report));
    let layout = report.body.layout.clone();
    let written = in_background(move || {
        let file = Cursor::new(Vec::new());
        write_docx(file, &layout, &paper, &marks, made).map(Cursor::into_inner)
    });
    Made::Docx.sent(&desk::file_name(&report), written.await?)
}

/// Sends the same paper as it is printed.
pub(super) async fn printed(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let report = desk.report(&id).await?;
    let paper = desk.app.plans.paper(&report).await?;
    let layout = &report.body.layout;
    let paper = printing::Sheet {
        title: print_title(layout, &paper),
        template: TEMPLATE.to_owned(),
        data: vec![("report", print_data(layout, &paper, &marks(&desk, &report)))],
        verify: None,
        size: print::Size::A4,
        made: made(&desk, &report),
    };
    Made::Pdf.sent(&desk::file_name(&report), printing::pdf(paper).await?)
}

/// What stands above a report that is not signed, or not real.
fn marks(desk: &Desk, report: &Periodic) -> Marks {
    // What stands on the paper is in the paper's language, whoever takes it out.
    let words = Translator::new(WRITTEN);
    let mut marks = Marks::default();
    if desk::state(&report.record) != PeriodicState::Signed {
        marks.above.push(words.t("periodic-mark-draft"));
    }
    if desk.app.settings.demo.is_some() {
        marks.above.push(words.t("periodic-mark-demo"));
    }
    marks
}

/// When what a file says was so: when it was signed, or now.
fn made(desk: &Desk, report: &Periodic) -> Instant {
    match &report.body.signed {
        Some(signed) => signed.at(),
        None => desk.app.store().context().now(),
    }
}

/// Sends one annex as a spreadsheet.
pub(super) async fn annex(
    desk: Desk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let report = desk.report(&id).await?;
    let number: usize = asked.so.and_then(|so| so.parse().ok()).unwrap_or(1);
    let paper = desk.app.plans.paper(&report).await?;
    let mut annexes = paper.annexes.into_iter();
    let annex = number.checked_sub(1).and_then(|at| annexes.nth(at));
    let annex = annex.ok_or_else(|| Failure::not_found("no annex of this number"))?;
    let made = made(&desk, &report);
    let written = in_background(move || {
        let mut file = Cursor::new(Vec::new());
        write_xlsx(&mut file, &annex, made).map(|()| file.into_inner())
    });
    let name = format!("{}-phu-luc-{number}", desk::file_name(&report));
    Made::Xlsx.sent(&name, written.await?)
}
