//! Unlike the unit's own history, unlike the other units: by median and median absolute
//! deviation, where there are enough values to say what is usual.

use super::super::statistics::Usual;
use super::super::{Asked, Code, Finding};
use super::{by_now, float, shown, whole_float};

/// Unlike the unit's own earlier values. Counts are compared as if counted evenly through the
/// year.
pub(in super::super) fn own_history(asked: &Asked<'_>) -> Option<Finding> {
    let own = asked.known.own.iter();
    let values: Vec<f64> = own
        .map(|past| by_now(asked, past.value, past.elapsed))
        .collect();
    if values.len() < asked.rules.outlier.least_own {
        return None;
    }
    unlike(asked, &values, Code::OwnOutlier)
}

/// Unlike the other units' values for the period.
pub(in super::super) fn other_units(asked: &Asked<'_>) -> Option<Finding> {
    let values: Vec<f64> = asked.known.others.iter().copied().map(float).collect();
    if values.len() < asked.rules.outlier.least_others {
        return None;
    }
    unlike(asked, &values, Code::OtherUnits)
}

/// Shares are compared in points. Counts are compared by their logarithms, for units are large
/// and small; one is added so that none has one too.
fn unlike(asked: &Asked<'_>, values: &[f64], code: Code) -> Option<Finding> {
    let value = float(asked.value?);
    let rules = &asked.rules.outlier;
    let ratio = asked.is_ratio();
    let scale = |value: f64| if ratio { value } else { value.max(0.0).ln_1p() };
    let back = |value: f64| {
        if ratio {
            value.clamp(0.0, 100.0)
        } else {
            value.exp_m1()
        }
    };
    let floor = if ratio {
        whole_float(rules.least_points)
    } else {
        whole_float(rules.least_log_hundredths) / 100.0
    };
    let scaled: Vec<f64> = values.iter().copied().map(scale).collect();
    let usual = Usual::of(&scaled, floor)?;
    let score = whole_float(rules.score_tenths) / 10.0;
    if usual.score(scale(value)) <= score {
        return None;
    }
    let (low, high) = usual.band(score);
    let found = Finding::new(code, asked.field())
        .with("value", asked.value.unwrap_or_default().normalized())
        .with("median", shown(back(usual.median)))
        .with("low", shown(back(low)))
        .with("high", shown(back(high)));
    Some(found.with("units", values.len()))
}
