//! Whole tables, for what is held in memory.

use vocab::Id;

use super::reach;
use crate::engine::{Param, Statement};
use crate::{Cell, ColumnKind, Scope, Store, StoreError, Value};

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
        self.read_columns_where(table, scope, columns, None, read)
            .await
    }

    /// The same of these records alone, as far as they are there: for bringing up to date what
    /// is held.
    pub async fn read_columns_of<T: Send + 'static>(
        &self,
        table: &str,
        scope: &Scope,
        columns: &[&str],
        records: impl IntoIterator<Item = Id>,
        read: fn(&[Cell<'_>]) -> T,
    ) -> Result<Vec<T>, StoreError> {
        let records = Some(Param::ids(records));
        self.read_columns_where(table, scope, columns, records, read)
            .await
    }

    async fn read_columns_where<T: Send + 'static>(
        &self,
        table: &str,
        scope: &Scope,
        columns: &[&str],
        records: Option<Param>,
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
        let mut conditions = Vec::new();
        if let Some(records) = records {
            params.push(records);
            conditions.push(self.dialect().among("id", 1, ColumnKind::Bytes));
        }
        conditions.extend(reach::sql(scope, self.dialect(), "", &mut params));
        let conditions = match conditions.as_slice() {
            [] => String::new(),
            conditions => format!(" WHERE {}", conditions.join(" AND ")),
        };
        let sql = format!(
            "SELECT {} FROM head_{table}{conditions}",
            columns.join(", ")
        );
        let statement = Statement::new(sql, params);
        self.inner.engine.read_rows(statement, read).await
    }
}
