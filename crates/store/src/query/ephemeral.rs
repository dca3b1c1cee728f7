//! Short-lived rows.

use vocab::{Id, Instant};

use crate::engine::{Param, Statement};
use crate::store::Fields;
use crate::{Ephemeral, Store, StoreError, Value};

const COLUMNS: &str = "kind, key, owner, expires_at, body FROM ephemeral";

impl Store {
    /// A short-lived row that has not expired.
    pub async fn ephemeral(&self, kind: &str, key: &str) -> Result<Option<Ephemeral>, StoreError> {
        let now = self.context().now().as_micros();
        let sql = format!("SELECT {COLUMNS} WHERE kind = ?1 AND key = ?2 AND expires_at > ?3");
        let params = vec![Param::from(kind), key.into(), now.into()];
        let rows = self
            .inner
            .engine
            .query(&Statement::new(sql, params))
            .await?;
        rows.first().map(|row| ephemeral_of(row)).transpose()
    }

    /// An owner's rows of a kind that have not expired, by key.
    pub async fn ephemerals_of(&self, kind: &str, owner: Id) -> Result<Vec<Ephemeral>, StoreError> {
        let now = self.context().now().as_micros();
        let sql = format!(
            "SELECT {COLUMNS} WHERE kind = ?1 AND owner = ?2 AND expires_at > ?3 ORDER BY key LIMIT 1000"
        );
        let params = vec![Param::from(kind), owner.into(), now.into()];
        let rows = self
            .inner
            .engine
            .query(&Statement::new(sql, params))
            .await?;
        rows.iter().map(|row| ephemeral_of(row)).collect()
    }

    /// Keeps or replaces a short-lived row, outside of any other write.
    pub async fn keep(&self, row: &Ephemeral) -> Result<(), StoreError> {
        self.inner
            .engine
            .execute(vec![row.keeping()])
            .await
            .map(|_| ())
    }

    /// Drops a short-lived row.
    pub async fn drop_ephemeral(&self, kind: &str, key: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM ephemeral WHERE kind = ?1 AND key = ?2";
        self.inner
            .engine
            .execute(vec![Statement::new(
                sql,
                vec![Param::from(kind), key.into()],
            )])
            .await
            .map(|_| ())
    }

    /// Drops what has expired, and answers to idempotency keys older than a week.
    pub async fn sweep(&self) -> Result<(), StoreError> {
        let now = self.context().now();
        let week_ago = now.plus_seconds(-7 * 86_400).as_micros();
        let statements = vec![
            Statement::new(
                "DELETE FROM ephemeral WHERE expires_at <= ?1",
                vec![Param::from(now.as_micros())],
            ),
            Statement::new(
                "DELETE FROM answer WHERE at < ?1",
                vec![Param::from(week_ago)],
            ),
        ];
        self.inner.engine.execute(statements).await.map(|_| ())
    }
}

fn ephemeral_of(row: &[Value]) -> Result<Ephemeral, StoreError> {
    Ok(Ephemeral {
        kind: row.text(0)?,
        key: row.text(1)?,
        owner: row.id(2)?,
        expires_at: Instant::from_micros(row.int(3)?),
        body: row.text(4)?,
    })
}
