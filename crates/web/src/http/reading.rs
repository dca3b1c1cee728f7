//! Measured values as pages show them, for whichever page shows one.

use plan::Measurement;
use plan::import::IndicatorKind;
use plan::records::IndicatorBody;

use crate::pages::reading::Reading;

impl Reading {
    /// A value with its unit; none of a ratio that has no value.
    pub(super) fn of(indicator: &IndicatorBody, measurement: Measurement) -> Option<Self> {
        Some(match measurement {
            Measurement::Ratio { .. } => Self::Percent(measurement.value()?.normalized()),
            Measurement::Count(value) => Self::Count {
                value,
                unit: indicator.measure_unit.clone().unwrap_or_default(),
            },
            Measurement::Reached(done) if indicator.measure.kind == IndicatorKind::Standing => {
                Self::Duty(done)
            }
            Measurement::Reached(reached) => Self::Milestone(reached),
        })
    }
}
