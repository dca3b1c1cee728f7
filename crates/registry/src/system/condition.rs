//! Conditions for lists, as the store asks them: views, look-ups, roll-ups, indicators.

use jiff::ToSpan;
use jiff::civil::Date;
use pack::expression::{Expr, ExprNode, Expression, Operator};
use store::{Column, ColumnKind, Comparison, Predicate, Value};

use super::Systems;
use super::grants::{LoadError, scaled_number};
use super::kind::Kind;
use crate::FieldKind;

/// The condition over a kind's table; none where it asks what no column answers.
pub(crate) fn compiled(
    kind: &Kind,
    expression: &Expression,
    today: Option<Date>,
) -> Option<Predicate> {
    let compiler = Compiler { kind, today };
    let predicate = compiler.predicate(expression.tree.as_ref()?)?;
    predicate.check(&kind.spec).ok()?;
    Some(predicate)
}

/// Refuses packs in which a condition that lists, duplicates or figures go by asks what no column
/// answers: they would be empty without a word.
pub(crate) fn check(systems: &Systems) -> Result<(), LoadError> {
    for kind in &systems.kinds {
        let declared = &systems.record(kind).declared;
        let own = declared
            .views
            .iter()
            .filter_map(|view| view.when.as_ref())
            .chain(
                declared
                    .public
                    .iter()
                    .filter_map(|public| public.when.as_ref()),
            )
            .chain(
                declared
                    .duplicates
                    .iter()
                    .filter_map(|like| like.when.as_ref()),
            )
            .chain(
                declared
                    .indicators
                    .iter()
                    .flat_map(|one| one.when.iter().chain(&one.part)),
            )
            .chain(
                declared
                    .public
                    .iter()
                    .filter_map(|public| public.when.as_ref()),
            )
            .chain(
                declared
                    .lookups
                    .iter()
                    .filter_map(|lookup| lookup.when.as_ref()),
            )
            .map(|when| (Some(kind), when));
        let figures = declared.rollups.iter().filter_map(|rollup| {
            let of = systems.named(kind.at.pack, &rollup.of);
            Some((of, rollup.when.as_ref()?))
        });
        for (of, when) in own.chain(figures) {
            let Some(of) = of else { continue };
            if compiled(of, when, Some(Date::ZERO)).is_none() {
                return Err(LoadError {
                    pack: systems.pack(kind).declared.pack.id.text.clone(),
                    record: declared.record.id.text.clone(),
                    what: format!(
                        "`{}` compares more than columns with texts, numbers and days",
                        when.text
                    ),
                });
            }
        }
    }
    Ok(())
}

struct Compiler<'a> {
    kind: &'a Kind,
    today: Option<Date>,
}

