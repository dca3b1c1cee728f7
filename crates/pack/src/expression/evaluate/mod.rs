//! What an expression comes to, for one record.
//!
//! Expressions that were checked never fail: what cannot be told (an empty field, a division by
//! nothing, a number too large) is [`Value::Empty`], and takes no more steps than [`super::infer`]
//! said. Yes and no have a third, neither, as in the store's conditions.

mod call;
mod value;

use std::collections::BTreeMap;

pub use value::Value;

use self::value::{and, or, product, quotient, remainder, whole};
use super::infer::DEAREST;
use super::{Each, Expr, ExprNode, Operator};
use jiff::ToSpan;
use jiff::civil::Date;
use vocab::Decimal;

/// Where values come from. Nothing is asked but what an expression names, so that whoever answers
/// can hold back what the actor may not see: it is then empty.
pub trait Facts {
    /// The value of a name: a field, a figure from other records, `state`, `today`, …
    fn value(&self, name: &str) -> Value;

    /// The same of another record that a reference names.
    fn value_of(&self, record: &str, name: &str) -> Value;

    /// `area`, `length` or `lies_in` of a shape, and what it may lie in.
    fn measure(&self, function: &str, shape: &str, within: Option<&str>) -> Value;
}

/// What an expression came to, and in how many steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluated {
    /// What it came to.
    pub value: Value,
    /// How many of its parts were looked at.
    pub steps: u64,
}

/// Evaluates an expression of a record, or of a row of one of its tables.
pub fn evaluate(
    expression: &Expr,
    facts: &impl Facts,
    row: Option<&BTreeMap<String, Value>>,
) -> Evaluated {
    let mut evaluation = Evaluation {
        facts,
        row,
        locals: Vec::new(),
        steps: 0,
    };
    let value = evaluation.value(expression);
    Evaluated {
        value,
        steps: evaluation.steps,
    }
}

struct Evaluation<'a, F> {
    facts: &'a F,
    row: Option<&'a BTreeMap<String, Value>>,
    locals: Vec<(String, Value)>,
    steps: u64,
}

