//! What two versions of a record differ in, field by field.

use std::collections::BTreeMap;

use serde_json::Value;
use store::Version;
use vocab::CitizenId;

/// Kinds whose bodies are secrets.
const SECRET_KINDS: [&str; 3] = ["credential", "api_token", "person_key"];
/// Parts of the names of fields that hold a secret.
const SECRET_FIELDS: [&str; 6] = ["hash", "secret", "password", "founder", "token", "salt"];
/// The longest value that is shown whole, in characters.
const LONGEST: usize = 2_000;

/// One field in two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// Its way through the body: `grants[0].role`.
    pub(super) name: String,
    pub(super) before: Shown,
    pub(super) after: Shown,
}

/// A value as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// There was no such field.
    Absent,
    /// This.
    Text(String),
    /// It is there, and nobody is shown it.
    Secret,
}

/// Every field of either version, by name, with whether it differs.
pub(super) fn fields(before: Option<&Version>, after: &Version) -> Vec<(Field, bool)> {
    let old = before.map(flat).unwrap_or_default();
    let new = flat(after);
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let secret = |name: &str| {
        let name = name.to_lowercase();
        SECRET_KINDS.contains(&after.table.as_str())
            || SECRET_FIELDS.iter().any(|part| name.contains(part))
    };
    names
        .into_iter()
        .map(|name| {
            let shown = |value: Option<&String>| match value {
                None => Shown::Absent,
                Some(_) if secret(name) => Shown::Secret,
                // A citizen's number reads `********6789` wherever it is printed.
                Some(value) => Shown::Text(match value.parse::<CitizenId>() {
                    Ok(number) => number.to_string(),
                    Err(_) => value.clone(),
                }),
            };
            let (one, other) = (old.get(name), new.get(name));
            let field = Field {
                name: name.clone(),
                before: shown(one),
                after: shown(other),
            };
            (field, one != other)
        })
        .collect()
}

/// Each value of a version under its name; unit and state belong to it too.
fn flat(version: &Version) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    values.insert("(unit)".to_owned(), version.unit.to_string());
    if !version.state.is_empty() {
        values.insert("(state)".to_owned(), version.state.clone());
    }
    let body = version.body.as_deref();
    if let Some(body) = body.and_then(|body| serde_json::from_str(body).ok()) {
        put(&mut values, String::new(), &body);
    }
    values
}

fn put(values: &mut BTreeMap<String, String>, name: String, value: &Value) {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (member, value) in members {
                let name = if name.is_empty() {
                    member.clone()
                } else {
                    format!("{name}.{member}")
                };
                put(values, name, value);
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                put(values, format!("{name}[{place}]"), item);
            }
        }
        Value::String(text) => {
            values.insert(name, cut(text));
        }
        Value::Bool(_) | Value::Number(_) => {
            values.insert(name, value.to_string());
        }
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use vocab::{Id, Instant};

    use super::*;

    fn version(table: &str, body: &str) -> Version {
        Version {
            id: Id::NIL,
            version: 1,
            table: table.to_owned(),
            unit: Id::NIL,
            state: String::new(),
            action: "edit".to_owned(),
            actor: Id::NIL,
            on_behalf: None,
            via: "page".to_owned(),
            at: Instant::from_micros(0),
            body: Some(body.to_owned()),
        }
    }

    #[test]
    fn nested_fields_are_compared_by_their_ways() {
        let before = version("thing", r#"{"a":{"b":[1,2]},"c":"x"}"#);
        let after = version("thing", r#"{"a":{"b":[1,3]},"d":true}"#);
        let differing: Vec<_> = fields(Some(&before), &after)
            .into_iter()
            .filter_map(|(field, differs)| differs.then_some((field.name, field.after)))
            .collect();
        let text = |text: &str| Shown::Text(text.to_owned());
        assert_eq!(
            differing,
            [
                ("a.b[1]".to_owned(), text("3")),
                ("c".to_owned(), Shown::Absent),
                ("d".to_owned(), text("true")),
            ]
        );
    }

    #[test]
    fn the_numbers_of_citizens_are_masked() {
        let all = fields(None, &version("person", r#"{"citizen_id":"086090123456"}"#));
        assert!(!format!("{all:?}").contains("086090123456"), "{all:?}");
        assert!(format!("{all:?}").contains("********3456"), "{all:?}");
    }

    #[test]
    fn secrets_show_that_they_changed_and_nothing_else() {
        for (kind, body) in [
            ("credential", r#"{"x":"$argon2id$v=19$abc"}"#),
            ("person_key", r#"{"key":"$argon2id$v=19$abc"}"#),
            ("account", r#"{"passwordHash":"$argon2id$v=19$abc"}"#),
            (
                "account",
                r#"{"deep":[{"api_token":"$argon2id$v=19$abc"}]}"#,
            ),
        ] {
            let all = fields(None, &version(kind, body));
            assert!(!format!("{all:?}").contains("argon2"), "{all:?}");
            assert!(
                all.iter()
                    .any(|(field, differs)| *differs && field.after == Shown::Secret)
            );
        }
    }
}
