//! `GET /don-vi`: the tree of units.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::response::Response;
use directory::{Level, Unit, UnitKind, UnitTree};
use jiff::civil::Date;
use plan::PlanView;
use serde::Deserialize;
use vocab::Id;

use super::super::{App, Failure, Visitor, page_tag};
use crate::pages::parts::Link;
use crate::pages::shell::Section;
use crate::pages::units::{UnitBranch, UnitLeaf, UnitSection, Units};
use crate::pages::{Shell, links};

/// How many targets each unit leads, itself or as one of a set.
pub(super) struct Led {
    counts: HashMap<Id, u32>,
    /// The day that was asked for: units are linked to as of it.
    on: Option<Date>,
}

impl Led {
    /// Counts them; nobody leads anything without a plan.
    pub(super) fn of(view: Option<&PlanView>, on: Option<Date>) -> Self {
        let mut counts = HashMap::new();
        let targets = view.map_or(&[][..], |view| &view.targets);
        for unit in targets.iter().flat_map(|target| &target.reporters) {
            *counts.entry(*unit).or_default() += 1;
        }
        Self { counts, on }
    }

    /// A unit with its number of targets.
    pub(super) fn leaf(&self, unit: &Unit) -> UnitLeaf {
        let id = unit.id.to_string();
        let address = match self.on {
            Some(day) => links::unit_on(&id, day),
            None => links::unit(&id),
        };
        UnitLeaf {
            unit: Link::new(address, &unit.name),
            leads: self.counts.get(&unit.id).copied().unwrap_or(0),
        }
    }
}

/// Of which day a page of units speaks.
#[derive(Debug, Deserialize)]
pub(in super::super) struct AskedDay {
    #[serde(default, rename = "ngay")]
    day: String,
}

impl AskedDay {
    /// The day that was asked for, if it is one.
    pub(in super::super) fn day(&self) -> Option<Date> {
        self.day.trim().parse().ok()
    }
}

/// Shows it as it stood on the day asked for, else on that of the decision.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<AskedDay>,
) -> Result<Response, Failure> {
    let view = app.plans.view_for(&visitor.principal).await?;
    let tree = match (asked.day(), &view) {
        (Some(day), _) => app.directory.units_on(day).await?,
        (None, Some(view)) => view.units.clone(),
        (None, None) => app.directory.units().await?,
    };
    let today = app.store().context().now().in_vietnam().date();
    let led = Led::of(view.as_deref(), asked.day());
    let of_plan = view.and_then(|view| view.date);
    let day = asked.day().or(of_plan).unwrap_or(today);
    Ok(page_tag::of_content(&visitor, Section::Units, |shell| {
        page(&tree, &led, day, shell)
    }))
}

fn page(tree: &UnitTree, led: &Led, as_of: Date, shell: Shell) -> Units {
    let sections = [
        ("units-provincial", provincial(tree, led)),
        ("units-local", local(tree, led)),
    ];
    let sections = sections.map(|(title, branches)| UnitSection {
        title: shell.t(title),
        branches,
    });
    Units {
        as_of,
        sections: sections
            .into_iter()
            .filter(|section| !section.branches.is_empty())
            .collect(),
        shell,
    }
}

/// The units of the province's own level: those right under it, each with what stands under
/// it there.
fn provincial(tree: &UnitTree, led: &Led) -> Vec<UnitBranch> {
    let own = |unit: &&Unit| unit.level == Level::Province;
    let nested = |unit: &Unit| {
        let parent = unit.parent.and_then(|parent| tree.get(parent));
        parent.is_some_and(|parent| parent.kind != UnitKind::Province && own(&parent))
    };
    let units = tree.iter().filter(own).filter(|unit| !nested(unit));
    units
        .map(|unit| UnitBranch {
            unit: led.leaf(unit),
            children: match unit.kind {
                UnitKind::Province => Vec::new(),
                _ => leaves(tree, led, unit.id, own),
            },
        })
        .collect()
}

/// The districts with everything in them; where there are none, the communes.
fn local(tree: &UnitTree, led: &Led) -> Vec<UnitBranch> {
    let is_district = |unit: &Unit| unit.kind == UnitKind::District;
    let stands_alone = |unit: &Unit| {
        let parent = unit.parent.and_then(|parent| tree.get(parent));
        unit.kind == UnitKind::Commune && !parent.is_some_and(is_district)
    };
    let local = tree.iter();
    let local = local.filter(|unit| is_district(unit) || stands_alone(unit));
    local
        .map(|unit| UnitBranch {
            unit: led.leaf(unit),
            children: leaves(tree, led, unit.id, |_| true),
        })
        .collect()
}

fn leaves(tree: &UnitTree, led: &Led, id: Id, takes: impl Fn(&&Unit) -> bool) -> Vec<UnitLeaf> {
    let under = tree
        .descendants(id)
        .into_iter()
        .filter(|found| *found != id);
    under
        .filter_map(|id| tree.get(id))
        .filter(takes)
        .map(|unit| led.leaf(unit))
        .collect()
}
