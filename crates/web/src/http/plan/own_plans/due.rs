//! `GET`, `POST /ke-hoach-don-vi/han`: by when units issue their own plans, where the decision
//! names no day.

use axum::response::{IntoResponse, Response};
use plan::projects::{STATED_OWN_PLANS_DUE, Stated, StatedDraft};
use registry::RegistryError;
use vocab::Problem;

use super::super::super::{Failure, Form, GoTo, Notice, Page, fields, form_errors, refused};
use super::super::project::{Desk, require_stating, stating_problem, typed_day};
use crate::pages::links;
use crate::pages::parts::{FormErrors, Link};
use crate::pages::project::stated::StatedForm;

/// Shows the form.
pub(super) async fn show(desk: Desk) -> Result<Page<StatedForm>, Failure> {
    require_stating(&desk)?;
    let known = known(&desk).await?;
    let body = known.as_ref().map(|known| &known.body);
    let day = body.and_then(|body| body.day);
    let day = day.map_or_else(String::new, |day| day.to_string());
    let source = body.map_or_else(String::new, |body| body.source.clone());
    Ok(Page(page(&desk, known.as_ref(), day, source)))
}

/// Keeps it.
pub(super) async fn save(desk: Desk, Form(form): Form) -> Result<Response, Failure> {
    require_stating(&desk)?;
    let [version, day, source] = form.exactly(["phien-ban", "ngay", "nguon"])?;
    let version = fields::version(&version)?;
    let done = match typed_day("ngay", &day) {
        Ok(on) => {
            let draft = StatedDraft {
                version,
                amount: None,
                day: on,
                source: source.clone(),
            };
            let plans = &desk.app.plans;
            plans
                .state(&desk.caller(), STATED_OWN_PLANS_DUE, draft)
                .await
        }
        Err(field) => {
            let problem = Problem::new(422, "invalid-fields", "a day for units' own plans");
            Err(RegistryError::Refused(problem.at(field)).into())
        }
    };
    let problem = match done {
        Ok(()) => {
            let there = GoTo::link(links::OWN_PLANS);
            return Ok(there.saying(Notice::Saved).into_response());
        }
        Err(error) => stating_problem(error)?,
    };
    let names = [("day", "ngay"), ("source", "nguon")];
    let errors = form_errors(desk.words(), &problem, &names, "ngay");
    let known = known(&desk).await?;
    let page = page(&desk, known.as_ref(), day, source);
    Ok(refused(&problem, StatedForm { errors, ..page }))
}

async fn known(desk: &Desk) -> Result<Option<Stated>, Failure> {
    let plans = &desk.app.plans;
    Ok(plans.stated(desk.view.id, STATED_OWN_PLANS_DUE).await?)
}

fn page(desk: &Desk, known: Option<&Stated>, day: String, source: String) -> StatedForm {
    let words = desk.words();
    StatedForm {
        title: words.t("own-plans-due-edit"),
        lead: words.t("own-plans-due-lead"),
        back: Link::new(links::OWN_PLANS, words.t("own-plans-title")),
        action: links::OWN_PLANS_DUE,
        version: known.map_or(0, |known| known.record.version),
        amount: None,
        money_units: Vec::new(),
        day,
        source,
        errors: FormErrors::default(),
        shell: desk.shell(),
    }
}
