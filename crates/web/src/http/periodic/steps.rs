//! The steps of a report: to whoever signs it, back, signed, and another edition.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plan::PlanError;
use plan::periodic::{PERIODIC_REPORT, Periodic, PeriodicStep};
use registry::RegistryError;
use vocab::Problem;

use super::super::{Failure, Form, GoTo, LocalPath, Notice, fields, form_errors, refused};
use super::desk::Desk;
use super::{paper, show};
use crate::pages::links;
use crate::pages::periodic_paper::PeriodicPaper;
use crate::pages::periodic_report::PeriodicReport;

/// `…/gui`: to whoever signs it.
pub(super) async fn submit(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [read] = fields.exactly(["phien-ban"])?;
    take(&desk, &id, &read, PeriodicStep::Submit).await
}

/// `…/tra-lai`: back to its writers, with a reason.
pub(super) async fn send_back(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [read, reason] = fields.exactly(["phien-ban", "ly-do"])?;
    take(&desk, &id, &read, PeriodicStep::SendBack(reason)).await
}

/// `…/ky`: signed, as it was read.
pub(super) async fn sign(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [read, digest] = fields.exactly(["phien-ban", "noi-dung"])?;
    take(&desk, &id, &read, PeriodicStep::Sign(digest)).await
}

/// `…/lam-lai`: another edition of what was signed.
pub(super) async fn reopen(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    fields.done()?;
    let report = desk.report(&id).await?;
    let begun = desk
        .app
        .plans
        .reopen_periodic_report(&desk.caller(), report.record.id)
        .await;
    match begun {
        Ok(report) => Ok(here(&report).saying(Notice::PeriodicBegun).into_response()),
        // The form came twice, or somebody else was quicker.
        Err(PlanError::Registry(RegistryError::Refused(problem)))
            if problem.code == "periodic-exists" =>
        {
            let id = problem.args.get("id").map_or("", String::as_str);
            let known = GoTo::link(&links::periodic(id));
            Ok(known.saying(Notice::PeriodicThere).into_response())
        }
        Err(error) => Err(back(&report, error.into())),
    }
}

async fn take(desk: &Desk, id: &str, read: &str, step: PeriodicStep) -> Result<Response, Failure> {
    let version = fields::version(read)?;
    let report = desk.report(id).await?;
    let (by, id) = (desk.caller(), report.record.id);
    let done = desk.app.plans.step_periodic_report(&by, id, version, &step);
    match done.await {
        Ok(report) => Ok(here(&report).saying(notice(&step)).into_response()),
        Err(PlanError::Registry(RegistryError::Conflict { .. })) => {
            overtaken(desk, id.to_string(), &step).await
        }
        // What is to be signed reads otherwise by now: it is shown as it reads.
        Err(PlanError::Registry(RegistryError::Refused(problem)))
            if problem.code == "periodic-reads-otherwise" =>
        {
            let page = paper::page(desk, &report).await?;
            let errors = form_errors(desk.words(), &problem, &[], "ky-bao-cao");
            Ok(refused(&problem, PeriodicPaper { errors, ..page }))
        }
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
            again(desk, &report, step, &problem).await
        }
        Err(error) => Err(back(&report, error.into())),
    }
}

/// The report or one of its sections moved on since the page was read. A button that was
/// pressed twice did its work the first time; else the report is shown as it stands.
async fn overtaken(desk: &Desk, id: String, step: &PeriodicStep) -> Result<Response, Failure> {
    let report = desk.report(&id).await?;
    let principal = &desk.visitor.principal;
    let last = desk
        .registry()
        .history(principal, PERIODIC_REPORT, &report.record, 1)
        .await?;
    let mine = last
        .first()
        .is_some_and(|last| last.action == step.name() && Some(last.actor) == principal.account);
    if mine {
        return Ok(here(&report).saying(notice(step)).into_response());
    }
    let status = StatusCode::CONFLICT.as_u16();
    let problem = Problem::new(status, "stale-version", "a step of a report that moved on");
    again(desk, &report, step.clone(), &problem).await
}

async fn again(
    desk: &Desk,
    report: &Periodic,
    step: PeriodicStep,
    problem: &Problem,
) -> Result<Response, Failure> {
    let page = show::page(desk, report).await?;
    let names = [("reason", "ly-do"), ("text", "ly-do")];
    let errors = form_errors(desk.words(), problem, &names, "xu-ly");
    let reason = match step {
        PeriodicStep::SendBack(reason) => reason,
        PeriodicStep::Submit | PeriodicStep::Sign(_) => String::new(),
    };
    let page = PeriodicReport {
        reason,
        errors,
        ..page
    };
    Ok(refused(problem, page))
}

fn here(report: &Periodic) -> GoTo {
    GoTo::link(&links::periodic(&report.record.id.to_string()))
}

fn back(report: &Periodic, failure: Failure) -> Failure {
    let page = links::periodic(&report.record.id.to_string());
    failure.back_to(LocalPath::or_home(&page))
}

const fn notice(step: &PeriodicStep) -> Notice {
    match step {
        PeriodicStep::Submit => Notice::PeriodicSubmitted,
        PeriodicStep::SendBack(_) => Notice::PeriodicSentBack,
        PeriodicStep::Sign(_) => Notice::PeriodicSigned,
    }
}
