//! Measured values as pages show them.

use plan::import::{Bound, IndicatorKind};
use plan::records::IndicatorBody;
use plan::view::{IndicatorView, TargetView};
use plan::{Measurement, PlanView, Standing};
use vocab::{Decimal, Lang, Period, PeriodKind};

use super::parties;
use crate::i18n::Translator;
use crate::pages::chart::{Trend, TrendPoint};
use crate::pages::parts::TargetRow;
use crate::pages::reading::Reading;
use crate::pages::status::Status;

/// How pages call a standing.
pub(super) const fn status(standing: Standing) -> Status {
    match standing {
        Standing::DutyKept => Status::DutyKept,
        Standing::DutyMissed => Status::DutyMissed,
        Standing::Done => Status::Done,
        Standing::OnTrack => Status::OnTrack,
        Standing::NoData => Status::NoData,
        Standing::AtRisk => Status::AtRisk,
        Standing::OffTrack => Status::OffTrack,
    }
}

/// The standings that pages call so.
pub(super) const fn standing(status: Status) -> Standing {
    match status {
        Status::DutyKept => Standing::DutyKept,
        Status::DutyMissed => Standing::DutyMissed,
        Status::Done => Standing::Done,
        Status::OnTrack => Standing::OnTrack,
        Status::NoData => Standing::NoData,
        Status::AtRisk => Standing::AtRisk,
        Status::OffTrack => Standing::OffTrack,
    }
}

/// Numerator and denominator of a ratio.
pub(super) const fn ratio(measurement: Measurement) -> Option<(i64, i64)> {
    match measurement {
        Measurement::Ratio {
            numerator,
            denominator,
        } => Some((numerator, denominator)),
        Measurement::Count(_) | Measurement::Reached(_) => None,
    }
}

/// A number of an indicator's kind: percent or count.
pub(super) fn number(words: Translator, indicator: &IndicatorBody, value: Decimal) -> String {
    match indicator.measure.kind {
        IndicatorKind::Ratio => words.percent(&value.normalized()),
        _ => words.decimal(&value.normalized()),
    }
}

/// A target as one row of a list. Of several figures the one shows by which it stands.
pub(super) fn row(view: &PlanView, target: &TargetView) -> TargetRow {
    let measured = target
        .indicators
        .iter()
        .filter_map(|indicator| Some((indicator, indicator.figure?)));
    let shown = measured.max_by_key(|(indicator, _)| indicator.judgement.standing);
    let leads = target.body.leads.iter();
    TargetRow {
        number: target.body.number,
        title: target.body.name.clone(),
        goal: target.body.goal.clone(),
        leads: leads.map(|party| parties::lead(view, party)).collect(),
        status: status(target.standing),
        reading: shown
            .and_then(|(indicator, figure)| Reading::of(&indicator.body, figure.measurement)),
    }
}

/// The figures period by period; nothing where there is none, or nothing to draw. The
/// quarters without a report keep their place.
pub(super) fn trend(lang: Lang, view: &PlanView, indicator: &IndicatorView) -> Option<Trend> {
    let kind = indicator.body.measure.kind;
    let drawn = matches!(kind, IndicatorKind::Ratio | IndicatorKind::Count);
    if !drawn || indicator.trend.is_empty() {
        return None;
    }
    let mut periods: Vec<Period> = view.periods();
    periods.retain(|period| period.kind() == PeriodKind::Quarter);
    periods.extend(indicator.trend.iter().map(|figure| figure.period));
    periods.sort_by_key(|period| period.by_end());
    periods.dedup();
    let points = periods.into_iter().map(|period| {
        let figure = indicator
            .trend
            .iter()
            .find(|figure| figure.period == period);
        TrendPoint {
            label: match lang {
                Lang::Vi => period.label(lang),
                Lang::En => period.code(),
            },
            value: figure
                .and_then(|figure| figure.measurement.value())
                .map(Decimal::normalized),
            // By what was asked on the last day of the period.
            needed: indicator
                .asked_on(period.end())
                .and_then(|(asked, course)| {
                    let bound = asked.bound.unwrap_or(Bound::AtLeast);
                    let needed = course.needed(asked.value?, bound, period.end());
                    Some(needed.normalized())
                }),
        }
    });
    Some(Trend {
        points: points.collect(),
        goal: indicator.body.measure.value,
        forecast: None,
        percent: kind == IndicatorKind::Ratio,
    })
}
