//! Canonical JSON: one text for one value, whoever writes it, so that its digest means
//! something. The rules are those of RFC 8785 for what we allow, and we allow less.

use serde_json::{Map, Value};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The largest whole number that every JSON reader keeps exactly: 2⁵³ − 1.
const LARGEST: i64 = (1 << 53) - 1;

/// Why a value has no canonical text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    /// Fractions and numbers beyond 2⁵³ lose digits in other programs.
    #[error(
        "the number {0} must be written as a string: only whole numbers up to 2^53 are numbers here"
    )]
    Number(String),
    /// A NUL character, which PostgreSQL cannot keep in text.
    #[error("text holds a NUL character")]
    Nul,
    /// Two keys of one object are the same after normalisation.
    #[error("the key {0:?} stands twice in one object")]
    DoubleKey(String),
}

/// The canonical text of a value: keys sorted by their bytes, text in NFC, no spaces.
pub fn to_text(value: &Value) -> Result<String, CanonicalError> {
    let mut out = String::new();
    write(value, &mut out)?;
    Ok(out)
}

fn write(value: &Value, out: &mut String) -> Result<(), CanonicalError> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => {
            let exact = number
                .as_i64()
                .filter(|number| (-LARGEST..=LARGEST).contains(number));
            let exact = exact.ok_or_else(|| CanonicalError::Number(number.to_string()))?;
            out.push_str(&exact.to_string());
        }
        Value::String(text) => write_text(&normalised(text)?, out),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out)?;
            }
            out.push(']');
        }
        Value::Object(map) => write_object(map, out)?,
    }
    Ok(())
}

fn write_object(map: &Map<String, Value>, out: &mut String) -> Result<(), CanonicalError> {
    let mut entries = map
        .iter()
        .map(|(key, value)| Ok((normalised(key)?, value)))
        .collect::<Result<Vec<_>, _>>()?;
    entries.sort_by(|(one, _), (other, _)| one.as_bytes().cmp(other.as_bytes()));
    if let Some(double) = entries.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return Err(CanonicalError::DoubleKey(double[0].0.clone()));
    }
    out.push('{');
    for (at, (key, value)) in entries.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_text(&key, out);
        out.push(':');
        write(value, out)?;
    }
    out.push('}');
    Ok(())
}

fn normalised(text: &str) -> Result<String, CanonicalError> {
    if text.contains('\0') {
        return Err(CanonicalError::Nul);
    }
    Ok(if is_nfc(text) {
        text.to_owned()
    } else {
        text.nfc().collect()
    })
}

/// RFC 8785 §3.2.2.2: the short escapes where JSON has them, `\u00xx` for other controls.
fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for ch in text.chars() {
        match ch {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            control if control < ' ' => {
                let code = u32::from(control);
                out.push_str("\\u00");
                out.extend(
                    [code >> 4, code & 0xf]
                        .iter()
                        .filter_map(|half| char::from_digit(*half, 16)),
                );
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_sort_and_text_composes() {
        let value = json!({"b": [1, null, true], "a": "e\u{301}\n", "B": {}});
        assert_eq!(
            to_text(&value).unwrap(),
            "{\"B\":{},\"a\":\"é\\n\",\"b\":[1,null,true]}"
        );
    }

    #[test]
    fn what_would_lose_digits_is_refused() {
        for text in ["1.5", "9007199254740993", "1e3", "-9007199254740992"] {
            let value: Value = serde_json::from_str(text).unwrap();
            assert!(
                matches!(to_text(&value), Err(CanonicalError::Number(_))),
                "{text}"
            );
        }
        assert_eq!(to_text(&json!("a\0")), Err(CanonicalError::Nul));
        assert_eq!(
            to_text(&json!({"\u{e9}": 1, "e\u{301}": 2})),
            Err(CanonicalError::DoubleKey("é".to_owned()))
        );
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-LARGEST..=LARGEST).prop_map(Value::from),
            "[^\\x00]{0,12}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::hash_map("[a-zA-ZđĐ ]{0,6}", inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn reading_back_and_writing_again_changes_nothing(value in values()) {
            let text = to_text(&value).unwrap();
            let again: Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(to_text(&again).unwrap(), text);
        }
    }
}
