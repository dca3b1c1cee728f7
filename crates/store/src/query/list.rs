//! Pages of lists: seeks along an index, never a scan and never a sort of the table.

use std::collections::HashMap;
use std::sync::Arc;

use vocab::Id;

use super::{head_columns, head_of, reach};
use crate::engine::{Dialect, Param, Row, Statement};
use crate::store::Fields;
use crate::{
    Cursor, Head, ListQuery, Order, Page, Predicate, Record, Store, StoreError, TableSpec, Value,
};

/// The most units that one statement seeks in: SQLite takes 500 parts, and planning grows
/// with each.
const UNITS_AT_ONCE: usize = 128;

impl Store {
    /// A page of heads in the order of their sort keys, then ids.
    pub async fn list(&self, query: &ListQuery) -> Result<Page<Head>, StoreError> {
        let spec = self.checked(query)?;
        let seek = Seek::new(query, &spec, self.dialect());
        let mut pages = self.inner.engine.query_all(seek.statements()).await?;
        let mut rows = if pages.len() == 1 {
            pages.remove(0)
        } else {
            seek.merged(pages)
        };
        let more = rows.len() > query.limit;
        rows.truncate(query.limit);
        let items = rows
            .into_iter()
            .map(|row| head_of(row, spec.columns.len()))
            .collect::<Result<Vec<_>, _>>()?;
        let next = items.last().filter(|_| more).map(|head| Cursor {
            sort_key: head.sort_key.clone(),
            id: head.id,
        });
        Ok(Page { items, next })
    }

    /// How the engine goes about a page, in its own words: one line for each step.
    pub async fn explain_list(&self, query: &ListQuery) -> Result<Vec<String>, StoreError> {
        let spec = self.checked(query)?;
        let statements = Seek::new(query, &spec, self.dialect()).statements();
        self.explain(statements).await
    }

    /// A page of whole records: [`Store::list`] with their bodies.
    pub async fn list_records(&self, query: &ListQuery) -> Result<Page<Record>, StoreError> {
        let page = self.list(query).await?;
        let ids: Vec<Id> = page.items.iter().map(|head| head.id).collect();
        let select = format!(
            "SELECT v.record_id, v.body FROM head_{table} h JOIN record_version v \
             ON v.record_id = h.id AND v.version = h.version",
            table = query.table
        );
        let sql = self.dialect().for_each_id(&select, "h.id");
        let rows = self
            .inner
            .engine
            .query(&Statement::new(sql, vec![Param::ids(ids)]))
            .await?;
        let mut bodies: HashMap<Id, String> = HashMap::with_capacity(rows.len());
        for row in rows {
            bodies.insert(row.id(0)?, row.text(1)?);
        }
        // A record that was removed between the two statements is not there any more.
        let items = page
            .items
            .into_iter()
            .filter_map(|head| bodies.remove(&head.id).map(|body| Record { head, body }))
            .collect();
        Ok(Page {
            items,
            next: page.next,
        })
    }

    /// How many records a list has, counted up to a bound.
    pub async fn count_up_to(&self, query: &ListQuery, bound: usize) -> Result<usize, StoreError> {
        let spec = self.checked(query)?;
        let mut params = Vec::new();
        let mut conditions = conditions(query, &mut params);
        conditions.extend(reach::sql(&query.scope, self.dialect(), "", &mut params));
        params.push(Param::from(i64::try_from(bound).unwrap_or(i64::MAX)));
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 AS one FROM head_{} {} LIMIT ?{}) AS bounded",
            spec.name,
            if conditions.is_empty() {
                String::new()
            } else {
                format!("WHERE {}", conditions.join(" AND "))
            },
            params.len()
        );
        let rows = self
            .inner
            .engine
            .query_all(vec![Statement::new(sql, params)])
            .await?
            .remove(0);
        Ok(usize::try_from(rows[0].int(0)?).unwrap_or(0))
    }

    /// The table that a query names, if the query can be asked of it.
    pub(super) fn checked(&self, query: &ListQuery) -> Result<Arc<TableSpec>, StoreError> {
        let spec = self.table(&query.table)?;
        if query.limit == 0 || query.limit > 1_000 {
            return Err(StoreError::Invalid("a page has 1 to 1,000 rows".to_owned()));
        }
        for filter in &query.filters {
            if filter.column != "state" && spec.position(&filter.column).is_none() {
                return Err(StoreError::Invalid(format!(
                    "{} has no column {}",
                    spec.name, filter.column
                )));
            }
        }
        query.scope.check(&spec)?;
        Ok(spec)
    }
}

