//! A judged target as reports and lists take it: plain values.

use jiff::civil::Date;
use vocab::{Decimal, Id};

use super::{Figure, IndicatorView, PlanView, TargetView};
use crate::import::IndicatorKind;
use crate::records::Measure;
use crate::standing::{Reason, Standing};

/// A target with how it stands and why. Of several indicators it speaks of the one that
/// decides: the worst.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgedTarget {
    /// Its number in the annex.
    pub number: u16,
    /// What to do, as written.
    pub name: String,
    /// The code of its heading: `II`.
    pub group: String,
    /// Its goals, as written.
    pub goal: String,
    /// How it stands.
    pub standing: Standing,
    /// Why; [`Reason::NothingConsolidated`] where nothing measures it.
    pub reason: Reason,
    /// The indicator that the reason speaks of.
    pub indicator: Option<Id>,
    /// Its name, where the target has several.
    pub indicator_name: Option<String>,
    /// How it is measured.
    pub measure: Option<Measure>,
    /// `%`, or the thing counted.
    pub measure_unit: Option<String>,
    /// The figure of all units together.
    pub figure: Option<Figure>,
    /// The day on which it is due.
    pub due: Option<Date>,
    /// The version of the rule that says so.
    pub rule: &'static str,
    /// Whether its figures are public.
    pub published: bool,
}

impl JudgedTarget {
    /// The value that stands beside the goal: percent at two places, or a count; nothing for
    /// what is done or not.
    pub fn value(&self) -> Option<Decimal> {
        let kind = self.measure.as_ref()?.kind;
        match kind {
            IndicatorKind::Ratio | IndicatorKind::Count => self.figure?.measurement.value(),
            IndicatorKind::Milestone | IndicatorKind::Standing => None,
        }
    }

    /// The same without its figure, as those see it to whom it is not shown.
    #[must_use]
    pub(super) fn withheld(self) -> Self {
        Self {
            standing: Standing::NoData,
            reason: Reason::NotPublished,
            figure: None,
            ..self
        }
    }

    /// How far it is from where it should be, as a part of the goal: larger is worse. What has
    /// no line is ordered by its standing alone.
    pub fn behind(&self) -> Decimal {
        let short = |needed: Decimal, value: Decimal, goal: Decimal| {
            let gap = needed.checked_sub(value).unwrap_or_default();
            let gap = if gap < Decimal::ZERO {
                Decimal::ZERO.checked_sub(gap).unwrap_or_default()
            } else {
                gap
            };
            vocab::Ratio::new(gap, goal).percent(2).unwrap_or(gap)
        };
        match self.reason {
            Reason::Line { held, needed, .. } => short(needed, held.value, held.goal),
            Reason::Missed(held) | Reason::CeilingBroken(held) => {
                short(held.goal, held.value, held.goal)
            }
            _ => Decimal::ZERO,
        }
    }
}

impl TargetView {
    /// The indicator that decides how it stands: the first of the worst, or the first that is
    /// silent where its silence does.
    pub fn deciding(&self) -> Option<&IndicatorView> {
        let with = |standing| {
            let mut indicators = self.indicators.iter();
            indicators.find(move |one| one.judgement.standing == standing)
        };
        with(self.standing)
            .or_else(|| with(Standing::NoData))
            .or(self.indicators.first())
    }

    /// What one of its measures is about, by the measure's name: the target's name, and where it
    /// has several measures that too.
    pub fn title(&self, measure: &str) -> String {
        let name = &self.body.name;
        if self.indicators.len() > 1 && measure != name {
            format!("{name}: {measure}")
        } else {
            name.clone()
        }
    }

    /// The day on which the first of its goals is due.
    pub fn due(&self) -> Option<Date> {
        self.indicators.iter().map(|one| one.course.due).min()
    }

    /// The target as a plain value.
    pub fn judged(&self, view: &PlanView) -> JudgedTarget {
        let deciding = self.deciding();
        let several = self.indicators.len() > 1;
        JudgedTarget {
            number: self.body.number,
            name: self.body.name.clone(),
            group: self.body.group.clone(),
            goal: self.body.goal.clone(),
            standing: self.standing,
            reason: deciding.map_or(Reason::NothingConsolidated, |one| one.judgement.reason),
            indicator: deciding.map(|one| one.id),
            indicator_name: deciding
                .filter(|_| several)
                .map(|one| one.body.name.clone()),
            measure: deciding.map(|one| one.body.measure.clone()),
            measure_unit: deciding.and_then(|one| one.body.measure_unit.clone()),
            figure: deciding.and_then(|one| one.figure),
            due: self.due(),
            rule: deciding.map_or(&view.rule.version, |one| one.judgement.rule),
            published: self.published,
        }
    }
}

impl PlanView {
    /// Every target with how it stands and why, in the order of the annex.
    pub fn judged(&self) -> Vec<JudgedTarget> {
        let targets = self.targets.iter();
        targets.map(|target| target.judged(self)).collect()
    }
}
