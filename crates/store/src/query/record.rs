//! One record: as it stands, as it stood, and all its versions.

use vocab::{Id, Instant};

use super::{FIXED, head_columns, head_of};
use crate::engine::{Param, Statement};
use crate::store::Fields;
use crate::{Record, Scope, Store, StoreError, Value, Version};

const VERSION: &str = "record_id, version, table_name, unit, state, action, actor, on_behalf, via, at, body FROM record_version";

impl Store {
    /// A record as it stands, if there is one that the scope reaches.
    pub async fn fetch(
        &self,
        table: &str,
        scope: &Scope,
        id: Id,
    ) -> Result<Option<Record>, StoreError> {
        let spec = self.table(table)?;
        let sql = format!(
            "SELECT {}, v.body FROM head_{table} h JOIN record_version v \
             ON v.record_id = h.id AND v.version = h.version WHERE h.id = ?1",
            head_columns(&spec, "h.")
        );
        let rows = self
            .inner
            .engine
            .query(&Statement::new(sql, vec![Param::from(id)]))
            .await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let head = head_of(row, spec.columns.len())?;
        if !scope.contains(head.unit) {
            return Ok(None);
        }
        Ok(Some(Record {
            head,
            body: row.text(FIXED + spec.columns.len())?,
        }))
    }

    /// The record whose unique column holds a value, if the scope reaches it.
    pub async fn fetch_by(
        &self,
        table: &str,
        scope: &Scope,
        column: &str,
        value: impl Into<Value>,
    ) -> Result<Option<Record>, StoreError> {
        let spec = self.table(table)?;
        if !spec
            .columns
            .iter()
            .any(|known| known.name == column && known.unique)
        {
            return Err(StoreError::Invalid(format!(
                "{table}.{column} is not declared unique"
            )));
        }
        let sql = format!("SELECT id FROM head_{table} WHERE {column} = ?1");
        let rows = self
            .inner
            .engine
            .query(&Statement::new(sql, vec![Param::One(value.into())]))
            .await?;
        match rows.first() {
            Some(row) => self.fetch(table, scope, row.id(0)?).await,
            None => Ok(None),
        }
    }

    /// One version of a record.
    pub async fn fetch_version(&self, id: Id, version: i64) -> Result<Option<Version>, StoreError> {
        let sql = format!("SELECT {VERSION} WHERE record_id = ?1 AND version = ?2");
        self.version(sql, vec![Param::from(id), version.into()])
            .await
    }

    /// A record as it stood at an instant: the newest version that was written by then.
    pub async fn as_of(&self, id: Id, at: Instant) -> Result<Option<Version>, StoreError> {
        let sql = format!(
            "SELECT {VERSION} WHERE record_id = ?1 AND at <= ?2 ORDER BY version DESC LIMIT 1"
        );
        self.version(sql, vec![Param::from(id), at.as_micros().into()])
            .await
    }

    /// A record's versions, newest first, at most so many.
    pub async fn history(&self, id: Id, limit: usize) -> Result<Vec<Version>, StoreError> {
        let sql = format!("SELECT {VERSION} WHERE record_id = ?1 ORDER BY version DESC LIMIT ?2");
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self
            .inner
            .engine
            .query(&Statement::new(sql, vec![Param::from(id), limit.into()]))
            .await?;
        rows.iter().map(|row| version_of(row)).collect()
    }

    async fn version(
        &self,
        sql: String,
        params: Vec<Param>,
    ) -> Result<Option<Version>, StoreError> {
        let rows = self
            .inner
            .engine
            .query(&Statement::new(sql, params))
            .await?;
        rows.first().map(|row| version_of(row)).transpose()
    }
}

fn version_of(row: &[Value]) -> Result<Version, StoreError> {
    Ok(Version {
        id: row.id(0)?,
        version: row.int(1)?,
        table: row.text(2)?,
        unit: row.id(3)?,
        state: row.text(4)?,
        action: row.text(5)?,
        actor: row.id(6)?,
        on_behalf: row[7].as_id(),
        via: row.text(8)?,
        at: Instant::from_micros(row.int(9)?),
        body: row[10].as_text().map(str::to_owned),
    })
}
