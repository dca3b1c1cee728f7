//! `GET`, `POST /vuong-mac/hoi/{id}`: what a body is asked because of an obstacle, and what it
//! makes of it.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use plan::obstacles::{Answer, Ask, AskStep, Rung, shipped_terms};
use plan::{ASK, PlanError};
use registry::{Caller, RegistryError};
use vocab::{FieldProblem, Problem};

use super::super::reports::desk::Desk;
use super::super::{Failure, Form, GoTo, Notice, Page, fields, form_errors, refused};
use super::{face, show, steps};
use crate::pages::links;
use crate::pages::obstacles::ObstaclePage;
use crate::pages::parts::FormErrors;
use crate::pages::shell::Section;

/// What was typed.
#[derive(Default)]
struct Typed {
    said: String,
    by: String,
}

/// Shows it.
pub(super) async fn show(
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Page<ObstaclePage>, Failure> {
    let ask = asked(&desk, &id).await?;
    let page = page(&desk, &ask, Typed::default(), FormErrors::default());
    Ok(Page(page.await?))
}

/// Answers it, or passes it up.
pub(super) async fn take(
    desk: Desk,
    Path(id): Path<String>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let caller = Caller {
        idempotency: Some(fields.request()),
        ..desk.caller()
    };
    let ask = asked(&desk, &id).await?;
    let version = fields::version(&fields.take("phien-ban")?)?;
    let deed = fields.take("viec")?;
    let answers = match deed.as_str() {
        "tra-loi" => true,
        "chuyen-len" => false,
        _ => return Err(fields::at("viec", 422, "choice-unknown")),
    };
    let field = if answers { "tra-loi" } else { "ly-do-chuyen" };
    let said = fields.take(field)?;
    let by = if answers {
        fields.take("han")?
    } else {
        String::new()
    };
    fields.done()?;
    let day = match by.trim() {
        "" => Ok(None),
        text => text.parse::<Date>().map(Some),
    };
    let step = match (&day, answers) {
        (Ok(by), true) => Some(AskStep::Answer(Answer {
            said: said.clone(),
            by: *by,
        })),
        (_, false) => Some(AskStep::Escalate(said.clone())),
        (Err(_), true) => None,
    };
    let stepped = if let Some(step) = &step {
        let plans = &desk.app.plans;
        plans.step_ask(&caller, ask.record.id, version, step).await
    } else {
        let problem = Problem::new(422, "invalid-fields", "the day of an answer");
        let problem = problem.at(FieldProblem::new("by", "day-unreadable"));
        Err(RegistryError::Refused(problem).into())
    };
    let problem = match stepped {
        Ok(_) => {
            let notice = if answers {
                Notice::ObstacleAnswered
            } else {
                Notice::ObstacleEscalated
            };
            return Ok(GoTo::link(&links::obstacle_ask(&id))
                .saying(notice)
                .into_response());
        }
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
            problem
        }
        Err(PlanError::Registry(RegistryError::Conflict { .. })) => steps::changed(),
        Err(error) => return Err(error.into()),
    };
    let names = [("said", field), ("by", "han"), ("reason", field)];
    let errors = form_errors(desk.words(), &problem, &names, field);
    let ask = asked(&desk, &id).await?;
    let typed = Typed { said, by };
    Ok(refused(&problem, page(&desk, &ask, typed, errors).await?))
}

/// The question at an address.
async fn asked(desk: &Desk, id: &str) -> Result<Ask, Failure> {
    desk.visitor.account()?;
    let hidden = || Failure::not_found("no such question for this reader");
    let id = id.parse().map_err(|_| hidden())?;
    Ok(desk
        .app
        .plans
        .ask_record(&desk.visitor.principal, id)
        .await?)
}

async fn page(
    desk: &Desk,
    ask: &Ask,
    typed: Typed,
    errors: FormErrors,
) -> Result<ObstaclePage, Failure> {
    let words = desk.words();
    let body = &ask.body.body;
    let answers = ask.waits() && desk.may_step(show::ANSWERS, ASK, &ask.record);
    let mut may = Vec::new();
    if answers {
        may.push("tra-loi");
        // Above the chairman stands nobody.
        if ask.body.rung != Rung::Chairman {
            may.push("chuyen-len");
        }
    }
    Ok(ObstaclePage {
        action: links::obstacle_ask(&ask.record.id.to_string()),
        version: ask.record.version,
        matter: face::matter(&desk.view, words, body.about),
        unit: desk.name_of(ask.body.by_unit).await?,
        what: body.what.clone(),
        since: body.since,
        asks: body.asks.clone(),
        of: desk.whom(ask.body.rung, ask.record.unit).await?,
        state: words.t(match (ask.waits(), ask.record.state.as_str()) {
            (true, _) => "obstacle-state-asked",
            (false, plan::obstacles::states::ASK_ESCALATED) => "obstacle-passed-up",
            (false, _) => "obstacle-was-answered",
        }),
        files: face::files(&ask.body.evidence),
        rungs: face::rungs(desk, body).await?,
        back: None,
        rule: shipped_terms()?.version,
        edit: None,
        may,
        amend: (!ask.waits() && desk.amends())
            .then(|| links::amendment_of(&ask.body.obstacle.to_string())),
        amendments: Vec::new(),
        said: typed.said,
        by: typed.by,
        errors,
        shell: desk.shell(Section::Inbox),
    })
}
