//! What has changed, in the order in which it was committed.

use serde::{Deserialize, Serialize};
use vocab::{Id, Instant, hex};

use crate::audit::Place;
use crate::engine::{Param, Statement};
use crate::store::Fields;
use crate::{Scope, Store, StoreError};

/// Where a consumer stands in the feed: keep it with what was derived, in the same
/// transaction or after it. The default is the beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// How many changes were taken.
    pub taken: i64,
    /// The digest of the last one, 64 hexadecimal digits: a store that was restored to an
    /// earlier state and went on differently is told by it.
    pub last: String,
}

/// A version that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where a consumer stands that has taken this change.
    pub position: Position,
    /// The record.
    pub record: Id,
    /// The version that the change made.
    pub version: i64,
    /// The record's table.
    pub table: String,
    /// What was done.
    pub action: String,
    /// Who did it.
    pub actor: Id,
    /// When.
    pub at: Instant,
}

const COLUMNS: &str = "hash, record_id, version, table_name, action, actor, at FROM leaf";

impl Store {
    /// The next changes after a position, at most so many (1 to 1,000), in the order of their
    /// commits; none when the consumer has come to the end for now.
    ///
    /// A consumer that goes on from each change's position misses none and meets none twice:
    /// the feed shows what [`Store::seal`] has sealed, which never has anything put in before
    /// it. On PostgreSQL, where a transaction may commit after one that began later, a change
    /// waits until everything that could come before it has ended.
    ///
    /// The feed is of all tables: it is read by [`Scope::bypass`] alone, and
    /// [`StoreError::Invalid`] for any other scope.
    ///
    /// Error: [`StoreError::StaleEpoch`] when the position is of another history, as after a
    /// restore: derive from the beginning again.
    pub async fn changes_since(
        &self,
        scope: &Scope,
        position: &Position,
        limit: usize,
    ) -> Result<Vec<Change>, StoreError> {
        if scope.parts().is_some() {
            let why = "the change feed is of all tables and read by Scope::bypass alone";
            return Err(StoreError::Invalid(why.to_owned()));
        }
        let Some(last) = self.last_segment().await? else {
            return if position.taken == 0 {
                Ok(Vec::new())
            } else {
                Err(stale())
            };
        };
        let sealed = last.first_leaf + last.leaf_count;
        if position.taken < 0 || position.taken > sealed {
            return Err(stale());
        }
        // The last one taken is read again, to see whether it is still what it was.
        let from = (position.taken - 1).max(0);
        let limit = i64::try_from(limit.clamp(1, 1_000)).unwrap_or(1_000);
        let until = position.taken.saturating_add(limit).min(sealed);
        let (place, skip) = self.before(from).await?;
        let dialect = self.dialect();
        let sql = format!(
            "SELECT {COLUMNS} WHERE {} ORDER BY {} LIMIT ?4 OFFSET ?5",
            dialect.feed_after(1),
            dialect.feed_order()
        );
        let params = vec![
            Param::from(place.era),
            place.xid.into(),
            place.ord.into(),
            (until - from).into(),
            skip.into(),
        ];
        let statement = Statement::new(sql, params);
        let mut rows = self
            .inner
            .engine
            .query_all(vec![statement])
            .await?
            .remove(0);
        if position.taken > 0 {
            let known = rows.first().map(|row| row.digest(0)).transpose()?;
            if known.is_none_or(|hash| hex::encode(&hash) != position.last) {
                return Err(stale());
            }
            rows.remove(0);
        }
        rows.iter()
            .zip(position.taken + 1..)
            .map(|(row, taken)| {
                Ok(Change {
                    position: Position {
                        taken,
                        last: hex::encode(&row.digest(0)?),
                    },
                    record: row.id(1)?,
                    version: row.int(2)?,
                    table: row.text(3)?,
                    action: row.text(4)?,
                    actor: row.id(5)?,
                    at: Instant::from_micros(row.int(6)?),
                })
            })
            .collect()
    }

    /// Where a consumer stands that wants to hear of nothing that the feed shows now.
    pub async fn changes_end(&self) -> Result<Position, StoreError> {
        let Some(last) = self.last_segment().await? else {
            return Ok(Position::default());
        };
        let taken = last.first_leaf + last.leaf_count;
        let (place, skip) = self.before(taken - 1).await?;
        let dialect = self.dialect();
        let sql = format!(
            "SELECT hash FROM leaf WHERE {} ORDER BY {} LIMIT 1 OFFSET ?4",
            dialect.feed_after(1),
            dialect.feed_order()
        );
        let params = vec![
            Param::from(place.era),
            place.xid.into(),
            place.ord.into(),
            skip.into(),
        ];
        let rows = self
            .inner
            .engine
            .query(&Statement::new(sql, params))
            .await?;
        let Some(row) = rows.first() else {
            return Err(StoreError::Corrupt("a sealed leaf is missing".to_owned()));
        };
        Ok(Position {
            taken,
            last: hex::encode(&row.digest(0)?),
        })
    }

    /// How many changes the feed shows now: cheaper than to ask for the next ones.
    pub async fn changes_count(&self) -> Result<i64, StoreError> {
        let last = self.last_segment().await?;
        Ok(last.map_or(0, |last| last.first_leaf + last.leaf_count))
    }

    /// The end of the segment before the one that holds a sealed leaf, and how many leaves lie
    /// between.
    async fn before(&self, leaf: i64) -> Result<(Place, i64), StoreError> {
        let sql = "SELECT s.first_leaf, p.last_era, p.last_xid, p.last_ord FROM segment s \
                   LEFT JOIN segment p ON p.number = s.number - 1 \
                   WHERE s.first_leaf <= ?1 ORDER BY s.first_leaf DESC LIMIT 1";
        let statement = Statement::new(sql, vec![leaf.into()]);
        let rows = self.inner.engine.query(&statement).await?;
        let Some(row) = rows.first() else {
            return Err(StoreError::Corrupt(
                "the first segment is missing".to_owned(),
            ));
        };
        let part = |at: usize| row[at].as_int().unwrap_or(0);
        let place = Place {
            era: part(1),
            xid: part(2),
            ord: part(3),
        };
        Ok((place, leaf - row.int(0)?))
    }
}

fn stale() -> StoreError {
    StoreError::StaleEpoch {
        name: "the change feed".to_owned(),
    }
}
