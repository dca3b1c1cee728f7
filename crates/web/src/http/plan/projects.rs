//! `GET /du-an`: projects and what they ask for.

use axum::extract::State;
use axum::response::Response;
use plan::PlanView;
use plan::records::{Annex, AnnexGroup};
use plan::view::ProjectView;

use super::super::{App, Failure, Visitor};
use super::{parties, shown, sums};
use crate::pages::parts::Link;
use crate::pages::projects::{AnnexSums, ProjectGroup, ProjectRow, Projects};
use crate::pages::shell::Section;
use crate::pages::{Shell, links};

/// Shows them.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    shown(&app, &visitor, Section::Projects, page).await
}

fn page(view: &PlanView, shell: Shell) -> Projects {
    let budget = view.body.facts.budget.unwrap_or_default();
    let annexes = view.body.annexes.iter();
    Projects {
        total: u32::try_from(view.projects.len()).unwrap_or(u32::MAX),
        stated: sums::shown(&budget),
        added: sums::added(view.projects.iter()),
        annexes: annexes
            .clone()
            .map(|annex| AnnexSums {
                number: annex.number,
                stated: sums::shown(&annex.stated),
                added: sums::added(
                    view.projects
                        .iter()
                        .filter(|project| project.body.annex == annex.number),
                ),
            })
            .collect(),
        groups: annexes
            .flat_map(|annex| annex.groups.iter().map(|one| group(view, annex, one)))
            .collect(),
        shell,
    }
}

fn group(view: &PlanView, annex: &Annex, group: &AnnexGroup) -> ProjectGroup {
    let of_group = view
        .projects
        .iter()
        .filter(|project| project.body.annex == annex.number && project.body.group == group.code);
    ProjectGroup {
        number: group.code.clone(),
        title: match group.unit {
            Some(id) => Link {
                text: group.name.clone(),
                ..parties::unit(view, id)
            },
            None => Link::plain(&group.name),
        },
        annex: annex.number,
        stated: sums::shown(&group.stated),
        added: sums::added(of_group.clone()),
        rows: of_group.map(|project| row(view, project)).collect(),
    }
}

fn row(view: &PlanView, project: &ProjectView) -> ProjectRow {
    let body = &project.body;
    ProjectRow {
        number: body.code.clone(),
        href: links::project_page(&project.id.to_string()),
        title: body.name.clone(),
        leads: body
            .leads
            .iter()
            .map(|party| parties::partner(view, party))
            .collect(),
        budget: sums::shown(&body.budget),
        note: body.note.clone(),
        line: body.line,
    }
}
