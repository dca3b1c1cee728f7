//! What everybody may see of a plan: derived from its records and its consolidated
//! observations, held in memory, and derived anew once either changes.

mod board;
mod build;
mod changed;
mod derive;
mod find;
mod judged;
mod observed;
mod past;
mod public;
mod reporting;
mod reports;
mod restated;
mod targets;

use std::collections::BTreeMap;
use std::sync::Arc;

use directory::UnitTree;
use jiff::civil::Date;
use vocab::{Id, Instant, Period};

pub use board::{Board, UnitRow};
pub use changed::{TargetChange, changed};
pub use find::{Found, TargetFilter, Words};
pub use judged::JudgedTarget;
pub use reporting::UnitReporting;
pub(crate) use reports::HeldReports;
pub use restated::{Amount, Restated, RestatedFigure, RestatedValue, Restater, Spread};

use self::targets::{Asked, OtherDays, Written};
use crate::amendments::Amendment;
use crate::figure::Measurement;
use crate::records::{DutyBody, IndicatorBody, Party, PlanBody, ProjectBody, TargetBody};
use crate::standing::{Course, Judgement, Rule, Standing};

/// Stands for the year of a plan that has none, as long as no figure has one.
const NO_YEAR: i16 = 1;

/// A plan as everybody may see it.
#[derive(Clone, Debug)]
pub struct PlanView {
    /// The plan.
    pub id: Id,
    /// What its record says.
    pub body: PlanBody,
    /// The day of the decision.
    pub date: Option<Date>,
    /// The lines of its source, from 1.
    pub lines: Vec<String>,
    /// The day as of which it reads: later documents change a plan from a day on.
    pub day: Date,
    /// The later documents that changed it, in no order.
    pub amendments: Vec<Amendment>,
    /// The units as they stood on the day of the decision.
    pub units: Arc<UnitTree>,
    /// The targets that are in force on that day, in the order of the annex.
    pub targets: Vec<TargetView>,
    /// The projects, in the order of the annexes.
    pub projects: Vec<ProjectView>,
    /// The targets that a later text of the decision does without, and those that are not in
    /// force on that day, with what was reported.
    pub retired_targets: Vec<TargetView>,
    /// The projects that a later text does without.
    pub retired_projects: Vec<ProjectView>,
    /// What the decision's text itself orders, in its order; what a later text does without
    /// is not among it.
    pub duties: Vec<DutyView>,
    /// What was consolidated last, newest first.
    pub changes: Vec<Change>,
    /// The rule by which its targets are judged.
    pub rule: &'static Rule,
    /// How each unit stands on each target.
    pub board: Board,
    other_days: OtherDays,
    unit_words: Vec<(Id, Words)>,
    line_words: Vec<(usize, Words)>,
}

/// A target with its figures.
#[derive(Clone, Debug)]
pub struct TargetView {
    /// The target.
    pub id: Id,
    /// Its record's version.
    pub version: i64,
    /// What its record says.
    pub body: TargetBody,
    /// What measures its goals, in the order of the goals.
    pub indicators: Vec<IndicatorView>,
    /// What measured it once and does so no longer, or not yet.
    pub former: Vec<IndicatorView>,
    /// The units that report on it: those that lead it, sets resolved into their members.
    pub reporters: Vec<Id>,
    /// How it stands.
    pub standing: Standing,
    /// Whether its figures are public.
    pub published: bool,
    /// Whether it is in the plan on the day of the view.
    pub in_force: bool,
    withheld: bool,
    words: Words,
    written: Arc<Written>,
}

/// An indicator with its figure.
#[derive(Clone, Debug)]
pub struct IndicatorView {
    /// The indicator.
    pub id: Id,
    /// Its record's version.
    pub version: i64,
    /// What its record says.
    pub body: IndicatorBody,
    /// The time that it has, and where it began.
    pub course: Course,
    /// What all units together say.
    pub figure: Option<Figure>,
    /// How it stands, and why.
    pub judgement: Judgement,
    /// The figure at the end of each period that anybody reported on, in order.
    pub trend: Vec<Figure>,
    /// What each unit says; first the units that lead, in their order.
    pub units: Vec<UnitFigure>,
    /// What is asked of it from when to when.
    asked: Asked,
    /// All consolidated reports.
    pub(crate) reports: Arc<Reports>,
}

/// The consolidated reports of one indicator, unit by unit, in the order of their periods.
pub(crate) type Reports = BTreeMap<Id, Vec<Consolidated>>;

/// A figure of several units together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The value.
    pub measurement: Measurement,
    /// The latest period that it speaks of. A unit that did not report on it counts with
    /// what it reported last.
    pub period: Period,
}

