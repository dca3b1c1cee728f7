//! Several records at once, where each alone would be a question of its own.

use vocab::Id;

use super::record::{record_of, records_where};
use crate::engine::{Param, Statement};
use crate::{ColumnKind, Record, Scope, Store, StoreError};

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
        let among = self.dialect().among("h.id", 1, ColumnKind::Bytes);
        let sql = records_where(&spec, &among);
        let statement = Statement::new(sql, vec![Param::ids(ids)]);
        let rows = self.inner.engine.query(&statement).await?;
        let records = rows.into_iter();
        records
            .filter_map(|row| record_of(row, &spec, scope).transpose())
            .collect()
    }
}
