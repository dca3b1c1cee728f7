//! `/bao-cao/moi`: a new report.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use plan::{PlanError, Report};
use registry::RegistryError;
use vocab::Id;

use super::super::{Failure, GoTo, MultipartForm, Page};
use super::desk::Desk;
use super::form;
use super::matter::{Asked, Matter};
use super::save::Sent;
use super::typed::Typed;
use crate::pages::links::{self, ReportStep};

/// The form; where the report was begun already, that report.
pub(super) async fn show(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let matter = Matter::asked(&desk, &asked)?;
    let principal = &desk.visitor.principal;
    let known = desk
        .app
        .plans
        .report_on(principal, matter.indicator.id, matter.unit, matter.period)
        .await?;
    if let Some(report) = known {
        return Ok(GoTo::link(&address(&desk, &report)).into_response());
    }
    // What measures itself comes filled in: the officer hands it in, or corrects it.
    let offered = form::offered(&desk, matter).await?;
    let typed = offered.map(|computed| Typed::offered(&computed, desk.words()));
    let page = form::page(&desk, matter, None, &typed.unwrap_or_default()).await?;
    Ok(Page(page).into_response())
}

/// Begins the report.
pub(super) async fn save(
    desk: Desk,
    Query(asked): Query<Asked>,
    form: MultipartForm,
) -> Result<Response, Failure> {
    let matter = Matter::asked(&desk, &asked)?;
    let sent = Sent::read(&desk, matter.kind(), form).await?;
    let draft = match sent.draft(&desk, matter, None) {
        Ok(draft) => draft,
        Err(problem) => return form::again(&desk, matter, None, &sent.typed, &problem).await,
    };
    match desk.app.plans.begin_report(&desk.caller(), draft).await {
        Ok(report) => sent.saved(&desk, &report).await,
        Err(error) => match begun(&error) {
            Some(id) => {
                let current = desk.report(&id.to_string()).await?;
                sent.overtaken(&desk, matter, &current).await
            }
            None => sent.again(&desk, matter, None, error).await,
        },
    }
}

/// The report that was there before, if that is what is wrong.
fn begun(error: &PlanError) -> Option<Id> {
    match error {
        PlanError::Registry(RegistryError::Refused(problem)) if problem.code == "report-exists" => {
            problem.args.get("id")?.parse().ok()
        }
        _ => None,
    }
}

/// Where to go on with a report: its form for whoever may edit it, else its page.
pub(super) fn address(desk: &Desk, report: &Report) -> String {
    let id = report.record.id.to_string();
    if desk.may_edit(report) {
        links::report_step(&id, ReportStep::Edit)
    } else {
        links::report(&id)
    }
}
