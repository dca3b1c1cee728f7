//! Events that bring in a list of units: provinces, their districts, their communes.

use std::collections::BTreeSet;

use jiff::civil::Date;
use vocab::Id;

use super::area::{area_details, id_of, on_code};
use super::rows::UnitRow;
use super::{Made, say};
use crate::units::events::Timeline;
use crate::units::{Hierarchy, Resolution, UnitChange, UnitEvent};

/// Makes the events that create the units of a list. Those of a province that is not in
/// the administration are neighbours.
pub(super) fn events(timeline: &Timeline, rows: &[UnitRow], file: &str) -> Made {
    let mut list = List {
        timeline,
        file,
        made: Made::default(),
        begun: BTreeSet::new(),
    };
    for row in rows {
        list.row(row);
    }
    list.made
}

struct List<'a> {
    timeline: &'a Timeline,
    file: &'a str,
    made: Made,
    /// What this list has begun so far.
    begun: BTreeSet<Id>,
}

impl List<'_> {
    fn row(&mut self, row: &UnitRow) {
        let province = self.area(row, &row.province_code, &row.province_name, None);
        let above = match (province, row.district_code.is_empty()) {
            (Some(province), false) => {
                self.area(row, &row.district_code, &row.district_name, Some(province))
            }
            (province, _) => province,
        };
        let Some(above) = above else { return };
        let id = id_of(&row.code, row.date);
        if self.begun.contains(&id) || on_code(self.timeline, &row.code, row.date).is_some() {
            let fault = self.made.fault(row.line, "row-code-twice");
            say(fault, "code", &row.code);
            return;
        }
        self.create(row, &row.code, &row.name, Some(above));
    }

    /// A unit above, that stands or is begun here.
    fn area(
        &mut self,
        row: &UnitRow,
        code: &str,
        name: &str,
        above: Option<(Id, Hierarchy)>,
    ) -> Option<(Id, Hierarchy)> {
        if let Some((unit, body)) = on_code(self.timeline, code, row.date) {
            return Some((unit, body.hierarchy));
        }
        let id = id_of(code, row.date);
        if self.begun.contains(&id) {
            return Some((id, Hierarchy::Neighbours));
        }
        self.create(row, code, name, above)
    }

    fn create(
        &mut self,
        row: &UnitRow,
        code: &str,
        name: &str,
        above: Option<(Id, Hierarchy)>,
    ) -> Option<(Id, Hierarchy)> {
        let hierarchy = above.map_or(Hierarchy::Neighbours, |(_, hierarchy)| hierarchy);
        let parent = above.map(|(unit, _)| unit);
        let Some(details) = area_details(name, code, hierarchy, parent) else {
            let fault = self.made.fault(row.line, "row-name-unknown");
            say(fault, "name", name);
            say(fault, "code", code);
            return None;
        };
        let unit = id_of(code, row.date);
        self.begun.insert(unit);
        let event = UnitEvent {
            date: row.date,
            change: UnitChange::Create { unit, details },
            ordered_by: read_from(self.file, row.line),
        };
        self.made.events.push((row.line, event));
        Some((unit, hierarchy))
    }
}

/// Where something was read that no resolution is known for.
fn read_from(file: &str, line: u32) -> Resolution {
    Resolution {
        symbol: None,
        date: None::<Date>,
        source: format!("{file}:{line}"),
    }
}
