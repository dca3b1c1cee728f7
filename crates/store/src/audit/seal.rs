//! Sealing: committed leaves become segments whose headers form a chain.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use vocab::hex;

use super::merkle;
use crate::engine::{Dialect, Param, Row, Statement};
use crate::store::Fields;
use crate::{Store, StoreError};

/// The most leaves of one segment.
const SEGMENT_LEAVES: i64 = 4_096;

/// The newest segment's number and digest: kept elsewhere, it proves later that nothing was
/// cut off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditHead {
    /// The segment's number, from 1; 0 when nothing was sealed yet.
    pub segment: i64,
    /// How many leaves are sealed up to and with it.
    pub leaves: i64,
    /// Its digest, 64 hexadecimal digits.
    pub hash: String,
}

/// A segment as it is stored.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    pub number: i64,
    pub first_leaf: i64,
    pub leaf_count: i64,
    pub last: Place,
    pub root: [u8; 32],
    pub previous: [u8; 32],
    pub hash: [u8; 32],
}

/// A leaf's place in the order of commits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Place {
    pub era: i64,
    pub xid: i64,
    pub ord: i64,
}

impl Segment {
    /// The digest of its header.
    pub(crate) fn header_hash(&self) -> [u8; 32] {
        Sha256::new()
            .chain_update(b"segment")
            .chain_update(self.number.to_be_bytes())
            .chain_update(self.first_leaf.to_be_bytes())
            .chain_update(self.leaf_count.to_be_bytes())
            .chain_update(self.root)
            .chain_update(self.previous)
            .finalize()
            .into()
    }
}

pub(crate) fn segment_columns() -> &'static str {
    "number, first_leaf, leaf_count, last_era, last_xid, last_ord, root, previous, hash FROM segment"
}

pub(crate) fn segment_of(row: &Row) -> Result<Segment, StoreError> {
    Ok(Segment {
        number: row.int(0)?,
        first_leaf: row.int(1)?,
        leaf_count: row.int(2)?,
        last: Place {
            era: row.int(3)?,
            xid: row.int(4)?,
            ord: row.int(5)?,
        },
        root: row.digest(6)?,
        previous: row.digest(7)?,
        hash: row.digest(8)?,
    })
}

impl Store {
    /// Seals what has committed and settled since the last segment, and gives the head: while
    /// an older transaction still runs, what came after it waits for the next time.
    ///
    /// Every process may call this every second or so. One does it at a time, on PostgreSQL
    /// under a lock that ends with its process; to the others it gives the head as it is.
    /// Whoever asks when nothing is to be sealed costs one look-up.
    pub async fn seal(&self) -> Result<AuditHead, StoreError> {
        let _in_this_process = self.inner.sealing.lock().await;
        let Some(turn) = self.inner.engine.seal_turn().await? else {
            return self.audit_head().await;
        };
        let sealed = self.seal_settled().await;
        turn.end().await?;
        sealed
    }

    /// How many leaves wait to be sealed: a number that keeps growing says that nobody seals,
    /// or that a transaction never ends.
    pub async fn unsealed(&self) -> Result<i64, StoreError> {
        let place = self
            .last_segment()
            .await?
            .map_or(Place::default(), |segment| segment.last);
        let sql = format!(
            "SELECT count(*) FROM leaf WHERE {}",
            self.dialect().feed_after(1)
        );
        let params = vec![Param::from(place.era), place.xid.into(), place.ord.into()];
        let rows = self
            .inner
            .engine
            .query_all(vec![Statement::new(sql, params)])
            .await?
            .remove(0);
        rows.first().map_or(Ok(0), |row| row.int(0))
    }

