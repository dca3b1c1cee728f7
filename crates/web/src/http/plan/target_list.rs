//! `GET /ke-hoach`: all targets, or those that some words and choices narrow them to.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::response::Response;
use plan::PlanView;
use plan::view::{TargetFilter, TargetView};
use vocab::{Id, collate};

use super::super::{App, Failure, Visitor};
use super::query::Asked;
use super::{figures, headings, parties, shown};
use crate::pages::parts::{Choice, Link};
use crate::pages::shell::Section;
use crate::pages::status::Status;
use crate::pages::target_list::{TargetList, TargetSection};
use crate::pages::{Shell, links};

/// Who is asked for as the lead.
enum Lead {
    /// A unit: what it leads itself or as one of a set.
    Unit(Id),
    /// A set of units by its key: what was given to it as such.
    Set(String),
}

/// Shows them.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    shown(&app, &visitor, Section::Plan, |view, shell| {
        page(view, shell, &asked)
    })
    .await
}

fn page(view: &PlanView, shell: Shell, asked: &Asked) -> TargetList {
    let text = asked.text("q");
    let known = |code: &String| view.body.groups.iter().any(|group| &group.code == code);
    let group = asked.choice("nhom").filter(known);
    let lead = lead(view, asked);
    let status = asked
        .choice("trang-thai")
        .and_then(|value| Status::lookup(&value));
    let filter = TargetFilter {
        text: text.clone(),
        group: group.clone(),
        lead: match &lead {
            Some(Lead::Unit(id)) => Some(*id),
            _ => None,
        },
        standing: status.map(figures::standing),
    };
    let given = |target: &&TargetView| match &lead {
        Some(Lead::Set(key)) => led_by_set(target, key),
        _ => true,
    };
    let found: Vec<&TargetView> = view.filter(&filter).into_iter().filter(given).collect();
    let sections = headings::by_heading(view, &found).into_iter();
    let sections = sections.map(|(heading, targets)| TargetSection {
        title: heading.map_or_else(|| shell.t("target-list-title"), headings::title),
        rows: targets
            .into_iter()
            .map(|target| figures::row(view, target))
            .collect(),
    });
    TargetList {
        query: text,
        groups: groups(view, &shell, group.as_deref()),
        leads: leads(view, &shell, lead.as_ref()),
        statuses: statuses(&shell, status),
        total: u32::try_from(view.targets.len()).unwrap_or(u32::MAX),
        retired: view
            .retired_targets
            .iter()
            .map(|target| {
                let name = format!("{}. {}", target.body.number, target.body.name);
                Link::new(links::retired_target(&target.id.to_string()), name)
            })
            .collect(),
        sections: sections.collect(),
        shell,
    }
}

/// The lead that was chosen, if the plan knows it.
fn lead(view: &PlanView, asked: &Asked) -> Option<Lead> {
    let chosen = asked.choice("chu-tri")?;
    if let Ok(id) = chosen.parse::<Id>() {
        return view.units.get(id).map(|unit| Lead::Unit(unit.id));
    }
    let mut targets = view.targets.iter();
    let known = targets.any(|target| led_by_set(target, &chosen));
    known.then_some(Lead::Set(chosen))
}

fn led_by_set(target: &TargetView, key: &str) -> bool {
    let mut leads = target.body.leads.iter();
    leads.any(|party| party.group.as_deref() == Some(key))
}

fn all(shell: &Shell, selected: bool) -> Choice {
    Choice {
        value: String::new(),
        label: shell.t("filter-all"),
        selected,
    }
}

fn groups(view: &PlanView, shell: &Shell, chosen: Option<&str>) -> Vec<Choice> {
    let groups = view.body.groups.iter().map(|heading| Choice {
        value: heading.code.clone(),
        label: headings::title(heading),
        selected: chosen == Some(heading.code.as_str()),
    });
    std::iter::once(all(shell, chosen.is_none()))
        .chain(groups)
        .collect()
}

/// Everybody whom the annex names as a lead and whom the directory knows, by name; and the
/// chosen unit, which may lead as one of a set.
fn leads(view: &PlanView, shell: &Shell, chosen: Option<&Lead>) -> Vec<Choice> {
    let parties = view.targets.iter().flat_map(|target| &target.body.leads);
    let named = parties.filter_map(|party| {
        let value = match (party.unit, &party.group) {
            (Some(id), _) => id.to_string(),
            (None, Some(key)) => key.clone(),
            (None, None) => return None,
        };
        Some((value, parties::name(view, party)))
    });
    let mut known: HashMap<String, String> = named.collect();
    let chosen = chosen.map(|chosen| match chosen {
        Lead::Unit(id) => {
            let unit = parties::unit(view, *id);
            known.entry(id.to_string()).or_insert(unit.text);
            id.to_string()
        }
        Lead::Set(key) => key.clone(),
    });
    let mut choices: Vec<Choice> = known
        .into_iter()
        .map(|(value, label)| Choice {
            selected: chosen.as_ref() == Some(&value),
            value,
            label,
        })
        .collect();
    choices.sort_by_cached_key(|choice| (collate::sort_key(&choice.label), choice.value.clone()));
    choices.insert(0, all(shell, chosen.is_none()));
    choices
}

fn statuses(shell: &Shell, chosen: Option<Status>) -> Vec<Choice> {
    let statuses = Status::ALL.map(|status| Choice {
        value: status.value().to_owned(),
        label: shell.t(status.key()),
        selected: chosen == Some(status),
    });
    std::iter::once(all(shell, chosen.is_none()))
        .chain(statuses)
        .collect()
}
