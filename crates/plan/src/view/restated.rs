//! Figures restated to the units of another day.
//!
//! A unit's figure is divided among the units that it became by the shares that the directory
//! knows, in exact fractions; where a share is not known, the part is a range that holds every
//! division. Numerators and denominators are divided and added, never percentages.

mod amount;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use directory::{MappedShare, ShareBasis, Succession};
use jiff::civil::Date;
use vocab::{Decimal, Id};

pub use amount::Amount;

use super::{IndicatorView, PlanView};
use crate::figure::Measurement;
use crate::import::IndicatorKind;
use crate::records::Measure;

/// An indicator's figures by the units of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Restated {
    /// The day whose units these are.
    pub day: Date,
    /// What each of them says; last what no unit of that day took over.
    pub units: Vec<RestatedFigure>,
}

/// What the reports of earlier units say of one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct RestatedFigure {
    /// The unit; nothing for what nobody took over.
    pub unit: Option<Id>,
    /// Its value.
    pub value: RestatedValue,
    /// The units whose reports it is made of.
    pub sources: Vec<Id>,
    /// By what the shares were measured; empty where none was divided.
    pub bases: BTreeSet<ShareBasis>,
}

/// At least and at most so much; exact where both are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// At least so much.
    pub least: Amount,
    /// At most so much.
    pub most: Amount,
}

/// A value that may not be known exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestatedValue {
    /// Numerator and denominator.
    Ratio {
        /// What was counted.
        numerator: Spread,
        /// Out of what.
        denominator: Spread,
    },
    /// A count.
    Count(Spread),
    /// Whether a milestone was reached: surely, and possibly.
    Reached {
        /// In all that may belong to the unit.
        surely: bool,
        /// In all that surely belongs to it.
        possibly: bool,
    },
}

impl Spread {
    const NOTHING: Self = Self {
        least: Amount::ZERO,
        most: Amount::ZERO,
    };

    /// The value, if it is known exactly.
    pub fn exact(&self) -> Option<Amount> {
        (self.least == self.most).then_some(self.least)
    }

    fn plus(self, value: Amount, share: &MappedShare) -> Option<Self> {
        Some(Self {
            least: self.least.plus(value.times(share.share.least)?)?,
            most: self.most.plus(value.times(share.share.most)?)?,
        })
    }
}

impl RestatedValue {
    /// The least and the most that it may be: percent at two places, a count at two, 1 or 0.
    /// Nothing where nothing was counted out of anything.
    pub fn range(&self) -> Option<(Decimal, Decimal)> {
        match self {
            Self::Ratio {
                numerator,
                denominator,
            } => {
                let least = numerator.least.percent_of(denominator.most)?;
                let whole = Decimal::from(100);
                // A part is never more than its whole, however little of that is sure.
                let most = numerator
                    .most
                    .percent_of(denominator.least)
                    .unwrap_or(whole);
                Some((least, if most > whole { whole.max(least) } else { most }))
            }
            Self::Count(spread) => Some((spread.least.decimal(2)?, spread.most.decimal(2)?)),
            Self::Reached { surely, possibly } => {
                let one = |reached: bool| Decimal::from(i64::from(reached));
                Some((one(*surely), one(*possibly)))
            }
        }
    }

    /// The measurements between which it lies, as a measure of this kind takes them.
    pub(super) fn bounds(&self, measure: &Measure) -> Vec<Measurement> {
        match (self, self.range()) {
            (Self::Reached { surely, possibly }, _) => [*surely, *possibly]
                .into_iter()
                .map(Measurement::Reached)
                .collect(),
            (_, None) => Vec::new(),
            // Judged by the value alone: a share of ten thousand is that value.
            (_, Some((least, most))) => [least, most]
                .into_iter()
                .filter_map(|value| match measure.kind {
                    IndicatorKind::Ratio => Some(Measurement::Ratio {
                        numerator: value.rescale(2)?.mantissa(),
                        denominator: 10_000,
                    }),
                    _ => Some(Measurement::Count(value)),
                })
                .collect(),
        }
    }

    /// Whether it is known exactly.
    pub fn is_exact(&self) -> bool {
        match self {
            Self::Ratio {
                numerator,
                denominator,
            } => numerator.exact().is_some() && denominator.exact().is_some(),
            Self::Count(spread) => spread.exact().is_some(),
            Self::Reached { surely, possibly } => surely == possibly,
        }
    }

    fn nothing_like(measurement: Measurement) -> Self {
        match measurement {
            Measurement::Ratio { .. } => Self::Ratio {
                numerator: Spread::NOTHING,
                denominator: Spread::NOTHING,
            },
            Measurement::Count(_) => Self::Count(Spread::NOTHING),
            Measurement::Reached(_) => Self::Reached {
                surely: true,
                possibly: true,
            },
        }
    }

