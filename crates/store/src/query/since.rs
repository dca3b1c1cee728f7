//! Since when records stand in a state: what terms are counted from.

use vocab::{Id, Instant};

use crate::engine::{Param, Statement};
use crate::store::Fields;
use crate::{Scope, Store, StoreError};

use super::reach;

/// A record in a state, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    /// The record.
    pub id: Id,
    /// Its version.
    pub version: i64,
    /// Whose record it is.
    pub unit: Id,
    /// When the version was written by which it came into the state: whatever was changed since
    /// then left it there.
    pub since: Instant,
}

/// Which records are looked for.
#[derive(Clone, Debug)]
pub struct SinceQuery<'a> {
    /// Their table.
    pub table: &'a str,
    /// Whom they are shown to.
    pub scope: &'a Scope,
    /// The state in which they stand.
    pub state: &'a str,
    /// A column that says nothing in them.
    pub empty: Option<&'a str>,
    /// The identity after which this page begins.
    pub after: Id,
    /// How many, 1 to 1,000.
    pub limit: usize,
}

impl Store {
    /// Records that stand in a state, in the order of their identities, each with the instant
    /// since which it does without a break.
    pub async fn standing_since(&self, query: &SinceQuery<'_>) -> Result<Vec<Since>, StoreError> {
        let spec = self.table(query.table)?;
        query.scope.check(&spec)?;
        if let Some(column) = query.empty
            && spec.position(column).is_none()
        {
            return Err(StoreError::Invalid(format!(
                "{} has no column {column}",
                spec.name
            )));
        }
        let mut params = vec![Param::from(query.state), query.after.into()];
        let mut conditions = vec!["h.state = ?1".to_owned(), "h.id > ?2".to_owned()];
        conditions.extend(query.empty.map(|column| format!("h.{column} IS NULL")));
        conditions.extend(reach::sql(query.scope, self.dialect(), "h.", &mut params));
        let sql = format!(
            "SELECT h.id, h.version, h.unit, (SELECT min(v.at) FROM record_version v \
             WHERE v.record_id = h.id AND v.version > coalesce((SELECT max(w.version) \
             FROM record_version w WHERE w.record_id = h.id AND w.state <> h.state), 0)) \
             FROM head_{} h WHERE {} ORDER BY h.id LIMIT {}",
            spec.name,
            conditions.join(" AND "),
            query.limit.clamp(1, 1_000)
        );
        let rows = self
            .inner
            .engine
            .query(&Statement::new(sql, params).planned_anew())
            .await?;
        rows.into_iter()
            .map(|row| {
                Ok(Since {
                    id: row.id(0)?,
                    version: row.int(1)?,
                    unit: row.id(2)?,
                    since: Instant::from_micros(row.int(3)?),
                })
            })
            .collect()
    }
}
