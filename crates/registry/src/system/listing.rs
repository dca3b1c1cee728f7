//! Lists of a system's records: views, filters, words, pages.

use std::collections::HashMap;

use directory::permission::reach;
use directory::{Act, Principal};
use pack::declaration::{FieldType, View, ViewKind};
use serde_json::Value;
use store::{Column, Cursor, Filter, Head, ListQuery, Order, Predicate, Scope, SearchQuery};
use vocab::{Decimal, Id};

use super::condition;
use super::kind::Kind;
use super::retention::ARCHIVED;
use crate::{Record, Registry, RegistryError, mask};

/// What is wanted of a list.
#[derive(Clone, Debug, Default)]
pub struct Wanted<'a> {
    /// The declared view; the first list if none.
    pub view: Option<&'a View>,
    /// The state.
    pub state: Option<String>,
    /// The unit.
    pub unit: Option<Id>,
    /// Fields and the values that they hold, as a body says them.
    pub filters: Vec<(String, Value)>,
    /// The order that was chosen: its name, and whether the largest comes first. The view's own, or
    /// that of the record type, if none.
    pub by: Option<(String, bool)>,
    /// Words.
    pub words: String,
    /// Whether those that are archived are wanted, which are left out otherwise.
    pub archived: bool,
    /// The place where the page before ended.
    pub after: Option<Cursor>,
    /// How many.
    pub limit: usize,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The records, without what the reader is not shown.
    pub items: Vec<Record>,
    /// The place of the page after this one.
    pub next: Option<Cursor>,
}

impl Registry {
    /// A page of records that a principal may read.
    ///
    /// Words look through what the declaration has searched, newest first, and give one page.
    pub async fn listing(
        &self,
        principal: &Principal,
        kind: &Kind,
        wanted: Wanted<'_>,
    ) -> Result<Listing, RegistryError> {
        let reached = reach(principal, Act::Read, kind.name);
        let (scope, filters) = self.narrowed(kind, reached, &wanted)?;
        let mut query = ListQuery::new(kind.name, scope)
            .limit(wanted.limit.clamp(1, 1_000))
            .after(wanted.after.clone());
        query.filters = filters;
        order(kind, &wanted, &mut query)?;
        if wanted.words.trim().is_empty() || !kind.spec.searchable {
            let page = self.list_shown(principal, &query).await?;
            return Ok(Listing {
                items: page.items,
                next: page.next,
            });
        }
        let found = self
            .found(
                kind,
                &query.scope,
                &query.filters,
                &wanted.words,
                wanted.limit,
            )
            .await?;
        let ids = found.iter().map(|head| head.id);
        let mut records: HashMap<Id, Record> = HashMap::new();
        for record in self
            .store()
            .fetch_these(kind.name, &query.scope, ids)
            .await?
        {
            records.insert(record.head.id, mask::shown(principal, kind.name, record)?);
        }
        let items = found.iter().filter_map(|head| records.remove(&head.id));
        let items = items.collect();
        Ok(Listing { items, next: None })
    }

    /// The records that words find, newest first, two hundred at most, as filters narrow them.
    pub(super) async fn found(
        &self,
        kind: &Kind,
        scope: &Scope,
        filters: &[Filter],
        words: &str,
        limit: usize,
    ) -> Result<Vec<Head>, RegistryError> {
        let search = SearchQuery {
            table: kind.name.to_owned(),
            scope: scope.clone(),
            text: words.to_owned(),
            limit: limit.min(200),
        };
        let mut found = self.store().search(&search).await?;
        found.retain(|head| {
            filters.iter().all(|filter| match filter.column.as_str() {
                "state" => store::Value::from(head.state.as_str()) == filter.value,
                column => kind
                    .spec
                    .position(column)
                    .is_some_and(|place| head.columns[place] == filter.value),
            })
        });
        Ok(found)
    }

    /// What of a scope is wanted, and the filters that the rest of the wish becomes.
    pub(super) fn narrowed(
        &self,
        kind: &Kind,
        mut scope: Scope,
        wanted: &Wanted<'_>,
    ) -> Result<(Scope, Vec<Filter>), RegistryError> {
        let today = self.store().context().now().in_vietnam().date();
        if let Some(when) = wanted.view.and_then(|view| view.when.as_ref()) {
            let condition = condition::compiled(kind, when, Some(today));
            let condition = condition
                .ok_or_else(|| RegistryError::refused(500, "internal", when.text.clone()))?;
            scope = scope.and(&condition);
        }
        if let Some(column) = kind.column(ARCHIVED)
            && let Some((column, _)) = Column::named(&kind.spec, column)
        {
            let stays = Predicate::Empty(column);
            scope = scope.and(&if wanted.archived {
                Predicate::Not(Box::new(stays))
            } else {
                stays
            });
        } else if wanted.archived {
            scope = Scope::nothing();
        }
        if let Some(unit) = wanted.unit {
            scope = scope.within([unit]);
        }
        let state = wanted.state.as_deref();
        let mut filters: Vec<Filter> = state
            .map(|state| Filter::equals("state", state))
            .into_iter()
            .collect();
        for (name, value) in &wanted.filters {
            let field = kind.column_field(name).filter(|_| kind.has_filter(name));
            let field =
                field.ok_or_else(|| RegistryError::refused(422, "filter-unknown", name.clone()))?;
            filters.push(Filter::equals(
                field.column,
                field.column_value(Some(value)),
            ));
        }
        Ok((scope, filters))
    }

    /// How many records a list has, counted up to a bound.
    pub async fn count_readable(
        &self,
        principal: &Principal,
        kind: &Kind,
        bound: usize,
    ) -> Result<usize, RegistryError> {
        let scope = reach(principal, Act::Read, kind.name);
        Ok(self
            .store()
            .count_up_to(&ListQuery::new(kind.name, scope), bound)
            .await?)
    }
}

/// Has a list run as it is wanted.
fn order(kind: &Kind, wanted: &Wanted<'_>, query: &mut ListQuery) -> Result<(), RegistryError> {
    let of_view = || wanted.view.and_then(|view| kind.ordering(&view.id));
    let (order, descending) = match &wanted.by {
        Some((name, descending)) => {
            let order = kind.ordering(name);
            let unknown = || RegistryError::refused(422, "order-unknown", name.clone());
            (Some(order.ok_or_else(unknown)?), *descending)
        }
        None => (of_view(), false),
    };
    query.by = order.map(|order| order.column.to_owned());
    if descending {
        query.order = Order::Descending;
    }
    Ok(())
}

impl Kind {
    /// The first declared list, whose columns lists show.
    pub fn first_list<'a>(&self, views: &'a [View]) -> Option<&'a View> {
        views.iter().find(|view| *view.kind == ViewKind::List)
    }
}

/// What somebody typed as a filter, as a body says it; none for what the field cannot hold.
pub fn filter_value(kind: FieldType, text: &str) -> Option<Value> {
    let text = text.trim();
    Some(match kind {
        FieldType::Flag => Value::Bool(text == "co" || text == "true"),
        FieldType::Number | FieldType::Money => Value::from(text.parse::<i64>().ok()?),
        FieldType::Decimal => Value::from(text.parse::<Decimal>().ok()?.to_string()),
        FieldType::Reference | FieldType::Unit | FieldType::Area => {
            Value::from(text.parse::<Id>().ok()?.to_string())
        }
        _ => Value::from(text),
    })
}
