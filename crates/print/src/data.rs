//! What templates are given, as they know it.

use serde_json::{Number, Value as Json};
use typst::foundations::{Array, Dict, IntoValue, Str, Value};

/// A JSON value as a template finds it: objects are dictionaries, `null` is `none`; a number
/// that fits neither a whole nor a broken one stays the text that it is.
pub(crate) fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::None,
        Json::Bool(flag) => Value::Bool(*flag),
        Json::Number(number) => self::number(number),
        Json::String(text) => Value::Str(Str::from(text.as_str())),
        Json::Array(items) => Value::Array(items.iter().map(value).collect::<Array>()),
        Json::Object(members) => {
            let members = members.iter();
            let members = members.map(|(name, member)| (Str::from(name.as_str()), value(member)));
            Value::Dict(members.collect::<Dict>())
        }
    }
}

fn number(number: &Number) -> Value {
    match (number.as_i64(), number.as_f64()) {
        (Some(whole), _) => Value::Int(whole),
        (None, Some(broken)) if broken.is_finite() => Value::Float(broken),
        _ => number.to_string().into_value(),
    }
}
