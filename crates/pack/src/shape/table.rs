//! Tables with known keys.

/// Declares a table: its struct, its reader and its JSON Schema.
///
/// Each key is `needed`, `maybe` (an option) or `many` (a list, empty if it is not there); a
/// key that is a word of Rust, or reads better in the singular, is given in brackets.
macro_rules! shape {
    ($(#[doc = $doc:literal])* pub struct $name:ident in $place:literal {
        $($(#[doc = $key_doc:literal])* $kind:ident $field:ident $(($key:literal))? : $ty:ty,)*
    }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            /// Where it is declared.
            pub span: $crate::source::Span,
            $($(#[doc = $key_doc])* pub $field: $crate::shape::shape!(@type $kind $ty),)*
        }

        impl $name {
            /// Its keys.
            pub const KEYS: &'static [&'static str] =
                &[$($crate::shape::shape!(@key $field $($key)?),)*];
        }

        impl $crate::shape::Shape for $name {
            const ALONE: bool = false;

            fn read(
                node: &$crate::shape::Node<'_>,
                reader: &mut $crate::shape::Reader<'_>,
            ) -> Self {
                let span = reader.span(node);
                let toml::de::DeValue::Table(table) = node.get_ref() else {
                    let keys = Self::KEYS[..Self::KEYS.len().min(4)].join(", ");
                    reader.wrong_shape(node, format!("{{ {keys} }}"));
                    return <Self as $crate::shape::Shape>::hole(span);
                };
                $crate::shape::unknown_keys(table, Self::KEYS, $place, reader);
                Self {
                    span,
                    $($field: $crate::shape::shape!(
                        @read $kind table reader span $place,
                        $crate::shape::shape!(@key $field $($key)?)
                    ),)*
                }
            }

            fn hole(span: $crate::source::Span) -> Self {
                Self { span, $($field: $crate::shape::shape!(@hole $kind span),)* }
            }

            fn schema(definitions: &mut $crate::shape::Definitions) -> serde_json::Value {
                let name = stringify!($name);
                if !definitions.contains_key(name) {
                    // Taken first: a table may hold tables of its own kind.
                    definitions.insert(name, serde_json::Value::Null);
                    let mut keys = serde_json::Map::new();
                    let needed = [$((
                        $crate::shape::shape!(@key $field $($key)?),
                        $crate::shape::shape!(@needed $kind),
                    ),)*];
                    let needed: Vec<&str> = needed
                        .into_iter()
                        .filter_map(|(key, is_needed)| is_needed.then_some(key))
                        .collect();
                    $(
                        let key = $crate::shape::shape!(@key $field $($key)?);
                        let schema =
                            <$crate::shape::shape!(@schema $kind $ty) as $crate::shape::Shape>::schema(definitions);
                        let about = concat!($($key_doc),*).trim();
                        keys.insert(key.to_owned(), $crate::shape::described(schema, about));
                    )*
                    definitions.insert(name, serde_json::json!({
                        "type": "object",
                        "description": concat!($($doc),*).trim(),
                        "properties": keys,
                        "required": needed,
                        "additionalProperties": false,
                    }));
                }
                serde_json::json!({ "$ref": format!("#/$defs/{name}") })
            }
        }
    };
    (@type needed $ty:ty) => { $ty };
    (@type maybe $ty:ty) => { Option<$ty> };
    (@type many $ty:ty) => { Vec<$ty> };
    (@schema needed $ty:ty) => { $ty };
    (@schema maybe $ty:ty) => { $ty };
    (@schema many $ty:ty) => { Vec<$ty> };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
    (@read needed $table:ident $reader:ident $span:ident $place:literal, $key:expr) => {
        $crate::shape::read_needed($table, $key, $place, $span, $reader)
    };
    (@read maybe $table:ident $reader:ident $span:ident $place:literal, $key:expr) => {
        $table.get($key).map(|node| $crate::shape::Shape::read(node, $reader))
    };
    (@read many $table:ident $reader:ident $span:ident $place:literal, $key:expr) => {
        $table.get($key).map_or_else(Vec::new, |node| $crate::shape::Shape::read(node, $reader))
    };
    (@hole needed $span:ident) => { $crate::shape::Shape::hole($span) };
    (@hole maybe $span:ident) => { None };
    (@hole many $span:ident) => { Vec::new() };
    (@needed needed) => { true };
    (@needed $kind:ident) => { false };
}
pub(crate) use shape;

use serde_json::{Value, json};
use toml::de::DeTable;

use super::{Reader, Shape};
use crate::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Reads a key that must be there.
pub(crate) fn read_needed<T: Shape>(
    table: &DeTable<'_>,
    key: &'static str,
    place: &'static str,
    span: Span,
    reader: &mut Reader<'_>,
) -> T {
    if let Some(node) = table.get(key) {
        return T::read(node, reader);
    }
    let finding = Diagnostic::new(Code::MissingKey, span)
        .with("key", key)
        .with("place", place);
    reader.findings.push(finding);
    T::hole(span)
}

/// Notes every key that the table does not have.
pub(crate) fn unknown_keys(
    table: &DeTable<'_>,
    known: &[&'static str],
    place: &'static str,
    reader: &mut Reader<'_>,
) {
    for key in table.keys() {
        let name: &str = key.get_ref();
        if !known.contains(&name) {
            let finding = Diagnostic::new(Code::UnknownKey, Span::new(reader.file, key.span()))
                .with("key", name)
                .with("place", place)
                .with("known", known.join(", "))
                .meant(name, known.iter().copied());
            reader.findings.push(finding);
        }
    }
}

/// A schema with what it is about.
pub(crate) fn described(schema: Value, about: &str) -> Value {
    match schema {
        Value::Object(mut object) if !object.contains_key("$ref") => {
            object.insert("description".to_owned(), about.into());
            Value::Object(object)
        }
        reference => json!({ "allOf": [reference], "description": about }),
    }
}
