//! `GET /tien-do/ban-chi-dao`: the steering committee's page.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::Response;
use jiff::ToSpan as _;
use jiff::civil::Date;
use plan::PlanView;
use plan::view::TargetChange;
use vocab::Period;

use super::super::super::{App, Failure, Visitor, page_tag};
use super::super::query::Asked;
use super::super::{figures, headings, no_plan, parties};
use super::{brief, changes, worst};
use crate::pages::links;
use crate::pages::parts::Link;
use crate::pages::progress::committee::{Committee, LateRow};
use crate::pages::shell::Section;

/// How many of the worst, of the late and of the changes stand on the page.
const WORST: usize = 10;
const LATE: usize = 12;
const CHANGES: usize = 12;

/// Shows it.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let Some(view) = app.plans.view_for(&visitor.principal).await? else {
        return Ok(no_plan(visitor.shell(Section::Progress)));
    };
    let made = app.store().context().now().in_vietnam().datetime();
    let since = changes::since(&app, &Asked::default());
    let changed = changes::of(&app, &view, since).await?;
    let due = app.plans.due_days(&view).await?;
    let obstacles = super::super::super::obstacles::overview(&app, &visitor).await?;
    Ok(page_tag::of_content(&visitor, Section::Progress, |shell| {
        let words = shell.translator;
        let worst = worst(&view);
        let asked = asked(&view, &due, made.date());
        // Owed is what was in force on the last day of the period.
        let then = asked.map(|period| (view.in_force_on(period.end()), period));
        let mut late = then.map_or_else(Vec::new, |(view, period)| late(&view, period));
        let late_total = count(late.len());
        late.truncate(LATE);
        let mut changed: Vec<TargetChange> = changed.unwrap_or_default();
        // What stands worse comes first, then what stands better, then what is new to read.
        changed.sort_by_key(|change| {
            let better = change.before.is_some() && change.standing();
            (!change.worse(), !better, change.reports == 0, change.number)
        });
        let title = view.body.title.as_deref().unwrap_or(&view.body.symbol);
        let all: Vec<_> = view.targets.iter().collect();
        let groups = headings::by_heading(&view, &all).into_iter();
        Committee {
            plan: headings::sentence_case(title),
            // By the minute, so that a browser that has this minute's page keeps it.
            made: made.date().at(made.hour(), made.minute(), 0, 0),
            until: view.figures_until(),
            rule: view.rule.version.clone(),
            groups: groups
                .map(|(heading, targets)| {
                    let title =
                        heading.map_or_else(|| words.t("target-list-title"), headings::title);
                    let standings = targets
                        .iter()
                        .map(|target| figures::status(target.standing));
                    (title, standings.collect())
                })
                .collect(),
            bad: count(worst.len()),
            worst: worst
                .iter()
                .take(WORST)
                .map(|one| brief(words, one))
                .collect(),
            overdue: count(overdue(&view, made.date())),
            asked: asked.map(|period| period.label(words.lang)),
            late,
            late_total,
            since,
            changed: count(changed.len()),
            changes: changed
                .iter()
                .take(CHANGES)
                .map(|change| changes::row(words, change))
                .collect(),
            longest: obstacles
                .and_then(|all| all.longest)
                .map(|at| at.in_vietnam().datetime()),
            obstacles: obstacles.map_or_else(Vec::new, |all| {
                let counts = super::super::super::obstacles::counts(all);
                counts.map(|(key, count)| (words.t(key), count)).into()
            }),
            shell,
        }
    }))
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The latest period whose reports should be in by this day: by the campaign that asked for
/// them, else by the rule.
fn asked(view: &PlanView, due: &HashMap<Period, Date>, today: Date) -> Option<Period> {
    let days = i64::from(view.rule.report_days);
    let over = |period: &Period| {
        let by_rule = || period.end().checked_add(days.days()).ok();
        let last = due.get(period).copied().or_else(by_rule);
        last.is_some_and(|last| last < today)
    };
    let periods = view.periods().into_iter().filter(over);
    periods.max_by_key(|period| period.by_end())
}

/// The units without a consolidated report of a period or a later one on all that they owe,
/// those who lack most first.
fn late(view: &PlanView, asked: Period) -> Vec<LateRow> {
    let units = view.reporting(|period| period.end() >= asked.end());
    let late = units.into_iter().filter(|unit| unit.missing > 0);
    late.map(|owes| LateRow {
        unit: Link {
            href: links::progress_unit(&owes.unit.to_string()),
            ..parties::unit(view, owes.unit)
        },
        missing: count(owes.missing),
        owed: count(owes.made + owes.missing),
    })
    .collect()
}

/// How many targets were due by this day and have no figure of that day or later.
fn overdue(view: &PlanView, today: Date) -> usize {
    let late = |target: &&plan::view::TargetView| {
        !target.is_withheld()
            && target.indicators.iter().any(|one| {
                let figure = one.figure.map(|figure| figure.period.end());
                one.course.due < today && figure.is_none_or(|end| end < one.course.due)
            })
    };
    view.targets.iter().filter(late).count()
}
