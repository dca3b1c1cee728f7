//! Deriving a view from the records.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use directory::{Directory, UnitTree};
use jiff::civil::Date;
use registry::Record;
use store::{ListQuery, Scope, StoreError};
use tokio::io::AsyncReadExt;
use vocab::Id;

use super::find::Words;
use super::reports::{ByIndicator, kinds_of};
use super::{
    Board, Change, DutyView, Figure, IndicatorView, PlanView, ProjectView, Reports, TargetView,
    UnitFigure,
};
use crate::declarations::{DUTY, INDICATOR, PLAN, PROJECT, TARGET};
use crate::error::PlanError;
use crate::figure::Measurement;
use crate::plans::Plans;
use crate::records::{DutyBody, IndicatorBody, PlanBody, ProjectBody, TargetBody};
use crate::standing::{Rule, judge, together};

/// How many of the latest changes a view keeps.
const CHANGES: usize = 50;

/// Each target's indicators, with the versions of their records.
type Indicators = HashMap<Id, Vec<(Id, i64, IndicatorBody)>>;

/// The records that a view is made of.
pub(super) struct Sources {
    pub plan: Record,
    pub targets: Vec<Record>,
    pub projects: Vec<Record>,
    pub indicators: Vec<Record>,
    pub duties: Vec<Record>,
}

impl Plans {
    /// Reads everything that the view of the latest plan is made of.
    pub(crate) async fn derive(&self) -> Result<Option<PlanView>, PlanError> {
        let Some(sources) = self.sources().await? else {
            return Ok(None);
        };
        let reports = self.reports_now(kinds_of(&sources.indicators)?).await?;
        Ok(Some(self.made_of(sources, reports).await?))
    }

    /// The records of the latest plan as they stand.
    pub(super) async fn sources(&self) -> Result<Option<Sources>, PlanError> {
        let registry = self.registry();
        let everything = || Scope::bypass("the public view derives from everything");
        let plans = registry.all(ListQuery::new(PLAN, everything())).await?;
        let Some(plan) = plans.into_iter().next_back() else {
            return Ok(None);
        };
        let of_plan = |kind| ListQuery::new(kind, everything()).filter("plan", plan.id);
        Ok(Some(Sources {
            targets: registry.all(of_plan(TARGET)).await?,
            projects: registry.all(of_plan(PROJECT)).await?,
            indicators: registry.all(of_plan(INDICATOR)).await?,
            duties: registry.all(of_plan(DUTY)).await?,
            plan,
        }))
    }

    /// The view that these records and reports make.
    pub(super) async fn made_of(
        &self,
        sources: Sources,
        reports: ByIndicator,
    ) -> Result<PlanView, PlanError> {
        let Sources { plan, .. } = &sources;
        let body: PlanBody = plan.read()?;
        let date = body
            .facts
            .date
            .as_ref()
            .and_then(|date| date.parse::<Date>().ok());
        let units = units_of(self.registry().directory(), date).await?;
        let mut indicators: Indicators = HashMap::new();
        for record in &sources.indicators {
            let body: IndicatorBody = record.read()?;
            if body.retired {
                continue;
            }
            for target in body.targets() {
                let measured = indicators.entry(target).or_default();
                measured.push((record.id, record.version, body.clone()));
            }
        }
        let lines = self.source_lines(&body).await?;
        let year = body.year.or_else(|| date.map(Date::year));
        let mut view = PlanView {
            id: plan.id,
            unit_words: units
                .iter()
                .map(|unit| (unit.id, Words::of([unit.name.as_str(), &unit.short_name])))
                .collect(),
            line_words: (1..)
                .zip(lines.iter().map(|line| Words::of([line.as_str()])))
                .collect(),
            lines,
            rule: Rule::for_plan(
                year.and_then(|year| Date::new(year, 1, 1).ok())
                    .unwrap_or(Date::MIN),
            ),
            body,
            date,
            units,
            targets: Vec::new(),
            projects: Vec::new(),
            retired_targets: Vec::new(),
            retired_projects: Vec::new(),
            duties: Vec::new(),
            changes: changes(&reports, &indicators),
            board: Board::default(),
        };
        for record in &sources.targets {
            let body: TargetBody = record.read()?;
            let measured = indicators.remove(&record.id).unwrap_or_default();
            let retired = body.retired.is_some();
            let target = target(&view, record, body, measured, &reports);
            if retired {
                view.retired_targets.push(target);
            } else {
                view.targets.push(target);
            }
        }
        for record in &sources.projects {
            let body: ProjectBody = record.read()?;
            let mut words = Words::of([body.code.as_str(), &body.name]);
            body.leads.iter().for_each(|lead| words.add_party(lead));
            let list = match body.retired {
                Some(_) => &mut view.retired_projects,
                None => &mut view.projects,
            };
            list.push(ProjectView {
                id: record.id,
                body,
                words,
            });
        }
        for record in &sources.duties {
            let body: DutyBody = record.read()?;
            if body.retired.is_none() {
                view.duties.push(DutyView {
                    id: record.id,
                    version: record.version,
                    body,
                });
            }
        }
        view.board = Board::of(&view);
        Ok(view)
    }

