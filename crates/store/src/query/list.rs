//! Pages of lists: seeks along an index, never a scan and never a sort of the table.

use std::sync::Arc;

use vocab::Id;

use super::{FIXED, SORT_KEY, head_columns, head_of, reach};
use crate::engine::{Dialect, Param, Row, Statement};
use crate::store::Fields;
use crate::{
    Cursor, Head, ListQuery, Order, Page, Predicate, Record, Store, StoreError, TableSpec, Value,
};

/// So many records that filters leave are put in another order after they were read; where there
/// are more, one that passes the filters is never far along that order.
const FEW: usize = 2_000;

/// The most units that one statement seeks in: SQLite takes 500 parts, and planning grows
/// with each.
const UNITS_AT_ONCE: usize = 128;

impl Store {
    /// A page of heads in the order of their sort keys, then ids.
    pub async fn list(&self, query: &ListQuery) -> Result<Page<Head>, StoreError> {
        let page = self.page(query, false).await?;
        let items = page.items.into_iter().map(|record| record.head);
        Ok(Page {
            items: items.collect(),
            next: page.next,
        })
    }

    /// How the engine goes about a page, in its own words: one line for each step.
    pub async fn explain_list(&self, query: &ListQuery) -> Result<Vec<String>, StoreError> {
        let spec = self.checked(query)?;
        let statements = Seek::new(query, &spec, self.dialect()).statements();
        self.explain(statements).await
    }

    /// A page of whole records: [`Store::list`] with their bodies.
    pub async fn list_records(&self, query: &ListQuery) -> Result<Page<Record>, StoreError> {
        self.page(query, true).await
    }

    /// The same as it is asked for; without bodies these are empty.
    async fn page(&self, query: &ListQuery, bodies: bool) -> Result<Page<Record>, StoreError> {
        let spec = self.checked(query)?;
        if query.by.is_some()
            && !query.filters.is_empty()
            && let Some(page) = self.few(query, &spec, bodies).await?
        {
            return Ok(page);
        }
        let seek = Seek::new(query, &spec, self.dialect());
        let mut statements = seek.statements();
        if bodies {
            statements.iter_mut().for_each(with_bodies);
        }
        let mut pages = self.inner.engine.query_all(statements).await?;
        let mut rows = if pages.len() == 1 && !bodies {
            pages.remove(0)
        } else {
            seek.merged(pages)
        };
        let more = rows.len() > query.limit;
        rows.truncate(query.limit);
        let columns = spec.columns.len();
        let record = |mut row: Row| {
            let body = match row.get_mut(FIXED + columns).map(std::mem::take) {
                Some(Value::Text(body)) => body,
                _ => String::new(),
            };
            let head = head_of(row, columns)?;
            Ok(Record { head, body })
        };
        let items = rows.into_iter().map(record);
        let items = items.collect::<Result<Vec<_>, StoreError>>()?;
        let next = items.last().filter(|_| more).map(|record| Cursor {
            sort_key: key_of(&record.head, seek.place).to_vec(),
            id: record.head.id,
        });
        Ok(Page { items, next })
    }

