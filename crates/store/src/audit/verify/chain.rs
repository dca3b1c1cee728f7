//! The leaves and the segments that seal them.

use vocab::{Instant, hex};

use super::{About, CHUNK, Check};
use crate::StoreError;
use crate::audit::seal::{AuditHead, Place, Segment, segment_columns, segment_of};
use crate::audit::{digest, merkle};
use crate::engine::{Param, Row};
use crate::store::Fields;

const LEAF: &str = "era, xid, ord, record_id, version, table_name, action, actor, on_behalf, via, request, at, \
                    body_digest, head_digest, hash FROM leaf";

impl Check<'_> {
    /// Leaves against their own digests, segments against leaves, headers against headers.
    pub(super) async fn chain(&mut self, saved: Option<&AuditHead>) -> Result<(), StoreError> {
        let mut place = Place::default();
        let mut previous: Option<Segment> = None;
        let mut met_saved = saved.is_none_or(|head| head.segment == 0);
        loop {
            let number = previous.as_ref().map_or(0, |segment| segment.number);
            let sql = format!(
                "SELECT {} WHERE number > ?1 ORDER BY number LIMIT 1",
                segment_columns()
            );
            let Some(segment) = self
                .rows(sql, vec![Param::from(number)])
                .await?
                .first()
                .map(segment_of)
                .transpose()?
            else {
                break;
            };
            let hashes = self.leaves(&mut place, segment.leaf_count).await?;
            let about = About::Segment {
                number: segment.number,
            };
            if merkle::root(&hashes) != segment.root || place != segment.last {
                self.find("segment-altered", about.clone());
            }
            let follows = match &previous {
                None => {
                    segment.number == 1 && segment.previous == [0; 32] && segment.first_leaf == 0
                }
                Some(before) => {
                    segment.number == before.number + 1
                        && segment.previous == before.hash
                        && segment.first_leaf == before.first_leaf + before.leaf_count
                }
            };
            if !follows || segment.header_hash() != segment.hash {
                self.find("chain-broken", about.clone());
            }
            if let Some(head) = saved.filter(|head| head.segment == segment.number) {
                met_saved = hex::encode(&segment.hash) == head.hash;
                if !met_saved {
                    self.find("chain-broken", about.clone());
                    met_saved = true;
                }
            }
            self.report.segments += 1;
            previous = Some(segment);
        }
        if let Some(head) = saved.filter(|_| !met_saved) {
            let about = About::Segment {
                number: head.segment,
            };
            self.find("tail-cut", about);
        }
        let unsealed = self.leaves(&mut place, i64::MAX).await?;
        self.report.unsealed = i64::try_from(unsealed.len()).unwrap_or(i64::MAX);
        Ok(())
    }

    /// The stored hashes of the next so many leaves, each checked against its own columns.
    async fn leaves(&mut self, place: &mut Place, count: i64) -> Result<Vec<[u8; 32]>, StoreError> {
        let dialect = self.store.dialect();
        let sql = format!(
            "SELECT {LEAF} WHERE {} ORDER BY {} LIMIT ?4",
            dialect.feed_after(1),
            dialect.feed_order()
        );
        let mut hashes = Vec::new();
        let mut left = count;
        while left > 0 {
            let params = vec![
                Param::from(place.era),
                place.xid.into(),
                place.ord.into(),
                left.min(CHUNK).into(),
            ];
            let rows = self.rows(sql.clone(), params).await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                *place = Place {
                    era: row.int(0)?,
                    xid: row.int(1)?,
                    ord: row.int(2)?,
                };
                hashes.push(self.leaf(row)?);
            }
            left -= i64::try_from(rows.len()).unwrap_or(i64::MAX);
        }
        Ok(hashes)
    }

    fn leaf(&mut self, row: &Row) -> Result<[u8; 32], StoreError> {
        let (record, version) = (row.id(3)?, row.int(4)?);
        let (table, action, via) = (row.text(5)?, row.text(6)?, row.text(9)?);
        let leaf = digest::Leaf {
            record_id: record,
            version,
            table: &table,
            action: &action,
            actor: row.id(7)?,
            on_behalf: row[8].as_id(),
            via: &via,
            request: row.id(10)?,
            at: Instant::from_micros(row.int(11)?),
            body_digest: row.digest(12)?,
            head_digest: row.digest(13)?,
        };
        let hash = row.digest(14)?;
        if leaf.hash() != hash {
            self.find("leaf-altered", About::version(&table, record, version));
        }
        self.report.leaves += 1;
        self.audited.add(&digest::Entry {
            record,
            version,
            action: &action,
            body: &leaf.body_digest,
            head: &leaf.head_digest,
        });
        Ok(hash)
    }
}