impl<F: Facts> Evaluation<'_, F> {
    fn value(&mut self, expr: &Expr) -> Value {
        self.steps += 1;
        // Beyond what a check lets through; a list longer than declared must not get here.
        if self.steps > DEAREST {
            return Value::Empty;
        }
        match &expr.node {
            ExprNode::Text(text) => Value::Text(text.clone()),
            ExprNode::Number(number) => Value::Number(*number),
            ExprNode::Flag(flag) => Value::Flag(*flag),
            ExprNode::Null => Value::Empty,
            ExprNode::Name(name) => self.name(name),
            ExprNode::Member(target, name) => self.member(target, name),
            ExprNode::Call(name, arguments) => self.call(name, arguments),
            ExprNode::Method(target, name, arguments) => self.method(target, name, arguments),
            ExprNode::Each(list, each, variable, body) => self.each(list, *each, variable, body),
            ExprNode::Not(inner) => self.value(inner).flag().map(|flag| !flag).into(),
            ExprNode::Negative(inner) => {
                let number = self.value(inner).number();
                number
                    .and_then(|number| Decimal::ZERO.checked_sub(number))
                    .into()
            }
            ExprNode::Binary(operator, left, right) => self.binary(*operator, left, right),
            ExprNode::Choose(condition, yes, no) => {
                if self.value(condition).flag() == Some(true) {
                    self.value(yes)
                } else {
                    self.value(no)
                }
            }
            ExprNode::List(members) => {
                Value::List(members.iter().map(|member| self.value(member)).collect())
            }
        }
    }

    fn name(&self, name: &str) -> Value {
        if let Some((_, value)) = self.locals.iter().rev().find(|(known, _)| known == name) {
            return value.clone();
        }
        match self.row {
            Some(row) if name != "today" && name != "now" => {
                row.get(name).cloned().unwrap_or_default()
            }
            _ => self.facts.value(name),
        }
    }

    fn member(&mut self, target: &Expr, name: &str) -> Value {
        let is_around = self.row.is_some()
            && matches!(&target.node, ExprNode::Name(name) if name == "record")
            && self.locals.iter().all(|(known, _)| known != "record");
        if is_around {
            self.steps += 1;
            return self.facts.value(name);
        }
        match self.value(target) {
            Value::Row(row) => row.get(name).cloned().unwrap_or_default(),
            Value::Thing(record) => self.facts.value_of(&record, name),
            _ => Value::Empty,
        }
    }

    fn each(&mut self, list: &Expr, each: Each, variable: &str, body: &Expr) -> Value {
        let members = self.value(list).members();
        let mut kept = Vec::new();
        let mut answers = Vec::new();
        for member in members {
            self.locals.push((variable.to_owned(), member.clone()));
            let answer = self.value(body);
            self.locals.pop();
            if each == Each::Map {
                kept.push(answer);
                continue;
            }
            if answer.flag() == Some(true) {
                kept.push(member);
            }
            answers.push(answer.flag());
        }
        match each {
            Each::Exists => answers.into_iter().fold(Some(false), or).into(),
            Each::All => answers.into_iter().fold(Some(true), and).into(),
            Each::ExistsOne if answers.contains(&None) => Value::Empty,
            Each::ExistsOne => Value::Flag(kept.len() == 1),
            Each::Filter | Each::Map => Value::List(kept),
        }
    }

    fn binary(&mut self, operator: Operator, left: &Expr, right: &Expr) -> Value {
        let (one, other) = (self.value(left), self.value(right));
        let order = one.compare(&other);
        match operator {
            Operator::Or => or(one.flag(), other.flag()).into(),
            Operator::And => and(one.flag(), other.flag()).into(),
            Operator::Equal | Operator::Unequal => {
                let wanted = operator == Operator::Equal;
                // With `null`, it is asked whether there is anything.
                let is_null = |expr: &Expr| expr.node == ExprNode::Null;
                if is_null(left) || is_null(right) {
                    let is_empty = !one.is_filled() && !other.is_filled();
                    return Value::Flag(is_empty == wanted);
                }
                one.equals(&other).map(|equal| equal == wanted).into()
            }
            Operator::Less => order.map(std::cmp::Ordering::is_lt).into(),
            Operator::AtMost => order.map(std::cmp::Ordering::is_le).into(),
            Operator::Greater => order.map(std::cmp::Ordering::is_gt).into(),
            Operator::AtLeast => order.map(std::cmp::Ordering::is_ge).into(),
            Operator::In if one == Value::Empty => Value::Empty,
            Operator::In => {
                let members = other.members();
                members
                    .iter()
                    .map(|member| one.equals(member))
                    .fold(Some(false), or)
                    .into()
            }
            _ => computed(operator, one, other),
        }
    }
}

/// Sums, differences, products, quotients and what is left of them.
fn computed(operator: Operator, one: Value, other: Value) -> Value {
    match (operator, one, other) {
        (Operator::Add, Value::Text(one), Value::Text(other)) => Value::Text(one + &other),
        (Operator::Add, Value::Date(day), Value::Number(days)) => moved(day, Some(days)).into(),
        (Operator::Subtract, Value::Date(day), Value::Number(days)) => {
            moved(day, Decimal::ZERO.checked_sub(days)).into()
        }
        (Operator::Subtract, Value::Date(one), Value::Date(other)) => between(other, one).into(),
        (_, Value::Number(one), Value::Number(other)) => match operator {
            Operator::Add => one.checked_add(other),
            Operator::Subtract => one.checked_sub(other),
            Operator::Multiply => product(one, other),
            Operator::Divide => quotient(one, other),
            Operator::Remainder => remainder(one, other),
            _ => None,
        }
        .into(),
        _ => Value::Empty,
    }
}

/// A day so many days later.
fn moved(day: Date, days: Option<Decimal>) -> Option<Date> {
    let days = i32::try_from(whole(days?)?).ok()?;
    day.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The days from one to another.
fn between(from: Date, to: Date) -> Option<Decimal> {
    let span = from.until((jiff::Unit::Day, to)).ok()?;
    Some(Decimal::from(i64::from(span.get_days())))
}

/// A day so many months later, or the last of that month.
fn moved_months(day: Date, months: Decimal) -> Option<Date> {
    let months = i32::try_from(whole(months)?).ok()?;
    if months.unsigned_abs() > 100_000 {
        return None;
    }
    day.checked_add(months.months()).ok()
}
