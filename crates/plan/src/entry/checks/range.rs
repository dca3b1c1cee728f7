//! Values that cannot be, and fractions of what is counted whole.

use vocab::Decimal;

use super::super::{Asked, Code, Finding};
use crate::declarations::LARGEST;
use crate::figure::Entered;

/// Negative values, none to divide by, more than anything that is counted here, and a part that
/// is more than the whole.
pub(in super::super) fn range(entered: Entered) -> Vec<Finding> {
    let outside = |field, least: i64, value: Option<Decimal>| {
        let value = value?;
        let inside = value >= Decimal::from(least) && value <= Decimal::from(LARGEST);
        let found = || Finding::new(Code::Range, field).with("least", least);
        (!inside).then(|| found().with("most", LARGEST))
    };
    let fields = [
        outside("numerator", 0, entered.numerator.map(Decimal::from)),
        outside("denominator", 1, entered.denominator.map(Decimal::from)),
        outside("count", 0, entered.count),
    ];
    let mut found: Vec<Finding> = fields.into_iter().flatten().collect();
    if let (Some(part), Some(whole)) = (entered.numerator, entered.denominator)
        && part > whole
    {
        let more = Finding::new(Code::NumeratorAboveDenominator, "numerator");
        found.push(more.with("part", part).with("whole", whole));
    }
    found
}

/// Half a person.
pub(in super::super) fn whole(asked: &Asked<'_>) -> Option<Finding> {
    let count = asked.entered.count?.normalized();
    let unit = asked.indicator.measure_unit.as_deref()?;
    let fraction = count.scale() > 0 && asked.rules.is_whole(unit);
    fraction.then(|| Finding::new(Code::NotWhole, "count").with("value", count))
}
