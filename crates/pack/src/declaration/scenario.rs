//! What a pack's files in `tests/` and `sample/` say: people, and what they do one after another.

use jiff::civil::Date;
use serde_json::{Map, Value, json};
use toml::de::DeValue;

use crate::shape::{Definitions, Name, Node, Reader, RoleName, Shape, Word, shape};
use crate::source::{Located, Span};

shape! {
    /// A file of scenarios.
    pub struct ScenarioFile in "a file of scenarios" {
        /// Who acts in them.
        many people("person"): Person,
        /// What happens.
        many scenarios("scenario"): Scenario,
    }
}

shape! {
    /// Somebody who acts.
    pub struct Person in "[[person]]" {
        /// How acts name them.
        needed id: Name,
        /// The roles that they hold.
        many roles: RoleName,
        /// The official name of the unit in which they hold them, or its area's code.
        needed unit: Word,
        /// For made-up records: whose demonstration account it is.
        maybe login: Word,
    }
}

shape! {
    /// Something that happens from its beginning on, in an empty province.
    pub struct Scenario in "[[scenario]]" {
        /// What it shows, in a sentence.
        needed title: Word,
        /// The day on which it begins.
        needed on: Located<Date>,
        /// What is done, one after another.
        many acts("act"): Act,
    }
}

shape! {
    /// One thing that somebody does, and what must follow. Without `by` only the day changes, or
    /// only what stands is looked at.
    pub struct Act in "[[scenario.act]]" {
        /// Who does it.
        maybe by: Name,
        /// The day on which it is done, in the morning.
        maybe on: Located<Date>,
        /// Makes a record of this type.
        maybe make: Word,
        /// The record that it is about: the name that it gets, or got.
        maybe record: Name,
        /// Gives these fields, of a record that is made or edited or that the step needs.
        maybe fields: Sent,
        /// Edits the record.
        maybe edit: Located<bool>,
        /// Takes this step.
        maybe step: Word,
        /// Says that this task is done: `inspect.confirm`.
        maybe task: Word,
        /// Deletes the draft.
        maybe discard: Located<bool>,
        /// The reason in words.
        maybe reason: Word,
        /// The code of the refusal that must follow; it must succeed otherwise.
        maybe refused: Word,
        /// The field that the refusal is about.
        maybe field: Word,
        /// The state in which the record must stand afterwards.
        maybe state: Name,
        /// What the record must say afterwards.
        maybe shows: Sent,
        /// The tasks that must wait afterwards, and no others, each with the day by which.
        maybe waits: Sent,
        /// Whether that person may see the record afterwards.
        maybe sees: Located<bool>,
        /// The indicators that are looked at, with what they must say: a number, `"3/4"` for a
        /// share.
        maybe indicators: Sent,
    }
}

/// Values as they are sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sent(pub Map<String, Value>);

impl Shape for Sent {
    const ALONE: bool = false;

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Self {
        if let Value::Object(fields) = value(node.get_ref()) {
            return Self(fields);
        }
        reader.wrong_shape(node, "~shape-table");
        Self::default()
    }

    fn hole(_: Span) -> Self {
        Self::default()
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": "object" })
    }
}

/// A value of TOML as JSON has it: numbers with a point and days as text, as bodies keep them.
fn value(written: &DeValue<'_>) -> Value {
    match written {
        DeValue::String(text) => Value::from(text.to_string()),
        DeValue::Integer(number) => number
            .as_str()
            .replace('_', "")
            .parse::<i64>()
            .map_or_else(|_| Value::from(number.as_str()), Value::from),
        DeValue::Float(number) => Value::from(number.as_str()),
        DeValue::Boolean(flag) => Value::from(*flag),
        DeValue::Datetime(day) => Value::from(day.to_string()),
        DeValue::Array(items) => items.iter().map(|item| value(item.get_ref())).collect(),
        DeValue::Table(table) => {
            let pairs = table
                .iter()
                .map(|(key, item)| (key.get_ref().to_string(), value(item.get_ref())));
            Value::Object(pairs.collect())
        }
    }
}
