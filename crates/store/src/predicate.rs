//! What may be asked of a head, as SQL and of a single head alike.
//!
//! A comparison with a column that holds nothing is neither true nor false but unknown, as
//! in SQL; «not unknown» is unknown, «unknown and false» is false, «unknown or true» is true.
//! Whoever needs an answer takes unknown for no.

use std::cmp::Ordering;

use crate::engine::{Dialect, Param};
use crate::{ColumnKind, Head, TableSpec, Value};

/// The largest number of terms that a condition may have.
const MOST_TERMS: usize = 200;
/// How deep a condition may nest.
const DEEPEST: usize = 32;

/// A column of a head.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// Which record it is.
    Id,
    /// Whose record it is.
    Unit,
    /// Where it stands.
    State,
    /// When it was made, in microseconds.
    CreatedAt,
    /// When it was changed last, in microseconds.
    UpdatedAt,
    /// One of the table's own, by its name and its place among [`TableSpec::columns`].
    Own(String, usize),
}

impl Column {
    /// The column with a name, and what it holds.
    pub fn named(spec: &TableSpec, name: &str) -> Option<(Self, ColumnKind)> {
        Some(match name {
            "id" => (Self::Id, ColumnKind::Bytes),
            "unit" => (Self::Unit, ColumnKind::Bytes),
            "state" => (Self::State, ColumnKind::Text),
            "created_at" => (Self::CreatedAt, ColumnKind::Int),
            "updated_at" => (Self::UpdatedAt, ColumnKind::Int),
            _ => {
                let place = spec.position(name)?;
                let kind = spec.columns[place].kind;
                (Self::Own(name.to_owned(), place), kind)
            }
        })
    }

    fn name(&self) -> &str {
        match self {
            Self::Id => "id",
            Self::Unit => "unit",
            Self::State => "state",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
            Self::Own(name, _) => name,
        }
    }

    fn order(&self, head: &Head, value: &Value) -> Option<Ordering> {
        match (self, value) {
            (Self::Id, Value::Bytes(bytes)) => Some(head.id.as_bytes()[..].cmp(bytes)),
            (Self::Unit, Value::Bytes(bytes)) => Some(head.unit.as_bytes()[..].cmp(bytes)),
            (Self::State, Value::Text(text)) => Some(head.state.as_str().cmp(text)),
            (Self::CreatedAt, Value::Int(number)) => Some(head.created_at.as_micros().cmp(number)),
            (Self::UpdatedAt, Value::Int(number)) => Some(head.updated_at.as_micros().cmp(number)),
            (Self::Own(_, place), value) => match (head.columns.get(*place)?, value) {
                (Value::Int(one), Value::Int(other)) => Some(one.cmp(other)),
                (Value::Text(one), Value::Text(other)) => Some(one.cmp(other)),
                (Value::Bytes(one), Value::Bytes(other)) => Some(one.cmp(other)),
                _ => None,
            },
            _ => None,
        }
    }

    fn is_null(&self, head: &Head) -> bool {
        match self {
            Self::Own(_, place) => matches!(head.columns.get(*place), None | Some(Value::Null)),
            _ => false,
        }
    }
}

/// How a column is compared with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// Equal.
    Equal,
    /// Not equal.
    Unequal,
    /// Before.
    Less,
    /// Before or equal.
    AtMost,
    /// After.
    Greater,
    /// After or equal.
    AtLeast,
}

impl Comparison {
    fn sql(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Unequal => "<>",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }

    fn admits(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Unequal => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

/// What may be asked of a head.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Predicate {
    /// A column compared with a value that is not null.
    Compare(Column, Comparison, Value),
    /// A column holds one of these values, none of them null.
    Among(Column, Vec<Value>),
    /// A column holds nothing.
    Empty(Column),
    /// All of these; true for none.
    All(Vec<Predicate>),
    /// One of these; false for none.
    Any(Vec<Predicate>),
    /// Not this.
    Not(Box<Predicate>),
}

impl Predicate {
    /// Whether it holds for a head; none where that is unknown.
    pub fn holds(&self, head: &Head) -> Option<bool> {
        match self {
            Self::Compare(column, comparison, value) => column
                .order(head, value)
                .map(|order| comparison.admits(order)),
            Self::Among(column, values) => {
                if column.is_null(head) {
                    return None;
                }
                let mut orders = values.iter().map(|value| column.order(head, value));
                Some(orders.any(|order| order == Some(Ordering::Equal)))
            }
            Self::Empty(column) => Some(column.is_null(head)),
            Self::All(terms) => {
                let mut all = Some(true);
                for term in terms {
                    match term.holds(head) {
                        Some(false) => return Some(false),
                        None => all = None,
                        Some(true) => {}
                    }
                }
                all
            }
            Self::Any(terms) => {
                let mut any = Some(false);
                for term in terms {
                    match term.holds(head) {
                        Some(true) => return Some(true),
                        None => any = None,
                        Some(false) => {}
                    }
                }
                any
            }
            Self::Not(term) => term.holds(head).map(|holds| !holds),
        }
    }

