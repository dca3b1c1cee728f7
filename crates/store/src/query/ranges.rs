//! Records by ranges of a column: what maps ask, whose shapes are keyed so that those of a tile
//! are some ranges.
//!
//! Ranges stand first and the table is looked into for each, along one index: that of the column,
//! or that within each unit where the scope is a handful of units. Both engines are kept from
//! thinking of anything else, because a state that half of the records are in looks narrow to
//! them and is not.

use std::fmt::Write as _;
use std::sync::Arc;

use super::reach;
use crate::engine::{Dialect, Param, Statement};
use crate::indexes::range_index;
use crate::{Cell, RangeQuery, Store, StoreError, TableSpec, Value};

/// Within so many units at most each is looked into apart.
const FEW_UNITS: usize = 64;
/// The ranges of a statement are filled up to a multiple, so that there are few statements.
const FILL: usize = 16;
/// The most ranges of one query.
const MOST_RANGES: usize = 1_024;
/// What every head has beside its declared columns.
const FIXED: [&str; 5] = ["id", "version", "unit", "state", "sort_key"];

impl Store {
    /// These columns of the records whose column lies in one of the ranges, in no order, each row
    /// read where the engine holds it. At most 16 columns and as many rows as the limit says.
    pub async fn in_ranges<T: Send + 'static>(
        &self,
        query: &RangeQuery,
        columns: &[&str],
        read: fn(&[Cell<'_>]) -> T,
    ) -> Result<Vec<T>, StoreError> {
        let spec = self.range_checked(query)?;
        for column in columns {
            if !FIXED.contains(column) {
                self.column(&query.table, column)?;
            }
        }
        let statement = Asking::new(query, &spec, self.dialect()).rows(columns);
        self.inner.engine.read_rows(statement, read).await
    }

    /// The distinct values of the column in the first range, cut to their upper bits: each with
    /// its lowest `shift` bits zero, smallest first. Costs a look for each that there is, however
    /// many records share it.
    pub async fn range_steps(
        &self,
        query: &RangeQuery,
        shift: u32,
    ) -> Result<Vec<i64>, StoreError> {
        let spec = self.range_checked(query)?;
        let statement = Asking::new(query, &spec, self.dialect()).steps(shift.min(62));
        let read = |cells: &[Cell<'_>]| match cells.first() {
            Some(Cell::Int(value)) => *value,
            _ => 0,
        };
        let mut steps = self.inner.engine.read_rows(statement, read).await?;
        for step in &mut steps {
            *step = *step >> shift << shift;
        }
        steps.sort_unstable();
        steps.dedup();
        Ok(steps)
    }

    /// How the engine goes about it, in its own words.
    pub async fn explain_ranges(
        &self,
        query: &RangeQuery,
        columns: &[&str],
    ) -> Result<Vec<String>, StoreError> {
        let spec = self.range_checked(query)?;
        let asking = Asking::new(query, &spec, self.dialect());
        self.explain(vec![asking.rows(columns), asking.steps(20)])
            .await
    }

    fn range_checked(&self, query: &RangeQuery) -> Result<Arc<TableSpec>, StoreError> {
        let spec = self.table(&query.table)?;
        let bad = |what: String| Err(StoreError::Invalid(what));
        if !spec.ranged.contains(&query.column) {
            return bad(format!(
                "{}.{} is not looked through by ranges",
                spec.name, query.column
            ));
        }
        if query.ranges.is_empty() || query.ranges.len() > MOST_RANGES {
            return bad(format!("a query has 1 to {MOST_RANGES} ranges"));
        }
        for filter in &query.filters {
            if filter.column != "state" && spec.position(&filter.column).is_none() {
                return bad(format!("{} has no column {}", spec.name, filter.column));
            }
        }
        query.scope.check(&spec)?;
        Ok(spec)
    }
}

/// A query that is put into words.
struct Asking<'a> {
    query: &'a RangeQuery,
    spec: &'a TableSpec,
    dialect: Dialect,
    /// The units to look into, where they are a handful.
    units: Option<Vec<Value>>,
}

impl<'a> Asking<'a> {
    fn new(query: &'a RangeQuery, spec: &'a TableSpec, dialect: Dialect) -> Self {
        let units = reach::by_unit(&query.scope);
        let units = units.filter(|units| units.len() <= FEW_UNITS);
        Self {
            query,
            spec,
            dialect,
            units: units.map(|units| units.into_keys().map(Value::from).collect()),
        }
    }

    /// The table as the one index shows it.
    fn table(&self) -> String {
        let index = range_index(
            self.dialect,
            self.spec,
            &self.query.column,
            self.units.is_some(),
        );
        match self.dialect {
            Dialect::Sqlite => format!("head_{} h INDEXED BY {index}", self.spec.name),
            Dialect::Postgres => format!("head_{} h", self.spec.name),
        }
    }

    /// What besides the ranges must hold.
    fn conditions(&self, params: &mut Vec<Param>) -> Vec<String> {
        let filters = self.query.filters.iter().map(|filter| {
            if filter.value == Value::Null {
                return format!("h.{} IS NULL", filter.column);
            }
            params.push(Param::One(filter.value.clone()));
            format!("h.{} = ?{}", filter.column, params.len())
        });
        let mut conditions: Vec<String> = filters.collect();
        let scope = &self.query.scope;
        let parts = scope.parts().unwrap_or_default();
        // Where each unit is looked into apart, only conditions are left to be asked.
        if self.units.is_none() || parts.iter().any(|part| part.condition.is_some()) {
            conditions.extend(reach::sql(scope, self.dialect, "h.", params));
        }
        conditions
    }

