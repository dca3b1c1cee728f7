//! Unit versions and groups as records.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{Expect, RecordPut, Value};
use vocab::{Id, UnitCode, collate};

use super::{ADMINISTRATION, Level, Unit, UnitKind};
use crate::DirectoryError;
use crate::digest::named_id;
use crate::error;

/// The longest sort key, in bytes.
const SORT_KEY: usize = 200;

/// The body of a `unit_version`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UnitBody {
    unit: Id,
    hierarchy: String,
    parent: Option<Id>,
    name: String,
    short_name: String,
    aliases: Vec<String>,
    kind: UnitKind,
    level: Level,
    code: Option<UnitCode>,
    area_code: Option<String>,
    valid_from: Date,
    valid_to: Option<Date>,
}

/// The body of a `unit_group`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GroupBody {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) rule: String,
    /// Other names; `{unit}` stands for a district.
    pub(crate) aliases: Vec<String>,
}

/// The id of the record that holds a unit's version from that day on.
pub(crate) fn version_id(unit: Id, valid_from: Date) -> Id {
    named_id(&format!(
        "unit-version/{unit}/{ADMINISTRATION}/{valid_from}"
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
            hierarchy: ADMINISTRATION.to_owned(),
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

    /// The record of a new version.
    pub(crate) fn put(&self) -> Result<RecordPut, DirectoryError> {
        Ok(RecordPut {
            table: "unit_version".to_owned(),
            id: version_id(self.unit, self.valid_from),
            expect: Expect::New,
            action: "create".to_owned(),
            unit: self.unit,
            state: "active".to_owned(),
            sort_key: collate::sort_key_cut(&self.name, SORT_KEY),
            columns: vec![
                self.hierarchy.as_str().into(),
                self.parent.into(),
                self.name.as_str().into(),
                self.kind.value().into(),
                self.level.value().into(),
                Value::from(self.code.as_ref().map(ToString::to_string)),
                self.area_code.clone().into(),
                self.valid_from.to_string().into(),
                Value::from(self.valid_to.map(|day| day.to_string())),
            ],
            body: error::body("a unit's version", self)?,
            schema: String::new(),
            tokens: Vec::new(),
            files: Vec::new(),
        })
    }
}

impl GroupBody {
    pub(crate) fn read(text: &str) -> Result<Self, DirectoryError> {
        error::read_body("a group of units", text)
    }

    /// The record of a new group; it belongs to the province.
    pub(crate) fn put(&self) -> Result<RecordPut, DirectoryError> {
        Ok(RecordPut {
            table: "unit_group".to_owned(),
            id: group_id(&self.key),
            expect: Expect::New,
            action: "create".to_owned(),
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
