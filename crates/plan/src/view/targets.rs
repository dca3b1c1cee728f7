//! Targets with their figures, as they read on a day.
//!
//! What the plan's own text says stands in the records; what later documents made of it stands
//! in amendments. Both together are a [`Timeline`]. A figure is judged by what held on the last
//! day of its period, whatever holds today.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use vocab::Id;

use super::find::Words;
use super::public::withhold;
use super::{
    Board, Consolidated, Figure, IndicatorView, PlanView, Reports, TargetView, UnitFigure,
};
use crate::amendments::{MeasureTerms, Terms, Timeline};
use crate::figure::Measurement;
use crate::records::{IndicatorBody, Measure, TargetBody};
use crate::standing::{Course, judge, together};

/// The consolidated reports of each indicator.
pub(super) use super::reports::ByIndicator as AllReports;

/// A target as its records have it, with what became of it since.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// The target.
    pub id: Id,
    /// Its record's version.
    pub version: i64,
    /// What its record says: the plan's own text.
    pub body: TargetBody,
    /// The indicators that measure it or did once, with the versions of their records.
    pub measured: Vec<(Id, i64, IndicatorBody)>,
    /// What is said of it from when to when.
    pub timeline: Timeline,
}

/// What is asked of one measure of a target, span by span.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked(Vec<AskedSince>);

/// From a day on, or from the beginning: what is asked; nothing while it is not in the plan.
type AskedSince = (Option<Date>, Option<(Measure, Course)>);

impl Asked {
    /// What is asked on a day; nothing while the measure is not in the plan.
    fn on(&self, day: Date) -> Option<&(Measure, Course)> {
        let begun = |(from, _): &&(Option<Date>, _)| from.is_none_or(|from| from <= day);
        self.0.iter().rfind(begun)?.1.as_ref()
    }
}

/// A view as it reads on other days, made when first asked for: whoever opens a sheet or writes a
/// report of a period wants the plan of that period's end.
#[derive(Debug, Default)]
pub(super) struct OtherDays(Mutex<Vec<Arc<PlanView>>>);

/// A copy of a view is made to say something else, as what the public sees does: it reads otherwise
/// on other days too.
impl Clone for OtherDays {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// So many are kept.
const MOST_DAYS: usize = 8;

impl OtherDays {
    fn view(&self, day: Date, make: impl FnOnce() -> PlanView) -> Arc<PlanView> {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().iter().find(|known| known.holds_on(day)) {
            return known.clone();
        }
        // Not under the lock: others may read meanwhile, and two may make the same.
        let view = Arc::new(make());
        let mut kept = kept();
        if kept.len() >= MOST_DAYS {
            kept.remove(0);
        }
        kept.push(view.clone());
        view
    }
}

impl IndicatorView {
    /// What is asked of it on a day, and by when; nothing while it is not in the plan.
    pub fn asked_on(&self, day: Date) -> Option<(&Measure, &Course)> {
        self.asked
            .on(day)
            .map(|(measure, course)| (measure, course))
    }
}

impl TargetView {
    /// What the plan says of it, from when to when.
    pub fn timeline(&self) -> &Timeline {
        &self.written.timeline
    }

    /// What the record of one of its indicators says, whatever later documents made of it.
    pub fn written_measure(&self, indicator: Id) -> Option<&IndicatorBody> {
        let mut measured = self.written.measured.iter();
        let found = measured.find(|(id, ..)| *id == indicator);
        found.map(|(.., body)| body)
    }
}

impl PlanView {
    /// Whether this view reads as the plan does on another day.
    pub fn holds_on(&self, day: Date) -> bool {
        let turns = |target: &TargetView| target.timeline().turns_between(self.day, day);
        day == self.day || !self.all_targets().any(turns)
    }

    /// The plan as it reads on a day: the targets that are in force then, with what is asked of
    /// them then. Figures are those of this view.
    #[must_use]
    pub fn in_force_on(self: &Arc<Self>, day: Date) -> Arc<Self> {
        if self.holds_on(day) {
            return self.clone();
        }
        self.other_days.view(day, || self.turned_to(day))
    }

    fn turned_to(&self, day: Date) -> Self {
        let mut reports = AllReports::new();
        for indicator in self
            .all_targets()
            .flat_map(|target| target.indicators.iter().chain(&target.former))
        {
            // A figure that one target shows and another keeps back is the one that has any.
            let known = reports.entry(indicator.id).or_default();
            if known.is_empty() {
                *known = indicator.reports.clone();
            }
        }
        let mut view = self.clone();
        view.day = day;
        view.targets.clear();
        view.retired_targets.clear();
        for known in self.all_targets() {
            let mut target = target(&view, &known.written, &reports);
            if known.is_withheld() {
                withhold(&mut target);
            }
            view.put(target);
        }
        view.in_order();
        view.board = Board::of(&view);
        view
    }

    /// Puts a target where it belongs.
    pub(super) fn put(&mut self, target: TargetView) {
        if target.in_force {
            self.targets.push(target);
        } else {
            self.retired_targets.push(target);
        }
    }

