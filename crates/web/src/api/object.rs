//! JSON objects that clients send: each member asked for by name, none left over, and
//! everything that is wrong said at once.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;
use vocab::{Decimal, FieldProblem, Id, Period, Problem};

use crate::http::Failure;

/// Members of an object, and what was found wrong with them. Ask for every member, then end
/// with [`Object::done`].
#[derive(Debug, Default)]
pub(super) struct Object {
    members: Map<String, Value>,
    at: String,
    problems: Vec<FieldProblem>,
}

impl Object {
    /// The object of a body; an empty body is an object without members.
    pub(super) fn parse(body: &[u8]) -> Result<Self, Failure> {
        if body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Self::default());
        }
        let parsed: Result<Once, _> = serde_json::from_slice(body);
        let Once(members) = parsed.map_err(|error| {
            if error.is_data() {
                return Problem::new(422, "not-an-object", error.to_string());
            }
            Problem::new(400, "body-unreadable", error.to_string())
                .with("line", error.line())
                .with("column", error.column())
        })?;
        Ok(Self {
            members,
            ..Self::default()
        })
    }

    /// Its members as they are, for whoever checks them below.
    pub(super) fn into_members(self) -> Map<String, Value> {
        self.members
    }

    /// Notes that something is wrong with a member.
    pub(super) fn wrong(&mut self, name: &str, code: &str) {
        let problem = FieldProblem::new(format!("{}{name}", self.at), code);
        self.problems.push(problem);
    }

    /// A member as it is; `null` is the same as none.
    fn take(&mut self, name: &str) -> Option<Value> {
        self.members.remove(name).filter(|value| !value.is_null())
    }

    fn take_as<T>(
        &mut self,
        name: &str,
        code: &str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.take(name)?;
        let read = read(&value);
        if read.is_none() {
            self.wrong(name, code);
        }
        read
    }

    /// Text, composed (NFC), its lines ending with `\n`.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        self.take_as(name, "not-text", |value| {
            Some(value.as_str()?.replace("\r\n", "\n").nfc().collect())
        })
    }

    fn parsed<T: FromStr>(&mut self, name: &str, code: &str) -> Option<T> {
        self.take_as(name, code, |value| value.as_str()?.parse().ok())
    }

    /// An identifier.
    pub(super) fn id(&mut self, name: &str) -> Option<Id> {
        self.parsed(name, "not-an-id")
    }

    /// A period by its code.
    pub(super) fn period(&mut self, name: &str) -> Option<Period> {
        let read = |value: &Value| {
            let code = value.as_str()?;
            let period: Period = code.parse().ok()?;
            (period.code() == code).then_some(period)
        };
        self.take_as(name, "not-a-period", read)
    }

    /// A whole number.
    pub(super) fn whole(&mut self, name: &str) -> Option<i64> {
        self.take_as(name, "not-whole", Value::as_i64)
    }

    /// A decimal, written as text.
    pub(super) fn decimal(&mut self, name: &str) -> Option<Decimal> {
        self.parsed(name, "not-decimal-text")
    }

    /// A digest: 64 hexadecimal digits, small letters.
    pub(super) fn digest(&mut self, name: &str) -> Option<String> {
        let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        self.take_as(name, "not-a-digest", |value| {
            let text = value.as_str()?;
            (text.len() == 64 && text.bytes().all(digit)).then(|| text.to_owned())
        })
    }

    /// True or false.
    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        self.take_as(name, "not-a-flag", Value::as_bool)
    }

    /// A list of texts.
    pub(super) fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        self.take_as(name, "not-a-list", |value| {
            let texts = value.as_array()?.iter();
            texts.map(|text| Some(text.as_str()?.to_owned())).collect()
        })
    }

    /// An object, for whoever checks its members below.
    pub(super) fn object(&mut self, name: &str) -> Option<Map<String, Value>> {
        self.take_as(name, "not-an-object", |value| value.as_object().cloned())
    }

    /// A list of objects, each read by the same function.
    pub(super) fn list<T>(
        &mut self,
        name: &str,
        mut read: impl FnMut(&mut Self) -> Option<T>,
    ) -> Vec<T> {
        let items = self.take_as(name, "not-a-list", |value| value.as_array().cloned());
        let mut list = Vec::new();
        for (place, item) in items.unwrap_or_default().into_iter().enumerate() {
            let Value::Object(members) = item else {
                self.wrong(&format!("{name}/{place}"), "not-an-object");
                continue;
            };
            let mut object = Self {
                members,
                at: format!("{}{name}/{place}/", self.at),
                problems: Vec::new(),
            };
            list.extend(read(&mut object));
            self.problems.extend(object.all_wrong());
        }
        list
    }

    /// A member that must be there.
    pub(super) fn required<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Self, &str) -> Option<T>,
    ) -> Option<T> {
        if self.members.get(name).is_none_or(Value::is_null) {
            self.members.remove(name);
            self.wrong(name, "field-required");
            return None;
        }
        read(self, name)
    }

    /// Refuses what is wrong and what was not asked for, if anything is.
    pub(super) fn done(self) -> Result<(), Failure> {
        if self.problems.is_empty() && self.members.is_empty() {
            return Ok(());
        }
        Err(self.refuse())
    }

    /// Refuses what is wrong and what was not asked for.
    pub(super) fn refuse(self) -> Failure {
        let mut problem = Problem::new(422, "invalid-fields", "members of a body");
        problem.fields = self.all_wrong();
        problem.into()
    }

    fn all_wrong(self) -> Vec<FieldProblem> {
        let mut problems = self.problems;
        for name in self.members.keys() {
            let shown: String = name.chars().take(60).collect();
            // RFC 6901 §3
            let pointer = shown.replace('~', "~0").replace('/', "~1");
            let problem = FieldProblem::new(format!("{}{pointer}", self.at), "unknown-field");
            problems.push(problem.with("name", shown));
        }
        problems
    }
}

