//! What names of bodies and groups mean.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use vocab::{Id, fold};

use super::UnitTree;
use super::groups::UNIT;
use crate::units::shipped::lower_first;
use crate::units::{Group, Level, Unit, UnitKind};

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
        let group = self.made_groups().named(district, key)?;
        Some(Reading::Group(group))
    }

    fn unit_named(&self, key: &str, within: Option<&Unit>) -> Option<Id> {
        let near = within.map_or_else(Vec::new, |unit| {
            self.descendants(self.district_of(unit.id).unwrap_or(unit.id))
        });
        let meant: Vec<Id> = self
            .named_units()
            .get(key)?
            .iter()
            .copied()
            .filter(|id| near.contains(id) || !self.is_local_name(*id, key))
            .collect();
        only(meant.iter().copied())
            .or_else(|| only(meant.iter().copied().filter(|id| near.contains(id))))
    }

    /// Whether a name means this unit in its own district alone: «Phòng TC-KH» means
    /// another office in the next one.
    fn is_local_name(&self, id: Id, key: &str) -> bool {
        self.get(id).is_some_and(|unit| {
            unit.level == Level::District
                && unit.kind != UnitKind::District
                && [&unit.name, &unit.short_name]
                    .iter()
                    .all(|name| name_key(name) != key)
        })
    }

    /// The units that each name could mean.
    fn named_units(&self) -> &HashMap<String, Vec<Id>> {
        self.names.get_or_init(|| {
            let mut names: HashMap<String, Vec<Id>> = HashMap::new();
            for unit in self.iter() {
                for name in unit.aliases.iter().chain([&unit.name, &unit.short_name]) {
                    let ids = names.entry(name_key(name)).or_default();
                    if !ids.contains(&unit.id) {
                        ids.push(unit.id);
                    }
                }
            }
            names
        })
    }
}

/// The one that there is, if there are no others.
fn only(mut ids: impl Iterator<Item = Id>) -> Option<Id> {
    let first = ids.next();
    first.filter(|_| ids.next().is_none())
}