/// The statements of one page.
struct Seek<'a> {
    query: &'a ListQuery,
    spec: &'a TableSpec,
    columns: String,
    dialect: Dialect,
}

impl<'a> Seek<'a> {
    fn new(query: &'a ListQuery, spec: &'a TableSpec, dialect: Dialect) -> Self {
        Self {
            query,
            spec,
            columns: head_columns(spec, ""),
            dialect,
        }
    }

    fn direction(&self) -> (&'static str, &'static str) {
        match self.query.order {
            Order::Ascending => (">", "ASC"),
            Order::Descending => ("<", "DESC"),
        }
    }

    /// Everything but the unit: filters and the place where the page before ended.
    fn conditions(&self, params: &mut Vec<Param>) -> Vec<String> {
        let mut conditions = conditions(self.query, params);
        if let Some(cursor) = &self.query.after {
            params.push(Param::from(cursor.sort_key.clone()));
            params.push(Param::from(cursor.id));
            let (comparison, _) = self.direction();
            conditions.push(format!(
                "(sort_key, id) {comparison} (?{}, ?{})",
                params.len() - 1,
                params.len()
            ));
        }
        conditions
    }

    /// The rows where these conditions hold, in any order.
    fn rows(&self, conditions: &[String]) -> String {
        let place = if conditions.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", conditions.join(" AND "))
        };
        format!(
            "SELECT {} FROM head_{}{place}",
            self.columns, self.spec.name
        )
    }

    /// These rows in order, as many as a page and one more. The limit stands in the text: a
    /// plan that does not know it may prefer to sort.
    fn first(&self, rows: &str) -> String {
        let (_, direction) = self.direction();
        let limit = self.query.limit + 1;
        format!("{rows} ORDER BY sort_key {direction}, id {direction} LIMIT {limit}")
    }

    /// What to ask: one page, or several to merge.
    fn statements(&self) -> Vec<Statement> {
        let Some(units) = reach::by_unit(&self.query.scope) else {
            return vec![self.in_order()];
        };
        let units: Vec<(Id, Vec<&Predicate>)> = units.into_iter().collect();
        let chunks = units.chunks(UNITS_AT_ONCE);
        chunks.map(|units| self.in_units(units)).collect()
    }

    /// Along the order of the whole table.
    fn in_order(&self) -> Statement {
        let mut params = Vec::new();
        let mut conditions = self.conditions(&mut params);
        conditions.extend(reach::sql(&self.query.scope, self.dialect, "", &mut params));
        Statement::new(self.first(&self.rows(&conditions)), params)
    }

    /// Within each of some units. Both engines merge the parts as they go, each part along
    /// its index, and stop at the limit.
    fn in_units(&self, units: &[(Id, Vec<&Predicate>)]) -> Statement {
        let mut params = Vec::new();
        let common = self.conditions(&mut params);
        let parts: Vec<String> = units
            .iter()
            .map(|(unit, held)| {
                params.push(Param::from(*unit));
                let mut conditions = vec![format!("unit = ?{}", params.len())];
                let held = held
                    .iter()
                    .map(|one| one.sql(self.dialect, "", &mut params));
                let held: Vec<String> = held.collect();
                if !held.is_empty() {
                    conditions.push(format!("({})", held.join(" OR ")));
                }
                conditions.extend(common.iter().cloned());
                let rows = self.rows(&conditions);
                // SQLite sees by itself that each part comes in order, and takes no brackets.
                match self.dialect {
                    Dialect::Postgres if units.len() > 1 => format!("({})", self.first(&rows)),
                    Dialect::Postgres | Dialect::Sqlite => rows,
                }
            })
            .collect();
        Statement::new(self.first(&parts.join(" UNION ALL ")), params)
    }

    /// Pages of several statements as one.
    fn merged(&self, pages: Vec<Vec<Row>>) -> Vec<Row> {
        let mut rows: Vec<Row> = pages.into_iter().flatten().collect();
        rows.sort_by(|one, other| {
            let order = (one[4].as_bytes(), one[0].as_bytes())
                .cmp(&(other[4].as_bytes(), other[0].as_bytes()));
            if self.query.order == Order::Ascending {
                order
            } else {
                order.reverse()
            }
        });
        rows.truncate(self.query.limit + 1);
        rows
    }
}

pub(super) fn conditions(query: &ListQuery, params: &mut Vec<Param>) -> Vec<String> {
    query
        .filters
        .iter()
        .map(|filter| {
            if filter.value == Value::Null {
                return format!("{} IS NULL", filter.column);
            }
            params.push(Param::One(filter.value.clone()));
            format!("{} = ?{}", filter.column, params.len())
        })
        .collect()
}
