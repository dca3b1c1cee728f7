//! Whose a record is.

use directory::Act;
use serde_json::{Map, Value};
use vocab::{FieldProblem, Id};

use super::kind::Kind;
use super::settle::refuse;
use super::write::NewRecord;
use crate::{Caller, Record, Registry, RegistryError};

impl Registry {
    /// Whose a new record is.
    pub(super) fn owner(
        &self,
        caller: &Caller,
        kind: &Kind,
        new: &NewRecord,
    ) -> Result<Id, RegistryError> {
        let owner = &self
            .systems()
            .catalog()
            .record(kind.at)
            .declared
            .record
            .owner;
        if let Some(field) = &owner.field {
            let named = new.fields.get(&field.text).and_then(Value::as_str);
            let unit = named.and_then(|text| text.parse().ok());
            return unit.map_or_else(
                || {
                    refuse(
                        kind,
                        vec![FieldProblem::new(field.text.as_str(), "field-required")],
                    )?;
                    Ok(Id::NIL)
                },
                Ok,
            );
        }
        if let Some(unit) = new.unit {
            return Ok(unit);
        }
        let permissions = caller.principal.permissions();
        let mut held = permissions
            .clauses(Act::Create, kind.name)
            .filter_map(|clause| clause.held);
        let unit = held.next().map(|held| held.unit);
        unit.ok_or_else(|| {
            RegistryError::refused(403, "role-missing", format!("making a {}", kind.name))
        })
    }

    /// Whose a record is, now that it says this.
    pub(super) fn moved_owner(
        &self,
        kind: &Kind,
        current: &Record,
        body: &Map<String, Value>,
    ) -> Result<Id, RegistryError> {
        let owner = &self
            .systems()
            .catalog()
            .record(kind.at)
            .declared
            .record
            .owner;
        let Some(field) = &owner.field else {
            return Ok(current.unit);
        };
        let named = body.get(&field.text).and_then(Value::as_str);
        named.and_then(|text| text.parse().ok()).ok_or_else(|| {
            RegistryError::refused(
                422,
                "invalid-fields",
                format!("{} without its owner", kind.name),
            )
        })
    }
}
