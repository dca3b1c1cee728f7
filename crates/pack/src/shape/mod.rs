//! How declarations are read from TOML: one description of each table gives its Rust type, its
//! reader and its JSON Schema.
//!
//! Reading never stops at the first mistake: a value that cannot be read leaves a hole that later
//! checks pass over, so that one mistake is one finding.

mod choice;
mod pattern;
mod table;
mod value;
mod wording;

pub use choice::Choice;
pub(crate) use choice::{choice, read as read_choice};
pub use pattern::Pattern;
pub(crate) use pattern::compile_pattern;
pub(crate) use table::{described, read_needed, shape, unknown_keys};
pub use value::{Key, Name, Number, RoleName, Word, is_set};
pub use wording::Wording;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use toml::Spanned;
use toml::de::DeValue;

use crate::Code;
use crate::diagnostic::{Diagnostic, Findings};
use crate::source::Span;

/// A value of the file and where it stands.
pub type Node<'a> = Spanned<DeValue<'a>>;

/// Reads the tables of one file and notes what is wrong with them.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The file's number.
    pub file: u32,
    /// Its text.
    pub text: &'a str,
    /// What was found so far.
    pub findings: &'a mut Findings,
}

impl Reader<'_> {
    /// Where a value stands.
    pub fn span(&self, node: &Node<'_>) -> Span {
        Span::new(self.file, node.span())
    }

    /// Notes a value of another shape than wanted.
    pub fn wrong_shape(&mut self, node: &Node<'_>, wanted: impl ToString) {
        let found = match node.get_ref() {
            DeValue::String(_) => "~shape-text",
            DeValue::Integer(_) => "~shape-whole",
            DeValue::Float(_) => "~shape-number",
            DeValue::Boolean(_) => "~shape-flag",
            DeValue::Datetime(_) => "~shape-date",
            DeValue::Array(_) => "~shape-list",
            DeValue::Table(_) => "~shape-table",
        };
        let finding = Diagnostic::new(Code::WrongShape, self.span(node))
            .with("wanted", wanted)
            .with("found", found);
        self.findings.push(finding);
    }
}

/// The tables of a JSON Schema, by name.
pub type Definitions = BTreeMap<&'static str, Value>;

/// What can be read from a file.
pub trait Shape: Sized {
    /// Whether a list of these may be written as just one of them.
    const ALONE: bool = true;

    /// Reads it, or leaves a hole and says why.
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Self;

    /// What stands for one that is missing or cannot be read.
    fn hole(span: Span) -> Self;

    /// Its JSON Schema.
    fn schema(definitions: &mut Definitions) -> Value;
}

impl<T: Shape> Shape for Vec<T> {
    const ALONE: bool = false;

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Self {
        match node.get_ref() {
            DeValue::Array(items) => items.iter().map(|item| T::read(item, reader)).collect(),
            _ if T::ALONE => vec![T::read(node, reader)],
            _ => {
                reader.wrong_shape(node, "~shape-tables");
                Vec::new()
            }
        }
    }

    fn hole(_: Span) -> Self {
        Self::new()
    }

    fn schema(definitions: &mut Definitions) -> Value {
        let one = T::schema(definitions);
        if T::ALONE {
            json!({ "anyOf": [one, { "type": "array", "items": one }] })
        } else {
            json!({ "type": "array", "items": one })
        }
    }
}

/// Values by name, in the order of their names: `{ old = "new" }`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairs<T>(pub Vec<(Key, T)>);

impl<T: Shape> Shape for Pairs<T> {
    const ALONE: bool = false;

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Self {
        let DeValue::Table(table) = node.get_ref() else {
            reader.wrong_shape(node, "~shape-table");
            return Self(Vec::new());
        };
        let pairs = table.iter().map(|(key, value)| {
            let span = Span::new(reader.file, key.span());
            let key = Key::checked(key.get_ref().to_string(), span, reader);
            (key, T::read(value, reader))
        });
        Self(pairs.collect())
    }

    fn hole(_: Span) -> Self {
        Self(Vec::new())
    }

    fn schema(definitions: &mut Definitions) -> Value {
        json!({ "type": "object", "additionalProperties": T::schema(definitions) })
    }
}
