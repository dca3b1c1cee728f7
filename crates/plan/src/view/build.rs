//! Deriving a view from the records.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use directory::{Directory, UnitTree};
use jiff::civil::Date;
use registry::Record;
use store::{ListQuery, Scope, StoreError};
use tokio::io::AsyncReadExt;
use vocab::Id;

use super::find::Words;
use super::reports::{ByIndicator, kinds_of};
use super::targets::{OtherDays, Written, target};
use super::{Board, Change, DutyView, PlanView, ProjectView};
use crate::amendments::{AMENDMENT, Amendment, Event, MeasureTerms, Terms, Timeline};
use crate::declarations::{DUTY, INDICATOR, PLAN, PROJECT, TARGET};
use crate::error::PlanError;
use crate::own_plans::orders_own_plans;
use crate::plans::Plans;
use crate::records::{DutyBody, IndicatorBody, PlanBody, ProjectBody, TargetBody};
use crate::standing::Rule;

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
    /// What later documents made of the targets, whether it still stands or not.
    pub amendments: Vec<Record>,
}

impl Plans {
    /// Reads everything that the view of the latest plan is made of.
    pub(crate) async fn derive(&self) -> Result<Option<PlanView>, PlanError> {
        let Some(sources) = self.sources().await? else {
            return Ok(None);
        };
        let reports = self.reports_now(kinds_of(&sources.indicators)?).await?;
        let made = self.made_of(sources, reports, self.today()).await?;
        Ok(Some(made))
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
            amendments: registry.all(of_plan(AMENDMENT)).await?,
            plan,
        }))
    }

    /// The view that these records and reports make, as the plan reads on a day.
    pub(super) async fn made_of(
        &self,
        sources: Sources,
        reports: ByIndicator,
        day: Date,
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
            day,
            units,
            amendments: Vec::new(),
            targets: Vec::new(),
            projects: Vec::new(),
            retired_targets: Vec::new(),
            retired_projects: Vec::new(),
            duties: Vec::new(),
            changes: changes(&reports, &indicators),
            other_days: OtherDays::default(),
            board: Board::default(),
        };
        let mut recorded = Vec::new();
        for record in &sources.amendments {
            recorded.push(Amendment::of(record.clone())?);
        }
        recorded.retain(Amendment::is_recorded);
        for record in &sources.targets {
            let body: TargetBody = record.read()?;
            let measured = indicators.remove(&record.id).unwrap_or_default();
            let written = Arc::new(Written {
                id: record.id,
                version: record.version,
                timeline: timeline(record.id, &body, &measured, &recorded),
                body,
                measured,
            });
            // What no document that stands ever put into the plan is in no list.
            if written.timeline.nearest(day).is_some() {
                let target = target(&view, &written, &reports);
                view.put(target);
            }
        }
        view.in_order();
        view.amendments = recorded;
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
                    orders_own_plans: orders_own_plans(&body.text),
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

/// What the plan says of a target from when to when: its own text, then what later documents
/// made of that. A target or a measure that a later document adds is measured as its record
/// says, which a person confirms.
fn timeline(
    target: Id,
    body: &TargetBody,
    measured: &[(Id, i64, IndicatorBody)],
    recorded: &[Amendment],
) -> Timeline {
    let own = measured
        .iter()
        .filter(|(.., body)| body.ordered_by.is_none());
    let terms = own.map(|(id, _, body)| MeasureTerms::of(*id, body));
    let written = (body.ordered_by.is_none()).then(|| Terms::of(body, terms.collect()));
    let changes = recorded.iter().flat_map(|amendment| {
        let of_target = amendment.body.changes.iter();
        of_target
            .filter(|change| change.target == target)
            .map(move |change| (amendment, change))
    });
    let mut changes: Vec<_> = changes
        .map(|(amendment, change)| (amendment, change.clone()))
        .collect();
    for (amendment, change) in &mut changes {
        for added in change.now.iter_mut().flat_map(|now| &mut now.measures) {
            let mut records = measured.iter();
            let record = records.find(|(id, _, body)| {
                *id == added.indicator && body.ordered_by == Some(amendment.record.id)
            });
            if let Some((id, _, body)) = record {
                *added = MeasureTerms::of(*id, body);
            }
        }
    }
    let events = changes.iter().map(|(amendment, change)| Event {
        from: amendment.body.from,
        recorded: amendment.body.recorded_at(),
        amendment: amendment.record.id,
        change,
    });
    Timeline::of(written, events.collect())
}
