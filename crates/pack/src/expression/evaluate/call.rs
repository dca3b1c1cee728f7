//! The functions at work.

use jiff::civil::Date;
use vocab::Decimal;

use super::{Evaluation, Facts, Value, between, moved, moved_months, whole};
use crate::expression::Expr;
use crate::shape::compile_pattern;

impl<F: Facts> Evaluation<'_, F> {
    pub(super) fn call(&mut self, name: &str, arguments: &[Expr]) -> Value {
        if let ("has", [only]) = (name, arguments) {
            return Value::Flag(self.value(only).is_filled());
        }
        let given: Vec<Value> = arguments
            .iter()
            .map(|argument| self.value(argument))
            .collect();
        match (name, given.as_slice()) {
            ("size", [of]) => Value::Number(Decimal::from(match of {
                Value::Text(text) => count(text.chars().count()),
                Value::List(members) => count(members.len()),
                _ => 0,
            })),
            ("sum", [Value::List(members)]) => {
                let numbers = members.iter().filter_map(Value::number);
                let sum = |sum: Decimal, number| sum.checked_add(number);
                numbers.into_iter().try_fold(Decimal::ZERO, sum).into()
            }
            ("sum", _) => Value::Number(Decimal::ZERO),
            ("min" | "max", [one, other]) => match one.compare(other) {
                None => Value::Empty,
                Some(order) if order.is_lt() == (name == "min") => one.clone(),
                Some(_) => other.clone(),
            },
            ("abs", [Value::Number(number)]) if *number < Decimal::ZERO => {
                Decimal::ZERO.checked_sub(*number).into()
            }
            ("abs", [number @ Value::Number(_)]) => number.clone(),
            ("round", [Value::Number(number), Value::Number(places)]) => {
                let places = whole(*places).and_then(|places| u8::try_from(places).ok());
                places.map(|places| number.round_half_up(places)).into()
            }
            ("area" | "length", [Value::Thing(shape)]) => self.facts.measure(name, shape, None),
            ("lies_in", [Value::Thing(shape), Value::Thing(within)]) => {
                self.facts.measure(name, shape, Some(within))
            }
            ("date", [Value::Text(text)]) => text.parse::<Date>().ok().into(),
            ("days", [from, to]) => match (from.day(), to.day()) {
                (Some(from), Some(to)) => between(from, to).into(),
                _ => Value::Empty,
            },
            ("year" | "month" | "day", [of]) => {
                let part = of.day().map(|day| match name {
                    "year" => i64::from(day.year()),
                    "month" => i64::from(day.month()),
                    _ => i64::from(day.day()),
                });
                part.map(Decimal::from).into()
            }
            ("add_days" | "add_months" | "add_years", [of, Value::Number(number)]) => {
                let Some(day) = of.day() else {
                    return Value::Empty;
                };
                match name {
                    "add_days" => moved(day, Some(*number)),
                    "add_months" => moved_months(day, *number),
                    _ => number
                        .checked_mul(Decimal::from(12_i64))
                        .and_then(|months| moved_months(day, months)),
                }
                .into()
            }
            _ => Value::Empty,
        }
    }

    pub(super) fn method(&mut self, target: &Expr, name: &str, arguments: &[Expr]) -> Value {
        let text = self.value(target);
        let given: Vec<Value> = arguments
            .iter()
            .map(|argument| self.value(argument))
            .collect();
        let (Value::Text(text), [Value::Text(other)]) = (&text, given.as_slice()) else {
            return Value::Empty;
        };
        match name {
            "startsWith" => Value::Flag(text.starts_with(other.as_str())),
            "endsWith" => Value::Flag(text.ends_with(other.as_str())),
            "contains" => Value::Flag(text.contains(other.as_str())),
            "matches" => compile_pattern(other)
                .ok()
                .map(|pattern| pattern.is_match(text))
                .into(),
            _ => Value::Empty,
        }
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
