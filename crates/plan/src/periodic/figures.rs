//! The figures of a plan as they stand at the end of a period, with the way to each.
//!
//! They come from the consolidated reports of the view alone, each judged by the period that
//! it speaks of.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use vocab::{Id, Lang, Period, Vnd};

use super::layout::{Words, fill};
use super::records::{KeptFigure, KeptSource};
use crate::figure::Measurement;
use crate::import::IndicatorKind;
use crate::projects::{Amounts, Ledger};
use crate::records::Budget;
use crate::standing::{Standing, judge, together};
use crate::view::{IndicatorView, PlanView, TargetView, UnitReporting};

/// How many units a list names; the others are counted.
const NAMED: usize = 15;

/// The figures of a plan at the end of a period.
#[derive(Clone, Debug)]
pub(super) struct Figures {
    /// The targets, in the order of the annex.
    pub targets: Vec<TargetFigure>,
    /// The units that report, by name, and how many of their reports of the period are missing.
    pub units: Vec<(String, UnitReporting)>,
    /// What the annexes of projects state as their totals, together.
    pub money: Budget,
    /// What became of each project's money up to the end of the period; of those alone of which
    /// something counts.
    pub of_projects: BTreeMap<Id, ProjectMoney>,
    /// In how many places the document does not add up.
    pub findings: usize,
}

/// What became of a project's money.
#[derive(Clone, Copy, Debug)]
pub(super) struct ProjectMoney {
    /// The estimate that was approved.
    pub estimate: Option<Amounts>,
    /// What the contracts are worth.
    pub contracted: Option<Amounts>,
    /// What was paid; nothing where no payment was entered.
    pub paid: Option<Amounts>,
}

/// A target at the end of the period.
#[derive(Clone, Debug)]
pub(super) struct TargetFigure {
    /// Its number.
    pub number: u16,
    /// The code of its heading.
    pub group: String,
    /// How it stands.
    pub standing: Standing,
    /// Its measures.
    pub measures: Vec<MeasureFigure>,
}

/// One measure of a target at the end of the period.
#[derive(Clone, Debug)]
pub(super) struct MeasureFigure {
    /// The indicator.
    pub indicator: Id,
    /// Its place among those of the target, from 1.
    pub place: usize,
    /// What it measures.
    pub name: String,
    kind: IndicatorKind,
    measure_unit: Option<String>,
    /// The figure, and the latest period that it speaks of.
    pub figure: Option<(Measurement, Period)>,
    /// How it stands.
    pub standing: Standing,
    /// The reports that it is made of.
    pub sources: Vec<KeptSource>,
}

fn target_figure(target: &TargetView, end: Date) -> TargetFigure {
    let measures: Vec<MeasureFigure> = (1..)
        .zip(&target.indicators)
        .map(|(place, indicator)| measure_figure(place, indicator, end))
        .collect();
    TargetFigure {
        number: target.body.number,
        group: target.body.group.clone(),
        standing: together(measures.iter().map(|measure| measure.standing)),
        measures,
    }
}

fn measure_figure(place: usize, indicator: &IndicatorView, end: Date) -> MeasureFigure {
    let body = &indicator.body;
    let latest = indicator.reports.iter().filter_map(|(unit, of_unit)| {
        let mut latest = of_unit.iter().rev();
        Some((*unit, latest.find(|report| report.period.end() <= end)?))
    });
    let value = Measurement::together(latest.clone().map(|(_, report)| report.measurement));
    let until = latest.clone().map(|(_, report)| report.period);
    let figure = value.zip(until.max_by_key(|period| period.by_end()));
    let sources = latest.map(|(unit, report)| KeptSource {
        observation: report.observation,
        version: report.version,
        unit,
        period: report.period,
        value: report.measurement.into(),
    });
    // By what held on the last day of the period that the figure speaks of.
    let then = figure.and_then(|(_, period)| indicator.asked_on(period.end()));
    let (measure, course) = then.unwrap_or((&body.measure, &indicator.course));
    MeasureFigure {
        indicator: indicator.id,
        place,
        name: body.name.clone(),
        kind: body.measure.kind,
        measure_unit: body.measure_unit.clone(),
        figure,
        standing: judge(measure, course, figure).standing,
        sources: sources.collect(),
    }
}

/// The units that owe reports, by name. A half-year ends with its second quarter, whose report
/// it is.
fn reporting(view: &PlanView, end: Date) -> Vec<(String, UnitReporting)> {
    let units = view.reporting(|period| period.end() == end).into_iter();
    units
        .map(|owes| {
            let unit = view.units.get(owes.unit);
            let name = unit.map_or_else(|| owes.unit.to_string(), |unit| unit.name.clone());
            (name, owes)
        })
        .collect()
}

fn stated(view: &PlanView) -> Budget {
    let sum = |of: fn(&Budget) -> Option<Vnd>| {
        let annexes = view.body.annexes.iter();
        let amounts: Vec<Vnd> = annexes.filter_map(|annex| of(&annex.stated)).collect();
        (!amounts.is_empty())
            .then(|| Vnd::checked_sum(amounts))
            .flatten()
    };
    Budget {
        total: sum(|budget| budget.total),
        recurrent: sum(|budget| budget.recurrent),
        capital: sum(|budget| budget.capital),
    }
}