    /// Refuses columns that a table does not have, values of another kind than the column's,
    /// and conditions that are too large or too deep.
    pub fn check(&self, spec: &TableSpec) -> Result<(), String> {
        let mut terms = 0;
        self.check_within(spec, &mut terms, 0)
    }

    fn check_within(
        &self,
        spec: &TableSpec,
        terms: &mut usize,
        depth: usize,
    ) -> Result<(), String> {
        *terms += 1;
        if *terms > MOST_TERMS || depth > DEEPEST {
            return Err(format!(
                "the condition on {} has more than {MOST_TERMS} terms or is deeper than {DEEPEST}",
                spec.name
            ));
        }
        let kind_of = |column: &Column| match Column::named(spec, column.name()) {
            Some((known, kind)) if known == *column => Ok(kind),
            _ => Err(format!("{} has no column {}", spec.name, column.name())),
        };
        let fits = |column: &Column, value: &Value| {
            let kind = kind_of(column)?;
            let same = matches!(
                (kind, value),
                (ColumnKind::Int, Value::Int(_))
                    | (ColumnKind::Text, Value::Text(_))
                    | (ColumnKind::Bytes, Value::Bytes(_))
            );
            let odd = || format!("{}.{} holds {kind:?}", spec.name, column.name());
            same.then_some(()).ok_or_else(odd)
        };
        match self {
            Self::Compare(column, _, value) => fits(column, value),
            Self::Among(column, values) => {
                kind_of(column)?;
                values.iter().try_for_each(|value| fits(column, value))
            }
            Self::Empty(column) => kind_of(column).map(|_| ()),
            Self::All(inner) | Self::Any(inner) => inner
                .iter()
                .try_for_each(|term| term.check_within(spec, terms, depth + 1)),
            Self::Not(inner) => inner.check_within(spec, terms, depth + 1),
        }
    }

    /// The same question in SQL, of a table's rows under an alias (`h.` or nothing).
    pub(crate) fn sql(&self, dialect: Dialect, alias: &str, params: &mut Vec<Param>) -> String {
        let joined = |terms: &[Self], word: &str, none: &str, params: &mut Vec<Param>| {
            if terms.is_empty() {
                return none.to_owned();
            }
            let terms: Vec<String> = terms
                .iter()
                .map(|term| term.sql(dialect, alias, params))
                .collect();
            format!("({})", terms.join(word))
        };
        match self {
            Self::Compare(column, comparison, value) => {
                params.push(Param::One(value.clone()));
                let (name, sign) = (column.name(), comparison.sql());
                format!("{alias}{name} {sign} ?{}", params.len())
            }
            Self::Among(column, values) => {
                let name = format!("{alias}{}", column.name());
                let Some(kind) = values.first().map(kind_of) else {
                    // False for what holds something, unknown for what holds nothing.
                    return format!("{name} <> {name}");
                };
                dialect.one_of(&name, kind, values.clone(), params)
            }
            Self::Empty(column) => format!("{alias}{} IS NULL", column.name()),
            Self::All(terms) => joined(terms, " AND ", "1 = 1", params),
            Self::Any(terms) => joined(terms, " OR ", "1 = 0", params),
            Self::Not(term) => format!("NOT ({})", term.sql(dialect, alias, params)),
        }
    }
}

fn kind_of(value: &Value) -> ColumnKind {
    match value {
        Value::Int(_) => ColumnKind::Int,
        Value::Text(_) | Value::Null => ColumnKind::Text,
        Value::Bytes(_) => ColumnKind::Bytes,
    }
}