impl Compiler<'_> {
    fn predicate(&self, expr: &Expr) -> Option<Predicate> {
        Some(match &expr.node {
            ExprNode::Binary(Operator::And, left, right) => {
                Predicate::All(vec![self.predicate(left)?, self.predicate(right)?])
            }
            ExprNode::Binary(Operator::Or, left, right) => {
                Predicate::Any(vec![self.predicate(left)?, self.predicate(right)?])
            }
            ExprNode::Not(inner) => Predicate::Not(Box::new(self.predicate(inner)?)),
            ExprNode::Flag(true) => Predicate::All(Vec::new()),
            ExprNode::Flag(false) => Predicate::Any(Vec::new()),
            ExprNode::Name(name) => {
                let (column, _, _) = self.column(name)?;
                Predicate::Compare(column, Comparison::Equal, Value::Int(1))
            }
            ExprNode::Call(name, parts) if name == "has" => match &parts.first()?.node {
                ExprNode::Name(name) => {
                    Predicate::Not(Box::new(Predicate::Empty(self.column(name)?.0)))
                }
                _ => return None,
            },
            ExprNode::Binary(operator, left, right) => self.comparison(*operator, left, right)?,
            _ => return None,
        })
    }

    fn comparison(&self, operator: Operator, left: &Expr, right: &Expr) -> Option<Predicate> {
        let (name, value, turned) = match (&left.node, &right.node) {
            (ExprNode::Name(name), _) if self.column(name).is_some() => (name, right, false),
            (_, ExprNode::Name(name)) => (name, left, true),
            _ => return None,
        };
        let (column, kind, scaled) = self.column(name)?;
        if operator == Operator::In {
            let ExprNode::List(parts) = &value.node else {
                return None;
            };
            let values: Option<Vec<Value>> = parts
                .iter()
                .map(|part| self.value(part, kind, scaled))
                .collect();
            return Some(Predicate::Among(column, values?));
        }
        let comparison = match (operator, turned) {
            (Operator::Equal, _) => Comparison::Equal,
            (Operator::Unequal, _) => Comparison::Unequal,
            (Operator::Less, false) | (Operator::Greater, true) => Comparison::Less,
            (Operator::AtMost, false) | (Operator::AtLeast, true) => Comparison::AtMost,
            (Operator::Greater, false) | (Operator::Less, true) => Comparison::Greater,
            (Operator::AtLeast, false) | (Operator::AtMost, true) => Comparison::AtLeast,
            _ => return None,
        };
        if value.node == ExprNode::Null {
            let empty = Predicate::Empty(column);
            return Some(if comparison == Comparison::Equal {
                empty
            } else {
                Predicate::Not(Box::new(empty))
            });
        }
        Some(Predicate::Compare(
            column,
            comparison,
            self.value(value, kind, scaled)?,
        ))
    }

    fn column(&self, name: &str) -> Option<(Column, ColumnKind, bool)> {
        let named = match name {
            "state" | "unit" | "author" => name,
            _ => self.kind.column(name)?,
        };
        let (column, kind) = Column::named(&self.kind.spec, named)?;
        let scaled = self
            .kind
            .column_field(name)
            .is_some_and(|field| matches!(field.kind, FieldKind::Decimal(..)));
        Some((column, kind, scaled))
    }

    fn value(&self, expr: &Expr, kind: ColumnKind, scaled: bool) -> Option<Value> {
        let value = match &expr.node {
            ExprNode::Text(text) => Value::from(text.as_str()),
            ExprNode::Number(number) => Value::Int(scaled_number(*number, scaled)?),
            ExprNode::Negative(inner) => match self.value(inner, kind, scaled)? {
                Value::Int(number) => Value::Int(-number),
                _ => return None,
            },
            ExprNode::Flag(flag) => Value::Int(i64::from(*flag)),
            _ => Value::from(self.day(expr)?.to_string()),
        };
        let fits = matches!(
            (&value, kind),
            (Value::Int(_), ColumnKind::Int) | (Value::Text(_), ColumnKind::Text)
        );
        fits.then_some(value)
    }

    /// A day that is known beforehand.
    fn day(&self, expr: &Expr) -> Option<Date> {
        match &expr.node {
            ExprNode::Name(name) if name == "today" => self.today,
            ExprNode::Call(name, parts) => match (name.as_str(), parts.as_slice()) {
                ("date", [text]) => match &text.node {
                    ExprNode::Text(text) => text.parse().ok(),
                    _ => None,
                },
                ("add_days", [day, number]) => {
                    self.day(day)?.checked_add(whole(number)?.days()).ok()
                }
                ("add_months", [day, number]) => {
                    self.day(day)?.checked_add(whole(number)?.months()).ok()
                }
                ("add_years", [day, number]) => {
                    self.day(day)?.checked_add(whole(number)?.years()).ok()
                }
                _ => None,
            },
            ExprNode::Binary(Operator::Add, day, number) => {
                self.day(day)?.checked_add(whole(number)?.days()).ok()
            }
            ExprNode::Binary(Operator::Subtract, day, number) => {
                self.day(day)?.checked_sub(whole(number)?.days()).ok()
            }
            _ => None,
        }
    }
}

/// A whole number of days, months or years that stands in a condition.
pub(super) fn whole(expr: &Expr) -> Option<i64> {
    match &expr.node {
        ExprNode::Number(number) => {
            scaled_number(*number, false).filter(|number| number.abs() <= 10_000)
        }
        ExprNode::Negative(inner) => whole(inner).map(|number| -number),
        _ => None,
    }
}
