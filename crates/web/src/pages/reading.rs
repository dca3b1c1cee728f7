//! A measured value as pages show it.

use vocab::Decimal;

use crate::i18n::Translator;

/// A measured value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A share in percent.
    Percent(Decimal),
    /// A number of something.
    Count {
        /// How many.
        value: Decimal,
        /// Of what, in the reader's language; may be empty.
        unit: String,
    },
    /// A milestone, reached or not.
    Milestone(bool),
    /// A standing duty, done in the period or not.
    Duty(bool),
}

impl Reading {
    /// The number behind it: percent, count, or 1 and 0 for a milestone.
    pub fn value(&self) -> Decimal {
        match self {
            Self::Percent(value) | Self::Count { value, .. } => *value,
            Self::Milestone(reached) | Self::Duty(reached) => Decimal::from(i64::from(*reached)),
        }
    }
}

impl Translator {
    /// A measured value with its unit: `79,2 %`, `1.655 hồ sơ`, `Đã hoàn thành`.
    pub fn reading(self, reading: &Reading) -> String {
        match reading {
            Reading::Percent(value) => self.percent(value),
            Reading::Count { value, unit } if unit.is_empty() => self.decimal(value),
            Reading::Count { value, unit } => format!("{} {unit}", self.decimal(value)),
            Reading::Milestone(true) => self.t("milestone-reached"),
            Reading::Milestone(false) => self.t("milestone-open"),
            Reading::Duty(true) => self.t("duty-done"),
            Reading::Duty(false) => self.t("duty-open"),
        }
    }
}
