//! `POST /ke-hoach/sua-doi/{id}`: taking it into force, taking it back, dropping a target,
//! leaving a change out.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use plan::PlanError;
use registry::{Caller, RegistryError};
use vocab::{Id, Problem};

use super::super::reports::desk::Desk;
use super::super::{Failure, Form, GoTo, Notice, fields, form_errors, refused};
use super::{require, show};
use crate::pages::links;

/// Does it.
pub(super) async fn take(
    desk: Desk,
    Path(id): Path<String>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let by = Caller {
        idempotency: Some(fields.request()),
        ..desk.caller()
    };
    let known = desk.amendment_of(&id).await?;
    require(&desk.visitor, &known.record.state)?;
    let version = fields::version(&fields.take("phien-ban")?)?;
    let deed = fields.take("viec")?;
    let plans = &desk.app.plans;
    let own = known.record.id;
    let mut reason = String::new();
    let (done, notice, field) = match deed.as_str() {
        "ghi" => {
            fields.done()?;
            let done = plans.record_amendment(&by, own, version).await;
            (done, Notice::AmendmentRecorded, "ghi-nhan")
        }
        "rut" => {
            reason = fields.take("ly-do")?;
            fields.done()?;
            let done = plans.withdraw_amendment(&by, own, version, &reason).await;
            (done, Notice::AmendmentWithdrawn, "ly-do")
        }
        "bo" => {
            let number = fields.take("dich")?;
            fields.done()?;
            let target = target(&desk, &known, &number)?;
            let done = plans.drop_target(&by, own, version, target).await;
            (done, Notice::AmendmentSaved, "bo-so")
        }
        "go" => {
            let target = fields.take("dich")?;
            fields.done()?;
            let target = target
                .parse()
                .map_err(|_| fields::at("dich", 422, "choice-unknown"))?;
            let done = plans.leave_target(&by, own, version, target).await;
            (done, Notice::AmendmentSaved, "ghi-nhan")
        }
        _ => return Err(fields::at("viec", 422, "choice-unknown")),
    };
    let problem = match done {
        Ok(_) => {
            return Ok(GoTo::link(&links::amendment(&id))
                .saying(notice)
                .into_response());
        }
        Err(PlanError::Registry(RegistryError::Refused(problem)))
            if problem.status == 422 || problem.code.starts_with("amendment-") =>
        {
            problem
        }
        Err(PlanError::Registry(RegistryError::Conflict { .. })) => changed(),
        Err(error) => return Err(error.into()),
    };
    let names = [("reason", "ly-do")];
    let errors = form_errors(desk.words(), &problem, &names, field);
    let known = desk.amendment_of(&id).await?;
    Ok(refused(
        &problem,
        show::page(&desk, &known, reason, errors).await?,
    ))
}

/// The target of a number on the day from which the amendment holds.
pub(super) fn target(
    desk: &Desk,
    known: &plan::amendments::Amendment,
    number: &str,
) -> Result<Id, Failure> {
    let view = desk.view.in_force_on(known.body.from);
    let target = number.parse().ok().and_then(|number| view.target(number));
    let target = target.map(|target| target.id);
    target.ok_or_else(|| Failure::not_found("no target of this number on that day"))
}

/// Somebody else was quicker.
pub(super) fn changed() -> Problem {
    Problem::new(
        409,
        "amendment-changed",
        "an amendment that was changed since",
    )
}
