//! What a target is to reach: a percentage, a count, a milestone, or a standing duty.

mod read;

use serde::{Deserialize, Serialize};
use vocab::Decimal;

use super::bodies::NamedBody;
pub(crate) use read::{name_apart, percents, read};

/// One goal of a target.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Goal {
    /// As written.
    pub text: String,
    /// Where it stands.
    pub line: u32,
    /// As understood.
    pub measure: Measure,
    /// What the goal spells out part by part, such as which districts.
    pub parts: Vec<GoalPart>,
    /// The measure that somebody could report by.
    pub indicator: IndicatorProposal,
}

/// A goal as understood.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Measure {
    /// A share in percent.
    Percent {
        /// On which side of the value the goal lies.
        bound: Bound,
        /// Percent.
        value: Decimal,
    },
    /// So many things, or more.
    Count {
        /// How many.
        value: i64,
        /// Of what, as written; empty if the goal does not say.
        unit: String,
    },
    /// Something to be done once.
    Milestone,
    /// «Thường xuyên»: a duty without an end.
    Standing,
    /// «Hoàn thành các mục tiêu của Kế hoạch»: what another plan says.
    PlanGoals,
}

/// On which side of its value a goal lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// The value or more.
    AtLeast,
    /// More than the value.
    MoreThan,
    /// The value or less.
    AtMost,
    /// Less than the value.
    LessThan,
}

/// A part that a goal spells out, such as `+ cấp huyện: UBND tp Vĩnh Long`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalPart {
    /// What stands before the colon, if there is one.
    pub label: String,
    /// The rest.
    pub text: String,
    /// Where it stands.
    pub line: u32,
    /// The bodies that it names, if it names only bodies.
    pub bodies: Vec<NamedBody>,
}

/// What kind of figure an indicator gathers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndicatorKind {
    /// Numerator and denominator.
    Ratio,
    /// A number of things.
    Count,
    /// Done or not.
    Milestone,
    /// A report in words, period by period.
    Standing,
}

impl Bound {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::AtLeast, Self::MoreThan, Self::AtMost, Self::LessThan];

    /// Its name in records, in the API and in locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AtLeast => "at-least",
            Self::MoreThan => "more-than",
            Self::AtMost => "at-most",
            Self::LessThan => "less-than",
        }
    }
}

impl IndicatorKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Ratio, Self::Count, Self::Milestone, Self::Standing];

    /// Its name in records, in the API and in locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ratio => "ratio",
            Self::Count => "count",
            Self::Milestone => "milestone",
            Self::Standing => "standing",
        }
    }
}

/// An indicator that measures one goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorProposal {
    /// What it measures, in the target's words.
    pub name: String,
    /// What kind of figure it gathers.
    pub kind: IndicatorKind,
    /// The unit of measure: `%`, or the thing counted; `None` where there is no figure.
    pub unit: Option<String>,
}
