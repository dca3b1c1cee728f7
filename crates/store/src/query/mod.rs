//! The ways out: single records, their history, lists, searches.

mod ahead;
mod answer;
mod conditions;
mod ephemeral;
mod list;
mod ranges;
pub(crate) mod reach;
mod record;
mod search;
mod since;
mod stood;
mod tally;
mod these;
mod whole;

use std::mem;

pub use ahead::Ahead;
pub(crate) use ahead::{Aheads, parted};
pub(crate) use conditions::Conditions;
pub(crate) use record::fetch_sql;
pub(crate) use search::unit_token;
pub use since::{Since, SinceQuery};
pub use stood::Stood;
pub use tally::{Grouping, Tally};
use vocab::Instant;

use crate::engine::{Dialect, Row, Statement};
use crate::store::Fields;
use crate::{Head, Store, StoreError, TableSpec, Value};

/// The columns of a head, in the order that [`head_of`] reads them.
fn head_columns(spec: &TableSpec, alias: &str) -> String {
    let fixed = [
        "id",
        "version",
        "unit",
        "state",
        "sort_key",
        "created_at",
        "updated_at",
    ];
    let names: Vec<String> = fixed
        .into_iter()
        .chain(spec.columns.iter().map(|column| column.name.as_str()))
        .map(|name| format!("{alias}{name}"))
        .collect();
    names.join(", ")
}

/// Where the sort key stands among them.
const SORT_KEY: usize = 4;
/// How many columns of a head every table has.
const FIXED: usize = 7;

/// The head in a row, whose values it takes.
fn head_of(mut row: Row, columns: usize) -> Result<Head, StoreError> {
    let own = row.get_mut(FIXED..FIXED + columns).unwrap_or_default();
    let columns = own.iter_mut().map(mem::take).collect();
    let sort_key = row.get_mut(SORT_KEY).map(mem::take);
    Ok(Head {
        id: row.id(0)?,
        version: row.int(1)?,
        unit: row.id(2)?,
        state: row.text(3)?,
        sort_key: match sort_key {
            Some(Value::Bytes(key)) => key,
            _ => Vec::new(),
        },
        created_at: Instant::from_micros(row.int(5)?),
        updated_at: Instant::from_micros(row.int(6)?),
        columns,
    })
}

impl Store {
    /// The engine's own plans of these statements, line by line.
    pub(crate) async fn explain(
        &self,
        statements: Vec<Statement>,
    ) -> Result<Vec<String>, StoreError> {
        let explain = match self.dialect() {
            Dialect::Sqlite => "EXPLAIN QUERY PLAN",
            Dialect::Postgres => "EXPLAIN",
        };
        let explained = statements
            .into_iter()
            .map(|statement| {
                Statement::new(format!("{explain} {}", statement.sql), statement.params)
            })
            .collect();
        let plans = self.inner.engine.query_all(explained).await?;
        // The text stands last: SQLite puts numbers before it.
        let lines = plans.iter().flatten();
        lines.map(|row| row.text(row.len() - 1)).collect()
    }

    /// The position of a column in [`Head::columns`].
    pub fn column(&self, table: &str, column: &str) -> Result<usize, StoreError> {
        let spec = self.table(table)?;
        spec.position(column)
            .ok_or_else(|| StoreError::Invalid(format!("{table} has no column {column}")))
    }
}