    /// With a part of what another unit said; nothing where the sums do not fit.
    fn plus(self, measurement: Measurement, share: &MappedShare) -> Option<Self> {
        match (self, measurement) {
            (
                Self::Ratio {
                    numerator,
                    denominator,
                },
                Measurement::Ratio {
                    numerator: part,
                    denominator: whole,
                },
            ) => Some(Self::Ratio {
                numerator: numerator.plus(Amount::from(part), share)?,
                denominator: denominator.plus(Amount::from(whole), share)?,
            }),
            (Self::Count(spread), Measurement::Count(count)) => {
                Some(Self::Count(spread.plus(Amount::of(count)?, share)?))
            }
            (Self::Reached { surely, possibly }, Measurement::Reached(reached)) => {
                let sure = share.share.least != directory::Fraction::ZERO;
                Some(Self::Reached {
                    surely: surely && reached,
                    possibly: possibly && (reached || !sure),
                })
            }
            _ => None,
        }
    }
}

/// Figures of units, each divided by its shares and gathered by the units that took them over,
/// in the order in which those are first met; what nobody took over comes last. A figure whose
/// sums do not fit is left out with its unit.
pub(super) fn gather<'s>(
    figures: impl IntoIterator<Item = (Id, Measurement, &'s [MappedShare])>,
) -> Vec<RestatedFigure> {
    let mut order: Vec<Option<Id>> = Vec::new();
    let mut gathered: BTreeMap<Option<Id>, Option<RestatedFigure>> = BTreeMap::new();
    for (unit, measurement, shares) in figures {
        for share in shares {
            let entry = gathered.entry(share.to).or_insert_with(|| {
                order.push(share.to);
                Some(RestatedFigure {
                    unit: share.to,
                    value: RestatedValue::nothing_like(measurement),
                    sources: Vec::new(),
                    bases: BTreeSet::new(),
                })
            });
            *entry = entry.take().and_then(|mut figure| {
                figure.value = figure.value.plus(measurement, share)?;
                if !figure.sources.contains(&unit) {
                    figure.sources.push(unit);
                }
                figure.bases.extend(&share.bases);
                Some(figure)
            });
        }
    }
    order.sort_by_key(Option::is_none);
    let mut found = |unit| gathered.remove(&unit).flatten();
    order.into_iter().filter_map(&mut found).collect()
}

/// Restates figures to the units of one day; what became of a unit is looked up once.
#[derive(Debug)]
pub struct Restater<'a> {
    succession: &'a Succession,
    day: Date,
    known: HashMap<(Id, Date), Vec<MappedShare>>,
}

impl<'a> Restater<'a> {
    /// Restates to the units of this day.
    pub fn new(succession: &'a Succession, day: Date) -> Self {
        Self {
            succession,
            day,
            known: HashMap::new(),
        }
    }

    /// Which part of a unit belongs to which unit of the day. It is looked at as it stood on
    /// the first of these days on which it did; a unit that the directory does not know stays
    /// what it is.
    pub(super) fn shares(
        &mut self,
        unit: Id,
        days: impl IntoIterator<Item = Date>,
    ) -> &[MappedShare] {
        let stood = days
            .into_iter()
            .find(|day| self.succession.stands(unit, *day));
        let (succession, to) = (self.succession, self.day);
        let key = (unit, stood.unwrap_or(Date::MIN));
        self.known.entry(key).or_insert_with(|| match stood {
            Some(from) => succession.mapping(&[unit], from, to),
            None => vec![MappedShare {
                from: unit,
                to: Some(unit),
                share: directory::Share::WHOLE,
                bases: BTreeSet::new(),
                ordered_by: Vec::new(),
            }],
        })
    }

    /// The figures of an indicator by the units of the day, each unit's from the end of the
    /// period that it speaks of: what was reported of units that are gone belongs to those
    /// that they became, in their parts.
    pub fn restate(&mut self, view: &PlanView, indicator: &IndicatorView) -> Restated {
        let figures: Vec<(Id, Measurement, Vec<MappedShare>)> = indicator
            .units
            .iter()
            .filter_map(|figure| {
                let latest = figure.latest?;
                let days = [Some(latest.period.end()), view.date];
                let shares = self.shares(figure.unit, days.into_iter().flatten());
                Some((figure.unit, latest.measurement, shares.to_vec()))
            })
            .collect();
        let figures = figures
            .iter()
            .map(|(unit, measurement, shares)| (*unit, *measurement, shares.as_slice()));
        Restated {
            day: self.day,
            units: gather(figures),
        }
    }
}

#[cfg(test)]
mod tests;
