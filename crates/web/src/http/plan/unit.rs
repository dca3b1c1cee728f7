//! `GET /don-vi/{id}`: one unit, and what it leads.

use axum::extract::{Path, State};
use axum::response::Response;
use directory::{Unit, UnitTree};
use plan::PlanView;
use plan::view::TargetView;
use vocab::Id;

use super::super::{App, Failure, Visitor, page_tag};
use super::figures;
use super::units::Led;
use crate::pages::Shell;
use crate::pages::links;
use crate::pages::parts::Link;
use crate::pages::shell::Section;
use crate::pages::unit::UnitPage;

/// Shows it as it stood on the day of the decision.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let view = app.plans.view().await?;
    let tree = match &view {
        Some(view) => view.units.clone(),
        None => app.directory.units().await?,
    };
    let unit = id.parse::<Id>().ok().and_then(|id| tree.get(id));
    let unit = unit.ok_or_else(|| Failure::not_found("no such unit on that day"))?;
    Ok(page_tag::of_content(&visitor, Section::Units, |shell| {
        page(&tree, view.as_deref(), unit, shell)
    }))
}

fn page(tree: &UnitTree, view: Option<&PlanView>, unit: &Unit, shell: Shell) -> UnitPage {
    let led = Led::of(view);
    let leaf = |id: &Id| tree.get(*id).map(|unit| led.leaf(unit));
    UnitPage {
        name: unit.name.clone(),
        history: links::unit_history(&unit.id.to_string()),
        kind: shell.t(unit.kind.key()),
        code: unit.code.as_ref().map(ToString::to_string),
        parent: unit.parent.as_ref().and_then(leaf).map(|leaf| leaf.unit),
        children: tree.children(unit.id).iter().filter_map(leaf).collect(),
        groups: groups(tree, view, unit.id),
        valid_from: Some(unit.valid_from),
        valid_to: unit.valid_to,
        leads: view.map_or_else(Vec::new, |view| {
            view.reported_by(unit.id)
                .map(|target| figures::row(view, target))
                .collect()
        }),
        partners: view.map_or(0, |view| {
            u32::try_from(view.partnered_by(unit.id).count()).unwrap_or(u32::MAX)
        }),
        shell,
    }
}

/// The sets that a unit belongs to; one that leads targets leads to them.
fn groups(tree: &UnitTree, view: Option<&PlanView>, id: Id) -> Vec<Link> {
    let targets = view.map_or(&[][..], |view| &view.targets);
    let leads = |key: &str, target: &TargetView| {
        let mut leads = target.body.leads.iter();
        leads.any(|party| party.group.as_deref() == Some(key))
    };
    let groups = tree.groups().iter().filter(|group| {
        let members = group.members.as_ref();
        // A set of one is only another name of the unit.
        members.is_some_and(|members| members.len() > 1 && members.contains(&id))
    });
    groups
        .map(|group| {
            if targets.iter().any(|target| leads(&group.key, target)) {
                Link::new(
                    links::target_list(None, Some(&group.key), None),
                    &group.name,
                )
            } else {
                Link::plain(&group.name)
            }
        })
        .collect()
}