    async fn seal_settled(&self) -> Result<AuditHead, StoreError> {
        loop {
            let last = self.last_segment().await?;
            let Some(next) = self.next_segment(last.as_ref()).await? else {
                return Ok(head_of(last.as_ref()));
            };
            match self.put_segment(&next).await {
                // Another process sealed it first.
                Ok(()) | Err(StoreError::Duplicate { .. }) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The newest sealed head, without sealing.
    pub async fn audit_head(&self) -> Result<AuditHead, StoreError> {
        Ok(head_of(self.last_segment().await?.as_ref()))
    }

    pub(crate) async fn last_segment(&self) -> Result<Option<Segment>, StoreError> {
        let rows = self.inner.engine.query(&last_segment_statement()).await?;
        rows.first().map(segment_of).transpose()
    }

    async fn next_segment(&self, last: Option<&Segment>) -> Result<Option<Segment>, StoreError> {
        let rows = self
            .leaves_after(
                last.map_or(Place::default(), |segment| segment.last),
                SEGMENT_LEAVES,
            )
            .await?;
        let Some(end) = rows.last() else {
            return Ok(None);
        };
        let hashes = rows
            .iter()
            .map(|row| row.digest(3))
            .collect::<Result<Vec<_>, _>>()?;
        let mut segment = Segment {
            number: last.map_or(0, |segment| segment.number) + 1,
            first_leaf: last.map_or(0, |segment| segment.first_leaf + segment.leaf_count),
            leaf_count: i64::try_from(hashes.len()).unwrap_or(0),
            last: Place {
                era: end.int(0)?,
                xid: end.int(1)?,
                ord: end.int(2)?,
            },
            root: merkle::root(&hashes),
            previous: last.map_or([0; 32], |segment| segment.hash),
            hash: [0; 32],
        };
        segment.hash = segment.header_hash();
        Ok(Some(segment))
    }

    /// Places and hashes of committed leaves after a place, in commit order.
    async fn leaves_after(&self, place: Place, limit: i64) -> Result<Vec<Row>, StoreError> {
        let dialect: Dialect = self.dialect();
        let sql = format!(
            "SELECT era, xid, ord, hash FROM leaf WHERE {} AND {} ORDER BY {} LIMIT ?4",
            dialect.feed_after(1),
            dialect.feed_settled(),
            dialect.feed_order()
        );
        let params = vec![
            Param::from(place.era),
            place.xid.into(),
            place.ord.into(),
            limit.into(),
        ];
        Ok(self
            .inner
            .engine
            .query_all(vec![Statement::new(sql, params)])
            .await?
            .remove(0))
    }

    async fn put_segment(&self, segment: &Segment) -> Result<(), StoreError> {
        let sql = "INSERT INTO segment (number, first_leaf, leaf_count, last_era, last_xid, last_ord, root, previous, \
                   hash, sealed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        let params = vec![
            Param::from(segment.number),
            segment.first_leaf.into(),
            segment.leaf_count.into(),
            segment.last.era.into(),
            segment.last.xid.into(),
            segment.last.ord.into(),
            segment.root.to_vec().into(),
            segment.previous.to_vec().into(),
            segment.hash.to_vec().into(),
            self.context().now().as_micros().into(),
        ];
        self.inner
            .engine
            .execute(vec![Statement::new(sql, params)])
            .await
            .map(|_| ())
    }
}

/// Asks for the newest segment.
pub(crate) fn last_segment_statement() -> Statement {
    let sql = format!("SELECT {} ORDER BY number DESC LIMIT 1", segment_columns());
    Statement::new(sql, Vec::new())
}

/// The head in the rows of [`last_segment_statement`].
pub(crate) fn head_in(rows: &[Row]) -> Result<AuditHead, StoreError> {
    let last = rows.first().map(segment_of).transpose()?;
    Ok(head_of(last.as_ref()))
}

fn head_of(segment: Option<&Segment>) -> AuditHead {
    AuditHead {
        segment: segment.map_or(0, |segment| segment.number),
        leaves: segment.map_or(0, |segment| segment.first_leaf + segment.leaf_count),
        hash: hex::encode(&segment.map_or([0; 32], |segment| segment.hash)),
    }
}
