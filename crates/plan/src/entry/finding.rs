//! What a check found.

use std::collections::BTreeMap;

/// What happens with a value in which something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// It cannot be: not even a draft holds it.
    Refused,
    /// It may be, but not without words: the report is handed in with its explanation only.
    MustExplain,
}

/// What was found; the wording is `field-` and its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// Negative, or larger than anything that is counted here.
    Range,
    /// More of them than there are.
    NumeratorAboveDenominator,
    /// A fraction of something that is counted whole.
    NotWhole,
    /// About 10, 100, 1 000 … times what it is held against.
    MagnitudeAbove,
    /// About a tenth, a hundredth … of what it is held against.
    MagnitudeBelow,
    /// An amount that seems to be in another unit of money.
    MoneyUnit,
    /// Reached before, and not reached any more.
    Undone,
    /// Counted from the beginning of the year, and less than before.
    Fell,
    /// The denominator changed by much since the last period.
    DenominatorMoved,
    /// Far above what the last period leads to.
    Jumped,
    /// A share far from that of the last period.
    Moved,
    /// A share that is worse than it was the year before.
    BehindBaseline,
    /// A count that is many times that of the whole year before.
    AboveBaseline,
    /// Unlike the unit's own earlier values.
    OwnOutlier,
    /// Unlike the other units' values.
    OtherUnits,
    /// Of a project: more than the decision lists for it.
    AboveListed,
    /// A thousandth or less of what the decision lists: another unit of money, it seems.
    FarBelowListed,
    /// More than the estimate.
    AboveEstimate,
    /// Paid beyond what the contracts are worth.
    PaidAboveContract,
    /// Money with no estimate and no contract behind it.
    NothingBehind,
    /// Money from a source that the decision does not list.
    SourceUnlisted,
    /// Money from neither the recurrent nor the capital budget.
    SourceOther,
    /// Less done than before.
    ProgressFell,
    /// A step before the one that it follows.
    StepTooEarly,
}

impl Code {
    /// All of them.
    pub const ALL: [Self; 24] = [
        Self::Range,
        Self::NumeratorAboveDenominator,
        Self::NotWhole,
        Self::MagnitudeAbove,
        Self::MagnitudeBelow,
        Self::MoneyUnit,
        Self::Undone,
        Self::Fell,
        Self::DenominatorMoved,
        Self::Jumped,
        Self::Moved,
        Self::BehindBaseline,
        Self::AboveBaseline,
        Self::OwnOutlier,
        Self::OtherUnits,
        Self::AboveListed,
        Self::FarBelowListed,
        Self::AboveEstimate,
        Self::PaidAboveContract,
        Self::NothingBehind,
        Self::SourceUnlisted,
        Self::SourceOther,
        Self::ProgressFell,
        Self::StepTooEarly,
    ];

    /// Its name in records, in the API and in locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Range => "number-range",
            Self::NumeratorAboveDenominator => "numerator-above-denominator",
            Self::NotWhole => "entry-not-whole",
            Self::MagnitudeAbove => "entry-magnitude-above",
            Self::MagnitudeBelow => "entry-magnitude-below",
            Self::MoneyUnit => "entry-money-unit",
            Self::Undone => "entry-undone",
            Self::Fell => "entry-fell",
            Self::DenominatorMoved => "entry-denominator-moved",
            Self::Jumped => "entry-jumped",
            Self::Moved => "entry-moved",
            Self::BehindBaseline => "entry-behind-baseline",
            Self::AboveBaseline => "entry-above-baseline",
            Self::OwnOutlier => "entry-own-outlier",
            Self::OtherUnits => "entry-other-units",
            Self::AboveListed => "entry-above-listed",
            Self::FarBelowListed => "entry-far-below-listed",
            Self::AboveEstimate => "entry-above-estimate",
            Self::PaidAboveContract => "entry-paid-above-contract",
            Self::NothingBehind => "entry-nothing-behind",
            Self::SourceUnlisted => "entry-source-unlisted",
            Self::SourceOther => "entry-source-other",
            Self::ProgressFell => "entry-progress-fell",
            Self::StepTooEarly => "entry-step-too-early",
        }
    }

    /// What happens with the value.
    pub const fn severity(self) -> Severity {
        match self {
            Self::Range | Self::NumeratorAboveDenominator => Severity::Refused,
            _ => Severity::MustExplain,
        }
    }
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub code: Code,
    /// The field that it is about: `numerator`, `denominator`, `count`, `reached`.
    pub field: &'static str,
    /// The figures that its wording needs, in canonical form (`1234.5`). In the indicator's own
    /// unit of measure are `value`, `before`, `expected`, `likely`, `reference`, `baseline`,
    /// `median`, `low` and `high`; plain are `part`, `part-before`, `whole`, `whole-before`,
    /// `times`, `points`, `units`, `year`, `least` and `most`. `period` is a period's code,
    /// `against` the name of what it was held against, `money` a unit of money, `unit` the
    /// indicator's unit of measure.
    pub figures: BTreeMap<String, String>,
}

impl Finding {
    pub(super) fn new(code: Code, field: &'static str) -> Self {
        Self {
            code,
            field,
            figures: BTreeMap::new(),
        }
    }

    pub(super) fn with(mut self, name: &str, figure: impl ToString) -> Self {
        self.figures.insert(name.to_owned(), figure.to_string());
        self
    }
}
