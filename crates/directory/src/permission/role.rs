//! Roles as data: what each grants. Those that ship are read from `data/roles/roles.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Act;
use super::compile::OF_PEOPLE;
use super::giving::KEYS;
use crate::Role;

/// A role: its name and what it grants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleSpec {
    /// How grants name it.
    pub code: String,
    /// What people call it.
    pub name: RoleName,
    /// What it grants.
    #[serde(default, rename = "grant")]
    pub grants: Vec<RoleGrant>,
    /// The first day on which it grants anything; from the beginning if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// The last day; none if it has no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
}

/// A role's name in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleName {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// One thing that a role grants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleGrant {
    /// On things of these kinds; `*` for any.
    pub kinds: Vec<String>,
    /// To do this.
    pub verbs: Vec<Act>,
    /// As far as this.
    pub reach: Reach,
    /// In these states; in any if none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<String>,
    /// Where this holds, in the compilable subset of CEL (`permission/condition.rs`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// Fields that are not shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub masks: Vec<String>,
    /// Not to whoever submitted the thing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub four_eyes: bool,
}

/// How far a grant goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// What belongs to the account itself.
    Own,
    /// The unit in which the role is held, and those that it came from.
    Unit,
    /// The same, with the units under it.
    Subtree,
    /// The same, with the units under it in the sector line.
    Line,
    /// Every unit.
    All,
}

impl Reach {
    /// Whether it goes as far as some units.
    pub(crate) const fn is_within_units(self) -> bool {
        matches!(self, Self::Unit | Self::Subtree | Self::Line)
    }
}

impl RoleSpec {
    /// Whether it grants anything on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|first| first <= day)
            && self.valid_to.is_none_or(|last| day <= last)
    }

    /// Whether whoever holds it on a day may set up roles and accounts of every unit.
    pub fn administers(&self, day: Date) -> bool {
        self.holds_on(day) && self.holds_keys()
    }

    /// Whether whoever holds it decides who may do what: other people's roles, accounts,
    /// positions.
    pub(crate) fn sets_up_rights(&self) -> bool {
        self.grants.iter().any(|grant| {
            let gives = grant.verbs.contains(&Act::Give);
            let sets_up = gives || grant.verbs.contains(&Act::Configure);
            let mut kinds = grant.kinds.iter().map(String::as_str);
            let keys = kinds.any(|kind| kind == "*" || KEYS.contains(&kind));
            grant.reach != Reach::Own && (gives || sets_up && keys)
        })
    }

    /// Whether it lets nobody do anything outside the unit in which it is held and those under
    /// it, nor decide who may do what.
    pub(crate) fn stays_within(&self) -> bool {
        let near =
            |grant: &RoleGrant| matches!(grant.reach, Reach::Own | Reach::Unit | Reach::Subtree);
        self.grants.iter().all(near) && !self.sets_up_rights()
    }

    /// Whether something that it grants belongs to the people of units.
    pub(crate) fn reaches_people(&self) -> bool {
        self.grants.iter().any(|grant| {
            let mut kinds = grant.kinds.iter();
            grant.reach.is_within_units() && kinds.any(|kind| OF_PEOPLE.contains(&&**kind))
        })
    }

    pub(crate) fn holds_keys(&self) -> bool {
        ["role", "account"].iter().all(|kind| {
            self.grants_of(Act::Configure, kind).any(|grant| {
                grant.reach == Reach::All && grant.states.is_empty() && grant.condition.is_none()
            })
        })
    }

    /// The grants of an act on a kind of thing.
    pub(crate) fn grants_of<'a>(
        &'a self,
        act: Act,
        kind: &'a str,
    ) -> impl Iterator<Item = &'a RoleGrant> {
        self.grants.iter().filter(move |grant| {
            grant.verbs.contains(&act)
                && grant
                    .kinds
                    .iter()
                    .any(|known| known == "*" || known == kind)
        })
    }
}

impl RoleGrant {
    /// Whether it speaks of things in this state.
    pub fn in_state(&self, state: &str) -> bool {
        self.states.is_empty() || self.states.iter().any(|known| known == state)
    }
}

/// The code of the role that everybody has, signed in or not.
pub const EVERYBODY: &str = "everybody";

/// All roles, by code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleBook {
    roles: BTreeMap<String, Arc<RoleSpec>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    role: Vec<RoleSpec>,
}

static SHIPPED: LazyLock<Arc<RoleBook>> = LazyLock::new(|| {
    let text = include_str!("../../../../data/roles/roles.toml");
    let file: File = toml::from_str(text).expect("the shipped roles are read by a test");
    Arc::new(RoleBook::default().with(file.role))
});

impl RoleBook {
    /// The roles that ship.
    pub fn shipped() -> Arc<Self> {
        SHIPPED.clone()
    }

    /// These roles in place of those with the same codes.
    #[must_use]
    pub fn with(&self, roles: impl IntoIterator<Item = RoleSpec>) -> Self {
        let mut book = self.clone();
        for role in roles {
            book.roles.insert(role.code.clone(), Arc::new(role));
        }
        book
    }

    /// The same with what packs bring along: roles of their own, and grants to roles that are
    /// there. What a role says of a kind already is an administrator's word and stays.
    #[must_use]
    pub fn bringing(&self, brought: &[RoleSpec]) -> Self {
        let mut book = self.clone();
        for role in brought {
            let Some(known) = book.roles.get(&role.code) else {
                book.roles.insert(role.code.clone(), Arc::new(role.clone()));
                continue;
            };
            let said: BTreeSet<&String> =
                known.grants.iter().flat_map(|grant| &grant.kinds).collect();
            let new = role.grants.iter();
            let new = new.filter(|grant| !grant.kinds.iter().any(|kind| said.contains(kind)));
            let new: Vec<RoleGrant> = new.cloned().collect();
            let mut more = RoleSpec::clone(known);
            more.grants.extend(new);
            book.roles.insert(role.code.clone(), Arc::new(more));
        }
        book
    }

    /// A role.
    pub fn get(&self, role: Role) -> Option<&Arc<RoleSpec>> {
        self.roles.get(role.value())
    }

    /// What everybody may do.
    pub fn everybody(&self) -> Option<&Arc<RoleSpec>> {
        self.roles.get(EVERYBODY)
    }

    /// The roles that can be given to somebody, the shipped ones first.
    pub fn givable(&self) -> Vec<(Role, Arc<RoleSpec>)> {
        let coded = |spec: &Arc<RoleSpec>| Role::coded(&spec.code).map(|role| (role, spec.clone()));
        let others = self.roles.values().filter(|spec| spec.code != EVERYBODY);
        let mut all: Vec<_> = others.filter_map(coded).collect();
        all.sort_by_key(|(role, _)| *role);
        all
    }

    /// The role with this code, if somebody can be given it.
    pub fn find(&self, code: &str) -> Option<Role> {
        let known = self.roles.contains_key(code) && code != EVERYBODY;
        Role::coded(code).filter(|_| known)
    }

    /// The kinds of things that roles speak of.
    pub fn kinds(&self) -> BTreeSet<&str> {
        let grants = self.roles.values().flat_map(|role| &role.grants);
        grants
            .flat_map(|grant| &grant.kinds)
            .map(String::as_str)
            .collect()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<RoleSpec>> {
        self.roles.values()
    }
}
