//! Whole tables, for what is held in memory.

use super::reach;
use crate::engine::Statement;
use crate::{Cell, Scope, Store, StoreError, Value};

/// What every head has beside its declared columns.
const FIXED: [&str; 6] = ["id", "version", "unit", "state", "sort_key", "updated_at"];

impl Store {
    /// These columns of every record that the scope reaches, in no order: one statement,
    /// whatever their number. For tables that are held in memory whole; lists are for all
    /// others. `id`, `version`, `unit`, `state`, `sort_key` and
    /// `updated_at` are columns of every table.
    pub async fn columns(
        &self,
        table: &str,
        scope: &Scope,
        columns: &[&str],
    ) -> Result<Vec<Vec<Value>>, StoreError> {
        let row = |cells: &[Cell<'_>]| cells.iter().map(|cell| Value::from(*cell)).collect();
        self.read_columns(table, scope, columns, row).await
    }

    /// The same, each row read where the engine holds it: for tables of many rows, of which
    /// what is made by `read` is kept. At most 16 columns.
    pub async fn read_columns<T: Send + 'static>(
        &self,
        table: &str,
        scope: &Scope,
        columns: &[&str],
        read: fn(&[Cell<'_>]) -> T,
    ) -> Result<Vec<T>, StoreError> {
        let spec = self.table(table)?;
        scope.check(&spec)?;
        for column in columns {
            if !FIXED.contains(column) {
                self.column(table, column)?;
            }
        }
        let mut params = Vec::new();
        let reached = reach::sql(scope, self.dialect(), "", &mut params);
        let reached = reached.map_or_else(String::new, |reached| format!(" WHERE {reached}"));
        let sql = format!("SELECT {} FROM head_{table}{reached}", columns.join(", "));
        let statement = Statement::new(sql, params);
        self.inner.engine.read_rows(statement, read).await
    }
}
