//! How many records share a value: what charts and boards show.

use super::list::conditions;
use super::reach;
use crate::engine::{Dialect, Param, Statement};
use crate::{Cell, ListQuery, Store, StoreError, TableSpec, Value};

/// What every head has that records are counted by.
const FIXED: [&str; 2] = ["unit", "state"];
/// The lower half of a whole number.
const LOWER: i64 = 0xffff_ffff;

/// What records are counted by.
#[derive(Clone, Debug)]
pub struct Grouping {
    /// The column: one of the table's own, `unit` or `state`.
    pub by: String,
    /// So many characters of a text from its beginning; all of it if none. Months are 7 of a day.
    pub beginning: Option<u8>,
    /// A column of whole numbers that is added up besides.
    pub sum: Option<String>,
}

/// A value that records share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The value; [`Value::Null`] for the records that say nothing.
    pub value: Value,
    /// How many there are.
    pub count: i64,
    /// What they add up to, those that say nothing left out; none if none says anything, or
    /// nothing is added up.
    pub sum: Option<i128>,
}

impl Store {
    /// How many of a query's records share each value, most first, as many values as the query's
    /// limit says. Looks at every record that the scope reaches, once.
    pub async fn tally(
        &self,
        query: &ListQuery,
        grouping: &Grouping,
    ) -> Result<Vec<Tally>, StoreError> {
        let spec = self.checked(query)?;
        for column in std::iter::once(&grouping.by).chain(&grouping.sum) {
            if !FIXED.contains(&column.as_str()) {
                self.column(&query.table, column)?;
            }
        }
        let mut params: Vec<Param> = Vec::new();
        let mut tests = conditions(query, &mut params);
        tests.extend(reach::sql(&query.scope, self.dialect(), "", &mut params));
        let place = if tests.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", tests.join(" AND "))
        };
        let by = match grouping.beginning {
            Some(length) => format!("substr({}, 1, {length})", grouping.by),
            None => grouping.by.clone(),
        };
        // A sum of many amounts is wider than a column: SQLite refuses it, PostgreSQL gives another
        // type. Both add up the upper and lower halves, which fit, and say them as text.
        let (upper, lower) = grouping.sum.as_ref().map_or_else(
            || ("NULL".to_owned(), "NULL".to_owned()),
            |sum| (format!("sum({sum} >> 32)"), format!("sum({sum} & {LOWER})")),
        );
        let sql = if self.dialect() == Dialect::Sqlite && is_sparse(&spec, grouping) {
            beside_those_that_say_nothing(&spec, &by, &tests, query.limit)
        } else {
            format!(
                "SELECT {by} AS value, count(*) AS many, \
                 CAST({upper} AS TEXT) AS upper_half, CAST({lower} AS TEXT) AS lower_half \
                 FROM head_{}{place} GROUP BY {by} ORDER BY count(*) DESC, {by} IS NULL, {by} LIMIT {}",
                spec.name, query.limit
            )
        };
        let rows = self
            .inner
            .engine
            .read_rows(Statement::new(sql, params), tally);
        rows.await?
            .into_iter()
            .map(|row| row.ok_or_else(|| StoreError::Corrupt(format!("counts of {}", spec.name))))
            .collect()
    }
}

/// Whether what is counted by has an index without those that say nothing.
fn is_sparse(spec: &TableSpec, grouping: &Grouping) -> bool {
    let has_index = spec.filters.contains(&grouping.by) && grouping.by != "state";
    spec.evolving && has_index && grouping.beginning.is_none() && grouping.sum.is_none()
}

/// Counts along such an index. Those that say nothing are the rest: to look for them would be to
/// look through the table.
fn beside_those_that_say_nothing(
    spec: &TableSpec,
    by: &str,
    tests: &[String],
    limit: usize,
) -> String {
    let table = &spec.name;
    let place = match tests {
        [] => "1".to_owned(),
        tests => tests.join(" AND "),
    };
    format!(
        "WITH said (value, many) AS (SELECT {by}, count(*) FROM head_{table} \
         WHERE {by} IS NOT NULL AND {place} GROUP BY {by}), \
         silent (value, many) AS (SELECT NULL, (SELECT count(*) FROM head_{table} WHERE {place}) \
         - coalesce((SELECT sum(many) FROM said), 0)) \
         SELECT value, many, NULL AS upper_half, NULL AS lower_half \
         FROM (SELECT * FROM said UNION ALL SELECT * FROM silent WHERE many > 0) \
         ORDER BY many DESC, value IS NULL, value LIMIT {limit}"
    )
}

fn tally(cells: &[Cell<'_>]) -> Option<Tally> {
    let [value, count, upper, lower] = cells else {
        return None;
    };
    let sum = match (upper.as_text(), lower.as_text()) {
        (Some(upper), Some(lower)) => {
            let (upper, lower): (i128, i128) = (upper.parse().ok()?, lower.parse().ok()?);
            Some((upper << 32) + lower)
        }
        _ => None,
    };
    Some(Tally {
        value: Value::from(*value),
        count: count.as_int()?,
        sum,
    })
}
