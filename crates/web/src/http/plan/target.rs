//! `GET /muc-tieu/{number}`: one target, its figures, and where they come from.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use directory::{Act, Subject, UnitTree, may};
use jiff::civil::Date;
use plan::view::{IndicatorView, RestatedFigure, Restater, TargetView};
use plan::{OBSERVATION, PlanView, WayStep};
use vocab::{Period, PeriodKind};

use super::super::{App, Failure, Visitor, figures as figures_of_systems, page_tag};
use super::query::Asked;
use super::{
    baselines, figures, headings, measures, no_plan, parties, progress, reasons, versions,
};
use crate::i18n::Translator;
use crate::pages::chart::TrendChart;
use crate::pages::parts::{self, FileLink, Link, Step};
use crate::pages::reading::Reading;
use crate::pages::shell::Section;
use crate::pages::target::{Figure, Measure, RestatedUnit, TargetPage, UnitFigure};
use crate::pages::{Shell, links};

/// Shows it.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let Some(view) = app.plans.view_for(&visitor.principal).await? else {
        return Ok(no_plan(visitor.shell(Section::Plan)));
    };
    let target = found(&view, &number);
    let target = target.ok_or_else(|| Failure::not_found("no target of this number"))?;
    let way = app.plans.way_of_target(&visitor.principal, target).await?;
    let today = app.store().context().now().in_vietnam().date();
    let day: Option<Date> = asked.choice("ngay").and_then(|day| day.parse().ok());
    let chosen = match day {
        Some(day) => Some((
            day,
            app.directory.units_on(day).await?,
            app.directory.succession().await?,
        )),
        None => None,
    };
    let obstacles = super::super::obstacles::of_matter(&app, &visitor, target.id).await?;
    Ok(page_tag::of_content(&visitor, Section::Plan, |shell| {
        let mut page = page(&view, target, way, &visitor, today, shell);
        page.obstacles = obstacles;
        if let Some((day, units, succession)) = &chosen {
            page.day = Some(*day);
            let words = page.shell.translator;
            let mut restater = Restater::new(succession, *day);
            for (measure, indicator) in page.measures.iter_mut().zip(&target.indicators) {
                let figures = restater.restate(&view, indicator).units;
                measure.restated = figures
                    .iter()
                    .filter_map(|figure| by_unit(&view, units, words, indicator, figure))
                    .collect();
            }
        }
        page
    }))
}

/// What earlier reports say of a unit of another day.
fn by_unit(
    view: &PlanView,
    units: &UnitTree,
    words: Translator,
    indicator: &IndicatorView,
    figure: &RestatedFigure,
) -> Option<RestatedUnit> {
    let unit = match figure.unit {
        None => Link::plain(words.t("progress-taken-over-by-none")),
        Some(id) => match units.get(id) {
            Some(unit) => Link::new(links::progress_unit(&id.to_string()), &unit.name),
            None => parties::unit(view, id),
        },
    };
    let sources = figure.sources.iter();
    Some(RestatedUnit {
        unit,
        value: progress::spread(words, indicator, &figure.value)?,
        exact: figure.value.is_exact(),
        sources: sources.map(|source| parties::unit(view, *source)).collect(),
    })
}

/// The target of a number in the plan; else one that has left it, by its number or identity.
fn found<'v>(view: &'v PlanView, asked: &str) -> Option<&'v TargetView> {
    let mut retired = view.retired_targets.iter();
    if let Ok(number) = asked.parse() {
        let left = || retired.find(|target| target.body.number == number);
        return view.target(number).or_else(left);
    }
    let id = asked.parse().ok()?;
    retired.find(|target| target.id == id)
}

fn page(
    view: &PlanView,
    target: &TargetView,
    way: Vec<WayStep>,
    visitor: &Visitor,
    today: Date,
    shell: Shell,
) -> TargetPage {
    let words = shell.translator;
    let body = &target.body;
    let place = view.targets.iter().position(|other| other.id == target.id);
    let neighbour = |place: Option<usize>| {
        let neighbour = place.and_then(|place| view.targets.get(place));
        neighbour.map(|target| target.body.number)
    };
    TargetPage {
        number: body.number,
        title: body.name.clone(),
        goal: body.goal.clone(),
        group: group(view, target, words),
        leads: body
            .leads
            .iter()
            .map(|party| parties::lead(view, party))
            .collect(),
        partners: body
            .partners
            .iter()
            .map(|party| parties::partner(view, party))
            .collect(),
        legal_bases: body.legal_bases.clone(),
        written_due: body.due.as_ref().map(|due| due.written.clone()),
        versions: versions::rows(view, target, words),
        obstacles: Vec::new(),
        obstacle_new: super::super::obstacles::writes(visitor)
            .then(|| links::obstacle_new("muc-tieu", &body.number.to_string()))
            .filter(|_| target.in_force),
        retired: versions::out(view, target, words).or_else(|| {
            body.retired.as_ref().map(|retired| {
                let day = retired.on.parse::<Date>();
                let day = day.map_or_else(|_| retired.on.clone(), |day| words.date(&day));
                let document = &retired.document;
                words.t_args("target-retired", &[("date", &day), ("document", document)])
            })
        }),
        line: body.line,
        status: figures::status(target.standing),
        measures: target
            .indicators
            .iter()
            .map(|indicator| measure(view, target, indicator, words))
            .collect(),
        rule: view.rule.version.clone(),
        published: target.published,
        due: target.due(),
        day: None,
        files: progress::files(progress::HISTORY, &[("muc-tieu", &body.number.to_string())]),
        nobody_reports: target.reporters.is_empty() && !body.leads.is_empty(),
        steps: way
            .into_iter()
            .filter_map(|taken| step(view, words, taken))
            .collect(),
        previous: neighbour(place.and_then(|place| place.checked_sub(1))),
        next: neighbour(place.map(|place| place + 1)),
        report: report(view, target, visitor, today),
        shell,
    }
}