    /// Has the targets in the order of the annex as it reads on this view's day.
    pub(super) fn in_order(&mut self) {
        if self.all_targets().any(|one| one.timeline().is_amended()) {
            self.targets.sort_by_key(|target| target.body.number);
        }
    }
}

/// A target with its figures, as it reads on the day of the view.
pub(super) fn target(view: &PlanView, written: &Arc<Written>, reports: &AllReports) -> TargetView {
    let timeline = &written.timeline;
    let terms = timeline.nearest(view.day);
    let body = terms.map_or_else(|| written.body.clone(), |terms| terms.over(&written.body));
    let mut reporters = Vec::new();
    for unit in body.leads.iter().flat_map(|lead| view.members(lead)) {
        if !reporters.contains(&unit) {
            reporters.push(unit);
        }
    }
    let mut words = Words::of([body.number.to_string().as_str(), &body.name, &body.goal]);
    body.leads.iter().for_each(|lead| words.add_party(lead));
    let mut indicators = Vec::new();
    let mut former = Vec::new();
    for (id, version, measured) in &written.measured {
        let of_indicator = reports.get(id).cloned().unwrap_or_default();
        let own = terms.and_then(|terms| terms.measure(*id));
        let made = indicator_view(
            view,
            written,
            (*id, *version, measured),
            own,
            &reporters,
            of_indicator,
        );
        if own.is_some() {
            indicators.push(made);
        } else {
            former.push(made);
        }
    }
    if let Some(terms) = terms.filter(|_| timeline.is_amended()) {
        let place = |one: &IndicatorView| {
            terms
                .measures
                .iter()
                .position(|own| own.indicator == one.id)
        };
        indicators.sort_by_key(place);
    }
    let standings = indicators.iter().map(|one| one.judgement.standing);
    TargetView {
        id: written.id,
        version: written.version,
        standing: together(standings),
        published: body.published.unwrap_or(view.rule.published),
        in_force: body.retired.is_none() && timeline.on(view.day).is_some(),
        withheld: false,
        body,
        indicators,
        former,
        reporters,
        words,
        written: written.clone(),
    }
}

fn indicator_view(
    view: &PlanView,
    written: &Written,
    (id, version, measured): (Id, i64, &IndicatorBody),
    terms: Option<&MeasureTerms>,
    reporters: &[Id],
    reports: Arc<Reports>,
) -> IndicatorView {
    let body = terms.map_or_else(|| measured.clone(), |terms| terms.over(measured));
    let periods: BTreeSet<_> = reports
        .values()
        .flatten()
        .map(|report| (report.period.by_end(), report.period))
        .collect();
    let latest = periods.last().map(|(_, period)| *period);
    let spans = written.timeline.spans().iter();
    let asked = Asked(
        spans
            .map(|span| {
                let own = span.terms.as_ref().and_then(|of_target| {
                    let own = of_target.measure(id)?;
                    let body = own.over(measured);
                    let course = view.course(&body, due_of(of_target), latest);
                    Some((body.measure, course))
                });
                (span.from, own)
            })
            .collect(),
    );
    // What was reported on a time in which nobody asked for it stays on record, no more.
    let counts = |report: &&Consolidated| asked.on(report.period.end()).is_some();
    let trend: Vec<Figure> = periods
        .into_iter()
        .filter(|(_, period)| asked.on(period.end()).is_some())
        .filter_map(|(_, period)| {
            let latest = reports.values().filter_map(|of_unit| {
                let mut latest = of_unit.iter().rev().filter(counts);
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
    let due = written.timeline.nearest(view.day).and_then(due_of);
    let course = view.course(&body, due, figure.map(|figure| figure.period));
    let judged = |figure: Option<Figure>| {
        let then = figure.and_then(|figure| asked.on(figure.period.end()));
        let (measure, course) = match then {
            Some((measure, course)) => (measure, course),
            None => (&body.measure, &course),
        };
        judge(
            measure,
            course,
            figure.map(|figure| (figure.measurement, figure.period)),
        )
    };
    let others = reports.keys().filter(|unit| !reporters.contains(unit));
    let units = reporters.iter().chain(others).copied().map(|unit| {
        let of_unit = reports.get(&unit);
        let latest = of_unit.and_then(|of_unit| of_unit.iter().rev().find(counts));
        let latest = latest.copied();
        UnitFigure {
            unit,
            reports: of_unit.map_or(0, Vec::len),
            latest,
            judgement: judged(latest.map(|report| Figure {
                measurement: report.measurement,
                period: report.period,
            })),
        }
    });
    IndicatorView {
        id,
        version,
        units: units.collect(),
        judgement: judged(figure),
        course,
        figure,
        trend,
        body,
        asked,
        reports,
    }
}

/// The annex says it of the whole row, a person of one measure.
fn due_of(terms: &Terms) -> Option<Date> {
    terms.due.as_ref()?.by.as_ref()?.parse().ok()
}
