//! Parameters of statements, single values and whole arrays.

use vocab::Id;

use crate::Value;

/// A parameter.
#[derive(Clone, Debug)]
pub(crate) enum Param {
    One(Value),
    Many(Vec<Value>),
}

impl<T: Into<Value>> From<T> for Param {
    fn from(value: T) -> Self {
        Self::One(value.into())
    }
}

impl Param {
    /// An array of ids.
    pub(crate) fn ids(ids: impl IntoIterator<Item = Id>) -> Self {
        Self::Many(ids.into_iter().map(Value::from).collect())
    }

    /// An array of texts.
    pub(crate) fn texts(texts: impl IntoIterator<Item = String>) -> Self {
        Self::Many(texts.into_iter().map(Value::from).collect())
    }
}
