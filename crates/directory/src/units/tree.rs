//! The units of one day: who stands under whom, and what names mean.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;
use vocab::{Id, collate, fold};

use super::group::Rule;
use super::record::{GroupBody, group_id};
use super::shipped::lower_first;
use super::{Group, Unit, UnitKind};

/// Stands for the district in a name.
const UNIT: &str = "{unit}";

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

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading<'a> {
    /// One unit.
    Unit(Id),
    /// A group of units.
    Group(&'a Group),
}

/// The words of a name: composed, lower case, tones kept, without punctuation.
pub(crate) fn name_key(name: &str) -> String {
    let plain: String = name
        .nfc()
        .map(|ch| if ch.is_alphanumeric() { ch } else { ' ' })
        .collect();
    fold::name_key(&plain)
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
        tree.make_groups(groups);
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

    /// What a body's or group's name means, where it stands among things about the unit
    /// `within`. Case, punctuation and the place of tone marks do not matter, tones do. A
    /// name that could mean several units is looked for in `within` first; if it still could
    /// mean several, it means nothing.
    pub fn resolve(&self, name: &str, within: Option<Id>) -> Option<Reading<'_>> {
        let within = within.and_then(|id| self.get(id));
        let key = match within {
            Some(unit) if name.contains(UNIT) => {
                name_key(&name.replace(UNIT, &lower_first(&unit.short_name)))
            }
            _ => name_key(name),
        };
        if let Some(id) = self.unit_named(&key, within) {
            return Some(Reading::Unit(id));
        }
        let district = within.and_then(|unit| self.district_of(unit.id));
        let at = self
            .group_names
            .get(&(district, key.clone()))
            .or_else(|| self.group_names.get(&(None, key)))?;
        Some(Reading::Group(&self.groups[*at]))
    }

    fn unit_named(&self, key: &str, within: Option<&Unit>) -> Option<Id> {
        match (self.names.get(key)?.as_slice(), within) {
            ([one], _) => Some(*one),
            (several, Some(unit)) => {
                let near = self.descendants(self.district_of(unit.id).unwrap_or(unit.id));
                let mut found = several.iter().filter(|id| near.contains(id));
                found.next().filter(|_| found.next().is_none()).copied()
            }
            (_, None) => None,
        }
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

    fn index_names(&mut self) {
        for unit in &self.units {
            for name in unit.aliases.iter().chain([&unit.name, &unit.short_name]) {
                let ids = self.names.entry(name_key(name)).or_default();
                if !ids.contains(&unit.id) {
                    ids.push(unit.id);
                }
            }
        }
    }

    fn make_groups(&mut self, bodies: &[GroupBody]) {
        for body in bodies {
            let rule = Rule::parse(&body.rule);
            let Some(rule) = rule.as_ref().filter(|rule| rule.within_section) else {
                let members = rule.map(|rule| self.members(&rule, None));
                self.add_group(None, body, &body.key, &body.name, &body.rule, members);
                continue;
            };
            let districts: Vec<Unit> = self
                .iter()
                .filter(|unit| unit.kind == UnitKind::District)
                .cloned()
                .collect();
            for district in districts {
                let code = district.area_code.clone().unwrap_or_default();
                let members = Some(self.members(rule, Some(district.id)));
                let written = lower_first(&district.short_name);
                let name = format!("{} thuộc {written}", body.name);
                let key = format!("{}/{code}", body.key);
                let rule = body
                    .rule
                    .replace("within=section", &format!("within={code}"));
                self.add_group(Some(&district), body, &key, &name, &rule, members);
            }
        }
    }

    fn members(&self, rule: &Rule, within: Option<Id>) -> Vec<Id> {
        let candidates: Vec<Id> = match within {
            Some(district) => self.descendants(district),
            None => self.units.iter().map(|unit| unit.id).collect(),
        };
        let takes = |id: &Id| self.get(*id).is_some_and(|unit| rule.takes(unit));
        candidates.into_iter().filter(takes).collect()
    }

    /// Adds a group under its names: those with the district in them mean it anywhere, the
    /// others only where that district is read about.
    fn add_group(
        &mut self,
        district: Option<&Unit>,
        body: &GroupBody,
        key: &str,
        name: &str,
        rule: &str,
        members: Option<Vec<Id>>,
    ) {
        let at = self.groups.len();
        self.groups.push(Group {
            id: group_id(key),
            key: key.to_owned(),
            name: name.to_owned(),
            rule: rule.to_owned(),
            members,
        });
        self.group_names.entry((None, name_key(name))).or_insert(at);
        for alias in body.aliases.iter().chain([&body.name]) {
            let (place, alias) = match district {
                Some(unit) if alias.contains(UNIT) => {
                    (None, alias.replace(UNIT, &lower_first(&unit.short_name)))
                }
                other => (other.map(|unit| unit.id), alias.clone()),
            };
            self.group_names
                .entry((place, name_key(&alias)))
                .or_insert(at);
        }
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::units::Level;

    fn id(number: u8) -> Id {
        let mut bytes = [0; 16];
        bytes[15] = number;
        Id::from_bytes(bytes)
    }

    fn unit(number: u8, parent: Option<u8>) -> Unit {
        Unit {
            id: id(number),
            name: format!("Đơn vị {number}"),
            short_name: format!("ĐV {number}"),
            aliases: vec!["Đơn vị".to_owned()],
            kind: UnitKind::Office,
            level: Level::Province,
            parent: parent.map(id),
            code: None,
            area_code: None,
            valid_from: date(2023, 1, 1),
            valid_to: None,
        }
    }

    proptest! {
        #[test]
        fn no_unit_is_lost_and_none_stands_twice(
            parents in proptest::collection::vec(proptest::option::of(0..14_u8), 1..12)
        ) {
            let units: Vec<Unit> = (0..).zip(&parents).map(|(at, parent)| unit(at, *parent)).collect();
            let tree = UnitTree::on(date(2023, 4, 14), &units, &[]);
            let mut listed: Vec<Id> = tree.iter().map(|unit| unit.id).collect();
            listed.sort_unstable();
            let expected: Vec<Id> = units.iter().map(|unit| unit.id).collect();
            prop_assert_eq!(listed, expected);
            let under: usize = tree.roots().iter().map(|root| tree.descendants(*root).len()).sum();
            prop_assert_eq!(under, units.len());
            for unit in tree.iter() {
                prop_assert_eq!(unit.parent.is_none(), tree.roots().contains(&unit.id));
                for child in tree.children(unit.id) {
                    prop_assert_eq!(tree.get(*child).unwrap().parent, Some(unit.id));
                }
            }
        }
    }

    #[test]
    fn a_day_shows_the_version_that_holds_on_it() {
        let old = Unit {
            valid_to: Some(date(2024, 10, 31)),
            ..unit(1, None)
        };
        let new = Unit {
            name: "Đơn vị mới".to_owned(),
            valid_from: date(2024, 11, 1),
            ..unit(1, None)
        };
        let name = |day, versions: &[Unit]| {
            let tree = UnitTree::on(day, versions, &[]);
            tree.get(id(1)).map(|unit| unit.name.clone())
        };
        let both = [old.clone(), new.clone()];
        assert_eq!(name(date(2022, 12, 31), &both), None);
        assert_eq!(name(date(2024, 10, 31), &both).as_deref(), Some("Đơn vị 1"));
        assert_eq!(
            name(date(2024, 11, 1), &both).as_deref(),
            Some("Đơn vị mới")
        );
        let overlapping = [
            Unit {
                valid_to: None,
                ..old
            },
            new,
        ];
        assert_eq!(
            name(date(2024, 11, 1), &overlapping).as_deref(),
            Some("Đơn vị mới")
        );
    }

    #[test]
    fn what_could_mean_several_means_nothing() {
        let tree = UnitTree::on(date(2023, 4, 14), &[unit(1, None), unit(2, Some(1))], &[]);
        assert_eq!(tree.resolve("đơn vị", None), None);
        assert_eq!(
            tree.resolve("đơn vị", Some(id(2))),
            Some(Reading::Unit(id(2)))
        );
        assert_eq!(tree.resolve("đơn vị", Some(id(1))), None);
        assert_eq!(tree.resolve("ĐƠN VỊ 2", None), Some(Reading::Unit(id(2))));
    }
}
