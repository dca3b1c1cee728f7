//! Who belongs to which group, and by which names groups are called.

use std::collections::HashMap;

use vocab::Id;

use super::{UnitTree, name_key};
use crate::units::group::Rule;
use crate::units::record::{GroupBody, group_id};
use crate::units::shipped::lower_first;
use crate::units::{Group, Unit, UnitKind};

/// Stands for the district in a name.
pub(super) const UNIT: &str = "{unit}";

/// The groups of a day, by name with the district that the name is meant in.
#[derive(Debug, Default)]
pub(super) struct Groups {
    pub(super) list: Vec<Group>,
    names: HashMap<(Option<Id>, String), usize>,
}

impl UnitTree {
    /// The groups, made of this day's units when first asked for.
    pub(super) fn made_groups(&self) -> &Groups {
        self.groups.get_or_init(|| {
            let mut groups = Groups::default();
            for body in &self.bodies {
                self.make_group(body, &mut groups);
            }
            groups
        })
    }

    fn make_group(&self, body: &GroupBody, groups: &mut Groups) {
        let rule = Rule::parse(&body.rule);
        let Some(rule) = rule.as_ref().filter(|rule| rule.within_section) else {
            let members = rule.map(|rule| self.members(&rule, None));
            groups.add(None, body, &body.key, &body.name, &body.rule, members);
            return;
        };
        let districts = self.iter().filter(|unit| unit.kind == UnitKind::District);
        for district in districts {
            let code = district.area_code.clone().unwrap_or_default();
            let members = Some(self.members(rule, Some(district.id)));
            let written = lower_first(&district.short_name);
            let name = format!("{} thuộc {written}", body.name);
            let key = format!("{}/{code}", body.key);
            let rule = body
                .rule
                .replace("within=section", &format!("within={code}"));
            groups.add(Some(district), body, &key, &name, &rule, members);
        }
    }

    fn members(&self, rule: &Rule, within: Option<Id>) -> Vec<Id> {
        let candidates: Vec<Id> = match within {
            Some(district) => self.descendants(district),
            None => self.iter().map(|unit| unit.id).collect(),
        };
        let takes = |id: &Id| self.get(*id).is_some_and(|unit| rule.takes(unit));
        candidates.into_iter().filter(takes).collect()
    }
}

impl Groups {
    /// The group that a name means among things about a district.
    pub(super) fn named(&self, district: Option<Id>, key: String) -> Option<&Group> {
        let at = self
            .names
            .get(&(district, key.clone()))
            .or_else(|| self.names.get(&(None, key)))?;
        self.list.get(*at)
    }

    /// Adds a group under its names: those with the district in them mean it anywhere, the
    /// others only where that district is read about.
    fn add(
        &mut self,
        district: Option<&Unit>,
        body: &GroupBody,
        key: &str,
        name: &str,
        rule: &str,
        members: Option<Vec<Id>>,
    ) {
        let at = self.list.len();
        self.list.push(Group {
            id: group_id(key),
            key: key.to_owned(),
            name: name.to_owned(),
            rule: rule.to_owned(),
            members,
        });
        self.names.entry((None, name_key(name))).or_insert(at);
        for alias in body.aliases.iter().chain([&body.name]) {
            let (place, alias) = match district {
                Some(unit) if alias.contains(UNIT) => {
                    (None, alias.replace(UNIT, &lower_first(&unit.short_name)))
                }
                other => (other.map(|unit| unit.id), alias.clone()),
            };
            self.names.entry((place, name_key(&alias))).or_insert(at);
        }
    }
}
