//! Reading a table a part at a time, each part small enough for memory.

use super::tables::Source;
use crate::engine::{Dialect, Param, Row, Snapshot, Statement, fitting};
use crate::{StoreError, Value};

/// How many rows are read at once at most.
const ROWS: i64 = 1_000;

/// A table that is read a part at a time.
pub(super) struct Reading<'a> {
    source: &'a Source,
    /// On PostgreSQL, head tables come through a cursor: no index has their order.
    cursor: Option<String>,
    /// The last row's key.
    after: Vec<Value>,
}

impl<'a> Reading<'a> {
    pub(super) async fn begin(
        snapshot: &Snapshot,
        dialect: Dialect,
        source: &'a Source,
    ) -> Result<Self, StoreError> {
        let mut reading = Self {
            source,
            cursor: None,
            after: Vec::new(),
        };
        let name = &source.table.name;
        if dialect == Dialect::Postgres && name.starts_with("head_") {
            let cursor = format!("rows_of_{name}");
            let sql = reading.select(&source.select.join(", "), "");
            snapshot.declare(&cursor, &sql).await?;
            reading.cursor = Some(cursor);
        }
        Ok(reading)
    }

    pub(super) async fn next(&mut self, snapshot: &Snapshot) -> Result<Vec<Row>, StoreError> {
        if let Some(cursor) = &self.cursor {
            let fetch = format!("FETCH {ROWS} FROM {cursor}");
            return snapshot.query(&Statement::new(fetch, Vec::new())).await;
        }
        let limit = self.fitting(snapshot).await?;
        let keys = self.source.keys.join(", ");
        let columns = format!("{}, {keys}", self.source.select.join(", "));
        let statement = self.page(&columns, limit);
        let mut rows = snapshot.query(&statement).await?;
        let width = self.source.select.len();
        for row in &mut rows {
            self.after = row.split_off(width);
        }
        Ok(rows)
    }

    /// How many of the next rows fit into memory together.
    async fn fitting(&self, snapshot: &Snapshot) -> Result<i64, StoreError> {
        let Some(heavy) = self.source.heavy else {
            return Ok(ROWS);
        };
        let lengths = self.page(&format!("octet_length({heavy})"), ROWS);
        Ok(fitting(&snapshot.query(&lengths).await?))
    }

    fn page(&self, columns: &str, limit: i64) -> Statement {
        let mut params: Vec<Param> = self.after.iter().cloned().map(Param::One).collect();
        let marks: Vec<String> = (1..=params.len()).map(|at| format!("?{at}")).collect();
        let seek = if params.is_empty() {
            String::new()
        } else {
            format!("({}) > ({})", self.source.keys.join(", "), marks.join(", "))
        };
        params.push(limit.into());
        let sql = format!("{} LIMIT ?{}", self.select(columns, &seek), params.len());
        Statement::new(sql, params)
    }

    fn select(&self, columns: &str, seek: &str) -> String {
        let conditions: Vec<&str> = [self.source.condition.as_deref().unwrap_or(""), seek]
            .into_iter()
            .filter(|condition| !condition.is_empty())
            .collect();
        let place = if conditions.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", conditions.join(" AND "))
        };
        format!(
            "SELECT {columns} FROM {}{place} ORDER BY {}",
            self.source.from,
            self.source.keys.join(", ")
        )
    }
}
