//! `GET /api/v1/projects`: the plan's projects.

use axum::extract::State;
use plan::view::ProjectView;
use serde::Serialize;
use utoipa::ToSchema;
use vocab::Id;

use super::paging::{Page, next, part};
use super::party::{BudgetShown, PartyShown};
use super::plan_shown::current;
use super::problem::ReadRefusals;
use super::query::Asked;
use super::shown::Shown;
use crate::http::{App, Failure, Visitor};

const PATH: &str = "/api/v1/projects";

/// A project.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProjectShown {
    #[schema(value_type = String, format = "uuid")]
    id: Id,
    /// The number of its annex.
    #[schema(example = 2)]
    annex: u32,
    /// The code of its group.
    #[schema(example = "9")]
    group: String,
    /// Its own code.
    #[schema(example = "9.1")]
    code: String,
    /// As written.
    name: String,
    /// Who leads.
    leads: Vec<PartyShown>,
    /// What it asks for.
    budget: BudgetShown,
    /// What stands beside it.
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    /// The line of the source on which it stands.
    line: u32,
}

impl From<&ProjectView> for ProjectShown {
    fn from(project: &ProjectView) -> Self {
        let body = &project.body;
        Self {
            id: project.id,
            annex: body.annex,
            group: body.group.clone(),
            code: body.code.clone(),
            name: body.name.clone(),
            leads: body.leads.iter().map(PartyShown::from).collect(),
            budget: (&body.budget).into(),
            note: body.note.clone(),
            line: body.line,
        }
    }
}

/// Projects.
///
/// In the order of the annexes.
#[utoipa::path(
    get, path = "/api/v1/projects", operation_id = "list_projects", tag = "plan",
    params(
        ("limit" = Option<usize>, Query, minimum = 1, maximum = 200, description = "How many at most; 50 if not given"),
        ("after" = Option<String>, Query, description = "The mark in the page before's `next`"),
    ),
    responses(
        (status = 200, description = "As asked for", body = Page<ProjectShown>, headers(("Link" = String, description = "`rel=next`"))),
        ReadRefusals
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    mut asked: Asked,
) -> Result<Shown, Failure> {
    let page = asked.page();
    asked.done()?;
    let plan = current(&app, &visitor).await?;
    let part = part(&plan.projects, &page, |project| {
        project.body.place.to_string()
    })?;
    let parameters = [("limit", Some(page.limit.to_string()))];
    let page = Page {
        items: part.items.iter().map(ProjectShown::from).collect(),
        next: part.next.map(|mark| next(PATH, &parameters, &mark)),
    };
    Ok(Shown::to_everybody(&page)?.next(page.next.as_deref()))
}
