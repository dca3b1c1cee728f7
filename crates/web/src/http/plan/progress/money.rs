//! `GET /tien-do/du-an`: projects and money.

use std::cmp::Reverse;

use axum::extract::State;
use axum::response::Response;
use plan::PlanView;
use plan::view::ProjectView;
use vocab::{Ratio, Vnd};

use super::super::super::{App, Failure, Visitor};
use super::super::{headings, parties, shown, sums};
use super::files;
use super::sheets::{Cell, Sheet};
use crate::i18n::Translator;
use crate::pages::Shell;
use crate::pages::parts::Link;
use crate::pages::progress::money::{Money, MoneyRow};
use crate::pages::projects::Budget;
use crate::pages::shell::Section;

/// The stem of its files.
pub(super) const FILE: &str = "du-an";

/// Shows them.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    shown(&app, &visitor, Section::Progress, page).await
}

fn page(view: &PlanView, shell: Shell) -> Money {
    let words = shell.translator;
    let all: Vec<&ProjectView> = view.projects.iter().collect();
    let sum = sums::added(view.projects.iter());
    let stated = view.body.facts.budget.and_then(|budget| budget.total);
    let annexes = view.body.annexes.iter().map(|annex| {
        let of_annex = all.iter().copied();
        let of_annex = of_annex.filter(|project| project.body.annex == annex.number);
        let name = Link::plain(words.t1("annex", "number", annex.number));
        let note = headings::sentence_case(&annex.title);
        row(words, name, note, &of_annex.collect::<Vec<_>>(), &sum)
    });
    Money {
        total: u32::try_from(view.projects.len()).unwrap_or(u32::MAX),
        stated_vnd: stated.map(Vnd::dong),
        annexes: annexes.collect(),
        leads: leads(view, words, &sum),
        sum,
        files: files(FILE, &[]),
        shell,
    }
}

/// By who leads; what several lead together stands under all of their names at once, so that
/// no amount is counted twice.
fn leads(view: &PlanView, words: Translator, sum: &Budget) -> Vec<MoneyRow> {
    let mut led: Vec<(Link, Vec<&ProjectView>)> = Vec::new();
    for project in &view.projects {
        let links: Vec<Link> = project
            .body
            .leads
            .iter()
            .map(|party| parties::partner(view, party))
            .collect();
        let name = match &links[..] {
            [] => Link::plain(words.t("not-stated")),
            [one] => one.clone(),
            several => {
                let names: Vec<&str> = several.iter().map(|link| link.text.as_str()).collect();
                Link::plain(names.join(", "))
            }
        };
        match led.iter_mut().find(|(known, _)| known.text == name.text) {
            Some((_, projects)) => projects.push(project),
            None => led.push((name, vec![project])),
        }
    }
    let rows = led.into_iter();
    let mut rows: Vec<MoneyRow> = rows
        .map(|(name, projects)| row(words, name, String::new(), &projects, sum))
        .collect();
    rows.sort_by_key(|row| Reverse(row.sums.total_vnd));
    rows
}

fn row(
    words: Translator,
    name: Link,
    note: String,
    projects: &[&ProjectView],
    sum: &Budget,
) -> MoneyRow {
    let sums = sums::added(projects.iter().copied());
    let whole = sum.total_vnd.unwrap_or_default();
    let percent = |part: Option<i64>| {
        let part = part.unwrap_or_default();
        Ratio::new(part, whole).percent(1)
    };
    let width = |part| percent(part).unwrap_or_default().to_string();
    MoneyRow {
        name,
        note,
        projects: u32::try_from(projects.len()).unwrap_or(u32::MAX),
        share: percent(sums.total_vnd).map_or_else(
            || "–".to_owned(),
            |share| words.percent(&share.normalized()),
        ),
        bar: (width(sums.recurrent_vnd), width(sums.capital_vnd)),
        sums,
    }
}

/// Every project with what it asks for, as a file.
pub(super) fn sheet(view: &PlanView, words: Translator) -> Sheet {
    let amount = |amount: Option<i64>| amount.map_or(Cell::Empty, Cell::number);
    let rows = view.projects.iter().map(|project| {
        let body = &project.body;
        let budget = sums::shown(&body.budget);
        let leads = body.leads.iter();
        let leads: Vec<String> = leads.map(|party| parties::name(view, party)).collect();
        vec![
            Cell::number(body.annex),
            Cell::text(&body.code),
            Cell::text(&body.name),
            Cell::text(leads.join("; ")),
            amount(budget.recurrent_vnd),
            amount(budget.capital_vnd),
            amount(budget.total_vnd),
            Cell::text(words.t("progress-proposal")),
            Cell::text(&body.note),
        ]
    });
    let heads = [
        "progress-annex",
        "col-number",
        "col-project",
        "col-lead",
        "progress-recurrent-vnd",
        "progress-capital-vnd",
        "progress-total-vnd",
        "progress-state",
        "col-note",
    ];
    Sheet {
        title: words.t("progress-money"),
        heads: heads.map(|key| words.t(key)).to_vec(),
        rows: rows.collect(),
    }
}