    /// A page of few records in the order of a column: all that the filters leave, read along their
    /// own index. None if those are more than a few.
    async fn few(
        &self,
        query: &ListQuery,
        spec: &TableSpec,
        bodies: bool,
    ) -> Result<Option<Page<Record>>, StoreError> {
        let mut all = ListQuery {
            by: None,
            order: Order::Ascending,
            after: None,
            limit: 1_000,
            ..query.clone()
        };
        let place = place_of(query, spec);
        let mut records = Vec::new();
        loop {
            let page = Box::pin(self.page(&all, bodies)).await?;
            records.extend(page.items);
            all.after = page.next;
            if all.after.is_none() {
                break;
            }
            if records.len() >= FEW {
                return Ok(None);
            }
        }
        // What stands in no index of the column is not in its order either.
        records.retain(|record: &Record| {
            place.is_none_or(|place| record.head.columns[place] != Value::Null)
        });
        let of = |record: &Record| (key_of(&record.head, place).to_vec(), record.head.id);
        records.sort_by_cached_key(of);
        if query.order == Order::Descending {
            records.reverse();
        }
        if let Some(cursor) = &query.after {
            let cursor = (cursor.sort_key.clone(), cursor.id);
            records.retain(|record| match query.order {
                Order::Ascending => of(record) > cursor,
                Order::Descending => of(record) < cursor,
            });
        }
        let more = records.len() > query.limit;
        records.truncate(query.limit);
        let next = records.last().filter(|_| more).map(|record| Cursor {
            sort_key: key_of(&record.head, place).to_vec(),
            id: record.head.id,
        });
        Ok(Some(Page {
            items: records,
            next,
        }))
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
        if let Some(by) = query.by.as_ref().filter(|by| !spec.sorted.contains(by)) {
            let said = format!("{} has no order by {by}", spec.name);
            return Err(StoreError::Invalid(said));
        }
        query.scope.check(&spec)?;
        Ok(spec)
    }
}

/// Has the rows of a page, which are few, bring their newest bodies.
fn with_bodies(page: &mut Statement) {
    let sql = format!(
        "SELECT page.*, v.body FROM ({}) page JOIN record_version v ON v.record_id = page.id \
         AND v.version = page.version",
        page.sql
    );
    page.sql = sql.into();
}

/// Where a head keeps what a list runs along: none for the sort key.
fn place_of(query: &ListQuery, spec: &TableSpec) -> Option<usize> {
    query.by.as_ref().and_then(|by| spec.position(by))
}

/// What a list runs along.
fn key_of(head: &Head, place: Option<usize>) -> &[u8] {
    match place.map(|place| head.columns.get(place)) {
        None => &head.sort_key,
        Some(Some(Value::Bytes(key))) => key,
        Some(_) => &[],
    }
}

/// The statements of one page.
struct Seek<'a> {
    query: &'a ListQuery,
    spec: &'a TableSpec,
    columns: String,
    /// Where what it runs along stands in a head; none for the sort key.
    place: Option<usize>,
    dialect: Dialect,
}

impl<'a> Seek<'a> {
    fn new(query: &'a ListQuery, spec: &'a TableSpec, dialect: Dialect) -> Self {
        Self {
            query,
            spec,
            columns: head_columns(spec, ""),
            place: place_of(query, spec),
            dialect,
        }
    }

    fn direction(&self) -> (&'static str, &'static str) {
        match self.query.order {
            Order::Ascending => (">", "ASC"),
            Order::Descending => ("<", "DESC"),
        }
    }

    /// What it runs along.
    fn key(&self) -> &str {
        self.query.by.as_deref().unwrap_or("sort_key")
    }

    /// Everything but the unit: filters and the place where the page before ended.
    fn conditions(&self, params: &mut Vec<Param>) -> Vec<String> {
        let mut conditions = conditions(self.query, params);
        if let Some(by) = &self.query.by {
            // Many pass the filters: they are met along the order, not looked up and then sorted.
            if self.dialect == Dialect::Sqlite {
                let met = conditions.into_iter().map(|one| format!("+{one}"));
                conditions = met.collect();
            }
            conditions.push(format!("{by} IS NOT NULL"));
        }
        if let Some(cursor) = &self.query.after {
            params.push(Param::from(cursor.sort_key.clone()));
            params.push(Param::from(cursor.id));
            let (comparison, _) = self.direction();
            conditions.push(format!(
                "({}, id) {comparison} (?{}, ?{})",
                self.key(),
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
        let key = self.key();
        format!("{rows} ORDER BY {key} {direction}, id {direction} LIMIT {limit}")
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
        let key = self.place.map_or(SORT_KEY, |place| FIXED + place);
        rows.sort_by(|one, other| {
            let order = (one[key].as_bytes(), one[0].as_bytes())
                .cmp(&(other[key].as_bytes(), other[0].as_bytes()));
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
