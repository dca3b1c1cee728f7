//! What looks wrong with a value that is being entered.
//!
//! Pure: [`check`] is given the value and what is known around it ([`Known`]), and says what it
//! found. A value that cannot be is refused. One that is merely strange must be explained: the
//! unit corrects it or says why it is right, and its words stay with the report ([`Kept`]) for
//! whoever approves it, consolidates it, or asks where a public figure comes from.
//!
//! Thresholds are data, each with its reason: `data/entry/checks.toml` ([`Rules`]). To add a
//! check: a [`Code`], its function in `checks/`, its sentence in `entry-checks.ftl`.

mod checks;
mod finding;
mod kept;
mod rules;
mod statistics;

use vocab::{Decimal, Period};

pub use finding::{Code, Finding, Severity};
pub use kept::{Explanation, Kept, keep, unexplained};
pub use rules::Rules;

use crate::figure::{Entered, Measurement};
use crate::import::{Bound, IndicatorKind};
use crate::records::IndicatorBody;

/// What is known around a value that is being entered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// How much of the plan's year will have passed at the period's end, in ten-thousandths.
    pub elapsed: i64,
    /// The unit's latest earlier report.
    pub before: Option<Before>,
    /// The unit's own earlier values, oldest first.
    pub own: Vec<Past>,
    /// What the other units reported for the same period: percent or count.
    pub others: Vec<Decimal>,
    /// Whether nobody else reports on it: the unit's figure is then the province's.
    pub alone: bool,
}

/// The unit's latest earlier report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    /// Its period.
    pub period: Period,
    /// What it said.
    pub measurement: Measurement,
    /// How much of its year had passed at its end, in ten-thousandths.
    pub elapsed: i64,
    /// Whether it is of the same year: what is counted from the beginning of the year then
    /// only grows.
    pub same_year: bool,
}

/// An earlier value of the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// Percent or count.
    pub value: Decimal,
    /// How much of its year had passed, in ten-thousandths.
    pub elapsed: i64,
}

/// A value that is being entered, with all that it is checked against.
struct Asked<'a> {
    indicator: &'a IndicatorBody,
    entered: Entered,
    /// Percent, or count, where it was entered whole.
    value: Option<Decimal>,
    known: &'a Known,
    rules: &'a Rules,
}

impl Asked<'_> {
    fn is_ratio(&self) -> bool {
        self.indicator.measure.kind == IndicatorKind::Ratio
    }

    /// Whether less is better.
    fn is_ceiling(&self) -> bool {
        let bound = self.indicator.measure.bound;
        matches!(bound, Some(Bound::AtMost | Bound::LessThan))
    }

    /// Where the figure stood the year before, for the whole province.
    fn baseline(&self) -> Option<Decimal> {
        self.indicator.start()
    }

    /// The field that says it in the form.
    fn field(&self) -> &'static str {
        match self.indicator.measure.kind {
            IndicatorKind::Ratio => "numerator",
            IndicatorKind::Count => "count",
            IndicatorKind::Milestone | IndicatorKind::Standing => "reached",
        }
    }
}

/// What looks wrong, the gravest first. What cannot be is told alone; one cause is told once: a
/// mistaken unit of measure also makes a jump and an outlier, and another denominator another
/// share, which are then left out.
pub fn check(
    indicator: &IndicatorBody,
    entered: Entered,
    known: &Known,
    rules: &Rules,
) -> Vec<Finding> {
    let asked = Asked {
        indicator,
        entered,
        value: value(indicator.measure.kind, entered),
        known,
        rules,
    };
    let refused = refused(indicator.measure.kind, entered);
    if !refused.is_empty() {
        return refused;
    }
    let of_whole = checks::denominator(&asked);
    let mistaken = match of_whole {
        Some(_) => None,
        None => checks::magnitude(&asked),
    };
    let (moved, told) = (of_whole.is_some(), mistaken.is_some());
    let mut found: Vec<Finding> = Vec::new();
    found.extend(checks::whole(&asked));
    found.extend(mistaken);
    found.extend(checks::undone(&asked));
    found.extend(of_whole);
    if !told {
        found.extend(checks::fell(&asked));
    }
    if !told && !moved {
        found.extend(checks::jumped(&asked));
    }
    if !told {
        found.extend(checks::baseline(&asked));
        found.extend(checks::own_history(&asked));
        found.extend(checks::other_units(&asked));
    }
    let unit = indicator.measure_unit.as_deref();
    let unit = unit.filter(|unit| !unit.is_empty());
    let with_unit = |finding: Finding| match unit {
        Some(unit) => finding.with("unit", unit),
        None => finding,
    };
    found.into_iter().map(with_unit).collect()
}

/// What cannot be, of a value of this kind, whatever is known around it.
pub fn refused(kind: IndicatorKind, entered: Entered) -> Vec<Finding> {
    // What belongs to another kind is no business of this one.
    let entered = match kind {
        IndicatorKind::Ratio => Entered {
            count: None,
            ..entered
        },
        IndicatorKind::Count => Entered {
            numerator: None,
            denominator: None,
            ..entered
        },
        IndicatorKind::Milestone | IndicatorKind::Standing => Entered::default(),
    };
    checks::range(entered)
}

/// Percent or count, where it was entered whole and can be.
fn value(kind: IndicatorKind, entered: Entered) -> Option<Decimal> {
    match kind {
        IndicatorKind::Ratio => {
            let (numerator, denominator) = (entered.numerator?, entered.denominator?);
            let ratio = Measurement::Ratio {
                numerator,
                denominator,
            };
            (denominator > 0).then(|| ratio.value()).flatten()
        }
        IndicatorKind::Count => entered.count,
        IndicatorKind::Milestone | IndicatorKind::Standing => None,
    }
}

#[cfg(test)]
mod tests;