    async fn source_lines(&self, body: &PlanBody) -> Result<Vec<String>, PlanError> {
        let store = self.registry().store();
        let Some((file, digest)) = body
            .source
            .last()
            .and_then(|file| Some((file, file.digest()?)))
        else {
            return Ok(Vec::new());
        };
        let lost = |why: String| {
            PlanError::from(StoreError::File {
                doing: store::FileWork::ReadingSource(file.name.clone()),
                why,
            })
        };
        let source = store.every_file("the plan that is read here names its own source");
        let opened = source.open(&digest).await?;
        let mut reader = opened.ok_or_else(|| lost("it is not here".to_owned()))?;
        let mut text = String::new();
        reader
            .read_to_string(&mut text)
            .await
            .map_err(|error| lost(error.to_string()))?;
        Ok(text.lines().map(str::to_owned).collect())
    }
}

impl PlanView {
    /// The units that the view would be derived with now.
    pub(super) async fn units_now(
        &self,
        directory: &Directory,
    ) -> Result<Arc<UnitTree>, PlanError> {
        units_of(directory, self.date).await
    }
}

async fn units_of(directory: &Directory, date: Option<Date>) -> Result<Arc<UnitTree>, PlanError> {
    Ok(match date {
        Some(date) => directory.units_on(date).await?,
        None => directory.units().await?,
    })
}

/// The latest reports, newest first, each with what its unit had said before.
fn changes(reports: &ByIndicator, indicators: &Indicators) -> Vec<Change> {
    let targets = indicators.iter().flat_map(|(target, measured)| {
        measured
            .iter()
            // A figure that several targets share is told of once, at the first of them.
            .filter(|(.., body)| body.target == *target)
            .map(move |(indicator, ..)| (*indicator, *target))
    });
    let targets: HashMap<Id, Id> = targets.collect();
    let mut changes = Vec::new();
    for (indicator, of_indicator) in reports {
        for (unit, of_unit) in of_indicator.iter() {
            let before = of_unit.iter().map(|report| Some(report.measurement));
            for (latest, before) in of_unit.iter().zip(std::iter::once(None).chain(before)) {
                changes.push(Change {
                    target: targets.get(indicator).copied().unwrap_or(Id::NIL),
                    indicator: *indicator,
                    unit: *unit,
                    latest: *latest,
                    before,
                });
            }
        }
    }
    let newest = |change: &Change| Reverse((change.latest.at, change.latest.observation));
    if changes.len() > CHANGES {
        changes.select_nth_unstable_by_key(CHANGES, newest);
        changes.truncate(CHANGES);
    }
    changes.sort_by_key(newest);
    changes
}

fn target(
    view: &PlanView,
    record: &Record,
    body: TargetBody,
    measured: Vec<(Id, i64, IndicatorBody)>,
    reports: &ByIndicator,
) -> TargetView {
    let mut reporters = Vec::new();
    for unit in body.leads.iter().flat_map(|lead| view.members(lead)) {
        if !reporters.contains(&unit) {
            reporters.push(unit);
        }
    }
    let mut words = Words::of([body.number.to_string().as_str(), &body.name, &body.goal]);
    body.leads.iter().for_each(|lead| words.add_party(lead));
    // The annex says it of the whole row, a person of one measure.
    let due = body.due.as_ref().and_then(|due| due.by.as_ref());
    let due: Option<Date> = due.and_then(|by| by.parse().ok());
    let indicators: Vec<IndicatorView> = measured
        .into_iter()
        .map(|(id, version, indicator)| {
            let of_indicator = reports.get(&id).cloned().unwrap_or_default();
            IndicatorView {
                version,
                ..indicator_view(view, id, indicator, due, &reporters, of_indicator)
            }
        })
        .collect();
    let standings = indicators
        .iter()
        .map(|indicator| indicator.judgement.standing);
    TargetView {
        id: record.id,
        version: record.version,
        standing: together(standings),
        published: body.published.unwrap_or(view.rule.published),
        withheld: false,
        body,
        indicators,
        reporters,
        words,
    }
}

fn indicator_view(
    view: &PlanView,
    id: Id,
    body: IndicatorBody,
    due: Option<Date>,
    reporters: &[Id],
    reports: Arc<Reports>,
) -> IndicatorView {
    let periods: BTreeSet<_> = reports
        .values()
        .flatten()
        .map(|report| (report.period.by_end(), report.period))
        .collect();
    let trend: Vec<Figure> = periods
        .into_iter()
        .filter_map(|(_, period)| {
            let latest = reports.values().filter_map(|of_unit| {
                let mut latest = of_unit.iter().rev();
                latest.find(|report| report.period.by_end() <= period.by_end())
            });
            let measurement = Measurement::together(latest.map(|report| report.measurement))?;
            Some(Figure {
                measurement,
                period,
            })
        })
        .collect();
    let figure = trend.last().copied();
    let course = view.course(&body, due, figure.map(|figure| figure.period));
    let others = reports.keys().filter(|unit| !reporters.contains(unit));
    let units = reporters.iter().chain(others).copied().map(|unit| {
        let latest = reports
            .get(&unit)
            .and_then(|of_unit| of_unit.last())
            .copied();
        let figure = latest.map(|report| (report.measurement, report.period));
        UnitFigure {
            unit,
            reports: reports.get(&unit).map_or(0, Vec::len),
            latest,
            judgement: judge(&body.measure, &course, figure),
        }
    });
    IndicatorView {
        id,
        version: 0,
        units: units.collect(),
        reports,
        judgement: judge(
            &body.measure,
            &course,
            figure.map(|figure| (figure.measurement, figure.period)),
        ),
        body,
        course,
        figure,
        trend,
    }
}
