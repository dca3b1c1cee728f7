//! What a day's rows make of units that stood before: divided, merged, renamed, moved, ended.

use std::collections::BTreeMap;

use vocab::Id;

use super::build::Day;
use super::rows::{EventRow, Kind};
use super::say;
use crate::units::record::UnitBody;
use crate::units::shipped::lower_first;
use crate::units::{Fraction, Part, ShareBasis, UnitChange};

impl Day<'_> {
    /// Units that go into several others.
    pub(super) fn divisions(&mut self) {
        let mut by_unit: BTreeMap<&str, Vec<&EventRow>> = BTreeMap::new();
        for row in self.merging() {
            by_unit.entry(&row.from_code).or_default().push(row);
        }
        for rows in by_unit.into_values() {
            let first = rows[0];
            let whole = rows.iter().find(|row| row.share == "whole");
            match (whole, rows.len()) {
                (Some(_), 1) => continue,
                (Some(_), _) => {
                    let last = rows[rows.len() - 1];
                    let fault = self.made.fault(last.line, "row-whole-twice");
                    say(fault, "code", &first.from_code);
                    say(fault, "line", first.line);
                    continue;
                }
                (None, 1) => {
                    let fault = self.made.fault(first.line, "row-part-alone");
                    say(fault, "code", &first.from_code);
                    continue;
                }
                (None, _) => {}
            }
            let parts: Vec<Option<Part>> = rows.iter().map(|row| self.part(row)).collect();
            let parts: Vec<Part> = parts.into_iter().flatten().collect();
            if let (Some(from), true) = (self.unit(first), parts.len() == rows.len()) {
                self.add(first, UnitChange::Split { from, into: parts });
            }
        }
    }

    fn part(&mut self, row: &EventRow) -> Option<Part> {
        let unit = *self.to.get(row.to_code.as_str())?;
        let unknown = row.share == "part" || row.share.is_empty();
        let share = row.share.parse::<Fraction>().ok();
        let basis = ShareBasis::from_value(&row.basis);
        if !unknown && (share.is_none() || basis.is_none()) {
            let fault = self.made.fault(row.line, "row-share-invalid");
            say(fault, "value", &row.share);
            say(fault, "basis", &row.basis);
            return None;
        }
        Some(Part {
            unit,
            share,
            basis: share.and(basis),
        })
    }

    /// Units that go whole into another.
    pub(super) fn merges(&mut self) {
        let mut by_target: BTreeMap<Id, (&EventRow, Vec<Id>)> = BTreeMap::new();
        for row in self.merging().filter(|row| row.share == "whole") {
            let (Some(unit), Some(into)) = (self.unit(row), self.to.get(row.to_code.as_str()))
            else {
                continue;
            };
            if self.ended.contains_key(&unit) {
                let (_, from) = by_target.entry(*into).or_insert((row, Vec::new()));
                from.push(unit);
            }
        }
        let mut merges: Vec<_> = by_target.into_iter().collect();
        merges.sort_by_key(|(_, (row, _))| row.line);
        for (into, (row, from)) in merges {
            self.add(row, UnitChange::Merge { from, into });
        }
    }

    pub(super) fn others(&mut self) {
        for row in self.rows {
            let Some((unit, body)) = self.from.get(row.from_code.as_str()).copied() else {
                continue;
            };
            match row.kind {
                Kind::Rename => {
                    let change = UnitChange::Rename {
                        unit,
                        name: format!("UBND {}", lower_first(&row.to_name)),
                        short_name: row.to_name.clone(),
                    };
                    self.add(row, change);
                }
                Kind::Move => self.move_under(row, unit, body),
                Kind::Abolish => {
                    let mut units = self.offices_under(unit);
                    units.push(unit);
                    self.add(row, UnitChange::Abolish { units });
                }
                Kind::Create | Kind::MergeInto => {}
            }
        }
    }

    fn move_under(&mut self, row: &EventRow, unit: Id, body: &UnitBody) {
        let Some((parent, hierarchy)) = self.after(&row.parent_code) else {
            let fault = self.made.fault(row.line, "row-parent-unknown");
            say(fault, "name", &body.short_name);
            say(fault, "code", &row.parent_code);
            return;
        };
        let change = UnitChange::Move {
            unit,
            hierarchy,
            parent: Some(parent),
        };
        self.add(row, change);
    }

    /// The offices under a unit that is abolished end with it; areas under it do not, each
    /// needs a row of its own.
    fn offices_under(&self, unit: Id) -> Vec<Id> {
        let bodies = self.timeline.versions.values().map(|held| &held.body);
        let offices = bodies.filter(|body| {
            body.parent == Some(unit)
                && body.area_code.is_none()
                && body.holds_on(self.eve)
                && body.valid_to.is_none()
        });
        let offices: Vec<Id> = offices.map(|body| body.unit).collect();
        let below: Vec<Id> = offices
            .iter()
            .flat_map(|office| self.offices_under(*office))
            .collect();
        offices.into_iter().chain(below).collect()
    }
}
