//! The units of one day: who stands under whom. `tree/names.rs` says what names mean,
//! `tree/groups.rs` who belongs to which group.

mod groups;
mod names;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
pub use names::Reading;
pub(crate) use names::name_key;
use vocab::{Id, collate};

use super::record::GroupBody;
use super::{Group, Unit, UnitKind};

/// The units of one day in the order of lists: every unit before what stands under it.
#[derive(Debug)]
pub struct UnitTree {
    units: Vec<Unit>,
    places: HashMap<Id, usize>,
    children: HashMap<Id, Vec<Id>>,
    roots: Vec<Id>,
    groups: Vec<Group>,
    names: HashMap<String, Vec<Id>>,
    /// Groups by name, with the district that the name is meant in.
    group_names: HashMap<(Option<Id>, String), usize>,
}

impl UnitTree {
    /// The tree of a day, from all versions of all units.
    pub(crate) fn on(day: Date, versions: &[Unit], groups: &[GroupBody]) -> Self {
        let mut units: Vec<Unit> = versions
            .iter()
            .filter(|unit| unit.valid_from <= day && unit.valid_to.is_none_or(|last| day <= last))
            .cloned()
            .collect();
        // Of two versions that claim one day the one that begins later is meant.
        units.sort_by_key(|unit| (unit.id, std::cmp::Reverse(unit.valid_from)));
        units.dedup_by_key(|unit| unit.id);
        units.sort_by_cached_key(|unit| (unit.kind, collate::sort_key(&unit.name), unit.id));
        let parents: HashMap<Id, Option<Id>> =
            units.iter().map(|unit| (unit.id, unit.parent)).collect();
        let mut children: HashMap<Id, Vec<Id>> = HashMap::new();
        let mut roots = Vec::new();
        for unit in &mut units {
            unit.parent = unit
                .parent
                .filter(|_| stands_under_another(unit.id, &parents));
            match unit.parent {
                Some(parent) => children.entry(parent).or_default().push(unit.id),
                None => roots.push(unit.id),
            }
        }
        let mut tree = Self {
            places: places(&units),
            units,
            children,
            roots,
            groups: Vec::new(),
            names: HashMap::new(),
            group_names: HashMap::new(),
        };
        let in_order: Vec<Unit> = tree
            .roots
            .iter()
            .flat_map(|root| tree.descendants(*root))
            .filter_map(|id| tree.get(id).cloned())
            .collect();
        tree.places = places(&in_order);
        tree.units = in_order;
        tree.index_names();
        tree.make_groups(groups.iter().filter(|group| group.holds_on(day)));
        tree
    }

    /// A unit.
    pub fn get(&self, id: Id) -> Option<&Unit> {
        self.places.get(&id).map(|place| &self.units[*place])
    }

    /// The units right under one, in the order of lists.
    pub fn children(&self, id: Id) -> &[Id] {
        self.children.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The units under no other: the province and what is not subordinate to it.
    pub fn roots(&self) -> &[Id] {
        &self.roots
    }

    /// All units, each before what stands under it.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter()
    }

    /// How many units there are.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there are no units on that day.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// A unit and everything under it; empty if there is no such unit.
    pub fn descendants(&self, id: Id) -> Vec<Id> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut open = vec![id];
        while let Some(next) = open.pop() {
            if !self.places.contains_key(&next) || !seen.insert(next) {
                continue;
            }
            found.push(next);
            open.extend(self.children(next).iter().rev());
        }
        found
    }

    /// The unit that an area code means on this day.
    pub fn by_area_code(&self, code: &str) -> Option<&Unit> {
        self.iter()
            .find(|unit| unit.area_code.as_deref() == Some(code))
    }

    /// The groups, those of a district after the one that they are made from.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// A group by its id.
    pub fn group(&self, id: Id) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The district that a unit is or stands in.
    fn district_of(&self, id: Id) -> Option<Id> {
        let mut at = self.get(id);
        for _ in 0..self.units.len() {
            let unit = at?;
            if unit.kind == UnitKind::District {
                return Some(unit.id);
            }
            at = unit.parent.and_then(|parent| self.get(parent));
        }
        None
    }
}

/// Whether the unit above is there on this day and is not, by whatever way, the unit itself:
/// units that stand in a circle are all at the top, so that none is lost.
fn stands_under_another(id: Id, parents: &HashMap<Id, Option<Id>>) -> bool {
    let above = |id: &Id| parents.get(id).copied().flatten();
    let Some(parent) = above(&id).filter(|parent| parents.contains_key(parent)) else {
        return false;
    };
    let mut at = Some(parent);
    for _ in 0..parents.len() {
        match at {
            None => return true,
            Some(unit) if unit == id => return false,
            Some(unit) => at = above(&unit),
        }
    }
    true
}

fn places(units: &[Unit]) -> HashMap<Id, usize> {
    let ids = units.iter().enumerate();
    ids.map(|(place, unit)| (unit.id, place)).collect()
}
