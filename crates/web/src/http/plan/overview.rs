//! `GET /`: the plan at a glance.

use std::collections::{HashMap, HashSet};

use axum::extract::State;
use axum::response::Response;
use plan::PlanView;
use plan::view::{Change, TargetView};

use super::super::{App, Failure, Visitor};
use super::headings::{by_heading, sentence_case};
use super::{figures, findings, parties, shown};
use crate::i18n::Translator;
use crate::pages::Shell;
use crate::pages::overview::{self, LeadRow, Overview, PlanFacts, WallCell, WallGroup};
use crate::pages::parts::Link;
use crate::pages::reading::Reading;
use crate::pages::shell::Section;
use crate::pages::status::{Status, StatusCounts};

/// How many findings the page names.
const FINDINGS: usize = 3;
/// How many changes.
const CHANGES: usize = 8;
/// How many leads.
const LEADS: usize = 12;

/// Shows it.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    shown(&app, &visitor, Section::Plan, page).await
}

fn page(view: &PlanView, shell: Shell) -> Overview {
    let words = shell.translator;
    Overview {
        plan: facts(view),
        wall: wall(view, words),
        leads: leads(view),
        findings: findings::weightiest(view, words, FINDINGS),
        findings_total: count(view.body.findings.len()),
        changes: changes(view, words),
        shell,
    }
}

fn facts(view: &PlanView) -> PlanFacts {
    let title = view.body.title.as_deref().unwrap_or(&view.body.symbol);
    let budget = view.body.facts.budget.and_then(|budget| budget.total);
    PlanFacts {
        title: sentence_case(title),
        symbol: view.body.symbol.clone(),
        signed: view.date,
        projects: count(view.projects.len()),
        budget_vnd: budget.map(vocab::Vnd::dong),
        figures_until: view.figures_until(),
    }
}

fn wall(view: &PlanView, words: Translator) -> Vec<WallGroup> {
    let all: Vec<&TargetView> = view.targets.iter().collect();
    let cell = |target: &TargetView| WallCell {
        number: target.body.number,
        title: target.body.name.clone(),
        status: figures::status(target.standing),
    };
    let groups = by_heading(view, &all).into_iter();
    groups
        .map(|(heading, targets)| WallGroup {
            number: heading.map_or_else(String::new, |heading| heading.code.clone()),
            title: heading.map_or_else(
                || words.t("target-list-title"),
                |heading| sentence_case(&heading.title),
            ),
            cells: targets.into_iter().map(cell).collect(),
        })
        .collect()
}

/// Who leads most, as the annex names them: a set of units counts as one.
fn leads(view: &PlanView) -> Vec<LeadRow> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut rows: Vec<(Link, Vec<Status>)> = Vec::new();
    for target in &view.targets {
        for party in &target.body.leads {
            let link = parties::lead(view, party);
            let place = *places.entry(link.text.clone()).or_insert_with(|| {
                rows.push((link, Vec::new()));
                rows.len() - 1
            });
            rows[place].1.push(figures::status(target.standing));
        }
    }
    rows.sort_by_key(|(_, statuses)| std::cmp::Reverse(statuses.len()));
    rows.into_iter()
        .take(LEADS)
        .map(|(unit, statuses)| LeadRow {
            unit,
            counts: statuses.into_iter().collect::<StatusCounts>(),
        })
        .collect()
}

/// The latest change of each target.
fn changes(view: &PlanView, words: Translator) -> Vec<overview::Change> {
    let mut seen = HashSet::new();
    let latest = view
        .changes
        .iter()
        .filter(|change| seen.insert(change.target));
    latest
        .filter_map(|change| changed(view, words, change))
        .take(CHANGES)
        .collect()
}

fn changed(view: &PlanView, words: Translator, change: &Change) -> Option<overview::Change> {
    let (target, indicator) = view.indicator(change.indicator)?;
    let value = |measurement| {
        let reading = Reading::of(&indicator.body, measurement)?;
        Some(words.reading(&reading))
    };
    let now = value(change.latest.measurement)?;
    Some(overview::Change {
        number: target.body.number,
        title: target.body.name.clone(),
        status: figures::status(target.standing),
        change: match change.before.and_then(value) {
            Some(before) => words.t_args("change-from-to", &[("before", &before), ("after", &now)]),
            None => now,
        },
    })
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
