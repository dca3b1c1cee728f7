//! A record type with fields of every kind, its records, and which values a type has. The fuzz target of
//! expressions is built from this file too.

use std::collections::BTreeMap;

use pack::catalog::Catalog;
use pack::expression::evaluate::{Facts, Value};
use pack::expression::types::Type;
use pack::folder::PackFolder;
use pack::{Surroundings, check};
use vocab::Decimal;

/// A record's values by name; every other record holds the same.
#[derive(Debug)]
pub(crate) struct Record(pub(crate) BTreeMap<&'static str, Value>);

impl Facts for Record {
    fn value(&self, name: &str) -> Value {
        self.0.get(name).cloned().unwrap_or_default()
    }

    fn value_of(&self, _: &str, name: &str) -> Value {
        self.value(name)
    }

    fn measure(&self, function: &str, _: &str, _: Option<&str>) -> Value {
        match function {
            "lies_in" => Value::Flag(true),
            _ => Value::Number(Decimal::from(120_000_i64)),
        }
    }
}

/// A record type with a field of every kind that expressions can tell apart.
pub(crate) fn catalog() -> Catalog {
    let title = "title = { vi = \"A\", en = \"B\" }";
    let field = |id: &str, kind: &str, more: &str| {
        format!("\n[[field]]\nid = \"{id}\"\ntype = \"{kind}\"\n{title}\n{more}\n")
    };
    let thing = [
        format!(
            "[record]\nid = \"thing\"\n{title}\nlabel = \"thing\"\nowner = {{ unit = \"any\" }}\n"
        ),
        field("words", "text", ""),
        field("count", "number", ""),
        field("size", "decimal", "unit = \"ha\""),
        field("cost", "money", ""),
        field("made_on", "date", ""),
        field("is_new", "flag", ""),
        field("crop", "code", "list = \"crops\""),
        field(
            "markets",
            "code",
            "list = \"crops\"\nrepeated = true\nat_most = 3",
        ),
        field("above", "reference", "to = \"thing\""),
        field("shape", "polygon", ""),
        field(
            "rows",
            "table",
            "at_most = 3\n[[field.field]]\nid = \"amount\"\ntype = \"number\"\n",
        ) + title
            + "\n[[field.field]]\nid = \"on\"\ntype = \"date\"\n"
            + title
            + "\n",
    ];
    let folder = PackFolder::in_memory(
        "x",
        [
            (
                "pack.toml",
                format!("[pack]\nid = \"x\"\n{title}\n").as_str(),
            ),
            ("thing.toml", thing.concat().as_str()),
            ("lists/crops.csv", "code,vi,en\ndurian,A,B\nmango,C,D\n"),
        ],
    );
    let outcome = check(&[folder], &Surroundings::default());
    assert!(outcome.findings.is_empty(), "{:?}", outcome.findings);
    outcome.into_catalog().unwrap()
}

/// Whether a value is of a type, or none.
pub(crate) fn fits(kind: &Type, value: &Value) -> bool {
    match (kind, value) {
        (_, Value::Empty) => true,
        (Type::Null | Type::Unknown, _) => *kind == Type::Unknown,
        (Type::Flag, value) => matches!(value, Value::Flag(_)),
        (Type::Number(_) | Type::Money, value) => matches!(value, Value::Number(_)),
        (Type::Text | Type::Code(_) | Type::State(_), value) => matches!(value, Value::Text(_)),
        (Type::Date, value) => matches!(value, Value::Date(_)),
        (Type::DateTime, value) => matches!(value, Value::Moment(_)),
        (Type::List(member, _), Value::List(members)) => {
            members.iter().all(|value| fits(member, value))
        }
        (Type::Row(..), value) => matches!(value, Value::Row(_)),
        (_, value) => matches!(value, Value::Thing(_)),
    }
}
