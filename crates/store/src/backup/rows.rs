//! Rows as lines of JSON.

use std::fmt;
use std::io::Write;
use vocab::hex;

use serde::de::{DeserializeSeed, Deserializer, Error, SeqAccess, Visitor};

use crate::engine::Row;
use crate::{ColumnKind, Value};

/// Appends a row as one line.
pub(super) fn encode(row: &[Value], out: &mut Vec<u8>) -> std::io::Result<()> {
    out.push(b'[');
    for (at, value) in row.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        match value {
            Value::Null => out.extend(b"null"),
            Value::Int(number) => write!(out, "{number}")?,
            Value::Text(text) => serde_json::to_writer(&mut *out, text)?,
            Value::Bytes(bytes) => write!(out, "\"{}\"", hex::encode(bytes))?,
        }
    }
    out.extend(b"]\n");
    Ok(())
}

/// Reads a line back, by its columns' kinds.
pub(super) fn decode(line: &[u8], kinds: &[ColumnKind]) -> Result<Row, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_slice(line);
    let row = reader.deserialize_seq(Kinds(kinds))?;
    reader.end()?;
    Ok(row)
}

struct Kinds<'a>(&'a [ColumnKind]);

impl<'de> Visitor<'de> for Kinds<'_> {
    type Value = Row;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} values", self.0.len())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Row, A::Error> {
        let mut row = Row::with_capacity(self.0.len());
        for kind in self.0 {
            let value = values.next_element_seed(Kind(*kind))?;
            row.push(value.ok_or_else(|| A::Error::invalid_length(row.len(), &self))?);
        }
        if values.next_element::<serde::de::IgnoredAny>()?.is_some() {
            return Err(A::Error::invalid_length(self.0.len() + 1, &self));
        }
        Ok(row)
    }
}

struct Kind(ColumnKind);

impl<'de> DeserializeSeed<'de> for Kind {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        use serde::Deserialize;
        Ok(match self.0 {
            ColumnKind::Int => Option::<i64>::deserialize(from)?.into(),
            ColumnKind::Text => Option::<String>::deserialize(from)?.into(),
            ColumnKind::Bytes => match Option::<String>::deserialize(from)? {
                None => Value::Null,
                Some(digits) => hex::decode(&digits)
                    .map(Value::Bytes)
                    .ok_or_else(|| D::Error::custom("these are not hexadecimal digits"))?,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(kind: ColumnKind) -> BoxedStrategy<Value> {
        let filled = match kind {
            ColumnKind::Int => any::<i64>().prop_map(Value::Int).boxed(),
            ColumnKind::Text => any::<String>().prop_map(Value::Text).boxed(),
            ColumnKind::Bytes => any::<Vec<u8>>().prop_map(Value::Bytes).boxed(),
        };
        prop_oneof![1 => Just(Value::Null), 4 => filled].boxed()
    }

    const KINDS: [ColumnKind; 3] = [ColumnKind::Int, ColumnKind::Text, ColumnKind::Bytes];

    proptest! {
        #[test]
        fn a_row_comes_back_as_it_was(row in KINDS.map(value)) {
            let mut line = Vec::new();
            encode(&row, &mut line).unwrap();
            prop_assert_eq!(line.split(|byte| *byte == b'\n').count(), 2);
            prop_assert_eq!(decode(&line, &KINDS).unwrap(), row);
        }
    }

    #[test]
    fn what_is_no_row_of_these_columns_is_refused() {
        for line in [
            "[1,\"a\"]",
            "[1,\"a\",\"00\",1]",
            "[1,\"a\",\"0\"]",
            "[1,\"a\",\"0G\"]",
            "[1.5,\"a\",\"00\"]",
            "[9223372036854775808,\"a\",\"00\"]",
            "[1,2,\"00\"]",
            "{}",
            "[1,\"a\",\"00\"] []",
            "",
        ] {
            assert!(decode(line.as_bytes(), &KINDS).is_err(), "{line}");
        }
    }
}
