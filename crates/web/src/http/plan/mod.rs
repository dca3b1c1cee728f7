//! The public pages of the plan: what is decided, who leads, how far it is, and what does
//! not add up. Everybody may read them; they show what [`PlanView`] holds, and nothing else.

mod baselines;
mod document;
mod duties;
mod figures;
mod findings;
mod headings;
mod intake;
mod measure_form;
mod measures;
mod overview;
mod own_plans;
mod parties;
mod progress;
mod project;
mod projects;
mod query;
mod reasons;
mod search;
mod sums;
mod target;
mod target_list;
mod treatment;
mod unit;
mod units;
mod versions;

use askama::Template;
use axum::response::{IntoResponse, Response};
use plan::PlanView;

use super::route_list::{Routes, get};
use super::{App, Failure, Page, Visitor, page_tag};
use crate::pages::no_plan::NoPlan;
use crate::pages::shell::Section;
use crate::pages::{Shell, links};

pub(crate) use progress::changed_row;

pub(super) use intake::{decision_bytes, decision_refused};
pub(super) use project::{Desk as ProjectDesk, task as project_task};
pub(super) use reasons::goal as goal_in_words;
pub(super) use unit::measures as unit_measures;
pub(super) use units::AskedDay;

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::OVERVIEW, get(overview::show))
        .route(links::TARGET_LIST, get(target_list::show))
        .route("/muc-tieu/{number}", get(target::show))
        .route(links::MEASURES, get(measures::show))
        .route(
            "/muc-tieu/{number}/so-do",
            get(measure_form::show).post(measure_form::save),
        )
        .merge(intake::routes())
        .merge(duties::routes())
        .route(links::BASELINES, get(baselines::show))
        .route(links::PROJECTS, get(projects::show))
        .route(links::FINDINGS, get(findings::show))
        .route(links::DOCUMENT, get(document::show))
        .route(links::UNITS, get(units::show))
        .route("/don-vi/{id}", get(unit::show))
        .route(links::SEARCH, get(search::show))
        .merge(progress::routes())
        .merge(project::routes())
        .merge(own_plans::routes())
}

/// A page of the plan, or while none was imported the page that says how one comes in.
async fn shown<T: Template>(
    app: &App,
    visitor: &Visitor,
    section: Section,
    page: impl FnOnce(&PlanView, Shell) -> T,
) -> Result<Response, Failure> {
    Ok(match app.plans.view_for(&visitor.principal).await? {
        Some(view) => page_tag::of_view(app, visitor, section, &view, |shell| page(&view, shell)),
        None => no_plan(visitor.shell(section)),
    })
}

fn no_plan(shell: Shell) -> Response {
    Page(NoPlan { shell }).into_response()
}
