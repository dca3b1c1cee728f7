//! Against the year before.

use super::super::{Asked, Code, Finding};
use super::{float, whole_float};

/// A share that is worse than the province's was, where the unit's share is the province's; or
/// a count that is many times that of the whole year before, whoever reports it.
pub(in super::super) fn baseline(asked: &Asked<'_>) -> Option<Finding> {
    let (value, baseline) = (asked.value?, asked.baseline()?);
    let rules = &asked.rules.baseline;
    let code = if asked.is_ratio() {
        let better = float(value) - float(baseline);
        let better = if asked.is_ceiling() { -better } else { better };
        let behind = asked.known.alone && better < -whole_float(rules.points);
        behind.then_some(Code::BehindBaseline)
    } else {
        let above = float(baseline) > 0.0
            && float(value) >= float(baseline) * whole_float(rules.times)
            && float(value) - float(baseline) >= whole_float(asked.rules.jumped.least_difference);
        above.then_some(Code::AboveBaseline)
    };
    // A confirmed start is of no year that the decision names.
    let told = asked.indicator.started.as_ref();
    let told = told.filter(|told| told.value == baseline);
    let year = told.and_then(|told| told.year);
    let found = Finding::new(code?, asked.field())
        .with("value", value.normalized())
        .with("baseline", baseline.normalized());
    Some(match year {
        Some(year) => found.with("year", year),
        None => found,
    })
}
