//! What views other than lists and maps show: how many records share a value (charts, boards),
//! which they are (boards), and which fall on some days (calendars).

use directory::permission::{reach, reach_showing};
use directory::{Act, Principal};
use jiff::ToSpan;
use jiff::civil::Date;
use pack::declaration::View;
use pack::shape::Key;
use serde_json::Value;
use store::{Column, Comparison, Filter, Grouping, ListQuery, Predicate, Scope, Tally};
use vocab::{Decimal, Id};

use super::kind::{CREATED_ON, Kind};
use super::listing::{Listing, Wanted};
use crate::declaration::AUTHOR;
use crate::{COLUMN_SCALE, Field, FieldKind, Registry, RegistryError};

/// A month is so much of a day.
const MONTH: u8 = 7;

/// The records that share a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pile {
    /// The value as a body says it, a day by its month (`2023-04`); none for records that say
    /// nothing.
    pub value: Option<Value>,
    /// How many there are.
    pub count: usize,
    /// What they add up to, where the view adds something up and one of them says it.
    pub sum: Option<Decimal>,
}

/// What records are told apart by.
enum By<'a> {
    State,
    Unit,
    Author,
    Field(&'a Field),
}

impl<'a> By<'a> {
    fn of(kind: &'a Kind, key: &Key) -> Result<Self, RegistryError> {
        Ok(match &**key {
            "state" => Self::State,
            "unit" => Self::Unit,
            AUTHOR => Self::Author,
            name => Self::Field(column(kind, name)?),
        })
    }

    fn column(&self) -> &str {
        match self {
            Self::State => "state",
            Self::Unit => "unit",
            Self::Author => AUTHOR,
            Self::Field(field) => field.column,
        }
    }

    /// A value of the column as a body says it.
    fn said(&self, value: &store::Value) -> Option<Value> {
        match value {
            store::Value::Null => None,
            store::Value::Text(text) => Some(Value::from(text.as_str())),
            store::Value::Int(number) => Some(match self {
                Self::Field(field) if field.kind == FieldKind::Flag => Value::Bool(*number != 0),
                _ => Value::from(*number),
            }),
            store::Value::Bytes(bytes) => {
                let id = Id::try_from(bytes.as_slice()).ok()?;
                Some(Value::from(id.to_string()))
            }
        }
    }

    /// What narrows a list to the records that say a value.
    fn narrow(&self, scope: Scope, filters: &mut Vec<Filter>, value: Option<&Value>) -> Scope {
        let id = || {
            let text = value.and_then(Value::as_str);
            text.and_then(|text| text.parse::<Id>().ok())
        };
        match self {
            Self::State => {
                let state = value.and_then(Value::as_str).unwrap_or_default();
                filters.push(Filter::equals("state", state));
                scope
            }
            Self::Unit => scope.within(id()),
            Self::Author => {
                filters.push(Filter::equals(AUTHOR, id()));
                scope
            }
            Self::Field(field) => {
                filters.push(Filter::equals(field.column, field.column_value(value)));
                scope
            }
        }
    }
}

impl Registry {
    /// How many of the records that a principal may read share each value of what a board or a
    /// chart tells them apart by, and what they add up to; most first, so many values at most.
    /// Records whose value, or amount, the principal is not shown are not among them.
    pub async fn piles(
        &self,
        principal: &Principal,
        kind: &Kind,
        wanted: &Wanted<'_>,
        most: usize,
    ) -> Result<Vec<Pile>, RegistryError> {
        let (view, key) = told_apart(wanted)?;
        let by = By::of(kind, key)?;
        let sum = match &view.sum {
            Some(sum) => Some(column(kind, sum)?),
            None => None,
        };
        let scope = showing(principal, kind, std::iter::once(key).chain(&view.sum));
        let (scope, filters) = self.narrowed(kind, scope, wanted)?;
        let mut query = ListQuery::new(kind.name, scope).limit(most.clamp(1, 1_000));
        query.filters = filters;
        let grouping = Grouping {
            by: by.column().to_owned(),
            beginning: is_by_month(kind, key).then_some(MONTH),
            sum: sum.map(|sum| sum.column.to_owned()),
        };
        let scale = match sum.map(|sum| sum.kind) {
            Some(FieldKind::Decimal(..)) => COLUMN_SCALE,
            _ => 0,
        };
        let tallies = self.store().tally(&query, &grouping).await?;
        let pile = |tally: Tally| Pile {
            value: by.said(&tally.value),
            count: usize::try_from(tally.count).unwrap_or_default(),
            sum: tally
                .sum
                .and_then(|sum| Decimal::new(i64::try_from(sum).ok()?, scale)),
        };
        Ok(tallies.into_iter().map(pile).collect())
    }

