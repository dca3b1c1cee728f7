//! `GET`, `POST /du-an/kinh-phi/ngan-sach`: the province's total budget expenditure, which no
//! annex states, with its source.

use axum::response::{IntoResponse, Response};
use directory::{Act, Subject, province};
use plan::PlanError;
use plan::projects::{PLAN_STATED, STATED_BUDGET, Stated, StatedDraft};
use registry::RegistryError;
use vocab::{FieldProblem, Problem};

use super::super::super::{Failure, Form, GoTo, Notice, Page, fields, form_errors, refused};
use super::desk::Desk;
use super::typed::{day, money_units, read_money};
use crate::pages::links;
use crate::pages::parts::{FormErrors, Link};
use crate::pages::project::stated::StatedForm;

/// Refuses whoever may not state anything of the plan.
pub(in super::super) fn require_stating(desk: &Desk) -> Result<(), Failure> {
    desk.visitor.require(
        Act::Configure,
        &Subject {
            kind: PLAN_STATED,
            unit: province(),
            state: "kept",
            author: None,
        },
    )
}

/// What was typed.
struct Typed {
    unit: String,
    amount: String,
    day: String,
    source: String,
}

/// Shows the form.
pub(super) async fn show(desk: Desk) -> Result<Page<StatedForm>, Failure> {
    require_stating(&desk)?;
    let known = desk.app.plans.stated(desk.view.id, STATED_BUDGET).await?;
    Ok(Page(page(&desk, known.as_ref(), None)))
}

/// Keeps it.
pub(super) async fn save(desk: Desk, Form(form): Form) -> Result<Response, Failure> {
    require_stating(&desk)?;
    let [version, unit, amount, on, source] =
        form.exactly(["phien-ban", "don-vi-tinh", "so-tien", "ngay", "nguon"])?;
    let version = fields::version(&version)?;
    let typed = Typed {
        unit,
        amount,
        day: on,
        source,
    };
    let mut wrong: Vec<FieldProblem> = Vec::new();
    let amount = read_money("so-tien", &typed.amount, &typed.unit, desk.words().lang);
    let on = day("ngay", &typed.day);
    wrong.extend(amount.as_ref().err().cloned());
    wrong.extend(on.as_ref().err().cloned());
    let done = if wrong.is_empty() {
        let draft = StatedDraft {
            version,
            amount: amount.ok().flatten(),
            day: on.ok().flatten(),
            source: typed.source.clone(),
        };
        desk.app
            .plans
            .state(&desk.caller(), STATED_BUDGET, draft)
            .await
    } else {
        let mut problem = Problem::new(422, "invalid-fields", "the province's budget");
        problem.fields = wrong;
        Err(RegistryError::Refused(problem).into())
    };
    let problem = match done {
        Ok(()) => {
            let there = GoTo::link(links::PROJECT_MONEY);
            return Ok(there.saying(Notice::Saved).into_response());
        }
        Err(error) => stating_problem(error)?,
    };
    let known = desk.app.plans.stated(desk.view.id, STATED_BUDGET).await?;
    let names = [("amount", "so-tien"), ("day", "ngay"), ("source", "nguon")];
    let errors = form_errors(desk.words(), &problem, &names, "so-tien");
    let page = page(&desk, known.as_ref(), Some(typed));
    Ok(refused(&problem, StatedForm { errors, ..page }))
}

/// What can be corrected in the form; the failure for what cannot.
pub(in super::super) fn stating_problem(error: PlanError) -> Result<Problem, Failure> {
    match error {
        PlanError::Registry(RegistryError::Refused(problem)) if problem.status == 422 => {
            Ok(problem)
        }
        PlanError::Registry(RegistryError::Conflict { .. }) => Ok(Problem::new(
            409,
            "project-entry-changed",
            "something that was stated anew since",
        )),
        error => Err(error.into()),
    }
}

fn page(desk: &Desk, known: Option<&Stated>, typed: Option<Typed>) -> StatedForm {
    let words = desk.words();
    let typed = typed.unwrap_or_else(|| {
        let body = known.map(|known| &known.body);
        let amount = body.and_then(|body| body.amount);
        let day = body.and_then(|body| body.day);
        Typed {
            unit: amount.map_or_else(String::new, |_| "dong".to_owned()),
            amount: amount.map_or_else(String::new, |amount| words.number(amount.dong())),
            day: day.map_or_else(String::new, |day| day.to_string()),
            source: body.map_or_else(String::new, |body| body.source.clone()),
        }
    });
    StatedForm {
        title: words.t("project-budget-edit"),
        lead: words.t("project-budget-lead"),
        back: Link::new(links::PROJECT_MONEY, words.t("project-money-title")),
        action: links::PROJECT_BUDGET,
        version: known.map_or(0, |known| known.record.version),
        money_units: money_units(words, &typed.unit),
        amount: Some(typed.amount),
        day: typed.day,
        source: typed.source,
        errors: FormErrors::default(),
        shell: desk.shell(),
    }
}
