//! `GET` and `POST /bao-cao-dinh-ky/moi`: a new report, drafted from the figures.

use axum::response::{IntoResponse, Response};
use plan::PlanError;
use registry::RegistryError;
use vocab::{FieldProblem, Period, Problem};

use super::super::{Failure, Form, GoTo, Notice, Page, form_errors, refused};
use super::desk::Desk;
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors};
use crate::pages::periodic::PeriodicNew;

/// Shows the form.
pub(super) async fn show(desk: Desk) -> Result<Page<PeriodicNew>, Failure> {
    desk.require_beginning()?;
    Ok(Page(page(&desk, None).await?))
}

/// Begins the report.
pub(super) async fn save(desk: Desk, Form(fields): Form) -> Result<Response, Failure> {
    desk.require_beginning()?;
    let [typed] = fields.exactly(["ky"])?;
    let Ok(period) = typed.parse::<Period>() else {
        let mut problem = Problem::new(422, "invalid-fields", "a report for no period");
        problem.fields = vec![FieldProblem::new("ky", "choice-unknown")];
        return again(&desk, &problem, None).await;
    };
    let begun = desk
        .app
        .plans
        .begin_periodic_report(&desk.caller(), period)
        .await;
    match begun {
        Ok(report) => {
            let here = links::periodic(&report.record.id.to_string());
            let here = GoTo::link(&here).saying(Notice::PeriodicBegun);
            Ok(here.into_response())
        }
        // One there is already is the one that was meant.
        Err(PlanError::Registry(RegistryError::Refused(problem)))
            if problem.code == "periodic-exists" =>
        {
            let id = problem.args.get("id").map_or("", String::as_str);
            let known = GoTo::link(&links::periodic(id));
            Ok(known.saying(Notice::PeriodicThere).into_response())
        }
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
            again(&desk, &problem, Some(period)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn again(
    desk: &Desk,
    problem: &Problem,
    chosen: Option<Period>,
) -> Result<Response, Failure> {
    let errors = form_errors(desk.words(), problem, &[("period", "ky")], "ky");
    let page = page(desk, chosen).await?;
    Ok(refused(problem, PeriodicNew { errors, ..page }))
}

async fn page(desk: &Desk, chosen: Option<Period>) -> Result<PeriodicNew, Failure> {
    let view = desk.app.plans.view().await?.ok_or(PlanError::NoPlan)?;
    let today = desk.app.store().context().now().in_vietnam().date();
    let mut periods = view.periodic_periods();
    periods.retain(|period| period.start() <= today);
    // What is usually meant is the last that has ended.
    let chosen = chosen.or_else(|| {
        let ended = periods.iter().filter(|period| period.end() < today);
        ended.copied().max_by_key(|period| period.end())
    });
    Ok(PeriodicNew {
        periods: periods
            .into_iter()
            .map(|period| Choice {
                value: period.code(),
                label: desk.period(period),
                selected: Some(period) == chosen,
            })
            .collect(),
        errors: FormErrors::default(),
        shell: desk.shell(),
    })
}
