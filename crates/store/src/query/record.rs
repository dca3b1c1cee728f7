//! One record: as it stands, as it stood, and all its versions.

use std::sync::Arc;

use vocab::{Id, Instant};

use super::{head_columns, head_of, reach};
use crate::engine::{Param, Row, Statement};
use crate::store::Fields;
use crate::{Record, Scope, Store, StoreError, TableSpec, Value, Version};

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
        let sql = self.inner.fetches[table].clone();
        let rows = self
            .inner
            .engine
            .query(&Statement::new(sql, vec![Param::from(id)]))
            .await?;
        let Some(row) = rows.into_iter().next() else {
            return Ok(None);
        };
        scope.check(&spec)?;
        record_of(row, &spec, scope)
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
        scope.check(&spec)?;
        // In one statement: between two, the record may let go of the value, and would be
        // given as if it still had it.
        let sql = format!("{} WHERE h.{column} = ?1", records_of(&spec));
        let rows = self
            .inner
            .engine
            .query(&Statement::new(sql, vec![Param::One(value.into())]))
            .await?;
        match rows.into_iter().next() {
            Some(row) => record_of(row, &spec, scope),
            None => Ok(None),
        }
    }

    /// One version of a record that the scope reaches as it stands now.
    pub async fn fetch_version(
        &self,
        table: &str,
        scope: &Scope,
        id: Id,
        version: i64,
    ) -> Result<Option<Version>, StoreError> {
        let params = vec![Param::from(id), table.into(), version.into()];
        let mut found = self.versions(scope, "version = ?3", params).await?;
        Ok(found.pop())
    }

    /// A record that the scope reaches now as it stood at an instant: the newest version
    /// that was written by then.
    pub async fn as_of(
        &self,
        table: &str,
        scope: &Scope,
        id: Id,
        at: Instant,
    ) -> Result<Option<Version>, StoreError> {
        let params = vec![Param::from(id), table.into(), at.as_micros().into()];
        let order = "at <= ?3 ORDER BY version DESC LIMIT 1";
        Ok(self.versions(scope, order, params).await?.pop())
    }

    /// The versions of a record that the scope reaches now, newest first, at most so many.
    /// What was removed is reached by a bypass alone.
    pub async fn history(
        &self,
        table: &str,
        scope: &Scope,
        id: Id,
        limit: usize,
    ) -> Result<Vec<Version>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let params = vec![Param::from(id), table.into(), limit.into()];
        let order = "1 = 1 ORDER BY version DESC LIMIT ?3";
        self.versions(scope, order, params).await
    }

    /// Versions of the record `?1` of the table `?2`, where its head is reached.
    async fn versions(
        &self,
        scope: &Scope,
        which: &str,
        mut params: Vec<Param>,
    ) -> Result<Vec<Version>, StoreError> {
        let Param::One(Value::Text(table)) = &params[1] else {
            return Err(StoreError::Invalid("versions of no table".to_owned()));
        };
        let spec = self.table(table)?;
        scope.check(&spec)?;
        let reached = reach::sql(scope, self.dialect(), "h.", &mut params).map(|reached| {
            let table = &spec.name;
            format!("EXISTS (SELECT 1 FROM head_{table} h WHERE h.id = ?1 AND {reached}) AND ")
        });
        let reached = reached.unwrap_or_default();
        let sql = format!(
            "SELECT {VERSION} WHERE record_id = ?1 AND table_name = ?2 AND {reached}{which}"
        );
        let rows = self
            .inner
            .engine
            .query(&Statement::new(sql, params))
            .await?;
        rows.iter().map(|row| version_of(row)).collect()
    }
}

/// The statement that fetches a record of a table, with its body.
pub(crate) fn fetch_sql(spec: &TableSpec) -> Arc<str> {
    format!("{} WHERE h.id = ?1", records_of(spec)).into()
}

/// The statement for the records `h` of a table, which a condition may follow: heads, then bodies.
pub(super) fn records_of(spec: &TableSpec) -> String {
    let (table, columns) = (&spec.name, head_columns(spec, "h."));
    format!(
        "SELECT {columns}, v.body FROM head_{table} h JOIN record_version v \
         ON v.record_id = h.id AND v.version = h.version"
    )
}

/// The record in a row of [`records_of`], if the scope reaches it.
pub(super) fn record_of(
    mut row: Row,
    spec: &TableSpec,
    scope: &Scope,
) -> Result<Option<Record>, StoreError> {
    let body = row.pop();
    let head = head_of(row, spec.columns.len())?;
    if !scope.reaches(&head) {
        return Ok(None);
    }
    let Some(Value::Text(body)) = body else {
        let (table, id) = (&spec.name, head.id);
        let why = format!("the newest version of {table} {id} has no body");
        return Err(StoreError::Corrupt(why));
    };
    Ok(Some(Record { head, body }))
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
