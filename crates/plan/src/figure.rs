//! Measured values, and several of them together.

use vocab::{Decimal, Ratio};

use crate::import::IndicatorKind;
use crate::records::ObservationBody;

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measurement {
    /// A numerator out of a denominator, which is never zero.
    Ratio {
        /// What was counted.
        numerator: i64,
        /// Out of what.
        denominator: i64,
    },
    /// A count, from the beginning of the year.
    Count(Decimal),
    /// Whether a milestone was reached, or a standing duty done.
    Reached(bool),
}

/// A value as far as it was entered: a draft may hold the numerator of a ratio while its
/// denominator is still asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    /// What was counted.
    pub numerator: Option<i64>,
    /// Out of what.
    pub denominator: Option<i64>,
    /// A count, from the beginning of the year.
    pub count: Option<Decimal>,
    /// Whether a milestone was reached, or a standing duty done.
    pub reached: Option<bool>,
}

impl Entered {
    /// What a report holds.
    pub fn of(body: &ObservationBody) -> Self {
        Self {
            numerator: body.numerator,
            denominator: body.denominator,
            count: body.count,
            reached: body.reached,
        }
    }

    /// The fields that an indicator of this kind asks for, and whether each was entered.
    fn asked(self, kind: IndicatorKind) -> Vec<(&'static str, bool)> {
        match kind {
            IndicatorKind::Ratio => vec![
                ("numerator", self.numerator.is_some()),
                ("denominator", self.denominator.is_some()),
            ],
            IndicatorKind::Count => vec![("count", self.count.is_some())],
            IndicatorKind::Milestone | IndicatorKind::Standing => {
                vec![("reached", self.reached.is_some())]
            }
        }
    }

    /// The fields that are still asked for before the report can be handed in.
    pub fn missing(self, kind: IndicatorKind) -> Vec<&'static str> {
        let asked = self.asked(kind).into_iter();
        asked
            .filter(|(_, entered)| !entered)
            .map(|(field, _)| field)
            .collect()
    }

    /// Whether it holds a field that an indicator of this kind does not have.
    pub fn strays(self, kind: IndicatorKind) -> bool {
        let entered = [
            self.numerator.is_some(),
            self.denominator.is_some(),
            self.count.is_some(),
            self.reached.is_some(),
        ];
        let all = entered.iter().filter(|entered| **entered).count();
        let asked = self.asked(kind);
        all > asked.iter().filter(|(_, entered)| *entered).count()
    }
}

impl From<Measurement> for Entered {
    fn from(measurement: Measurement) -> Self {
        let empty = Self::default();
        match measurement {
            Measurement::Ratio {
                numerator,
                denominator,
            } => Self {
                numerator: Some(numerator),
                denominator: Some(denominator),
                ..empty
            },
            Measurement::Count(count) => Self {
                count: Some(count),
                ..empty
            },
            Measurement::Reached(reached) => Self {
                reached: Some(reached),
                ..empty
            },
        }
    }
}

impl Measurement {
    /// What an observation measured, if it holds what its indicator's kind asks for.
    pub fn of(kind: IndicatorKind, body: &ObservationBody) -> Option<Self> {
        Self::entered(kind, Entered::of(body))
    }

    /// The same of a value that was entered.
    pub fn entered(kind: IndicatorKind, entered: Entered) -> Option<Self> {
        match kind {
            IndicatorKind::Ratio => match (entered.numerator, entered.denominator) {
                (Some(numerator), Some(denominator)) if denominator > 0 => Some(Self::Ratio {
                    numerator,
                    denominator,
                }),
                _ => None,
            },
            IndicatorKind::Count => entered.count.map(Self::Count),
            IndicatorKind::Milestone | IndicatorKind::Standing => {
                entered.reached.map(Self::Reached)
            }
        }
    }

    /// The value that goals are compared with: percent, count, or 1 and 0.
    pub fn value(self) -> Option<Decimal> {
        match self {
            Self::Ratio {
                numerator,
                denominator,
            } => Ratio::new(numerator, denominator).percent(2),
            Self::Count(count) => Some(count),
            Self::Reached(reached) => Some(i64::from(reached).into()),
        }
    }

    /// Several units' measurements as one: numerators and denominators are added, counts are
    /// added, a milestone is reached once everybody has reached it. Percentages are never
    /// added. Nothing for no measurements, for those of different kinds, and for sums that
    /// do not fit.
    pub fn together(measurements: impl IntoIterator<Item = Self>) -> Option<Self> {
        measurements
            .into_iter()
            .map(Some)
            .reduce(|one, other| one?.and(other?))
            .flatten()
    }

    fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (
                Self::Ratio {
                    numerator,
                    denominator,
                },
                Self::Ratio {
                    numerator: more,
                    denominator: out_of,
                },
            ) => Some(Self::Ratio {
                numerator: numerator.checked_add(more)?,
                denominator: denominator.checked_add(out_of)?,
            }),
            (Self::Count(one), Self::Count(other)) => one.checked_add(other).map(Self::Count),
            (Self::Reached(one), Self::Reached(other)) => Some(Self::Reached(one && other)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// However the units are gathered first, the whole is the same: the mean of
        /// percentages would not be.
        #[test]
        fn ratios_pool_the_same_in_any_grouping(
            terms in prop::collection::vec((0_i64..10_000, 1_i64..10_000), 1..20),
            cut in 0_usize..20,
        ) {
            let all: Vec<Measurement> = terms
                .iter()
                .map(|(numerator, denominator)| Measurement::Ratio {
                    numerator: *numerator,
                    denominator: *denominator,
                })
                .collect();
            let (first, second) = all.split_at(cut.min(all.len()));
            let halves = [first, second].into_iter().filter(|half| !half.is_empty());
            let by_halves = Measurement::together(
                halves.filter_map(|half| Measurement::together(half.iter().copied())),
            );
            prop_assert_eq!(Measurement::together(all.iter().copied()), by_halves);
        }
    }

    #[test]
    fn kinds_do_not_mix_and_sums_do_not_wrap() {
        let count = Measurement::Count(3.into());
        let ratio = Measurement::Ratio {
            numerator: 1,
            denominator: 2,
        };
        assert_eq!(Measurement::together([count, ratio]), None);
        let huge = Measurement::Ratio {
            numerator: i64::MAX,
            denominator: 1,
        };
        assert_eq!(Measurement::together([huge, ratio]), None);
        assert_eq!(Measurement::together([]), None);
        let reached = [Measurement::Reached(true), Measurement::Reached(false)];
        assert_eq!(
            Measurement::together(reached),
            Some(Measurement::Reached(false))
        );
    }
}
