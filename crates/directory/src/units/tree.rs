//! The units of one day: who stands under whom. `tree/names.rs` says what names mean,
//! `tree/groups.rs` who belongs to which group.

mod groups;
mod names;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use groups::Groups;
use jiff::civil::Date;
pub use names::Reading;
pub(crate) use names::name_key;
use vocab::Id;

use super::record::GroupBody;
use super::{Group, Unit, UnitKind};

/// The units of one day in the order of lists: every unit before what stands under it.
#[derive(Debug)]
pub struct UnitTree {
    units: Vec<Arc<Unit>>,
    places: HashMap<Id, usize>,
    children: HashMap<Id, Vec<Id>>,
    roots: Vec<Id>,
    bodies: Vec<GroupBody>,
    /// Made when first asked for: most who want the tree want neither groups nor names.
    groups: OnceLock<Groups>,
    names: OnceLock<HashMap<String, Vec<Id>>>,
}

impl UnitTree {
    /// The tree of a day, from all versions of all units in the order of lists.
    pub(crate) fn on(day: Date, versions: &[Arc<Unit>], groups: &[GroupBody]) -> Self {
        let (standing, mut places) = standing_on(day, versions);
        let parent_of = |unit: &Arc<Unit>| unit.parent.and_then(|id| places.get(&id).copied());
        let parents: Vec<Option<usize>> = standing
            .iter()
            .map(|unit| unit.as_ref().and_then(parent_of))
            .collect();
        let mut under: Vec<Vec<usize>> = vec![Vec::new(); standing.len()];
        let mut top = Vec::new();
        for place in (0..standing.len()).filter(|place| standing[*place].is_some()) {
            match stands_under_another(place, &parents) {
                Some(parent) => under[parent].push(place),
                None => top.push(place),
            }
        }
        let mut tree = Self {
            units: Vec::with_capacity(places.len()),
            places: HashMap::new(),
            children: HashMap::new(),
            roots: Vec::new(),
            bodies: groups
                .iter()
                .filter(|group| group.holds_on(day))
                .cloned()
                .collect(),
            groups: OnceLock::new(),
            names: OnceLock::new(),
        };
        let mut now_at = vec![0; standing.len()];
        let id_of = |place: &usize| standing[*place].as_ref().map(|unit| unit.id);
        tree.roots = top.iter().filter_map(id_of).collect();
        let mut open: Vec<(usize, bool)> = top.iter().rev().map(|root| (*root, true)).collect();
        while let Some((place, is_root)) = open.pop() {
            let Some(mut unit) = standing[place].clone() else {
                continue;
            };
            if !under[place].is_empty() {
                let children = under[place].iter().filter_map(id_of).collect();
                tree.children.insert(unit.id, children);
                open.extend(under[place].iter().rev().map(|child| (*child, false)));
            }
            if is_root && unit.parent.is_some() {
                Arc::make_mut(&mut unit).parent = None;
            }
            now_at[place] = tree.units.len();
            tree.units.push(unit);
        }
        for place in places.values_mut() {
            *place = now_at[*place];
        }
        tree.places = places;
        tree
    }

    /// A unit.
    pub fn get(&self, id: Id) -> Option<&Unit> {
        self.places.get(&id).map(|place| &*self.units[*place])
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
        self.units.iter().map(AsRef::as_ref)
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
        &self.made_groups().list
    }

    /// A group by its id.
    pub fn group(&self, id: Id) -> Option<&Group> {
        self.groups().iter().find(|group| group.id == id)
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

/// The versions that hold on a day, and where each unit's is. A place is empty where a unit
/// has another version that claims the day: the one that begins later is meant.
fn standing_on(day: Date, versions: &[Arc<Unit>]) -> (Vec<Option<Arc<Unit>>>, HashMap<Id, usize>) {
    let mut standing: Vec<Option<Arc<Unit>>> = Vec::with_capacity(versions.len());
    let mut places: HashMap<Id, usize> = HashMap::with_capacity(versions.len());
    let holds =
        |unit: &Arc<Unit>| unit.valid_from <= day && unit.valid_to.is_none_or(|last| day <= last);
    for unit in versions.iter().filter(|unit| holds(unit)) {
        if let Some(known) = places.get(&unit.id).copied() {
            let begun = standing[known].as_ref().map(|known| known.valid_from);
            if begun.is_some_and(|begun| begun >= unit.valid_from) {
                continue;
            }
            standing[known] = None;
        }
        places.insert(unit.id, standing.len());
        standing.push(Some(unit.clone()));
    }
    (standing, places)
}

/// The unit above, if it is there on this day and is not, by whatever way, the unit itself:
/// units that stand in a circle are all at the top, so that none is lost.
fn stands_under_another(place: usize, parents: &[Option<usize>]) -> Option<usize> {
    let mut at = parents[place];
    for _ in 0..parents.len() {
        match at {
            None => break,
            Some(above) if above == place => return None,
            Some(above) => at = parents[above],
        }
    }
    parents[place]
}

#[cfg(test)]
impl UnitTree {
    /// The tree of a day from versions in any order, without groups.
    pub(crate) fn of(day: Date, versions: &[Unit]) -> Self {
        let mut versions: Vec<Arc<Unit>> = versions.iter().cloned().map(Arc::new).collect();
        versions
            .sort_by_cached_key(|unit| (unit.kind, vocab::collate::sort_key(&unit.name), unit.id));
        Self::on(day, &versions, &[])
    }
}