/// An object whose members have different names, unlike `{"a": 1, "a": 2}`, of which every
/// reader makes something else.
struct Once(Map<String, Value>);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Once;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object whose members have different names")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Once, A::Error> {
                let mut members = Map::new();
                while let Some((name, value)) = access.next_entry::<String, Value>()? {
                    if members.insert(name, value).is_some() {
                        return Err(de::Error::custom("a member twice"));
                    }
                }
                Ok(Once(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(object: Object) -> Vec<(String, String)> {
        let problems = object.done().unwrap_err().problem.fields;
        problems
            .into_iter()
            .map(|problem| (problem.field, problem.code))
            .collect()
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let body = r#"{"unit": "x", "period": "2023Q5", "numerator": 1.5, "denominator": 99999999999999999999,
            "count": 3, "reached": "yes", "note": 7, "evidence": [{"sha256": "a", "la": 1}, 3], "fields": [], "a/b": null}"#;
        let mut object = Object::parse(body.as_bytes()).unwrap();
        assert_eq!(object.id("unit"), None);
        assert_eq!(object.period("period"), None);
        assert_eq!(object.whole("numerator"), None);
        assert_eq!(object.whole("denominator"), None);
        assert_eq!(object.decimal("count"), None);
        assert_eq!(object.flag("reached"), None);
        assert_eq!(object.text("note"), None);
        let files = object.list("evidence", |file| file.text("sha256"));
        assert_eq!(files, ["a"]);
        assert_eq!(object.object("fields"), None);
        assert_eq!(object.required("indicator", Object::id), None);
        let expected = [
            ("unit", "not-an-id"),
            ("period", "not-a-period"),
            ("numerator", "not-whole"),
            ("denominator", "not-whole"),
            ("count", "not-decimal-text"),
            ("reached", "not-a-flag"),
            ("note", "not-text"),
            ("evidence/0/la", "unknown-field"),
            ("evidence/1", "not-an-object"),
            ("fields", "not-an-object"),
            ("indicator", "field-required"),
            ("a~1b", "unknown-field"),
        ];
        let expected = expected.map(|(field, code)| (field.to_owned(), code.to_owned()));
        assert_eq!(wrong(object), expected);
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for (body, code) in [
            ("[]", "not-an-object"),
            ("7", "not-an-object"),
            ("null", "not-an-object"),
            (r#"{"a": 1, "a": 2}"#, "not-an-object"),
            ("{", "body-unreadable"),
            ("{} {}", "body-unreadable"),
            ("\"\u{0}", "body-unreadable"),
        ] {
            let refusal = Object::parse(body.as_bytes()).unwrap_err();
            assert_eq!(refusal.problem.code, code, "{body}");
        }
        let deep = "[".repeat(100_000);
        assert!(Object::parse(format!("{{\"a\": {deep}").as_bytes()).is_err());
        assert!(Object::parse(b"\xff").is_err());
        assert!(Object::parse(b" \n").unwrap().done().is_ok());
    }
}
