//! Several records at once, where each alone would be a question of its own.

use vocab::Id;

use super::{head_columns, head_of};
use crate::engine::{Param, Statement};
use crate::{ColumnKind, Record, Scope, Store, StoreError, Value};

impl Store {
    /// The records with these ids that the scope reaches, in no order: one statement,
    /// whatever their number. An id that there is not, or that is not reached, is left out.
    pub async fn fetch_these(
        &self,
        table: &str,
        scope: &Scope,
        ids: impl IntoIterator<Item = Id>,
    ) -> Result<Vec<Record>, StoreError> {
        let spec = self.table(table)?;
        scope.check(&spec)?;
        let ids: Vec<Id> = ids.into_iter().collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT {}, v.body FROM head_{table} h JOIN record_version v \
             ON v.record_id = h.id AND v.version = h.version WHERE {}",
            head_columns(&spec, "h."),
            self.dialect().among("h.id", 1, ColumnKind::Bytes),
        );
        let statement = Statement::new(sql, vec![Param::ids(ids)]);
        let rows = self.inner.engine.query(&statement).await?;
        let mut records = Vec::with_capacity(rows.len());
        for mut row in rows {
            let body = row.pop();
            let head = head_of(row, spec.columns.len())?;
            if !scope.reaches(&head) {
                continue;
            }
            let Some(Value::Text(body)) = body else {
                let id = head.id;
                let why = format!("the newest version of {table} {id} has no body");
                return Err(StoreError::Corrupt(why));
            };
            records.push(Record { head, body });
        }
        Ok(records)
    }
}
