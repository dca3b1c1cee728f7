//! The steps of a unit's own plan: handed in, approved, sent back.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use plan::PlanError;
use plan::own_plans::UnitPlan;
use registry::RegistryError;
use vocab::{Id, Problem};

use super::super::super::{Failure, Form, GoTo, Notice, fields, form_errors, refused};
use super::super::project::Desk;
use super::form::form_again;
use super::show::page;
use super::unit;
use crate::pages::links;
use crate::pages::own_plans::show::OwnPlan;

/// `…/gui`: to the head of the unit.
pub(super) async fn submit(
    desk: Desk,
    Path(id): Path<String>,
    Form(form): Form,
) -> Result<Response, Failure> {
    let [read] = form.exactly(["phien-ban"])?;
    let (unit, plan) = found(&desk, &id).await?;
    let done = take(&desk, &plan, &read, "submit", None).await?;
    match done {
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
            form_again(&desk, unit, &plan, &problem).await
        }
        done => went(&desk, unit, done, Notice::OwnPlanSubmitted, "submitted").await,
    }
}

/// `…/duyet`: the duty of the decision is kept by it from now on.
pub(super) async fn approve(
    desk: Desk,
    Path(id): Path<String>,
    Form(form): Form,
) -> Result<Response, Failure> {
    let [read] = form.exactly(["phien-ban"])?;
    let (unit, plan) = found(&desk, &id).await?;
    let done = take(&desk, &plan, &read, "approve", None).await?;
    went(&desk, unit, done, Notice::OwnPlanApproved, "approved").await
}

/// `…/tra-lai`: back to its writer, with a reason.
pub(super) async fn send_back(
    desk: Desk,
    Path(id): Path<String>,
    Form(form): Form,
) -> Result<Response, Failure> {
    let [read, reason] = form.exactly(["phien-ban", "ly-do"])?;
    let (unit, plan) = found(&desk, &id).await?;
    let done = take(&desk, &plan, &read, "send_back", Some(&reason)).await?;
    went(&desk, unit, done, Notice::OwnPlanSentBack, "sent_back").await
}

async fn found(desk: &Desk, id: &str) -> Result<(Id, UnitPlan), Failure> {
    let unit = unit(desk, id)?;
    let plans = &desk.app.plans;
    let plan = plans
        .unit_plan(&desk.visitor.principal, &desk.view, unit)
        .await?;
    let hidden = || Failure::not_found("no plan of this unit for this reader");
    Ok((unit, plan.ok_or_else(hidden)?))
}

async fn take(
    desk: &Desk,
    plan: &UnitPlan,
    read: &str,
    step: &str,
    reason: Option<&str>,
) -> Result<Result<UnitPlan, PlanError>, Failure> {
    let version = fields::version(read)?;
    let plans = &desk.app.plans;
    let (by, id) = (desk.caller(), plan.record.id);
    Ok(plans.step_unit_plan(&by, id, version, step, reason).await)
}

async fn went(
    desk: &Desk,
    unit: Id,
    done: Result<UnitPlan, PlanError>,
    notice: Notice,
    state: &str,
) -> Result<Response, Failure> {
    let here = links::own_plan(&unit.to_string());
    let problem = match done {
        Ok(_) => return Ok(GoTo::link(&here).saying(notice).into_response()),
        // A button that was pressed twice did its work the first time.
        Err(PlanError::Registry(RegistryError::Conflict { current, .. }))
            if current.state == state =>
        {
            return Ok(GoTo::link(&here)
                .saying(Notice::AlreadyDone)
                .into_response());
        }
        Err(PlanError::Registry(RegistryError::Conflict { .. })) => Problem::new(
            409,
            "own-plan-changed",
            "a unit's own plan that was changed since",
        ),
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
            problem
        }
        Err(error) => return Err(error.into()),
    };
    let names = [("reason", "ly-do"), ("text", "ly-do")];
    let errors = form_errors(desk.words(), &problem, &names, "ly-do");
    let page = page(desk, unit).await?;
    Ok(refused(&problem, OwnPlan { errors, ..page }))
}
