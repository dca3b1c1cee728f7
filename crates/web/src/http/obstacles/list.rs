//! `GET /vuong-mac`: all that concerns the reader.

use axum::extract::Query;
use directory::Act;
use plan::obstacles::{Ask, Obstacle, Overview};

use super::super::reports::desk::Desk;
use super::super::{Failure, Page};
use super::face::{ask_row, counts, own_row, short};
use crate::pages::links;
use crate::pages::obstacles::ObstacleList;
use crate::pages::parts::{Choice, Pager};
use crate::pages::shell::Section;

/// How many of those reported a page shows, the most urgent first.
const SHOWN: usize = 50;
/// The most that wait for the reader's own unit of which the page tells.
const MOST: usize = 300;

/// Which page.
#[derive(serde::Deserialize)]
pub(super) struct Asked {
    /// From 1.
    trang: Option<usize>,
}

/// Shows it.
pub(super) async fn show(
    desk: Desk,
    Query(asked_for): Query<Asked>,
) -> Result<Page<ObstacleList>, Failure> {
    desk.visitor.account()?;
    let principal = &desk.visitor.principal;
    let plans = &desk.app.plans;
    let all = plans.obstacles(principal, None).await?;
    let mut asks = plans.asks(principal, None).await?;
    // What waits for others is told by the obstacles themselves.
    asks.retain(|ask| ask.waits() && desk.may_step(Act::Approve, plan::ASK, &ask.record));
    let overview = Overview::of(&all, desk.today());
    let words = desk.words();
    let last = all.len().div_ceil(SHOWN).max(1);
    let page = asked_for.trang.unwrap_or(1).clamp(1, last);
    let address = |page: usize| format!("{}?trang={page}", links::OBSTACLES);
    Ok(Page(ObstacleList {
        counts: counts(overview)
            .map(|(key, count)| (words.t(key), count))
            .into(),
        longest: overview.longest.map(|at| at.in_vietnam().datetime()),
        asked: asked(&desk, &asks).await?,
        rows: rows(&desk, &all, (page - 1) * SHOWN).await?,
        pager: Pager {
            previous: (page > 1).then(|| address(page - 1)),
            next: (page < last).then(|| address(page + 1)),
        },
        targets: targets(&desk),
        projects: projects(&desk),
        duties: duties(&desk),
        shell: desk.shell(Section::Inbox),
    }))
}

async fn asked(
    desk: &Desk,
    asks: &[Ask],
) -> Result<Vec<crate::pages::obstacles::ObstacleRow>, Failure> {
    let mut shown = Vec::new();
    for ask in asks.iter().take(MOST) {
        shown.push(ask_row(desk, ask).await?);
    }
    Ok(shown)
}

async fn rows(
    desk: &Desk,
    all: &[Obstacle],
    from: usize,
) -> Result<Vec<crate::pages::obstacles::ObstacleRow>, Failure> {
    // What is open comes first, the one that stands longest before the others.
    let open = all.iter().filter(|one| one.is_open());
    let others = all.iter().filter(|one| !one.is_open());
    let mut shown = Vec::new();
    for one in open.chain(others).skip(from).take(SHOWN) {
        shown.push(own_row(desk, one).await?);
    }
    Ok(shown)
}

/// The targets of the units that the reader writes for.
fn targets(desk: &Desk) -> Vec<Choice> {
    let units = desk.obstacle_units(Act::Draft, "draft");
    let view = &desk.view;
    let own = view.targets.iter().filter(|target| {
        let reports = units.iter().any(|unit| target.reporters.contains(unit));
        reports
            || units
                .iter()
                .any(|unit| view.partnered_by(*unit).any(|one| one.id == target.id))
    });
    let choices = own.map(|target| Choice {
        value: target.body.number.to_string(),
        label: format!("{}. {}", target.body.number, target.body.name),
        selected: false,
    });
    choices.collect()
}

/// The projects that those units lead.
fn projects(desk: &Desk) -> Vec<Choice> {
    let own = desk.view.projects.iter();
    let own = own.filter(|project| concerns(desk, &project.body.leads));
    let choices = own.map(|project| Choice {
        value: project.id.to_string(),
        label: short(&format!("{} {}", project.body.code, project.body.name)),
        selected: false,
    });
    choices.collect()
}

/// The duties that those units are told.
fn duties(desk: &Desk) -> Vec<Choice> {
    let own = desk.view.duties.iter();
    let own = own.filter(|duty| concerns(desk, &duty.body.bodies));
    let choices = own.map(|duty| Choice {
        value: duty.id.to_string(),
        label: short(&duty.body.text),
        selected: false,
    });
    choices.collect()
}

fn concerns(desk: &Desk, parties: &[plan::records::Party]) -> bool {
    let units = desk.obstacle_units(Act::Draft, "draft");
    let mut members = parties.iter().flat_map(|party| desk.view.members(party));
    members.any(|unit| units.contains(&unit))
}
