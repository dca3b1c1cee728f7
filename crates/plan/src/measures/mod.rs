//! How targets are measured, as a person reviewed it.
//!
//! The importer proposes one measure for each goal from the words of the decision. A
//! [`Review`] says better: several measures where a cell holds several things, what numerator
//! and denominator count, why, and what somebody should look at. The review of the shipped
//! decision is `data/plan/measures-833-2023.toml`. It is a proposal too, until the
//! coordinator confirms it ([`crate::Plans::confirm_measures`]); what a person confirmed is
//! never overwritten by another import.

mod confirm;
mod of_target;

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use vocab::{Decimal, hex};

pub use confirm::MeasureEdit;
pub(crate) use of_target::of_target;

use crate::error::PlanError;
use crate::import::{Bound, IndicatorKind};

/// Who says how something is measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The importer, from the words of the decision.
    #[default]
    Proposed,
    /// The review that ships with the program.
    Reviewed,
    /// A person of the province.
    Confirmed,
}

impl Origin {
    /// Its name in records and locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Reviewed => "reviewed",
            Self::Confirmed => "confirmed",
        }
    }
}

/// What a review says of one plan.
#[derive(Clone, Debug)]
pub(crate) struct Review {
    /// The digest of its text.
    pub digest: String,
    reasons: BTreeMap<String, String>,
    targets: HashMap<u32, ReviewedTarget>,
}

/// What a review says of one target.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReviewedTarget {
    number: u32,
    /// The cell of goals that was reviewed: another cell is not.
    goal: String,
    reason: Option<String>,
    #[serde(default)]
    pub doubts: Vec<String>,
    #[serde(rename = "measure")]
    pub measures: Vec<ReviewedMeasure>,
}

/// One measure of a review.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReviewedMeasure {
    pub kind: IndicatorKind,
    pub name: Option<String>,
    pub shared: Option<String>,
    pub bound: Option<Bound>,
    pub value: Option<i64>,
    pub unit: Option<String>,
    pub counts: String,
    pub among: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    plan: String,
    reasons: BTreeMap<String, String>,
    target: Vec<ReviewedTarget>,
}

impl Review {
    /// The review that ships for this plan, if one does.
    pub(crate) fn shipped(symbol: &str) -> Result<Option<Self>, PlanError> {
        let text = include_str!("../../../../data/plan/measures-833-2023.toml");
        let (plan, review) = Self::parse(text)?;
        Ok((plan == symbol).then_some(review))
    }

    fn parse(text: &str) -> Result<(String, Self), PlanError> {
        use sha2::{Digest, Sha256};
        let file: File = toml::from_str(text)
            .map_err(|error| PlanError::Shape(format!("the review of measures: {error}")))?;
        let targets = file
            .target
            .into_iter()
            .map(|target| (target.number, target));
        let review = Self {
            digest: hex::encode(&Sha256::digest(text)),
            reasons: file.reasons,
            targets: targets.collect(),
        };
        Ok((file.plan, review))
    }

    /// What it says of this target, if it looked at this very cell.
    pub(crate) fn of(&self, number: u32, goal: &str) -> Option<&ReviewedTarget> {
        let target = self.targets.get(&number)?;
        (target.goal == goal).then_some(target)
    }

    /// Why a measure of a target is of its kind.
    pub(crate) fn reason(&self, target: &ReviewedTarget, kind: IndicatorKind) -> Option<String> {
        let usual = || self.reasons.get(kind.name()).cloned();
        target.reason.clone().or_else(usual)
    }
}

impl ReviewedMeasure {
    /// Its value, and on which side of it the goal lies.
    pub(crate) fn goal(&self) -> (Option<Bound>, Option<Decimal>) {
        let value = self.value.map(Decimal::from);
        let bound = value.map(|_| self.bound.unwrap_or(Bound::AtLeast));
        (bound, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Measure, ParsedPlan, read_decision};

    fn decision() -> ParsedPlan {
        read_decision(include_str!("../../../../data/plan/decision-833-2023.txt")).unwrap()
    }

    fn shipped() -> Review {
        Review::shipped("833/QĐ-UBND").unwrap().unwrap()
    }

    #[test]
    fn every_target_was_reviewed_as_it_is_written() {
        let (plan, review) = (decision(), shipped());
        assert_eq!(review.targets.len(), plan.targets.len());
        for target in &plan.targets {
            let number = target.number;
            let reviewed = review.of(number, &target.goal_text);
            let reviewed = reviewed.unwrap_or_else(|| panic!("{number} was reviewed otherwise"));
            assert!(!reviewed.measures.is_empty(), "{number}");
            for measure in &reviewed.measures {
                assert!(review.reason(reviewed, measure.kind).is_some(), "{number}");
                let ratio = measure.kind == IndicatorKind::Ratio;
                assert_eq!(measure.among.is_some(), ratio, "{number}");
                let figure = matches!(measure.kind, IndicatorKind::Ratio | IndicatorKind::Count);
                assert_eq!(measure.value.is_some(), figure, "{number}");
                let counted = measure.kind == IndicatorKind::Count;
                assert_eq!(measure.unit.is_some(), counted, "{number}");
            }
        }
    }

    /// Twenty-eight cells hold no figure, and no figure was invented for them.
    #[test]
    fn what_has_no_figure_is_a_duty_or_a_milestone() {
        let (plan, review) = (decision(), shipped());
        let figureless = plan
            .targets
            .iter()
            .filter(|target| {
                !target
                    .goal_text
                    .contains(|letter: char| letter.is_ascii_digit())
            })
            // Names of two bodies; the numbers stand in the task.
            .filter(|target| target.number != 29);
        let mut seen = 0;
        for target in figureless {
            let number = target.number;
            let reviewed = review.of(number, &target.goal_text).unwrap();
            for measure in &reviewed.measures {
                assert_eq!(measure.value, None, "{number}");
            }
            seen += 1;
        }
        assert_eq!(seen, 28);
    }

    /// A figure of the review is a figure of the cell: nothing was made stricter or milder.
    #[test]
    fn figures_are_those_of_the_decision() {
        let (plan, review) = (decision(), shipped());
        for target in &plan.targets {
            let number = target.number;
            let reviewed = review.of(number, &target.goal_text).unwrap();
            let written = format!("{} {}", target.name, target.goal_text);
            for measure in &reviewed.measures {
                if let Some(value) = measure.value {
                    let figures = written.split(|letter: char| !letter.is_ascii_digit());
                    let mut figures = figures.filter_map(|figure| figure.parse::<i64>().ok());
                    assert!(figures.any(|figure| figure == value), "{number}: {value}");
                }
            }
            if let ([goal], [measure]) = (&target.goals[..], &reviewed.measures[..])
                && let Measure::Percent { bound, value } = goal.measure
            {
                assert_eq!(measure.goal(), (Some(bound), Some(value)), "{number}");
            }
        }
    }

    #[test]
    fn another_cell_was_not_reviewed() {
        let review = shipped();
        assert!(review.of(1, "100%").is_some());
        assert!(review.of(1, "95%").is_none());
        assert!(Review::shipped("1/QĐ-UBND").unwrap().is_none());
        let wrong = "plan = \"1\"\n[reasons]\n[[target]]\nnumber = 1\ngoal = \"\"\nwho = 1\n";
        assert!(Review::parse(wrong).is_err());
    }
}
