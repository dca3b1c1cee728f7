//! Mistaken units: ten, a hundred, a thousand times too much or too little, 0,8 for 80, đồng for
//! millions of them.

use vocab::Decimal;

use super::super::statistics::Usual;
use super::super::{Asked, Code, Finding};
use super::{by_now, float, shown, whole_float};

/// What a value is held against.
struct Reference {
    /// `before`, `own`, `others`, `baseline` or `goal`.
    name: &'static str,
    value: f64,
    /// Whether too little of it says anything: a count grows towards its goal all year.
    below: bool,
}

/// About a power of ten away from the best thing that there is to hold the value against.
pub(in super::super) fn magnitude(asked: &Asked<'_>) -> Option<Finding> {
    let value = float(asked.value?);
    let rules = &asked.rules.magnitude;
    let reference = reference(asked)?;
    if value <= 0.0 || reference.value < whole_float(rules.least_reference) {
        return None;
    }
    let near = whole_float(rules.near_percent) / 100.0;
    let is_near = |times: f64| (1.0 / near..=near).contains(&times);
    let found = |code| {
        Finding::new(code, asked.field())
            .with("value", asked.value.unwrap_or_default().normalized())
            .with("against", reference.name)
            .with("reference", shown(reference.value))
    };
    let above = value / reference.value;
    let unit = asked.indicator.measure_unit.as_deref().unwrap_or_default();
    let mut mistaken = asked.rules.mistaken(unit).iter();
    if let Some(mistaken) = mistaken.find(|one| is_near(above / whole_float(one.times))) {
        let money = found(Code::MoneyUnit).with("times", mistaken.times);
        let likely = shown(value / whole_float(mistaken.times));
        return Some(money.with("money", &mistaken.name).with("likely", likely));
    }
    // A share may well be many times its goal, or just begun.
    let least = if asked.is_ratio() && reference.name == "goal" {
        rules.least_power_for_share_of_goal
    } else {
        0
    };
    let powers = rules.powers.iter().copied();
    let mut powers = powers.filter(|power| *power >= least);
    powers.find_map(|power| {
        let times = whole_float(power);
        if is_near(above / times) {
            let likely = shown(value / times);
            let finding = found(Code::MagnitudeAbove).with("times", power);
            return Some(finding.with("likely", likely));
        }
        if reference.below && is_near(above * times) {
            let likely = shown(value * times);
            let finding = found(Code::MagnitudeBelow).with("times", power);
            return Some(finding.with("likely", likely));
        }
        None
    })
}

/// The nearest thing to hold a value against: the unit's own before others', figures before
/// goals.
fn reference(asked: &Asked<'_>) -> Option<Reference> {
    let known = asked.known;
    let ratio = asked.is_ratio();
    let before = known
        .before
        .filter(|before| ratio || before.same_year)
        .and_then(|before| {
            Some(Reference {
                name: "before",
                value: by_now(asked, before.measurement.value()?, before.elapsed),
                below: true,
            })
        });
    let own = || {
        let own = known.own.iter();
        let values: Vec<f64> = own
            .map(|past| by_now(asked, past.value, past.elapsed))
            .collect();
        let enough = values.len() >= asked.rules.outlier.least_own;
        let usual = Usual::of(&values, 1.0).filter(|_| enough)?;
        Some(Reference {
            name: "own",
            value: usual.median,
            below: true,
        })
    };
    // Units are large and small: their counts say nothing about each other's magnitude.
    let others = || {
        let values: Vec<f64> = known.others.iter().copied().map(float).collect();
        let enough = ratio && values.len() >= asked.rules.outlier.least_others;
        let usual = Usual::of(&values, 1.0).filter(|_| enough)?;
        Some(Reference {
            name: "others",
            value: usual.median,
            below: true,
        })
    };
    let stated = |name, value: Option<Decimal>| {
        Some(Reference {
            name,
            value: float(value?),
            below: ratio,
        })
    };
    before
        .or_else(own)
        .or_else(others)
        .or_else(|| stated("baseline", asked.baseline()))
        .or_else(|| stated("goal", asked.indicator.measure.value))
}
