//! The steps of a report on its way, and comments on it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plan::{OBSERVATION, PlanError, Report, ReportStep};
use registry::{Record, RegistryError};
use vocab::Problem;

use super::super::{Failure, Form, GoTo, LocalPath, Notice, fields, form_errors, refused};
use super::desk::Desk;
use super::matter::Matter;
use super::typed::Typed;
use super::{form, show};
use crate::pages::links;
use crate::pages::observation::{Observation, Said};

/// `…/gui`: hands the report in.
pub(super) async fn submit(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [read] = fields.exactly(["phien-ban"])?;
    take(&desk, &id, &read, ReportStep::Submit).await
}

/// `…/duyet`: the head of the unit answers for it.
pub(super) async fn approve(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [read] = fields.exactly(["phien-ban"])?;
    take(&desk, &id, &read, ReportStep::Approve).await
}

/// `…/tra-lai`: back to its writer, with a reason.
pub(super) async fn send_back(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [read, reason] = fields.exactly(["phien-ban", "ly-do"])?;
    take(&desk, &id, &read, ReportStep::SendBack(reason)).await
}

/// `…/tong-hop`: becomes part of the public figure.
pub(super) async fn consolidate(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [read] = fields.exactly(["phien-ban"])?;
    take(&desk, &id, &read, ReportStep::Consolidate).await
}

/// `…/tinh-lai`: its figure is computed again, as the records stand now.
pub(super) async fn recompute(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [read] = fields.exactly(["phien-ban"])?;
    desk.visitor.account()?;
    let report = desk.report(&id).await?;
    let version = fields::version(&read)?;
    let (plans, id) = (&desk.app.plans, report.record.id);
    let done = plans.recompute_report(&desk.caller(), id, version).await?;
    Ok(here(&done).saying(Notice::Saved).into_response())
}

/// `…/gop-y`: says something about it.
pub(super) async fn comment(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [text] = fields.exactly(["gop-y"])?;
    desk.visitor.account()?;
    let report = desk.report(&id).await?;
    let done = desk
        .app
        .plans
        .comment_report(&desk.caller(), report.record.id, &text)
        .await;
    match done {
        Ok(_) => Ok(here(&report).saying(Notice::CommentSaved).into_response()),
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
            let said = Said {
                comment: text,
                ..Said::default()
            };
            again(&desk, &report, said, &problem, ("text", "gop-y")).await
        }
        Err(error) => Err(back(&report, error.into())),
    }
}

async fn take(desk: &Desk, id: &str, read: &str, step: ReportStep) -> Result<Response, Failure> {
    let version = fields::version(read)?;
    desk.visitor.account()?;
    let report = desk.report(id).await?;
    let (plans, id) = (&desk.app.plans, report.record.id);
    match plans.step_report(&desk.caller(), id, version, &step).await {
        Ok(report) => Ok(here(&report).saying(notice(&step)).into_response()),
        Err(PlanError::Registry(RegistryError::Conflict { current, .. })) => {
            overtaken(desk, &current, step).await
        }
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
            match step {
                // What is missing is a value, which its form asks for.
                ReportStep::Submit => {
                    let matter = Matter::of(desk, &report)?;
                    let typed = Typed::of(&report.body, desk.words());
                    form::again(desk, matter, Some(&report), &typed, &problem).await
                }
                step => {
                    let field = if problem.fields.iter().any(|field| field.field == "reason") {
                        ("reason", "ly-do")
                    } else {
                        ("text", "ly-do")
                    };
                    again(desk, &report, Said::reason(step), &problem, field).await
                }
            }
        }
        // What partners still have to say stands on the report's page.
        Err(PlanError::Registry(RegistryError::Refused(problem)))
            if problem.code.starts_with("opinions-") =>
        {
            let report = desk.report(&id.to_string()).await?;
            let at = ("", "y-kien-phoi-hop");
            again(desk, &report, Said::default(), &problem, at).await
        }
        Err(error) => Err(back(&report, error.into())),
    }
}

/// The report moved on since the page was read. A button that was pressed twice did its
/// work the first time; else the report is shown as it stands, with what was typed.
async fn overtaken(desk: &Desk, current: &Record, step: ReportStep) -> Result<Response, Failure> {
    let report = desk.report(&current.id.to_string()).await?;
    let last = desk
        .registry()
        .history(&desk.visitor.principal, OBSERVATION, &report.record, 1)
        .await?;
    let mine = last.first().is_some_and(|last| {
        last.action == step.name() && Some(last.actor) == desk.visitor.principal.account
    });
    if mine {
        return Ok(here(&report).saying(notice(&step)).into_response());
    }
    let status = StatusCode::CONFLICT.as_u16();
    let problem = Problem::new(status, "stale-version", "a step of a report that moved on");
    again(desk, &report, Said::reason(step), &problem, ("", "ly-do")).await
}

/// The page of the report with what was typed and what is wrong.
async fn again(
    desk: &Desk,
    report: &Report,
    said: Said,
    problem: &Problem,
    field: (&str, &str),
) -> Result<Response, Failure> {
    let page = show::page(desk, report).await?;
    let errors = form_errors(desk.words(), problem, &[field], field.1);
    Ok(refused(
        problem,
        Observation {
            said,
            errors,
            ..page
        },
    ))
}

impl Said {
    fn reason(step: ReportStep) -> Self {
        match step {
            ReportStep::SendBack(reason) => Self {
                reason,
                ..Self::default()
            },
            _ => Self::default(),
        }
    }
}

fn here(report: &Report) -> GoTo {
    GoTo::link(&links::report(&report.record.id.to_string()))
}

fn back(report: &Report, failure: Failure) -> Failure {
    let page = links::report(&report.record.id.to_string());
    failure.back_to(LocalPath::or_home(&page))
}

const fn notice(step: &ReportStep) -> Notice {
    match step {
        ReportStep::Submit => Notice::ReportSubmitted,
        ReportStep::Approve => Notice::ReportApproved,
        ReportStep::SendBack(_) => Notice::ReportSentBack,
        ReportStep::Consolidate => Notice::ReportConsolidated,
    }
}
