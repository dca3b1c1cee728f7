//! `GET` and `POST /bao-cao-dinh-ky/phan/{id}`: writing one section. Whoever saves what
//! somebody else changed meanwhile is shown both texts.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plan::PlanError;
use plan::periodic::{Periodic, Piece, REPORT_SECTION, Section, SectionBody};
use registry::{Record, RegistryError};
use vocab::Problem;

use super::super::{Failure, Form, GoTo, Notice, Page, fields, form_errors, refused};
use super::desk::{self, Desk};
use crate::pages::links;
use crate::pages::parts::FormErrors;
use crate::pages::periodic_section::{PeriodicSection, Theirs};

const NAMES: &[(&str, &str)] = &[("title", "tieu-de"), ("text", "bai-viet")];

/// Shows the form.
pub(super) async fn show(
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Page<PeriodicSection>, Failure> {
    let (report, section) = found(&desk, &id).await?;
    desk.require_writing(REPORT_SECTION, &section.record)?;
    let body = &section.body;
    let page = page(&desk, &report, &section, &body.title, &body.text).await?;
    Ok(Page(page))
}

/// Keeps what was written.
pub(super) async fn save(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let (report, section) = found(&desk, &id).await?;
    let [read, title, text] = fields.exactly(["phien-ban", "tieu-de", "bai-viet"])?;
    let version = fields::version(&read)?;
    let here = GoTo::link(&links::periodic(&report.record.id.to_string()));
    let saved = desk
        .app
        .plans
        .edit_report_section(&desk.caller(), section.record.id, version, &title, &text)
        .await;
    match saved {
        Ok(_) => Ok(here.saying(Notice::PeriodicSaved).into_response()),
        Err(PlanError::Registry(RegistryError::Conflict { current, .. })) => {
            let theirs: SectionBody = current.read()?;
            // The same form came twice, or both wrote the same.
            if theirs.text.trim() == text.trim() && theirs.title.trim() == title.trim() {
                return Ok(here.saying(Notice::AlreadyDone).into_response());
            }
            conflict(&desk, &report, *current, theirs, &title, &text).await
        }
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
            let section = Section {
                record: Record {
                    version,
                    ..section.record.clone()
                },
                ..section
            };
            let errors = form_errors(desk.words(), &problem, NAMES, "bai-viet");
            let page = page(&desk, &report, &section, &title, &text).await?;
            Ok(refused(&problem, PeriodicSection { errors, ..page }))
        }
        // It went to whoever signs while it was written: what was typed stays in sight.
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 409 => {
            let errors = form_errors(desk.words(), &problem, NAMES, "bai-viet");
            let page = page(&desk, &report, &section, &title, &text).await?;
            let page = PeriodicSection {
                errors,
                open: false,
                ..page
            };
            Ok(refused(&problem, page))
        }
        Err(error) => Err(error.into()),
    }
}

async fn conflict(
    desk: &Desk,
    report: &Periodic,
    current: Record,
    theirs: SectionBody,
    title: &str,
    text: &str,
) -> Result<Response, Failure> {
    let (person, at) = desk.latest(REPORT_SECTION, &current).await?;
    let shown = Theirs {
        person,
        at,
        title: theirs.title.clone(),
        text: theirs.text.clone(),
    };
    let section = Section {
        body: theirs,
        record: current,
    };
    let page = page(desk, report, &section, title, text).await?;
    let problem = Problem::new(
        StatusCode::CONFLICT.as_u16(),
        "stale-version",
        "writing a section that was changed",
    );
    let page = PeriodicSection {
        theirs: Some(shown),
        ..page
    };
    Ok(refused(&problem, page))
}

async fn found(desk: &Desk, id: &str) -> Result<(Periodic, Section), Failure> {
    let id = desk::identity(id)?;
    let principal = &desk.visitor.principal;
    let record = desk.registry().get(principal, REPORT_SECTION, id).await?;
    let body: SectionBody = record.read()?;
    let report = desk
        .app
        .plans
        .periodic_report(principal, body.report)
        .await?;
    Ok((report, Section { record, body }))
}

async fn page(
    desk: &Desk,
    report: &Periodic,
    section: &Section,
    title: &str,
    text: &str,
) -> Result<PeriodicSection, Failure> {
    let open = desk.may_edit(REPORT_SECTION, &section.record);
    let plans = &desk.app.plans;
    let (anew, reads) = if open {
        (
            plans
                .drafted_anew(&desk.visitor.principal, report, section)
                .await?,
            reads(desk, report, section).await?,
        )
    } else {
        (String::new(), Vec::new())
    };
    Ok(PeriodicSection {
        report: desk.link(report),
        action: links::periodic_section(&section.record.id.to_string()),
        version: section.record.version,
        title: title.to_owned(),
        text: text.to_owned(),
        theirs: None,
        anew,
        reads,
        open,
        errors: FormErrors::default(),
        shell: desk.shell(),
    })
}

/// How the section reads, as it was saved last.
async fn reads(desk: &Desk, report: &Periodic, section: &Section) -> Result<Vec<String>, Failure> {
    let paper = desk.app.plans.paper(report).await?;
    let mut sections = paper.sections.into_iter();
    let found = sections.find(|known| known.id == section.record.id);
    let paragraphs = found.into_iter().flat_map(|section| section.paragraphs);
    Ok(paragraphs
        .map(|pieces| pieces.iter().map(Piece::text).collect())
        .collect())
}
