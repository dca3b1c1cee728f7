//! Values that stand for themselves: words, numbers, codes, addresses.

use jiff::civil::DateTime;
use pack::declaration::{Field, FieldType};
use serde_json::Value;
use vocab::{Decimal, FieldProblem};

use super::kind::LARGEST;
use super::value::Checker;

/// The longest line and the longest paragraph, in characters, unless a field says otherwise.
const LINE: usize = 500;
const PARAGRAPH: usize = 10_000;
/// How many decimals a number has at most.
const MOST_DECIMALS: u8 = 4;
impl Checker<'_> {
    pub(super) fn text(
        &mut self,
        field: &Field,
        path: &str,
        value: &Value,
    ) -> Result<Value, &'static str> {
        let text = value.as_str().ok_or("not-text")?.trim();
        let is_line = *field.kind == FieldType::Text;
        let usual = if is_line { LINE } else { PARAGRAPH };
        let limit = field
            .max_length
            .as_ref()
            .map_or(usual, |most| most.value as usize);
        if text.chars().count() > limit {
            self.problems
                .push(FieldProblem::new(path, "text-too-long").with("limit", limit));
            return Err("");
        }
        let breaks = |ch: char| ch.is_control() && (is_line || !matches!(ch, '\n' | '\t'));
        if text.chars().any(breaks) {
            return Err("text-control");
        }
        let fits = field
            .pattern
            .as_ref()
            .and_then(|pattern| pattern.compiled.as_ref());
        if fits.is_some_and(|pattern| !pattern.is_match(text)) {
            return Err("text-pattern");
        }
        Ok(Value::from(text))
    }

    pub(super) fn whole(
        &mut self,
        field: &Field,
        path: &str,
        value: &Value,
    ) -> Result<Value, &'static str> {
        let number = value
            .as_i64()
            .or_else(|| value.as_str()?.parse().ok())
            .ok_or("not-whole")?;
        if !(-LARGEST..=LARGEST).contains(&number) {
            return Err("number-out-of-range");
        }
        self.bounds(field, path, Decimal::from(number))?;
        Ok(Value::from(number))
    }

    pub(super) fn decimal(
        &mut self,
        field: &Field,
        path: &str,
        value: &Value,
    ) -> Result<Value, &'static str> {
        let number = match value {
            Value::String(text) => text.parse::<Decimal>().ok(),
            Value::Number(number) => number.to_string().parse().ok(),
            _ => None,
        };
        let number = number.ok_or("not-a-number")?.normalized();
        let places = field
            .decimals
            .as_ref()
            .and_then(|places| u8::try_from(places.value).ok());
        let places = places.unwrap_or(MOST_DECIMALS).min(MOST_DECIMALS);
        if number.scale() > places {
            self.problems
                .push(FieldProblem::new(path, "too-many-places").with("limit", places));
            return Err("");
        }
        // A column holds it with four places in 64 bits.
        if number.rescale(MOST_DECIMALS).is_none() {
            return Err("number-out-of-range");
        }
        self.bounds(field, path, number)?;
        Ok(Value::from(number.to_string()))
    }

    fn bounds(&mut self, field: &Field, path: &str, number: Decimal) -> Result<(), &'static str> {
        let (least, most) = (field.min.as_ref(), field.max.as_ref());
        if least.is_some_and(|least| number < least.value) {
            let least = least.map_or(Decimal::ZERO, |least| least.value);
            self.problems
                .push(FieldProblem::new(path, "number-below").with("least", least));
            return Err("");
        }
        if most.is_some_and(|most| number > most.value) {
            let most = most.map_or(Decimal::ZERO, |most| most.value);
            self.problems
                .push(FieldProblem::new(path, "number-above").with("most", most));
            return Err("");
        }
        Ok(())
    }

    pub(super) fn code(
        &self,
        field: &Field,
        value: &Value,
        before: Option<&Value>,
    ) -> Result<Value, &'static str> {
        let code = value.as_str().ok_or("not-text")?;
        let list = field
            .list
            .as_ref()
            .and_then(|name| self.catalog.find_list(self.pack, name));
        let list = list.map(|at| self.catalog.list(at)).ok_or("code-unknown")?;
        let mut rows = list.rows.iter().filter(|row| row.code == code).peekable();
        if rows.peek().is_none() {
            return Err("code-unknown");
        }
        if before == Some(value) || rows.any(|row| row.holds_on(self.today)) {
            Ok(Value::from(code))
        } else {
            Err("code-not-valid")
        }
    }
}

pub(super) fn parsed(value: &Value, read: impl FnOnce(&str) -> Option<String>) -> Option<Value> {
    read(value.as_str()?.trim()).map(Value::from)
}

/// A moment as the clock shows it in Viet Nam, to the minute.
pub(super) fn moment(text: &str) -> Option<String> {
    let moment: DateTime = text.parse().ok()?;
    Some(moment.strftime("%Y-%m-%dT%H:%M").to_string())
}

pub(super) fn email(text: &str) -> Option<String> {
    let (name, host) = text.split_once('@')?;
    let plain = text.len() <= 254
        && !text
            .contains(|ch: char| ch.is_whitespace() || ch.is_control() || "<>,;\"".contains(ch));
    let dotted = host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !host.contains("..");
    (plain && dotted && !name.is_empty() && !host.contains('@')).then(|| text.to_owned())
}

pub(super) fn link(text: &str) -> Option<String> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))?;
    let plain =
        text.len() <= 2_000 && !text.contains(|ch: char| ch.is_whitespace() || ch.is_control());
    (plain && !rest.is_empty() && !rest.starts_with('/')).then(|| text.to_owned())
}