    /// The first records of one pile.
    pub async fn pile(
        &self,
        principal: &Principal,
        kind: &Kind,
        wanted: &Wanted<'_>,
        value: Option<&Value>,
    ) -> Result<Listing, RegistryError> {
        let (_, key) = told_apart(wanted)?;
        let by = By::of(kind, key)?;
        let scope = showing(principal, kind, [key]);
        let (scope, mut filters) = self.narrowed(kind, scope, wanted)?;
        let scope = by.narrow(scope, &mut filters, value);
        self.shown_of(principal, kind, scope, filters, wanted.limit)
            .await
    }

    /// The records of a calendar that fall on one of these days, both ends among them: those
    /// whose first day, or what lies between it and their last, does.
    pub async fn on_days(
        &self,
        principal: &Principal,
        kind: &Kind,
        wanted: &Wanted<'_>,
        (first, last): (Date, Date),
    ) -> Result<Listing, RegistryError> {
        let dated = wanted
            .view
            .and_then(|view| Some((view, view.date.as_ref()?)));
        let (view, date) = dated.ok_or_else(|| unsuited("a calendar without days"))?;
        let scope = showing(principal, kind, std::iter::once(date).chain(&view.until));
        let (scope, filters) = self.narrowed(kind, scope, wanted)?;
        // Moments begin with their day, so that everything of a day lies before the next.
        let after = last.saturating_add(1.day());
        let from = |key: &Key, day: Date| compared(kind, key, Comparison::AtLeast, day);
        let begins = compared(kind, date, Comparison::Less, after)?;
        let ends = match &view.until {
            None => from(date, first)?,
            Some(until) => Predicate::Any(vec![from(until, first)?, from(date, first)?]),
        };
        let scope = scope.and(&Predicate::All(vec![begins, ends]));
        self.shown_of(principal, kind, scope, filters, wanted.limit)
            .await
    }

    async fn shown_of(
        &self,
        principal: &Principal,
        kind: &Kind,
        scope: Scope,
        filters: Vec<Filter>,
        limit: usize,
    ) -> Result<Listing, RegistryError> {
        let mut query = ListQuery::new(kind.name, scope).limit(limit.clamp(1, 1_000));
        query.filters = filters;
        let page = self.list_shown(principal, &query).await?;
        Ok(Listing {
            items: page.items,
            next: page.next,
        })
    }
}

/// Whether records are told apart by the month of a day.
fn is_by_month(kind: &Kind, key: &Key) -> bool {
    **key == *CREATED_ON || kind.is_day(key)
}

fn told_apart<'a>(wanted: &Wanted<'a>) -> Result<(&'a View, &'a Key), RegistryError> {
    let view = wanted.view.and_then(|view| Some((view, view.by.as_ref()?)));
    view.ok_or_else(|| unsuited("a view that tells nothing apart"))
}

fn column<'a>(kind: &'a Kind, name: &str) -> Result<&'a Field, RegistryError> {
    kind.column_field(name)
        .ok_or_else(|| unsuited("a view of what stands in no column"))
}

fn unsuited(what: &str) -> RegistryError {
    RegistryError::refused(500, "internal", what.to_owned())
}

/// Of what a principal may read, what shows these.
fn showing<'a>(
    principal: &Principal,
    kind: &Kind,
    keys: impl IntoIterator<Item = &'a Key>,
) -> Scope {
    let all = reach(principal, Act::Read, kind.name);
    keys.into_iter()
        .filter(|key| kind.is_personal(key))
        .fold(all, |scope, key| {
            scope.intersection(&reach_showing(principal, kind.name, key))
        })
}

fn compared(
    kind: &Kind,
    key: &Key,
    comparison: Comparison,
    day: Date,
) -> Result<Predicate, RegistryError> {
    let name = column(kind, key)?.column;
    let (column, _) = Column::named(&kind.spec, name)
        .ok_or_else(|| unsuited("a calendar of what stands in no column"))?;
    let day = store::Value::from(day.to_string());
    Ok(Predicate::Compare(column, comparison, day))
}
