//! `/viec-cua-toi`: what waits for the reader, the most urgent first: of the plan, once one was
//! imported, and of the systems.

use ::plan::own_plans::UNIT_PLAN;
use ::plan::periodic::PERIODIC_REPORT;
use ::plan::projects::PROJECT_ENTRY;
use ::plan::{ASK, OBSERVATION, OBSTACLE, OPINION, Report, SHEET};
use axum::extract::{Query, State};
use directory::{Act, Role};
use serde::Deserialize;
use store::{Cursor, Page as StorePage};

use super::super::{App, Failure, Page, Visitor, campaigns, obstacles, plan, systems};
use super::desk::Desk;
use super::list::latest_period;
use super::matter::Matter;
use super::words;
use crate::pages::inbox::{Due, Inbox, Task};
use crate::pages::links;
use crate::pages::parts::{Choice, Link, Pager};
use crate::pages::shell::Section;

/// How many tasks a page shows, and from how many on they are not counted.
const PAGE: usize = 50;
const COUNTED: usize = 100;

/// Which tasks: `loai` (`sua`, `duyet`, `tong-hop`), and the place to go on from.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    loai: Option<String>,
    sau: Option<String>,
}

/// What each role is to do, as the query names it.
fn kind(role: Role) -> (String, &'static str) {
    match role {
        Role::Head => ("duyet".to_owned(), "tasks-approve"),
        Role::Coordinator => ("tong-hop".to_owned(), "tasks-consolidate"),
        // Roles of packs and of administrators are called as they are.
        Role::Custom(_) => (role.value().to_owned(), ""),
        _ => ("sua".to_owned(), "tasks-correct"),
    }
}

/// Shows them.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Page<Inbox>, Failure> {
    visitor.account()?;
    let desk = Desk::lookup(&app, &visitor).await?;
    let (registry, principal) = (app.plans.registry(), &visitor.principal);
    let held: Vec<Role> = directory::permission::queues(principal);
    let chosen = held
        .iter()
        .copied()
        .find(|role| Some(kind(*role).0.as_str()) == asked.loai.as_deref());
    let after: Option<Cursor> = asked.sau.as_deref().and_then(|mark| mark.parse().ok());
    let previous = after.as_ref().map(|_| links::INBOX.to_owned());

    // One role's tasks are paged; of several roles the most urgent are shown.
    let only = held.first().copied().filter(|_| held.len() == 1);
    let (mut waiting, next) = if let Some(role) = chosen.or(only) {
        let page: StorePage<registry::Task> = registry.tasks(principal, role, after, PAGE).await?;
        let next = page.next.map(|mark| {
            let (name, _) = kind(role);
            format!("{}?loai={name}&sau={mark}", links::INBOX)
        });
        (page.items, next)
    } else {
        let mut all = Vec::new();
        for role in &held {
            let page = registry.tasks(principal, *role, None, PAGE).await?;
            all.extend(page.items);
        }
        (all, None)
    };
    waiting.sort_by_key(|task| task.due);
    waiting.truncate(PAGE);
    let mut tasks = Vec::with_capacity(waiting.len());
    let mut sheets = Vec::new();
    for task in &waiting {
        match (&desk, task.kind.as_str()) {
            (Some(desk), SHEET) => sheets.extend(campaigns::task(desk, task).await?),
            (Some(desk), OBSERVATION) => tasks.extend(reported(desk, task).await?),
            (Some(desk), OBSTACLE | ASK) => tasks.extend(obstacles::task(desk, task).await?),
            (Some(desk), OPINION) => tasks.extend(super::opinions::task(desk, task).await?),
            (Some(desk), PERIODIC_REPORT) => tasks.extend(periodic(desk, task).await?),
            (Some(desk), PROJECT_ENTRY | UNIT_PLAN) => {
                tasks.extend(of_project(desk, task).await);
            }
            _ => tasks.extend(of_system(&app, &visitor, task).await),
        }
    }
    let to_report = match &desk {
        Some(desk) => to_report(desk).await?,
        None => None,
    };
    let notices = super::notices::worded(&app, &visitor, desk.as_ref()).await?;
    Ok(Page(Inbox {
        shell: visitor.shell(Section::Inbox),
        tabs: tabs(&app, &visitor, &held, chosen).await?,
        sheets,
        tasks,
        to_report,
        pager: Pager { previous, next },
        followed: systems::followed(registry, principal, visitor.words().lang).await?,
        notices,
    }))
}

