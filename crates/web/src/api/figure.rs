//! Figures, how they stand, and why.

use plan::standing::Reason;
use plan::view::{Consolidated, Figure, UnitFigure};
use plan::{Entered, Judgement, Measurement, PlanView, Standing};
use serde::Serialize;
use utoipa::ToSchema;
use vocab::{Decimal, Id, Period};

use super::party::UnitName;

/// The names of standings.
pub(super) const STANDINGS: [(&str, Standing); 7] = [
    ("duty-kept", Standing::DutyKept),
    ("duty-missed", Standing::DutyMissed),
    ("done", Standing::Done),
    ("on-track", Standing::OnTrack),
    ("no-data", Standing::NoData),
    ("at-risk", Standing::AtRisk),
    ("off-track", Standing::OffTrack),
];

/// The name of a standing.
pub(super) fn standing_name(standing: Standing) -> &'static str {
    STANDINGS
        .iter()
        .find(|(_, known)| *known == standing)
        .map_or("no-data", |(name, _)| name)
}

/// A value as far as it was entered: numerator and denominator, a count, or whether it was
/// reached.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct EnteredValue {
    /// What was counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 45)]
    numerator: Option<i64>,
    /// Out of what; never zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 60)]
    denominator: Option<i64>,
    /// A count from the beginning of the year, as a decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "12")]
    count: Option<Decimal>,
    /// Whether a milestone was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    reached: Option<bool>,
}

impl From<Entered> for EnteredValue {
    fn from(entered: Entered) -> Self {
        Self {
            numerator: entered.numerator,
            denominator: entered.denominator,
            count: entered.count,
            reached: entered.reached,
        }
    }
}

/// What was measured.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct MeasuredValue {
    #[serde(flatten)]
    entered: EnteredValue,
    /// What goals are compared with: percent at two places, the count, or 1 and 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "75.00")]
    value: Option<Decimal>,
}

impl From<Measurement> for MeasuredValue {
    fn from(measurement: Measurement) -> Self {
        Self {
            entered: Entered::from(measurement).into(),
            value: measurement.value(),
        }
    }
}

/// A figure of all units together.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PooledFigure {
    #[serde(flatten)]
    measured: MeasuredValue,
    /// The latest period that it speaks of.
    #[schema(value_type = String, example = "2023Q1")]
    period: Period,
}

impl From<Figure> for PooledFigure {
    fn from(figure: Figure) -> Self {
        Self {
            measured: figure.measurement.into(),
            period: figure.period,
        }
    }
}

/// How something stands, and why.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct StandingShown {
    /// `duty-kept`, `duty-missed`, `done`, `on-track`, `no-data`, `at-risk` or `off-track`.
    #[schema(example = "at-risk")]
    standing: &'static str,
    /// Why: `nothing-consolidated`, `not-published`, `duty-kept`, `duty-missed`,
    /// `no-goal-figure`, `goal-reached`, `milestone-reached`, `missed`, `ceiling-kept`,
    /// `ceiling-broken`, `line`, `not-yet` or `milestone-missed`.
    #[schema(example = "line")]
    reason: &'static str,
    /// With the reason `line`: where the line to the goal stands at the end of the period.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "24.66")]
    line: Option<Decimal>,
    /// The version of the rule that said so.
    #[schema(example = "2026-2")]
    rule_version: &'static str,
}

impl From<Judgement> for StandingShown {
    fn from(judgement: Judgement) -> Self {
        Self {
            standing: standing_name(judgement.standing),
            reason: judgement.reason.code(),
            line: match judgement.reason {
                Reason::Line { needed, .. } => Some(needed),
                _ => None,
            },
            rule_version: judgement.rule,
        }
    }
}

/// What one unit says.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UnitFigureShown {
    /// The unit.
    unit: UnitName,
    /// How it stands.
    #[schema(example = "no-data")]
    standing: &'static str,
    /// Its latest consolidated report.
    #[serde(skip_serializing_if = "Option::is_none")]
    latest: Option<ConsolidatedFigure>,
}

/// A consolidated report.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ConsolidatedFigure {
    /// The observation: `/api/v1/observations/{id}`.
    #[schema(value_type = String, format = "uuid")]
    observation: Id,
    #[serde(flatten)]
    measured: MeasuredValue,
    /// Its period.
    #[schema(value_type = String, example = "2023Q1")]
    period: Period,
    /// When it was consolidated.
    #[schema(format = DateTime, example = "2023-04-14T09:30:00+07:00")]
    at: String,
}

impl From<Consolidated> for ConsolidatedFigure {
    fn from(latest: Consolidated) -> Self {
        Self {
            observation: latest.observation,
            measured: latest.measurement.into(),
            period: latest.period,
            at: latest.at.to_string(),
        }
    }
}

impl UnitFigureShown {
    pub(super) fn of(plan: &PlanView, figure: &UnitFigure) -> Self {
        Self {
            unit: UnitName::of(&plan.units, figure.unit),
            standing: standing_name(figure.judgement.standing),
            latest: figure.latest.map(ConsolidatedFigure::from),
        }
    }
}
