//! Which units have reported, and on how much of what they owe.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use vocab::{Id, Period};

use super::PlanView;

/// A unit that owes reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitReporting {
    /// The unit.
    pub unit: Id,
    /// On how many measures it has reported.
    pub made: usize,
    /// On how many it has not.
    pub missing: usize,
}

impl PlanView {
    /// Each unit that leads a target, with how many measures it has a consolidated report of
    /// one of these periods on; whoever lacks most first, then in the order of the directory.
    /// A measure that several targets share counts once. What is held back from whoever sees
    /// this view is not missing.
    pub fn reporting(&self, asked: impl Fn(Period) -> bool) -> Vec<UnitReporting> {
        let mut owed: HashMap<Id, BTreeMap<Id, bool>> = HashMap::new();
        let shown = self.targets.iter().filter(|target| !target.is_withheld());
        for target in shown {
            for unit in &target.reporters {
                let of_unit = target.indicators.iter().map(|indicator| {
                    let mut reports = indicator.reports.get(unit).into_iter().flatten();
                    (indicator.id, reports.any(|report| asked(report.period)))
                });
                owed.entry(*unit).or_default().extend(of_unit);
            }
        }
        let units = self.board.units.iter();
        let mut units: Vec<UnitReporting> = units
            .filter_map(|row| {
                let owed = owed.get(&row.unit).filter(|owed| !owed.is_empty())?;
                let made = owed.values().filter(|made| **made).count();
                Some(UnitReporting {
                    unit: row.unit,
                    made,
                    missing: owed.len() - made,
                })
            })
            .collect();
        units.sort_by_key(|unit| Reverse(unit.missing));
        units
    }
}