/// What one unit says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitFigure {
    /// The unit.
    pub unit: Id,
    /// How many of its reports were consolidated.
    pub reports: usize,
    /// Its latest consolidated report, if there is one.
    pub latest: Option<Consolidated>,
    /// How it stands, and why.
    pub judgement: Judgement,
}

/// A consolidated report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consolidated {
    /// The observation.
    pub observation: Id,
    /// Its version.
    pub version: i64,
    /// Its value.
    pub measurement: Measurement,
    /// Its period.
    pub period: Period,
    /// When it was consolidated.
    pub at: Instant,
}

/// A project.
#[derive(Clone, Debug)]
pub struct ProjectView {
    /// The project.
    pub id: Id,
    /// What its record says.
    pub body: ProjectBody,
    words: Words,
}

/// A duty.
#[derive(Clone, Debug)]
pub struct DutyView {
    /// The duty.
    pub id: Id,
    /// Its record's version.
    pub version: i64,
    /// Whether its words order units to issue plans of their own.
    pub orders_own_plans: bool,
    /// What its record says.
    pub body: DutyBody,
}

/// A target whose figure changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The target.
    pub target: Id,
    /// The indicator.
    pub indicator: Id,
    /// The unit whose report was consolidated.
    pub unit: Id,
    /// What it said.
    pub latest: Consolidated,
    /// What it had said before, if anything.
    pub before: Option<Measurement>,
}

impl PlanView {
    /// The target of this number.
    pub fn target(&self, number: u16) -> Option<&TargetView> {
        self.targets
            .iter()
            .find(|target| target.body.number == number)
    }

    /// The target with this identity, one that is retired included.
    pub fn target_by_id(&self, id: Id) -> Option<&TargetView> {
        self.all_targets().find(|target| target.id == id)
    }

    /// The targets that are in force, then those that are retired.
    pub fn all_targets(&self) -> impl Iterator<Item = &TargetView> {
        self.targets.iter().chain(&self.retired_targets)
    }

    /// The indicator with this identity, and its target, one that is retired included.
    pub fn indicator(&self, id: Id) -> Option<(&TargetView, &IndicatorView)> {
        self.all_targets().find_map(|target| {
            let mut indicators = target.indicators.iter().chain(&target.former);
            let indicator = indicators.find(|indicator| indicator.id == id);
            indicator.map(|indicator| (target, indicator))
        })
    }

    /// The year that it is for, or else that of the decision.
    pub fn year(&self) -> Option<i16> {
        self.body.year.or_else(|| self.date.map(Date::year))
    }

    /// The time that a measure has; `due` is its target's own day. A plan of no year runs in that of the figure.
    fn course(&self, body: &IndicatorBody, due: Option<Date>, latest: Option<Period>) -> Course {
        let due = body.due.or(due);
        let year = self.year().or_else(|| Some(latest?.end().year()));
        Course::of(year.unwrap_or(NO_YEAR), self.date, due, body.baseline)
    }

    /// The last day that any consolidated figure speaks of.
    pub fn figures_until(&self) -> Option<Date> {
        let figures = self.targets.iter().flat_map(|target| &target.indicators);
        figures
            .filter_map(|indicator| Some(indicator.figure?.period.end()))
            .max()
    }

    /// The targets on which a unit reports.
    pub fn reported_by(&self, unit: Id) -> impl Iterator<Item = &TargetView> {
        let reports = move |target: &&TargetView| target.reporters.contains(&unit);
        self.targets.iter().filter(reports)
    }

    /// The targets in which a unit takes part without leading.
    pub fn partnered_by(&self, unit: Id) -> impl Iterator<Item = &TargetView> {
        self.targets.iter().filter(move |target| {
            let partner = |party: &Party| self.members(party).contains(&unit);
            target.body.partners.iter().any(partner)
        })
    }

    /// The units that a party stands for; none where they are not known.
    pub fn members(&self, party: &Party) -> Vec<Id> {
        if let Some(unit) = party.unit {
            return vec![unit];
        }
        let Some(key) = &party.group else {
            return Vec::new();
        };
        let group = self.units.groups().iter().find(|group| &group.key == key);
        group
            .and_then(|group| group.members.clone())
            .unwrap_or_default()
    }

    /// The periods on which units report in the plan's year.
    pub fn periods(&self) -> Vec<Period> {
        let Some(year) = self.year() else {
            return Vec::new();
        };
        let quarters = (1..=4).filter_map(|quarter| Period::quarter(year, quarter).ok());
        quarters.chain(Period::year(year).ok()).collect()
    }
}