/// One tab for each role, with how many tasks it holds; none for a single role.
async fn tabs(
    app: &App,
    visitor: &Visitor,
    held: &[Role],
    chosen: Option<Role>,
) -> Result<Vec<Choice>, Failure> {
    if held.len() < 2 {
        return Ok(Vec::new());
    }
    let words = visitor.words();
    let mut tabs = vec![Choice {
        value: links::INBOX.to_owned(),
        label: words.t("filter-all"),
        selected: chosen.is_none(),
    }];
    let book = app.directory.roles().await?;
    let registry = app.plans.registry();
    for role in held {
        let (name, key) = kind(*role);
        let page = registry.tasks(&visitor.principal, *role, None, COUNTED);
        let page = page.await?;
        let count = words.number(page.items.len());
        let more = if page.next.is_some() { "+" } else { "" };
        tabs.push(Choice {
            value: format!("{}?loai={name}", links::INBOX),
            label: format!(
                "{} ({count}{more})",
                match key {
                    "" => words.role(&book, *role),
                    key => words.t(key),
                }
            ),
            selected: chosen == Some(*role),
        });
    }
    Ok(tabs)
}

/// A task about a record of a system in words; nothing for one that the reader may not see.
async fn of_system(app: &App, visitor: &Visitor, task: &registry::Task) -> Option<Task> {
    let (registry, lang) = (app.plans.registry(), visitor.words().lang);
    let (what, record) = systems::task_of(registry, &visitor.principal, lang, task).await?;
    let today = app.store().context().now().in_vietnam().date();
    Some(Task {
        what,
        why: record.text,
        href: record.href,
        due: Some(Due::seen(task.due, today)),
    })
}

/// A task about a report in words; nothing for one whose record is gone meanwhile.
async fn reported(desk: &Desk, task: &registry::Task) -> Result<Option<Task>, Failure> {
    let principal = &desk.visitor.principal;
    let Ok(report) = desk.app.plans.report(principal, task.record).await else {
        return Ok(None);
    };
    let matter = Matter::of(desk, &report)?;
    let words = desk.words();
    let key = match task.name.as_str() {
        "approve" => "task-approve",
        "consolidate" => "task-consolidate",
        _ => "task-correct",
    };
    let what = words.t_args(
        key,
        &[
            ("number", &matter.target.body.number),
            ("period", &desk.period_label(matter.period)),
        ],
    );
    let href = if task.name == "correct" {
        super::begin::address(desk, &report)
    } else {
        links::report(&report.record.id.to_string())
    };
    Ok(Some(Task {
        what,
        why: why(desk, matter, &report).await?,
        href,
        due: Some(desk.due(task.due)),
    }))
}

/// Something about a project's money, or a unit's own plan.
async fn of_project(desk: &Desk, task: &registry::Task) -> Option<Task> {
    let about = plan::ProjectDesk {
        app: desk.app.clone(),
        visitor: desk.visitor.clone(),
        view: desk.view.clone(),
    };
    let (what, to) = plan::project_task(&about, task).await?;
    Some(Task {
        what,
        why: to.text,
        href: to.href,
        due: Some(desk.due(task.due)),
    })
}

/// A periodic report that waits for whoever signs it.
async fn periodic(desk: &Desk, task: &registry::Task) -> Result<Option<Task>, Failure> {
    let principal = &desk.visitor.principal;
    let plans = &desk.app.plans;
    let Ok(report) = plans.periodic_report(principal, task.record).await else {
        return Ok(None);
    };
    let period = desk.period_label(report.body.period);
    Ok(Some(Task {
        what: desk.words().t1("task-sign", "period", &period),
        why: report.body.around.subject.clone(),
        href: links::periodic(&task.record.to_string()),
        due: Some(desk.due(task.due)),
    }))
}

async fn why(desk: &Desk, matter: Matter<'_>, report: &Report) -> Result<String, Failure> {
    let words = desk.words();
    if report.record.state == "sent_back"
        && let Some(back) = desk.sent_back(report.record.id).await?
    {
        return Ok(words.t_args(
            "task-why-sent-back",
            &[("person", &back.person), ("reason", &back.reason)],
        ));
    }
    let value = words::value(matter.indicator, report);
    let value = value.map_or_else(|| "–".to_owned(), |value| words.reading(&value));
    let title = matter.title();
    Ok(words.t_args(
        "task-why",
        &[
            ("unit", &desk.unit_name(matter.unit)),
            ("value", &value),
            ("files", &report.body.evidence.len()),
            ("title", &title),
        ],
    ))
}

/// What the reader's unit has yet to report for the latest period.
async fn to_report(desk: &Desk) -> Result<Option<Link>, Failure> {
    let units = desk.units_for(Act::Draft, "draft");
    let Some(period) = latest_period(desk) else {
        return Ok(None);
    };
    let mut due = 0;
    for unit in &units {
        let targets = desk.view.reported_by(*unit);
        due += targets.map(|target| target.indicators.len()).sum::<usize>();
    }
    let principal = &desk.visitor.principal;
    let begun = desk.app.plans.reports_of(principal, &units, period).await?;
    if due == 0 {
        return Ok(None);
    }
    let text = desk.words().t_args(
        "tasks-to-report",
        &[
            ("period", &desk.period_label(period)),
            ("done", &begun.len()),
            ("total", &due),
        ],
    );
    let href = format!("{}?ky={}", links::REPORT_LIST, period.code());
    Ok(Some(Link::new(href, text)))
}
