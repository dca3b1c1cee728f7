//! Where a target's figure stood before.

use vocab::fold::fold;

use crate::import::{Baseline, IndicatorKind};
use crate::records::{IndicatorBody, Started};

/// Gives a target's only measure the figure of the time before that the importer matched with
/// the target. Where a target has several measures, nothing says which of them it is of, and
/// where the importer matched several figures, nothing says which holds.
pub(crate) fn start(
    measures: &mut [(IndicatorBody, Option<String>)],
    target: u32,
    baselines: &[Baseline],
) {
    let [(body, _)] = measures else {
        return;
    };
    let mut fitting = baselines
        .iter()
        .filter(|baseline| baseline.target == Some(target) && fits(body, &baseline.unit));
    if let (Some(baseline), None) = (fitting.next(), fitting.next()) {
        body.started = Some(Started {
            value: baseline.value,
            unit: baseline.unit.clone(),
            year: baseline.year,
            line: baseline.line,
        });
    }
}

/// Whether a figure in this unit can be of the measure.
fn fits(body: &IndicatorBody, unit: &str) -> bool {
    match body.measure.kind {
        IndicatorKind::Ratio => unit == "%",
        IndicatorKind::Count => {
            let counted = fold(body.measure_unit.as_deref().unwrap_or_default());
            let unit = fold(unit);
            !unit.is_empty() && !counted.is_empty() && (counted == unit || counted.contains(&unit))
        }
        IndicatorKind::Milestone | IndicatorKind::Standing => false,
    }
}
