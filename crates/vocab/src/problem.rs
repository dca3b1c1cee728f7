//! The shape of every refusal (RFC 9457 problem details), before anyone words it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Why something was refused, in a form that a page, the API and the command line each
/// put into words from their locale files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code}: {about}")]
pub struct Problem {
    /// A stable name such as `stale-version`; also the last part of the problem's type URI
    /// and the key of its wording (`problem-stale-version`).
    pub code: String,
    /// The HTTP status that fits.
    pub status: u16,
    /// What it is about, for the log: never shown to people as it is.
    pub about: String,
    /// Values for the wording, such as `limit` or `title`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
    /// Problems with single fields, in the order of the form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The field's id in the form or the JSON pointer in the body.
    pub field: String,
    /// A stable name such as `number-ambiguous`; its wording is `field-number-ambiguous`.
    pub code: String,
    /// Values for the wording.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
}

impl Problem {
    /// A problem with this code and status about that.
    pub fn new(status: u16, code: &str, about: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            status,
            about: about.into(),
            args: BTreeMap::new(),
            fields: Vec::new(),
        }
    }

    /// The same problem with a value for its wording.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    /// The same problem with one more field at fault.
    #[must_use]
    pub fn at(mut self, field: FieldProblem) -> Self {
        self.fields.push(field);
        self
    }
}

impl FieldProblem {
    /// A problem with a field.
    pub fn new(field: impl Into<String>, code: &str) -> Self {
        Self {
            field: field.into(),
            code: code.to_owned(),
            args: BTreeMap::new(),
        }
    }

    /// The same problem with a value for its wording.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
}