fn group(view: &PlanView, target: &TargetView, words: Translator) -> Link {
    let mut headings = view.body.groups.iter();
    match headings.find(|heading| heading.code == target.body.group) {
        Some(heading) => {
            let list = links::target_list(Some(&heading.code), None, None);
            Link::new(list, headings::title(heading))
        }
        None => Link::new(links::TARGET_LIST, words.t("filter-all")),
    }
}

fn measure(
    view: &PlanView,
    target: &TargetView,
    indicator: &IndicatorView,
    words: Translator,
) -> Measure {
    let trend = figures::trend(words.lang, view, indicator);
    Measure {
        name: indicator.body.name.clone(),
        goal: indicator.body.goal.clone(),
        status: figures::status(indicator.judgement.standing),
        reason: reasons::of_indicator(words, indicator),
        ratio: indicator.body.measure.kind == plan::import::IndicatorKind::Ratio,
        method: measures::method(view, indicator, target.id),
        baseline: indicator.body.started.as_ref().map(|told| {
            let value = baselines::value(words, told);
            let said = match told.year {
                Some(year) => words.t_args(
                    "target-baseline-year",
                    &[("value", &value), ("year", &year.to_string())],
                ),
                None => value,
            };
            (said, told.line)
        }),
        figure: indicator.figure.and_then(|figure| {
            Some(Figure {
                reading: Reading::of(&indicator.body, figure.measurement)?,
                ratio: figures::ratio(figure.measurement),
                until: figure.period.end(),
            })
        }),
        trend: trend.map(|trend| TrendChart::new(words, words.t("chart-title"), &trend)),
        units: indicator
            .units
            .iter()
            .map(|of_unit| UnitFigure {
                unit: parties::unit(view, of_unit.unit),
                ratio: of_unit
                    .latest
                    .and_then(|latest| figures::ratio(latest.measurement)),
                reading: of_unit
                    .latest
                    .and_then(|latest| Reading::of(&indicator.body, latest.measurement)),
                status: figures::status(of_unit.judgement.standing),
            })
            .collect(),
        restated: Vec::new(),
    }
}

/// A step on the way; comments are not part of it.
fn step(view: &PlanView, words: Translator, taken: WayStep) -> Option<Step> {
    let act = match taken.action.as_str() {
        "submit" => parts::Act::Reported,
        "hand_in" => parts::Act::ByLink,
        "approve" => parts::Act::Approved,
        "consolidate" => parts::Act::Consolidated,
        "opinion" => parts::Act::GaveOpinion,
        _ => return None,
    };
    let unit = parties::unit(view, taken.acted_for).text;
    let period = taken.period.label(words.lang);
    let files = taken.evidence.into_iter().map(|file| FileLink {
        name: file.name,
        sha256: file.sha256,
        size_bytes: file.size,
    });
    Some(Step {
        act,
        unit: words.t_args("period-and-unit", &[("unit", &unit), ("period", &period)]),
        person: taken.person,
        at: Some(taken.at.in_vietnam().datetime()),
        note: match (&taken.computed, act) {
            (_, parts::Act::GaveOpinion) => {
                let opinion = taken.opinion;
                opinion.map_or_else(String::new, |opinion| {
                    super::super::reports::stance_note(words, opinion, &taken.said)
                })
            }
            // What it was computed from is told where it was handed in, and leads to the report.
            (Some((computed, corrected)), parts::Act::Reported | parts::Act::ByLink) => {
                let sentence = figures_of_systems::sentence(words, computed, *corrected);
                format!("{} {sentence}", taken.said).trim().to_owned()
            }
            _ => taken.said,
        },
        // What was handed in is the evidence; the later steps only looked at it.
        files: if matches!(
            act,
            parts::Act::Reported | parts::Act::ByLink | parts::Act::GaveOpinion
        ) {
            files.collect()
        } else {
            Vec::new()
        },
        checks: match act {
            parts::Act::Reported | parts::Act::ByLink => {
                super::super::reports::checks(words, &taken.checks)
            }
            _ => Vec::new(),
        },
        report: Some(links::report(&taken.report.to_string())),
    })
}

/// The form for a new report, for an officer of a unit that reports on the target.
fn report(view: &PlanView, target: &TargetView, visitor: &Visitor, today: Date) -> Option<String> {
    let may_write = |unit: &vocab::Id| {
        let subject = Subject {
            kind: OBSERVATION,
            unit: *unit,
            state: "draft",
            author: None,
        };
        may(&visitor.principal, Act::Draft, &subject).is_allowed()
    };
    if !target.in_force {
        return None;
    }
    let period = current(view, today)?;
    let writes = target.reporters.iter().any(may_write) && !target.indicators.is_empty();
    writes.then(|| links::report_new(target.body.number, &period.code()))
}

/// The quarter that runs; once the plan's year is over, the year.
fn current(view: &PlanView, today: Date) -> Option<Period> {
    let periods = view.periods();
    let mut quarters = periods.iter().filter(|p| p.kind() == PeriodKind::Quarter);
    let running = quarters.find(|quarter| quarter.contains(today));
    let year = periods.iter().find(|p| p.kind() == PeriodKind::Year);
    running.or(year.filter(|year| year.end() < today)).copied()
}
