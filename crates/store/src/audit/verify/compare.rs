//! Versions against leaves, one by one where their sums differ.

use std::collections::HashMap;

use vocab::Id;

use super::buckets::Buckets;
use super::{About, CHUNK, Check};
use crate::StoreError;
use crate::engine::Param;
use crate::store::Fields;

/// Entries by record and version: the table, and what a version and its leaf have in common.
type Entries = HashMap<(Id, i64), (String, ([[u8; 32]; 2], String))>;

impl Check<'_> {
    /// Where the sums differ, names the versions without a leaf and the leaves without a
    /// version.
    pub(super) async fn compare_versions_with_leaves(&mut self) -> Result<(), StoreError> {
        let differing = self.audited.differing(&self.stored);
        if differing.is_empty() {
            return Ok(());
        }
        let leaves = self.entries("leaf", &differing).await?;
        let versions = self.entries("record_version", &differing).await?;
        for (key, (table, said)) in &versions {
            match leaves.get(key) {
                None => self.find("version-unaudited", About::version(table, key.0, key.1)),
                Some((_, audited)) if audited != said => {
                    self.find("version-altered", About::version(table, key.0, key.1));
                }
                Some(_) => {}
            }
        }
        for (key, (table, _)) in &leaves {
            if !versions.contains_key(key) {
                self.find("version-missing", About::version(table, key.0, key.1));
            }
        }
        Ok(())
    }

    async fn entries(&self, table: &str, buckets: &[usize]) -> Result<Entries, StoreError> {
        // The whole table passes by once more; only the entries in question are kept.
        let (key, after) = if table == "leaf" {
            ("ord", "ord > ?1")
        } else {
            ("record_id", "record_id > ?1")
        };
        let sql = format!(
            "SELECT record_id, version, table_name, body_digest, head_digest, action, {key} FROM {table} \
             WHERE {after} ORDER BY {key} LIMIT ?2"
        );
        let mut mark = if table == "leaf" {
            Param::from(-1)
        } else {
            Param::from(Vec::new())
        };
        let mut entries = HashMap::new();
        loop {
            // A record's versions must not be cut in two: the last record of a full chunk
            // is read again, whole, by its own key.
            let rows = self
                .rows(sql.clone(), vec![mark.clone(), CHUNK.into()])
                .await?;
            let Some(last) = rows.last() else {
                return Ok(entries);
            };
            mark = Param::One(last[6].clone());
            let rest = if table == "leaf" {
                Vec::new()
            } else {
                let again = "SELECT record_id, version, table_name, body_digest, head_digest, action FROM record_version \
                             WHERE record_id = ?1";
                self.rows(again.to_owned(), vec![mark.clone()]).await?
            };
            for row in rows.iter().chain(&rest) {
                let record = row.id(0)?;
                if buckets.binary_search(&Buckets::of(record)).is_ok() {
                    entries.insert(
                        (record, row.int(1)?),
                        (
                            row.text(2)?,
                            ([row.digest(3)?, row.digest(4)?], row.text(5)?),
                        ),
                    );
                }
            }
        }
    }
}
