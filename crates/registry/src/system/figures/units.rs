//! Whose the records of a figure were on a day, whatever became of the units.

use std::collections::BTreeMap;

use directory::{Succession, UnitTree};
use jiff::civil::Date;
use pack::declaration::Function;
use vocab::Id;

use super::{Amount, Measured, Source};
use crate::{Registry, RegistryError};

/// A figure by the units of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByUnit {
    /// The day.
    pub day: Date,
    /// The units' own records.
    pub own: BTreeMap<Id, Amount>,
    /// Records of units that became several, or are none of that day: they count in the whole
    /// and for no unit.
    pub unclear: Amount,
}

impl Registry {
    /// A figure by the units of a day. A record of a unit that does not stand on that day counts
    /// for the one unit that it became, or that it came from; where there are several, or none,
    /// it cannot be told, and is not shared out by guessing.
    pub async fn by_units_of(
        &self,
        source: &Source<'_>,
        measured: &Measured,
        day: Date,
    ) -> Result<ByUnit, RegistryError> {
        let succession = self.directory().succession().await?;
        let function = *source.declared.function;
        let nothing = Amount::nothing(function);
        let mut by_unit = ByUnit {
            day,
            own: BTreeMap::new(),
            unclear: nothing,
        };
        for (unit, amount) in &measured.units {
            let into = match on_day(&succession, *unit, day) {
                Some(unit) => by_unit.own.entry(unit).or_insert(nothing),
                None => &mut by_unit.unclear,
            };
            *into = into.and(function, *amount);
        }
        Ok(by_unit)
    }
}

impl ByUnit {
    /// What a unit comes to with all that stood under it on that day.
    pub fn below(&self, tree: &UnitTree, function: Function, unit: Id) -> Amount {
        let below = tree.descendants(unit);
        let own = below.iter().filter_map(|unit| self.own.get(unit));
        own.fold(Amount::nothing(function), |sum, one| {
            sum.and(function, *one)
        })
    }
}

/// The unit of a day that a unit of another day was or became, if it is just one.
fn on_day(succession: &Succession, unit: Id, day: Date) -> Option<Id> {
    if succession.stands(unit, day) {
        return Some(unit);
    }
    let only = |units: Vec<Id>| match units.as_slice() {
        [unit] => Some(*unit),
        _ => None,
    };
    let later = succession.successors(unit, day);
    if later.is_empty() {
        only(succession.predecessors(unit, day))
    } else {
        only(later)
    }
}
