//! Values that are not tables: names, numbers, dates, yes and no.

use jiff::civil::Date;
use serde_json::{Value, json};
use toml::de::DeValue;
use vocab::Decimal;

use super::{Definitions, Node, Reader, Shape};
use crate::Code;
use crate::diagnostic::Diagnostic;
use crate::source::{Located, Span};

/// Whether a flag is there and on.
pub fn is_set(flag: Option<&Located<bool>>) -> bool {
    flag.is_some_and(|flag| flag.value)
}

/// Declares a kind of text, with what may stand in it.
macro_rules! texts {
    ($($(#[doc = $doc:literal])* $name:ident, $allowed:expr, $pattern:literal;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name {
            /// As it is written; empty where it could not be read.
            pub text: String,
            /// Where.
            pub span: Span,
        }

        impl $name {
            /// Keeps it if it may stand there, and otherwise says why not.
            pub(crate) fn checked(text: String, span: Span, reader: &mut Reader<'_>) -> Self {
                let allowed: fn(&str) -> bool = $allowed;
                if allowed(&text) {
                    return Self { text, span };
                }
                let finding = Diagnostic::new(Code::BadName, span)
                    .with("name", &text)
                    .with("wanted", concat!("~name-", stringify!($name)));
                reader.findings.push(finding);
                Self::hole(span)
            }
        }

        impl std::ops::Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.text
            }
        }

        impl Shape for $name {
            fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Self {
                let span = reader.span(node);
                match node.get_ref() {
                    DeValue::String(text) => Self::checked(text.to_string(), span, reader),
                    _ => {
                        reader.wrong_shape(node, "~shape-text");
                        Self::hole(span)
                    }
                }
            }

            fn hole(span: Span) -> Self {
                Self { text: String::new(), span }
            }

            fn schema(_: &mut Definitions) -> Value {
                json!({ "type": "string", "pattern": $pattern })
            }
        }
    )*};
}

fn is_word(text: &str, also: fn(u8) -> bool) -> bool {
    (1..=40).contains(&text.len())
        && text.as_bytes()[0].is_ascii_lowercase()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || also(byte))
}

texts! {
    /// An id of a pack, record type, state, step, view: it stands in addresses.
    Name, |text| is_word(text, |byte| byte == b'-'), "^[a-z][a-z0-9-]{0,39}$";
    /// An id of a field: it stands in expressions and is a column's name.
    Key, |text| is_word(text, |byte| byte == b'_'), "^[a-z][a-z0-9_]{0,39}$";
    /// A role: `agri.approver`.
    RoleName, |text| is_word(text, |byte| b"-_.".contains(&byte)), "^[a-z][a-z0-9_.-]{0,39}$";
    /// A word that names something declared elsewhere, or plain text.
    Word, |text| !text.trim().is_empty() && text.chars().count() <= 400, "\\S";
}

impl Shape for Located<bool> {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Self {
        let span = reader.span(node);
        if let DeValue::Boolean(value) = node.get_ref() {
            return Self::new(*value, span);
        }
        reader.wrong_shape(node, "~shape-flag");
        Self::hole(span)
    }

    fn hole(span: Span) -> Self {
        Self::new(false, span)
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": "boolean" })
    }
}

/// A number, whole or not, exactly as written.
pub type Number = Located<Decimal>;

impl Shape for Number {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Self {
        let span = reader.span(node);
        let written = match node.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => {
                reader.wrong_shape(node, "~shape-number");
                return Self::hole(span);
            }
        };
        if let Ok(number) = written.replace('_', "").trim_start_matches('+').parse() {
            return Self::new(number, span);
        }
        reader
            .findings
            .push(Diagnostic::new(Code::OutOfRange, span).with("name", written));
        Self::hole(span)
    }

    fn hole(span: Span) -> Self {
        Self::new(Decimal::from(0_i64), span)
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": "number" })
    }
}

impl Shape for Located<u32> {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Self {
        let span = reader.span(node);
        let DeValue::Integer(number) = node.get_ref() else {
            reader.wrong_shape(node, "~shape-whole");
            return Self::hole(span);
        };
        let read = u32::from_str_radix(number.as_str().trim_start_matches('+'), number.radix());
        match read {
            Ok(number) if number <= 1_000_000_000 => Self::new(number, span),
            _ => {
                let finding = Diagnostic::new(Code::OutOfRange, span).with("name", number.as_str());
                reader.findings.push(finding);
                Self::hole(span)
            }
        }
    }

    fn hole(span: Span) -> Self {
        Self::new(1, span)
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": "integer", "minimum": 0, "maximum": 1_000_000_000 })
    }
}

impl Shape for Located<Date> {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Self {
        let span = reader.span(node);
        let date = match node.get_ref() {
            DeValue::Datetime(date) => date.to_string().parse().ok(),
            DeValue::String(date) => date.parse().ok(),
            _ => None,
        };
        date.map_or_else(
            || {
                reader.wrong_shape(node, "~shape-date");
                Self::hole(span)
            },
            |date| Self::new(date, span),
        )
    }

    fn hole(span: Span) -> Self {
        Self::new(Date::constant(2000, 1, 1), span)
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": "string", "format": "date" })
    }
}
