//! `POST /vuong-mac/{id}`: what the unit does with an obstacle.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use plan::PlanError;
use plan::obstacles::ObstacleStep;
use registry::{Caller, RegistryError};
use vocab::Problem;

use super::super::reports::desk::Desk;
use super::super::{Failure, Form, GoTo, Notice, fields, form_errors, refused};
use super::show;
use crate::pages::links;

/// Takes a step.
pub(super) async fn take(
    desk: Desk,
    Path(id): Path<String>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let by = Caller {
        idempotency: Some(fields.request()),
        ..desk.caller()
    };
    let known = desk.obstacle_of(&id).await?;
    let version = fields::version(&fields.take("phien-ban")?)?;
    let deed = fields.take("viec")?;
    let reason_field = match deed.as_str() {
        "tra-lai" => "ly-do-tra-lai",
        "mo-lai" => "ly-do-mo-lai",
        "bo" => "ly-do-bo",
        _ => "",
    };
    let reason = match reason_field {
        "" => String::new(),
        name => fields.take(name)?,
    };
    fields.done()?;
    let (step, notice) = match deed.as_str() {
        "gui" => (ObstacleStep::Submit, Notice::ObstacleSubmitted),
        "chuyen" => (ObstacleStep::Send, Notice::ObstacleSent),
        "tra-lai" => (
            ObstacleStep::SendBack(reason.clone()),
            Notice::ObstacleSentBack,
        ),
        "xong" => (ObstacleStep::Solve, Notice::ObstacleSolved),
        "mo-lai" => (
            ObstacleStep::Reopen(reason.clone()),
            Notice::ObstacleReopened,
        ),
        "bo" => (
            ObstacleStep::Discard(reason.clone()),
            Notice::ObstacleDiscarded,
        ),
        _ => return Err(fields::at("viec", 422, "choice-unknown")),
    };
    let stepped = desk
        .app
        .plans
        .step_obstacle(&by, known.record.id, version, &step);
    let problem = match stepped.await {
        Ok(_) => {
            return Ok(GoTo::link(&links::obstacle(&id))
                .saying(notice)
                .into_response());
        }
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
            problem
        }
        Err(PlanError::Registry(RegistryError::Conflict { .. })) => changed(),
        Err(error) => return Err(error.into()),
    };
    let names = [("reason", reason_field)];
    let errors = form_errors(desk.words(), &problem, &names, reason_field);
    let known = desk.obstacle_of(&id).await?;
    Ok(refused(
        &problem,
        show::page(&desk, &known, reason, errors).await?,
    ))
}

/// Somebody else was quicker.
pub(super) fn changed() -> Problem {
    Problem::new(
        409,
        "obstacle-changed",
        "an obstacle that was changed since",
    )
}