impl Figures {
    /// The figures of a plan at the end of a period. A report on a later period does not count.
    pub(super) fn at(view: &PlanView, period: Period) -> Self {
        let end = period.end();
        let targets = view.targets.iter();
        Self {
            targets: targets.map(|target| target_figure(target, end)).collect(),
            units: reporting(view, end),
            money: stated(view),
            of_projects: BTreeMap::new(),
            findings: view.body.findings.len(),
        }
    }

    /// The same with what counts of each project's money.
    pub(super) fn with_money(mut self, ledger: &Ledger, period: Period) -> Self {
        let accounts = ledger
            .accounts
            .iter()
            .filter(|account| !account.entries.is_empty());
        self.of_projects = accounts
            .map(|account| {
                let until = period.end();
                let paid = account.paid_until(until);
                let money = ProjectMoney {
                    estimate: account.estimate(),
                    contracted: account.contracted(),
                    paid: (!paid.is_zero()).then_some(paid),
                };
                (account.project, money)
            })
            .collect();
        self
    }

    /// The measures that lag, the worst first.
    pub(super) fn lagging(&self) -> Vec<(&TargetFigure, &MeasureFigure)> {
        let targets = self.targets.iter();
        let measures =
            targets.flat_map(|target| target.measures.iter().map(move |measure| (target, measure)));
        let mut lagging: Vec<_> = measures
            .filter(|(_, measure)| measure.standing.is_behind())
            .collect();
        lagging.sort_by_key(|(_, measure)| Reverse(measure.standing));
        lagging
    }

    /// The target of this number.
    pub(super) fn target(&self, number: u16) -> Option<&TargetFigure> {
        self.targets.iter().find(|target| target.number == number)
    }

    /// How many targets stand so, or in all; of one heading, or of the whole plan.
    pub(super) fn count(&self, standing: Option<Standing>, group: Option<&str>) -> usize {
        let targets = self.targets.iter();
        targets
            .filter(|target| standing.is_none_or(|standing| target.standing == standing))
            .filter(|target| group.is_none_or(|group| target.group == group))
            .count()
    }

    /// The units without a consolidated report of the period.
    pub(super) fn without_report(&self) -> impl Iterator<Item = &(String, UnitReporting)> {
        self.units.iter().filter(|(_, owes)| owes.made == 0)
    }

    /// The same by name, most missing first; beyond a few they are counted.
    pub(super) fn late(&self, words: &Words) -> String {
        let late: Vec<&(String, UnitReporting)> = self.without_report().collect();
        let named: Vec<String> = late
            .iter()
            .take(NAMED)
            .map(|(name, owes)| format!("{name} ({})", owes.missing))
            .collect();
        if named.is_empty() {
            return words.nothing.clone();
        }
        let mut text = named.join("; ");
        if late.len() > NAMED {
            let more = (late.len() - NAMED).to_string();
            text.push(' ');
            text.push_str(&fill(&words.more_units, &[("count", &more)]));
        }
        text
    }

    /// Every figure as it is kept at signing.
    pub(super) fn kept(&self, words: &Words) -> Vec<KeptFigure> {
        let targets = self.targets.iter();
        let measures = targets.flat_map(|target| {
            let of_target = target.measures.iter();
            of_target.map(move |measure| (target.number, measure))
        });
        measures
            .map(|(number, measure)| KeptFigure {
                indicator: measure.indicator,
                number,
                place: measure.place,
                name: measure.name.clone(),
                text: measure.text(words),
                standing: standing_words(words, measure.standing).to_owned(),
                value: measure.figure.map(|(value, _)| value.into()),
                period: measure.figure.map(|(_, period)| period),
                sources: measure.sources.clone(),
            })
            .collect()
    }
}

impl MeasureFigure {
    /// As the report writes it: `64,3% (643/1.000)`, `1.234 giao dịch`.
    pub(super) fn text(&self, words: &Words) -> String {
        let Some((measurement, _)) = self.figure else {
            return words.nothing.clone();
        };
        match measurement {
            Measurement::Ratio {
                numerator,
                denominator,
            } => {
                let percent = measurement.value().unwrap_or_default().normalized();
                let whole = |value: i64| vocab::Decimal::from(value).format(Lang::Vi);
                format!(
                    "{}% ({}/{})",
                    percent.format(Lang::Vi),
                    whole(numerator),
                    whole(denominator)
                )
            }
            Measurement::Count(count) => {
                let count = count.normalized().format(Lang::Vi);
                match &self.measure_unit {
                    Some(unit) if self.kind == IndicatorKind::Count => format!("{count} {unit}"),
                    _ => count,
                }
            }
            Measurement::Reached(true) => words.reached.clone(),
            Measurement::Reached(false) => words.not_reached.clone(),
        }
    }
}

/// How a standing reads in the report. Whoever adds a standing says here how it reads.
pub(super) fn standing_words(words: &Words, standing: Standing) -> &str {
    match standing {
        Standing::DutyKept => &words.duty_kept,
        Standing::DutyMissed => &words.duty_missed,
        Standing::Done => &words.done,
        Standing::OnTrack => &words.on_track,
        Standing::NoData => &words.no_data,
        Standing::AtRisk => &words.at_risk,
        Standing::OffTrack => &words.off_track,
    }
}