    /// The ranges as rows `r (first, last)`.
    fn ranges(&self, params: &mut Vec<Param>) -> String {
        let cast = match self.dialect {
            Dialect::Sqlite => "",
            Dialect::Postgres => "::bigint",
        };
        let count = self.query.ranges.len().next_multiple_of(FILL);
        // An empty range fills up.
        let filled = std::iter::repeat_n(&(1, 0), count);
        let mut text = String::new();
        for (first, last) in self.query.ranges.iter().chain(filled).take(count) {
            params.extend([Param::from(*first), Param::from(*last)]);
            let at = params.len();
            let comma = if text.is_empty() { "" } else { ", " };
            let _ = write!(text, "{comma}(?{}{cast}, ?{at}{cast})", at - 1);
        }
        match self.dialect {
            Dialect::Sqlite => {
                format!("(SELECT column1 AS first, column2 AS last FROM (VALUES {text})) AS r")
            }
            Dialect::Postgres => format!("(VALUES {text}) AS r (first, last)"),
        }
    }

    /// The units as rows `u (unit)`, if they are looked into apart.
    fn each_unit(&self, params: &mut Vec<Param>) -> Option<String> {
        let units = self.units.as_ref()?;
        params.push(Param::Many(units.clone()));
        let at = params.len();
        Some(match self.dialect {
            Dialect::Sqlite => format!("(SELECT value AS unit FROM rarray(?{at})) AS u"),
            Dialect::Postgres => format!("unnest(?{at}::bytea[]) AS u (unit)"),
        })
    }

    fn rows(&self, columns: &[&str]) -> Statement {
        let mut params = Vec::new();
        let column = &self.query.column;
        let mut first = vec![self.ranges(&mut params)];
        let mut tests = vec![format!("h.{column} BETWEEN r.first AND r.last")];
        if let Some(units) = self.each_unit(&mut params) {
            first.insert(0, units);
            tests.insert(0, "h.unit = u.unit".to_owned());
        }
        tests.extend(self.conditions(&mut params));
        let columns: Vec<String> = columns.iter().map(|name| format!("h.{name}")).collect();
        let (columns, tests) = (columns.join(", "), tests.join(" AND "));
        let (first, table) = (first.join(" CROSS JOIN "), self.table());
        let limit = self.query.limit;
        let sql = match self.dialect {
            Dialect::Sqlite => format!(
                "SELECT {columns} FROM {first} CROSS JOIN {table} WHERE {tests} LIMIT {limit}"
            ),
            // `OFFSET 0` has the inner question asked for each row of the outer one.
            Dialect::Postgres => format!(
                "SELECT h.* FROM {first} CROSS JOIN LATERAL \
                 (SELECT {columns} FROM {table} WHERE {tests} OFFSET 0) AS h LIMIT {limit}"
            ),
        };
        Statement::new(sql, params)
    }

    /// Within a handful of units all their keys are looked at; else one for each step, by going
    /// on from the end of the step before.
    fn steps(&self, shift: u32) -> Statement {
        let mut params = Vec::new();
        let column = &self.query.column;
        let limit = self.query.limit;
        let (from, to) = self.query.ranges.first().copied().unwrap_or((1, 0));
        params.extend([Param::from(from), Param::from(to)]);
        let table = self.table();
        if let Some(units) = self.each_unit(&mut params) {
            let mut tests = vec![
                "h.unit = u.unit".to_owned(),
                format!("h.{column} BETWEEN ?1 AND ?2"),
            ];
            tests.extend(self.conditions(&mut params));
            let tests = tests.join(" AND ");
            let inner = format!("SELECT h.{column} >> {shift} AS step FROM {table} WHERE {tests}");
            let from = match self.dialect {
                Dialect::Sqlite => format!(
                    "(SELECT h.{column} >> {shift} AS step FROM {units} CROSS JOIN {table} WHERE {tests})"
                ),
                Dialect::Postgres => {
                    format!("{units} CROSS JOIN LATERAL ({inner} OFFSET 0)")
                }
            };
            let sql = format!("SELECT DISTINCT step << {shift} FROM {from} AS h LIMIT {limit}");
            return Statement::new(sql, params);
        }
        let tests = self.conditions(&mut params);
        let tests = tests
            .iter()
            .fold(String::new(), |all, test| format!("{all} AND {test}"));
        let next = |from: &str| {
            format!(
                "(SELECT h.{column} FROM {table} WHERE h.{column} >= {from} AND h.{column} <= ?2{tests} \
                 ORDER BY h.{column} LIMIT 1)"
            )
        };
        let beyond = format!("(((step.at >> {shift}) + 1) << {shift})");
        let (first, then) = (next("?1"), next(&beyond));
        let sql = format!(
            "WITH RECURSIVE step (at) AS (SELECT {first} UNION ALL \
             SELECT {then} FROM step WHERE step.at IS NOT NULL) \
             SELECT at FROM step WHERE at IS NOT NULL LIMIT {limit}"
        );
        Statement::new(sql, params)
    }
}
