//! `GET /vuong-mac`: all that concerns the reader.

use directory::Act;
use plan::obstacles::{Ask, Obstacle, Overview};

use super::super::reports::desk::Desk;
use super::super::{Failure, Page};
use super::face::{ask_row, counts, own_row, short};
use crate::pages::obstacles::ObstacleList;
use crate::pages::parts::Choice;
use crate::pages::shell::Section;

/// The most of one list that the page shows, the most urgent first.
const MOST: usize = 300;

/// Shows it.
pub(super) async fn show(desk: Desk) -> Result<Page<ObstacleList>, Failure> {
    desk.visitor.account()?;
    let principal = &desk.visitor.principal;
    let plans = &desk.app.plans;
    let all = plans.obstacles(principal, None).await?;
    let mut asks = plans.asks(principal, None).await?;
    // What waits for others is told by the obstacles themselves.
    asks.retain(|ask| ask.waits() && desk.may_step(Act::Approve, plan::ASK, &ask.record));
    let overview = Overview::of(&all, desk.today());
    let words = desk.words();
    Ok(Page(ObstacleList {
        counts: counts(overview)
            .map(|(key, count)| (words.t(key), count))
            .into(),
        longest: overview.longest.map(|at| at.in_vietnam().datetime()),
        asked: asked(&desk, &asks).await?,
        rows: rows(&desk, &all).await?,
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
) -> Result<Vec<crate::pages::obstacles::ObstacleRow>, Failure> {
    // What is open comes first, the one that stands longest before the others.
    let open = all.iter().filter(|one| one.is_open());
    let others = all.iter().filter(|one| !one.is_open());
    let mut shown = Vec::new();
    for one in open.chain(others).take(MOST) {
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
