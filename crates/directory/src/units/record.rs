//! Unit versions and groups as records.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{Expect, RecordPut, Value};
use vocab::{Id, UnitCode, collate};

use super::{Hierarchy, Level, Unit, UnitDetails, UnitKind};
use crate::DirectoryError;
use crate::digest::named_id;
use crate::error;

/// The longest sort key, in bytes.
const SORT_KEY: usize = 200;

/// The body of a `unit_version`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UnitBody {
    pub(crate) unit: Id,
    pub(crate) hierarchy: Hierarchy,
    pub(crate) parent: Option<Id>,
    pub(crate) name: String,
    pub(crate) short_name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) kind: UnitKind,
    pub(crate) level: Level,
    pub(crate) code: Option<UnitCode>,
    pub(crate) area_code: Option<String>,
    pub(crate) valid_from: Date,
    pub(crate) valid_to: Option<Date>,
}

/// The body of a `unit_group`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GroupBody {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) rule: String,
    /// Other names; `{unit}` stands for a district.
    pub(crate) aliases: Vec<String>,
    /// The first day on which it is spoken of; none if it always was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) valid_from: Option<Date>,
    /// The last day; none while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) valid_to: Option<Date>,
}

/// The id of the record that holds a unit's version from that day on.
pub(crate) fn version_id(unit: Id, valid_from: Date) -> Id {
    named_id(&format!(
        "unit-version/{unit}/{}/{valid_from}",
        Hierarchy::Administration.value()
    ))
}

/// The id of a group, and of its record.
pub(crate) fn group_id(key: &str) -> Id {
    named_id(&format!("group/{key}"))
}

impl UnitBody {
    pub(crate) fn of(unit: &Unit) -> Self {
        Self {
            unit: unit.id,
            hierarchy: Hierarchy::Administration,
            parent: unit.parent,
            name: unit.name.clone(),
            short_name: unit.short_name.clone(),
            aliases: unit.aliases.clone(),
            kind: unit.kind,
            level: unit.level,
            code: unit.code.clone(),
            area_code: unit.area_code.clone(),
            valid_from: unit.valid_from,
            valid_to: unit.valid_to,
        }
    }

    /// The first version of a new unit.
    pub(crate) fn begin(unit: Id, details: &UnitDetails, day: Date) -> Self {
        Self {
            unit,
            hierarchy: details.hierarchy,
            parent: details.parent,
            name: details.name.clone(),
            short_name: details.short_name.clone(),
            aliases: details.aliases.clone(),
            kind: details.kind,
            level: details.level,
            code: details.code.clone(),
            area_code: details.area_code.clone(),
            valid_from: day,
            valid_to: None,
        }
    }

    /// Takes another name; the one before stays an alias.
    pub(crate) fn rename(&mut self, name: &str, short_name: &str) {
        for (old, new) in [(&mut self.name, name), (&mut self.short_name, short_name)] {
            if old != new {
                let before = std::mem::replace(old, new.to_owned());
                if !self.aliases.contains(&before) {
                    self.aliases.push(before);
                }
            }
        }
        self.aliases
            .retain(|alias| *alias != self.name && *alias != self.short_name);
    }

    /// Whether it holds on a day.
    pub(crate) fn holds_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// Whether there is a day on which both hold.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        let begins_in_time = |from: Date, to: Option<Date>| to.is_none_or(|last| from <= last);
        begins_in_time(self.valid_from, other.valid_to)
            && begins_in_time(other.valid_from, self.valid_to)
    }

    pub(crate) fn into_unit(self) -> Unit {
        Unit {
            id: self.unit,
            name: self.name,
            short_name: self.short_name,
            aliases: self.aliases,
            kind: self.kind,
            level: self.level,
            parent: self.parent,
            code: self.code,
            area_code: self.area_code,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
        }
    }

    pub(crate) fn read(text: &str) -> Result<Self, DirectoryError> {
        error::read_body("a unit's version", text)
    }

    /// The record of a version that ships.
    pub(crate) fn put(&self) -> Result<RecordPut, DirectoryError> {
        self.put_as(version_id(self.unit, self.valid_from), 0, "create")
    }

    /// The record of a version, standing at that version of its own; 0 where it is new.
    pub(crate) fn put_as(
        &self,
        id: Id,
        version: i64,
        action: &str,
    ) -> Result<RecordPut, DirectoryError> {
        Ok(RecordPut {
            table: "unit_version".to_owned(),
            id,
            expect: if version == 0 {
                Expect::New
            } else {
                Expect::Version(version)
            },
            action: action.to_owned(),
            unit: self.unit,
            state: "active".to_owned(),
            sort_key: collate::sort_key_cut(&self.name, SORT_KEY),
            columns: vec![
                self.hierarchy.value().into(),
                self.parent.into(),
                self.name.as_str().into(),
                self.kind.value().into(),
                self.level.value().into(),
                Value::from(self.code.as_ref().map(ToString::to_string)),
                self.area_code.clone().into(),
                self.valid_from.to_string().into(),
                Value::from(self.valid_to.map(|day| day.to_string())),
                self.short_name.as_str().into(),
                // A line for each; most units have none.
                Value::from(Some(self.aliases.join("\n")).filter(|lines| !lines.is_empty())),
            ],
            body: error::body("a unit's version", self)?,
            schema: String::new(),
            tokens: Vec::new(),
            files: Vec::new(),
        })
    }
}

impl GroupBody {
    /// Whether it is spoken of on a day.
    pub(crate) fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|first| first <= day)
            && self.valid_to.is_none_or(|last| day <= last)
    }

    pub(crate) fn read(text: &str) -> Result<Self, DirectoryError> {
        error::read_body("a group of units", text)
    }

    /// The record of a new group; it belongs to the province.
    pub(crate) fn put(&self) -> Result<RecordPut, DirectoryError> {
        self.put_as(Expect::New, "create")
    }

    /// The record of a group as it shall be.
    pub(crate) fn put_as(&self, expect: Expect, action: &str) -> Result<RecordPut, DirectoryError> {
        Ok(RecordPut {
            table: "unit_group".to_owned(),
            id: group_id(&self.key),
            expect,
            action: action.to_owned(),
            unit: super::province(),
            state: "active".to_owned(),
            sort_key: collate::sort_key_cut(&self.name, SORT_KEY),
            columns: vec![self.key.as_str().into()],
            body: error::body("a group of units", self)?,
            schema: String::new(),
            tokens: Vec::new(),
            files: Vec::new(),
        })
    }
}
