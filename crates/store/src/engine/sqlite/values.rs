//! Values on their way into the engine and out of it.

use std::rc::Rc;

use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, ValueRef};

use crate::engine::Param;
use crate::{Cell, StoreError, Value};

/// A bound parameter: a value, or an array for `rarray`.
pub(super) enum Bound<'a> {
    One(&'a Value),
    Many(Rc<Vec<rusqlite::types::Value>>),
}

pub(super) fn bind(param: &Param) -> Bound<'_> {
    match param {
        Param::One(value) => Bound::One(value),
        Param::Many(values) => Bound::Many(Rc::new(values.iter().map(owned).collect())),
    }
}

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::One(value) => value.to_sql(),
            Self::Many(values) => values.to_sql(),
        }
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn owned(value: &Value) -> rusqlite::types::Value {
    match value {
        Value::Null => rusqlite::types::Value::Null,
        Value::Int(number) => rusqlite::types::Value::Integer(*number),
        Value::Text(text) => rusqlite::types::Value::Text(text.clone()),
        Value::Bytes(bytes) => rusqlite::types::Value::Blob(bytes.clone()),
    }
}

pub(super) fn neutral(value: ValueRef<'_>) -> Result<Cell<'_>, StoreError> {
    match value {
        ValueRef::Null => Ok(Cell::Null),
        ValueRef::Integer(number) => Ok(Cell::Int(number)),
        ValueRef::Real(_) => Err(StoreError::Corrupt(
            "a floating-point number where none is kept".to_owned(),
        )),
        ValueRef::Text(text) => match std::str::from_utf8(text) {
            Ok(text) => Ok(Cell::Text(text)),
            Err(_) => Err(StoreError::Corrupt("text that is not UTF-8".to_owned())),
        },
        ValueRef::Blob(bytes) => Ok(Cell::Bytes(bytes)),
    }
}
