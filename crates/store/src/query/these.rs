//! Several records at once, where each alone would be a question of its own.

use std::collections::BTreeSet;

use vocab::Id;

use super::record::{record_of, records_of};
use crate::engine::{Param, Statement};
use crate::store::Fields;
use crate::{Record, Scope, Store, StoreError, Value};

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
        let ids: BTreeSet<Id> = ids.into_iter().collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let sql = self.dialect().for_each_id(&records_of(&spec), "h.id");
        let statement = Statement::new(sql, vec![Param::ids(ids)]);
        let rows = self.inner.engine.query(&statement).await?;
        let records = rows.into_iter();
        records
            .filter_map(|row| record_of(row, &spec, scope).transpose())
            .collect()
    }

    /// Which records hold one of these values in a column that lists filter by or that is unique,
    /// whoever asks: each with its value, in no order. One statement, whatever their number. The
    /// reason says why no scope is asked.
    pub async fn holding(
        &self,
        table: &str,
        column: &str,
        values: Vec<Value>,
        _reason: &'static str,
    ) -> Result<Vec<(Id, Value)>, StoreError> {
        let spec = self.table(table)?;
        let known = spec.columns.iter().find(|known| known.name == column);
        let Some(known) = known else {
            return Err(StoreError::Invalid(format!("{table} has no {column}")));
        };
        if values.is_empty() {
            return Ok(Vec::new());
        }
        let among = self.dialect().among(&format!("h.{column}"), 1, known.kind);
        let sql = format!("SELECT h.id, h.{column} FROM head_{table} h WHERE {among}");
        let statement = Statement::new(sql, vec![Param::Many(values)]);
        let rows = self.inner.engine.query(&statement).await?;
        let held = rows.iter();
        held.map(|row| Ok((row.id(0)?, row.get(1).cloned().unwrap_or(Value::Null))))
            .collect()
    }
}
