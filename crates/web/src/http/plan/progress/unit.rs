//! `GET /tien-do/don-vi/{id}`: what a unit owes.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use directory::{Succession, Unit, UnitTree};
use jiff::civil::Date;
use plan::PlanView;
use plan::view::{IndicatorView, RestatedValue, Restater, TargetView, UnitFigure};
use vocab::Id;

use super::super::super::{App, Failure, Visitor, page_tag};
use super::super::query::Asked;
use super::super::{figures, no_plan, parties, reasons};
use super::sheets::{Cell, Sheet};
use super::{files, goal_of};
use crate::i18n::Translator;
use crate::pages::Shell;
use crate::pages::links;
use crate::pages::parts::Link;
use crate::pages::progress::unit::{OwedRow, RestatedRow, UnitOwes};
use crate::pages::reading::Reading;
use crate::pages::shell::Section;
use crate::pages::status::Status;

/// The stem of its files.
pub(super) const FILE: &str = "don-vi";

/// Shows it.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let Some(view) = app.plans.view_for(&visitor.principal).await? else {
        return Ok(no_plan(visitor.shell(Section::Progress)));
    };
    let day: Option<Date> = asked.choice("ngay").and_then(|day| day.parse().ok());
    let then = match day {
        Some(day) => Some(app.directory.units_on(day).await?),
        None => None,
    };
    let succession = app.directory.succession().await?;
    let found = find(&view.units, &code).or_else(|| find(then.as_deref()?, &code));
    let later = app.directory.units().await?;
    let unit = found.or_else(|| find(&later, &code));
    let unit = unit.ok_or_else(|| Failure::not_found("no unit of this code"))?;
    let obstacles = super::super::super::obstacles::of_unit(&app, &visitor, unit.id).await?;
    Ok(page_tag::of_content(&visitor, Section::Progress, |shell| {
        let page = page(&view, unit, day, &succession, shell);
        UnitOwes { obstacles, ..page }
    }))
}

/// A unit by its identity, its electronic identifier, or the code of its area.
fn find<'t>(tree: &'t UnitTree, code: &str) -> Option<&'t Unit> {
    if let Ok(id) = code.parse::<Id>() {
        return tree.get(id);
    }
    let named = |unit: &&Unit| {
        unit.code
            .as_ref()
            .is_some_and(|own| own.to_string() == code)
    };
    tree.by_area_code(code).or_else(|| tree.iter().find(named))
}

/// What a unit reports on: each indicator with its figure.
fn owed(
    view: &PlanView,
    unit: Id,
) -> impl Iterator<Item = (&TargetView, &IndicatorView, &UnitFigure)> {
    view.targets.iter().flat_map(move |target| {
        target.indicators.iter().filter_map(move |indicator| {
            let mut units = indicator.units.iter();
            let figure = units.find(|figure| figure.unit == unit)?;
            Some((target, indicator, figure))
        })
    })
}

fn page(
    view: &PlanView,
    unit: &Unit,
    day: Option<Date>,
    succession: &Succession,
    shell: Shell,
) -> UnitOwes {
    let words = shell.translator;
    let id = unit.id.to_string();
    let row = view.board.row(unit.id);
    let standings = row.into_iter().flat_map(|row| row.cells.iter().flatten());
    UnitOwes {
        name: unit.name.clone(),
        address: links::progress_unit(&id),
        unit: links::unit(&id),
        counts: standings
            .map(|standing| figures::status(*standing))
            .collect(),
        rows: owed(view, unit.id)
            .map(|(target, indicator, figure)| owed_row(words, target, indicator, figure))
            .collect(),
        findings: about(view, words, unit.id),
        day,
        restated: day.map_or_else(Vec::new, |day| {
            restated(view, words, unit.id, Restater::new(succession, day))
        }),
        files: files(FILE, &[("don-vi", &id)]),
        obstacles: Vec::new(),
        shell,
    }
}

