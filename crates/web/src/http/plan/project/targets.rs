//! `GET`, `POST /du-an/{id}/muc-tieu`: which targets a project serves. What is alike in its
//! words is offered; only what somebody ticks is kept.

use std::collections::BTreeSet;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use plan::PlanError;
use plan::view::{ProjectView, TargetView};
use registry::RegistryError;
use vocab::{FieldProblem, Id, Problem};

use super::super::super::{Failure, Form, GoTo, Notice, Page, fields, form_errors, refused};
use super::desk::Desk;
use super::show::short;
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors};
use crate::pages::project::targets::ProjectTargets;

/// Shows the form.
pub(super) async fn show(
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Page<ProjectTargets>, Failure> {
    let project = desk.project(&id)?;
    require(&desk, project)?;
    let (version, known) = desk.app.plans.project_targets(project.id).await?;
    let chosen = known.iter().copied().collect();
    Ok(Page(page(
        &desk,
        project,
        version,
        &known,
        &chosen,
        String::new(),
    )))
}

/// Keeps what was ticked.
pub(super) async fn save(
    desk: Desk,
    Path(id): Path<String>,
    Form(mut form): Form,
) -> Result<Response, Failure> {
    let project = desk.project(&id)?;
    require(&desk, project)?;
    let version = fields::version(&form.take("phien-ban")?)?;
    let ticked = form.take_all("muc-tieu");
    let others = form.take("so-khac")?;
    form.done()?;
    let mut wrong = Vec::new();
    let mut chosen: BTreeSet<Id> = BTreeSet::new();
    for ticked in ticked {
        match ticked.parse::<Id>() {
            Ok(id) => {
                chosen.insert(id);
            }
            Err(_) => wrong.push(FieldProblem::new("muc-tieu", "choice-unknown")),
        }
    }
    let numbers = others
        .split([',', ';', ' '])
        .filter(|text| !text.is_empty());
    for number in numbers {
        let known = number
            .parse()
            .ok()
            .and_then(|number| desk.view.target(number));
        if let Some(target) = known {
            chosen.insert(target.id);
        } else {
            let unknown = FieldProblem::new("so-khac", "target-number-unknown");
            let shown: String = number.chars().take(20).collect();
            wrong.push(unknown.with("number", shown));
        }
    }
    let done = if wrong.is_empty() {
        let targets = chosen.iter().copied().collect();
        let plans = &desk.app.plans;
        plans
            .link_targets(&desk.caller(), project.id, version, targets)
            .await
    } else {
        let mut problem = Problem::new(422, "invalid-fields", "the targets of a project");
        problem.fields = wrong;
        Err(RegistryError::Refused(problem).into())
    };
    let problem = match done {
        Ok(()) => {
            let here = GoTo::link(&links::project_page(&project.id.to_string()));
            return Ok(here.saying(Notice::Saved).into_response());
        }
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
            problem
        }
        Err(PlanError::Registry(RegistryError::Conflict { .. })) => Problem::new(
            409,
            "project-entry-changed",
            "links that were changed since",
        ),
        Err(error) => return Err(error.into()),
    };
    let (version, known) = desk.app.plans.project_targets(project.id).await?;
    let errors = form_errors(desk.words(), &problem, &[("targets", "so-khac")], "so-khac");
    let page = page(&desk, project, version, &known, &chosen, others);
    Ok(refused(&problem, ProjectTargets { errors, ..page }))
}

fn require(desk: &Desk, project: &ProjectView) -> Result<(), Failure> {
    let owner = plan::projects::owner(&desk.view, project);
    desk.visitor.require(
        directory::Act::Draft,
        &directory::Subject {
            kind: plan::projects::PROJECT_TARGETS,
            unit: owner.unwrap_or_else(directory::province),
            state: "kept",
            author: None,
        },
    )
}

fn page(
    desk: &Desk,
    project: &ProjectView,
    version: i64,
    known: &[Id],
    chosen: &BTreeSet<Id>,
    others: String,
) -> ProjectTargets {
    let choice = |target: &TargetView| Choice {
        value: target.id.to_string(),
        label: format!("{}. {}", target.body.number, short(&target.body.name)),
        selected: chosen.contains(&target.id),
    };
    let proposals = desk.app.plans.target_proposals(&desk.view, project);
    let offered: Vec<(Choice, String)> = proposals
        .iter()
        .filter(|offer| !known.contains(&offer.target))
        .filter_map(|offer| {
            let target = desk.view.target_by_id(offer.target)?;
            Some((choice(target), offer.shared.join(", ")))
        })
        .collect();
    let said = known.iter().filter_map(|id| desk.view.target_by_id(*id));
    let id = project.id.to_string();
    ProjectTargets {
        back: links::project_page(&id),
        project: project.body.name.clone(),
        action: links::project_targets(&id),
        version,
        said: said.map(choice).collect(),
        offered,
        others,
        errors: FormErrors::default(),
        shell: desk.shell(),
    }
}
