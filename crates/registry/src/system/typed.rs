//! What somebody typed into a field, or a cell holds, as a body says it.

use directory::read_day;
use pack::declaration::{Field, FieldType};
use serde_json::Value;
use vocab::{FieldProblem, Lang};

use crate::numbers;

/// What was typed as a body says it. Whether the field takes it is asked when it is kept.
pub fn typed_value(
    field: &Field,
    path: &str,
    text: &str,
    lang: Lang,
) -> Result<Value, FieldProblem> {
    let text = text.trim();
    Ok(match *field.kind {
        FieldType::Number | FieldType::Money => Value::from(numbers::whole(path, text, lang)?),
        FieldType::Decimal => Value::from(numbers::decimal(path, text, lang)?.to_string()),
        FieldType::Date => {
            let day = read_day(text).or_else(|| text.parse().ok());
            Value::from(
                day.ok_or_else(|| FieldProblem::new(path, "day-unreadable"))?
                    .to_string(),
            )
        }
        FieldType::Flag => match vocab::fold::fold(text).as_str() {
            "co" | "yes" | "true" | "x" | "1" => Value::Bool(true),
            "khong" | "no" | "false" | "0" => Value::Bool(false),
            _ => return Err(FieldProblem::new(path, "not-a-flag")),
        },
        _ => Value::from(text),
    })
}
