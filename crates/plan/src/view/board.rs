//! How each unit stands on each target: derived once with the view, so that a wall or a heat
//! map is a walk through memory.

use std::collections::HashMap;

use directory::{Succession, UnitTree};
use jiff::civil::Date;
use vocab::{Id, Period};

use super::PlanView;
use super::restated::Restater;
use crate::standing::{Standing, judge, together};

/// Units and how they stand on what they owe.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// The units that report on any target, in the order of the directory; those that the
    /// directory does not have on the plan's day come last.
    pub units: Vec<UnitRow>,
}

/// One unit.
#[derive(Clone, Debug)]
pub struct UnitRow {
    /// The unit.
    pub unit: Id,
    /// How it stands on each target of the plan, in the order of the annex; nothing where it
    /// owes no report.
    pub cells: Vec<Option<Standing>>,
    /// The latest period that any of its consolidated reports speaks of.
    pub latest: Option<Period>,
}

impl UnitRow {
    /// On how many targets it reports.
    pub fn owed(&self) -> usize {
        self.cells.iter().flatten().count()
    }
}

impl Board {
    pub(super) fn of(view: &PlanView) -> Self {
        let width = view.targets.len();
        let mut rows: HashMap<Id, UnitRow> = HashMap::new();
        for (place, target) in view.targets.iter().enumerate() {
            let mut standings: HashMap<Id, Vec<Standing>> = HashMap::new();
            for unit in &target.reporters {
                standings.entry(*unit).or_default();
            }
            let figures = target.indicators.iter().flat_map(|one| &one.units);
            for figure in figures {
                let of_unit = standings.entry(figure.unit).or_default();
                of_unit.push(figure.judgement.standing);
                let row = row_of(&mut rows, figure.unit, width);
                let period = figure.latest.map(|latest| latest.period);
                row.latest = later(row.latest, period);
            }
            for (unit, standings) in standings {
                row_of(&mut rows, unit, width).cells[place] = Some(together(standings));
            }
        }
        Self::in_order(rows, &view.units)
    }

    /// These rows in the order of a tree.
    fn in_order(mut rows: HashMap<Id, UnitRow>, tree: &UnitTree) -> Self {
        let known = tree.iter().filter_map(|unit| rows.remove(&unit.id));
        let mut units: Vec<UnitRow> = known.collect();
        let mut others: Vec<UnitRow> = rows.into_values().collect();
        others.sort_by_key(|row| row.unit);
        units.append(&mut others);
        Self { units }
    }

    /// The row of a unit.
    pub fn row(&self, unit: Id) -> Option<&UnitRow> {
        self.units.iter().find(|row| row.unit == unit)
    }
}

impl PlanView {
    /// How the units of another day stand on what earlier units reported, in the order of
    /// that day's tree. Where a share is not known, a unit stands as the worst that it may be.
    pub fn board_on(&self, succession: &Succession, units: &UnitTree, day: Date) -> Board {
        let width = self.targets.len();
        let mut restater = Restater::new(succession, day);
        let mut rows: HashMap<Id, UnitRow> = HashMap::new();
        for (place, target) in self.targets.iter().enumerate() {
            let mut standings: HashMap<Id, Vec<Standing>> = HashMap::new();
            for indicator in &target.indicators {
                for figure in restater.restate(self, indicator).units {
                    let Some(unit) = figure.unit else { continue };
                    let latest = indicator
                        .units
                        .iter()
                        .filter(|one| figure.sources.contains(&one.unit))
                        .filter_map(|one| Some(one.latest?.period))
                        .max_by_key(|period| period.by_end());
                    let row = row_of(&mut rows, unit, width);
                    row.latest = later(row.latest, latest);
                    let standing = latest.map(|latest| {
                        let judged = figure.value.bounds(&indicator.body.measure);
                        let judged = judged.into_iter().map(|value| {
                            let figure = Some((value, latest));
                            let own = (&indicator.body.measure, &indicator.course);
                            let (measure, course) = indicator.asked_on(latest.end()).unwrap_or(own);
                            judge(measure, course, figure).standing
                        });
                        judged.max().unwrap_or_default()
                    });
                    let of_unit = standings.entry(unit).or_default();
                    of_unit.push(standing.unwrap_or_default());
                }
                // Whoever took over what is silent is silent about a part of it.
                let silent = indicator.units.iter().filter(|one| one.latest.is_none());
                for one in silent {
                    for share in restater.shares(one.unit, self.date) {
                        if let Some(unit) = share.to {
                            standings.entry(unit).or_default().push(Standing::NoData);
                        }
                    }
                }
            }
            for (unit, standings) in standings {
                row_of(&mut rows, unit, width).cells[place] = Some(together(standings));
            }
        }
        Board::in_order(rows, units)
    }
}

fn row_of(rows: &mut HashMap<Id, UnitRow>, unit: Id, width: usize) -> &mut UnitRow {
    rows.entry(unit).or_insert_with(|| UnitRow {
        unit,
        cells: vec![None; width],
        latest: None,
    })
}

/// The one that ends later.
fn later(one: Option<Period>, other: Option<Period>) -> Option<Period> {
    let both = one.into_iter().chain(other);
    both.max_by_key(|period| period.by_end())
}
