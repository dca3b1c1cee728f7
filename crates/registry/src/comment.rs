//! What people say about a record, and why they took a step.

use directory::{Act, Principal};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use vocab::{FieldProblem, Id, Instant, Problem};

use crate::{Declaration, Field, FieldKind, Indexed, Lifecycle, Record, RegistryError};

/// The longest comment, in characters.
const LONGEST: usize = 4_000;

/// Something said about a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its identity.
    pub id: Id,
    /// The version of the record that it speaks of.
    pub version: i64,
    /// The step that it gives the reason of; empty for a comment.
    pub step: String,
    /// What was said.
    pub text: String,
    /// Who said it, as they were called then.
    pub by: String,
    /// When.
    pub at: Instant,
}

#[derive(Deserialize)]
struct Body {
    of_version: i64,
    #[serde(default)]
    step: String,
    text: String,
    by: String,
}

pub(crate) fn declaration() -> Declaration {
    Declaration {
        kind: "comment",
        fields: vec![
            Field::required("record", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("of_version", FieldKind::Whole(1, i64::MAX)),
            Field::optional("step", FieldKind::Text(40)),
            Field::required("text", FieldKind::Text(LONGEST)),
            Field::required("by", FieldKind::Text(200)),
        ],
        order: &[],
        orders: Vec::new(),
        lifecycle: Lifecycle::kept(Act::Comment),
    }
}

pub(crate) fn body(
    record: &Record,
    step: &str,
    text: &str,
    by: &Principal,
) -> Result<Map<String, Value>, RegistryError> {
    object(json!({
        "record": record.id.to_string(),
        "of_version": record.version,
        "step": step,
        "text": text,
        "by": by.name,
    }))
}

pub(crate) fn of(record: &Record) -> Result<Comment, RegistryError> {
    let body: Body = record.read()?;
    Ok(Comment {
        id: record.id,
        version: body.of_version,
        step: body.step,
        text: body.text,
        by: body.by,
        at: record.at,
    })
}

/// Nothing was said where words are needed.
pub(crate) fn missing(field: &str) -> RegistryError {
    let problem = Problem::new(422, "invalid-fields", "comment");
    RegistryError::Refused(problem.at(FieldProblem::new(field, "field-required")))
}

pub(crate) fn object(value: Value) -> Result<Map<String, Value>, RegistryError> {
    match value {
        Value::Object(map) => Ok(map),
        _ => Err(RegistryError::refused(
            422,
            "not-an-object",
            "a body that is no object",
        )),
    }
}
