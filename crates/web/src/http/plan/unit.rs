//! `GET /don-vi/{id}`: one unit, how large it is, and what it leads.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use directory::{Unit, UnitMeasure, UnitTree};
use jiff::civil::Date;
use plan::PlanView;
use plan::view::TargetView;
use vocab::Id;

use super::super::{App, Failure, GoTo, Visitor, page_tag};
use super::figures;
use super::units::{AskedDay, Led};
use crate::pages::Shell;
use crate::pages::links;
use crate::pages::parts::Link;
use crate::pages::shell::Section;
use crate::pages::unit::{MeasureRow, UnitPage};

/// Shows it as it stood on the day asked for, else on that of the decision. What was not
/// there on that day has a history all the same.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<AskedDay>,
) -> Result<Response, Failure> {
    let view = app.plans.view_for(&visitor.principal).await?;
    let tree = match (asked.day(), &view) {
        (Some(day), _) => app.directory.units_on(day).await?,
        (None, Some(view)) => view.units.clone(),
        (None, None) => app.directory.units().await?,
    };
    let id = id.parse::<Id>().unwrap_or_default();
    let of_plan = view.as_deref().and_then(|view| view.date);
    let today = app.store().context().now().in_vietnam().date();
    let day = asked.day().or(of_plan).unwrap_or(today);
    let Some(unit) = tree.get(id) else {
        if app.directory.unit_versions(id).await?.is_empty() {
            return Err(Failure::not_found("no unit with this identity"));
        }
        let history = links::unit_history_on(&id.to_string(), day);
        return Ok(GoTo::link(&history).into_response());
    };
    let led = Led::of(view.as_deref(), asked.day());
    Ok(page_tag::of_content(&visitor, Section::Units, |shell| {
        page(&tree, view.as_deref(), &led, unit, day, shell)
    }))
}

fn page(
    tree: &UnitTree,
    view: Option<&PlanView>,
    led: &Led,
    unit: &Unit,
    day: Date,
    shell: Shell,
) -> UnitPage {
    let leaf = |id: &Id| tree.get(*id).map(|unit| led.leaf(unit));
    UnitPage {
        name: unit.name.clone(),
        address: links::unit(&unit.id.to_string()),
        day,
        measures: measures(unit, &shell),
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

/// What is stated of its area and people, the latest first.
pub(in super::super) fn measures(unit: &Unit, shell: &Shell) -> Vec<MeasureRow> {
    let row = |measure: &UnitMeasure| MeasureRow {
        date: shell.date(&measure.date),
        area: measure
            .area_km2
            .map(|area| shell.t1("unit-area", "area", shell.decimal(&area))),
        people: measure
            .people
            .map(|people| shell.t1("unit-people", "count", people)),
        source: measure.source.clone(),
        doubtful: measure.doubtful,
    };
    let mut rows: Vec<MeasureRow> = unit.measures().map(row).collect();
    rows.reverse();
    rows
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
