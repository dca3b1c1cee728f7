//! Against what the unit reported last.

use super::super::{Asked, Code, Finding};
use super::{float, paced, shown, whole_float};
use crate::figure::Measurement;

/// Not reached any more.
pub(in super::super) fn undone(asked: &Asked<'_>) -> Option<Finding> {
    let before = asked.known.before?;
    let milestone = asked.indicator.measure.kind == crate::import::IndicatorKind::Milestone;
    let undone = milestone
        && before.measurement == Measurement::Reached(true)
        && asked.entered.reached == Some(false);
    undone.then(|| Finding::new(Code::Undone, "reached").with("period", before.period.code()))
}

/// Less than before of what is counted from the beginning of the year.
pub(in super::super) fn fell(asked: &Asked<'_>) -> Option<Finding> {
    let before = asked.known.before.filter(|before| before.same_year)?;
    let by = asked.rules.fell.by;
    let fell = Finding::new(Code::Fell, asked.field()).with("period", before.period.code());
    match (before.measurement, asked.entered) {
        (Measurement::Count(was), entered) => {
            let now = entered.count?;
            let difference = was.checked_sub(now)?;
            let found = difference > by.into();
            found.then(|| {
                let (was, now) = (was.normalized(), now.normalized());
                fell.with("before", was).with("value", now)
            })
        }
        (Measurement::Ratio { numerator: was, .. }, entered) => {
            let now = entered.numerator?;
            let found = was.saturating_sub(now) > by;
            found.then(|| fell.with("part-before", was).with("part", now))
        }
        (Measurement::Reached(_), _) => None,
    }
}

/// Another denominator: twice as many of something, or half.
pub(in super::super) fn denominator(asked: &Asked<'_>) -> Option<Finding> {
    let before = asked.known.before?;
    let Measurement::Ratio {
        denominator: was, ..
    } = before.measurement
    else {
        return None;
    };
    let now = asked.entered.denominator?;
    let times = asked.rules.jumped.denominator_times;
    let (small, large) = (was.min(now), was.max(now));
    let found = large >= small.saturating_mul(times)
        && large - small >= asked.rules.jumped.least_difference;
    found.then(|| {
        Finding::new(Code::DenominatorMoved, "denominator")
            .with("period", before.period.code())
            .with("whole-before", was)
            .with("whole", now)
    })
}

/// Far from where the last period leads: for a count along the days of the year, for a share in
/// points.
pub(in super::super) fn jumped(asked: &Asked<'_>) -> Option<Finding> {
    let before = asked.known.before?;
    let (now, was) = (asked.value?, before.measurement.value()?);
    let rules = &asked.rules.jumped;
    if asked.is_ratio() {
        let points = (float(now) - float(was)).abs();
        let found = points >= whole_float(rules.points);
        return found.then(|| {
            Finding::new(Code::Moved, asked.field())
                .with("period", before.period.code())
                .with("before", was.normalized())
                .with("value", now.normalized())
                .with("points", shown(points))
        });
    }
    // Counting begins anew with each year.
    if !before.same_year {
        return None;
    }
    let expected = paced(was, before.elapsed, asked.known.elapsed);
    let value = float(now);
    let found = value >= expected * whole_float(rules.times)
        && value - expected >= whole_float(rules.least_difference);
    found.then(|| {
        Finding::new(Code::Jumped, asked.field())
            .with("period", before.period.code())
            .with("before", was.normalized())
            .with("value", now.normalized())
            .with("expected", shown(expected))
    })
}