fn owed_row(
    words: Translator,
    target: &TargetView,
    indicator: &IndicatorView,
    figure: &UnitFigure,
) -> OwedRow {
    let body = &indicator.body;
    let latest = figure.latest.and_then(|latest| {
        let reading = Reading::of(body, latest.measurement)?;
        Some((words.reading(&reading), latest.period.label(words.lang)))
    });
    OwedRow {
        number: target.body.number,
        title: body.name.clone(),
        goal: goal_of(words, indicator),
        due: indicator.course.due,
        latest,
        status: figures::status(figure.judgement.standing),
        reason: reasons::sentence(
            words,
            &body.measure,
            body.measure_unit.as_deref(),
            figure.judgement.reason,
        ),
    }
}

/// What does not add up in the lines of the targets that a unit reports on.
fn about(view: &PlanView, words: Translator, unit: Id) -> Vec<(String, u32)> {
    let lines: Vec<u32> = view
        .reported_by(unit)
        .map(|target| target.body.line)
        .collect();
    let found = view.body.findings.iter().filter_map(|finding| {
        let line = finding.lines.iter().find(|line| lines.contains(line))?;
        Some((words.finding(finding), *line))
    });
    found.collect()
}

fn restated(
    view: &PlanView,
    words: Translator,
    unit: Id,
    mut restater: Restater<'_>,
) -> Vec<RestatedRow> {
    let mut rows = Vec::new();
    for target in &view.targets {
        for indicator in &target.indicators {
            let figures = restater.restate(view, indicator).units;
            let own = figures.into_iter().find(|figure| figure.unit == Some(unit));
            let Some(figure) = own else { continue };
            let Some(value) = spread(words, indicator, &figure.value) else {
                continue;
            };
            let sources = figure.sources.iter();
            rows.push(RestatedRow {
                number: target.body.number,
                title: indicator.body.name.clone(),
                value,
                exact: figure.value.is_exact(),
                sources: sources
                    .map(|source| Link {
                        href: links::progress_unit(&source.to_string()),
                        ..parties::unit(view, *source)
                    })
                    .collect(),
            });
        }
    }
    rows
}

/// A restated value in words: one number, or from the least to the most.
pub(in super::super) fn spread(
    words: Translator,
    indicator: &IndicatorView,
    value: &RestatedValue,
) -> Option<String> {
    let body = &indicator.body;
    let (least, most) = value.range()?;
    let word = |value| reasons::number(words, &body.measure, body.measure_unit.as_deref(), value);
    if let RestatedValue::Reached { surely, possibly } = value {
        return Some(words.t(match (surely, possibly) {
            (true, _) => "milestone-reached",
            (false, true) => "progress-perhaps",
            (false, false) => "milestone-open",
        }));
    }
    Some(if least == most {
        word(least)
    } else {
        words.t_args(
            "progress-from-to",
            &[("least", &word(least)), ("most", &word(most))],
        )
    })
}

/// What a unit owes, as a file.
pub(super) fn sheet(view: &PlanView, words: Translator, unit: &Unit) -> Sheet {
    let rows = owed(view, unit.id).map(|(target, indicator, figure)| {
        let row = owed_row(words, target, indicator, figure);
        let measurement = figure.latest.map(|latest| latest.measurement);
        let ratio = measurement.and_then(figures::ratio);
        vec![
            Cell::number(row.number),
            Cell::text(row.title),
            Cell::text(row.goal),
            Cell::date(Some(row.due)),
            Cell::text(
                figure
                    .latest
                    .map_or_else(String::new, |latest| latest.period.code()),
            ),
            Cell::decimal(measurement.and_then(plan::Measurement::value)),
            ratio.map_or(Cell::Empty, |(part, _)| Cell::number(part)),
            ratio.map_or(Cell::Empty, |(_, whole)| Cell::number(whole)),
            Cell::text(words.t(Status::key(row.status))),
            Cell::text(row.reason),
        ]
    });
    let heads = [
        "col-number",
        "col-target",
        "target-goal",
        "progress-due",
        "col-period",
        "col-value",
        "col-numerator",
        "col-denominator",
        "col-status",
        "progress-reason",
    ];
    Sheet {
        title: unit.short_name.clone(),
        heads: heads.map(|key| words.t(key)).to_vec(),
        rows: rows.collect(),
    }
}

/// The unit that a file asks for.
pub(super) fn asked<'t>(tree: &'t UnitTree, asked: &Asked) -> Option<&'t Unit> {
    find(tree, &asked.choice("don-vi")?)
}
