//! Going through everything and naming what does not fit.

use std::collections::HashMap;

use serde::Serialize;
use vocab::{Id, Instant};

use super::digest;
use super::merkle;
use super::seal::{AuditHead, Place, Segment, hex, segment_columns, segment_of};
use crate::engine::{Param, Row, Snapshot, Statement, fitting};
use crate::store::Fields;
use crate::{Store, StoreError, TableSpec, declare};

const CHUNK: i64 = 2_000;
const BUCKETS: usize = 4_096;
/// More than so many findings say no more than the first ones.
const FINDINGS: usize = 200;

/// What a check of the whole store found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Audit leaves, sealed or not.
    pub leaves: i64,
    /// Leaves that no segment holds yet: an alteration of these shows only against their
    /// own digests.
    pub unsealed: i64,
    /// Sealed segments.
    pub segments: i64,
    /// Versions of records.
    pub versions: i64,
    /// Records in lists.
    pub heads: i64,
    /// Files.
    pub files: i64,
    /// What does not fit; empty when all is well.
    pub findings: Vec<Finding>,
}

/// One thing that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// `leaf-altered`, `segment-altered`, `chain-broken`, `tail-cut`, `version-altered`,
    /// `version-missing`, `version-unaudited`, `head-altered`, `head-missing`,
    /// `file-altered`, `file-missing`.
    pub kind: &'static str,
    /// Which one.
    pub about: String,
}

impl Store {
    /// Checks everything that is stored against the audit chain, over one snapshot; with a
    /// head that was saved elsewhere, also that the chain still goes through it.
    pub async fn verify(&self, saved: Option<&AuditHead>) -> Result<Report, StoreError> {
        let snapshot = self.inner.engine.snapshot().await?;
        let mut check = Check {
            store: self,
            snapshot,
            report: Report::default(),
            audited: Buckets::new(),
            stored: Buckets::new(),
            last_with_head: HashMap::new(),
        };
        check.chain(saved).await?;
        check.versions().await?;
        check.compare_versions_with_leaves().await?;
        for table in check.tables().await? {
            check.heads(&table).await?;
        }
        check.files().await?;
        Ok(check.report)
    }
}

struct Check<'a> {
    store: &'a Store,
    snapshot: Snapshot,
    report: Report,
    audited: Buckets,
    stored: Buckets,
    /// How many records of each table should stand in its list.
    last_with_head: HashMap<String, i64>,
}

/// Sums of digests by record: two sides that hold the same entries have the same sums, in
/// whatever order they came.
struct Buckets(Vec<[u64; 4]>);

impl Buckets {
    fn new() -> Self {
        Self(vec![[0; 4]; BUCKETS])
    }

    fn of(record: Id) -> usize {
        let bytes = record.as_bytes();
        (usize::from(bytes[14]) << 8 | usize::from(bytes[15])) % BUCKETS
    }

    fn add(&mut self, record: Id, version: i64, body: &[u8; 32], head: &[u8; 32]) {
        let entry = digest::Entry {
            record,
            version,
            body,
            head,
        }
        .hash();
        for (sum, part) in self.0[Self::of(record)]
            .iter_mut()
            .zip(entry.chunks_exact(8))
        {
            *sum = sum.wrapping_add(u64::from_be_bytes(part.try_into().unwrap_or_default()));
        }
    }
}

const LEAF: &str = "era, xid, ord, record_id, version, table_name, action, actor, on_behalf, via, request, at, \
                    body_digest, head_digest, hash FROM leaf";

impl Check<'_> {
    fn find(&mut self, kind: &'static str, about: impl Into<String>) {
        if self.report.findings.len() < FINDINGS {
            self.report.findings.push(Finding {
                kind,
                about: about.into(),
            });
        }
    }

    /// The declared tables, and those that another program declared here.
    async fn tables(&self) -> Result<Vec<TableSpec>, StoreError> {
        let rows = self.snapshot.query(&declare::stored_statement()).await?;
        let mut tables = declare::stored(&rows)?;
        for table in self.store.tables() {
            tables.insert(table.name.clone(), (*table).clone());
        }
        Ok(tables.into_values().collect())
    }

    async fn rows(&self, sql: String, params: Vec<Param>) -> Result<Vec<Row>, StoreError> {
        self.snapshot.query(&Statement::new(sql, params)).await
    }

    /// Leaves against their own digests, segments against leaves, headers against headers.
    async fn chain(&mut self, saved: Option<&AuditHead>) -> Result<(), StoreError> {
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
            let name = format!("segment {}", segment.number);
            if merkle::root(&hashes) != segment.root || place != segment.last {
                self.find(
                    "segment-altered",
                    format!("{name}: its leaves are not those that were sealed"),
                );
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
                self.find(
                    "chain-broken",
                    format!("{name}: its header does not follow from the one before"),
                );
            }
            if let Some(head) = saved.filter(|head| head.segment == segment.number) {
                met_saved = hex(&segment.hash) == head.hash;
                if !met_saved {
                    self.find(
                        "chain-broken",
                        format!("{name} is not the one whose head was saved"),
                    );
                    met_saved = true;
                }
            }
            self.report.segments += 1;
            previous = Some(segment);
        }
        if let Some(head) = saved.filter(|_| !met_saved) {
            self.find(
                "tail-cut",
                format!(
                    "the saved head is segment {}, the store ends before it",
                    head.segment
                ),
            );
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
            self.find(
                "leaf-altered",
                format!("the audit leaf of {table} {record} version {version}"),
            );
        }
        self.report.leaves += 1;
        self.audited
            .add(record, version, &leaf.body_digest, &leaf.head_digest);
        Ok(hash)
    }

    /// Versions against their own digests, without gaps.
    async fn versions(&mut self) -> Result<(), StoreError> {
        let page = |columns: &str| {
            format!(
                "SELECT {columns} FROM record_version WHERE (record_id, version) > (?1, ?2) \
                 ORDER BY record_id, version LIMIT ?3"
            )
        };
        let lengths = page("octet_length(body)");
        let sql =
            page("record_id, version, table_name, action, body, salt, body_digest, head_digest");
        let mut after = (Id::NIL, 0);
        let mut erased: Option<(Id, i64)> = None;
        let mut last: Option<Row> = None;
        loop {
            let params = |limit: i64| vec![Param::from(after.0), after.1.into(), limit.into()];
            let limit = fitting(&self.rows(lengths.clone(), params(CHUNK)).await?);
            let rows = self.rows(sql.clone(), params(limit)).await?;
            let end = rows.is_empty();
            for row in rows {
                let (record, version) = (row.id(0)?, row.int(1)?);
                if record != after.0 {
                    self.last_version(last.take(), erased.take())?;
                }
                let expected = if record == after.0 { after.1 + 1 } else { 1 };
                if version != expected {
                    self.find(
                        "version-missing",
                        format!("{} {record} version {expected}", row.text(2)?),
                    );
                }
                match (
                    row[4].as_text(),
                    row[5].as_bytes().and_then(|salt| salt.try_into().ok()),
                ) {
                    (Some(body), Some(salt)) if digest::body(&salt, body) == row.digest(6)? => {}
                    (None, None) => erased = Some((record, version)),
                    _ => self.find(
                        "version-altered",
                        format!("{} {record} version {version}", row.text(2)?),
                    ),
                }
                self.report.versions += 1;
                self.stored
                    .add(record, version, &row.digest(6)?, &row.digest(7)?);
                after = (record, version);
                last = Some(row);
            }
            if end {
                return self.last_version(last, erased);
            }
        }
    }

    /// What a record's newest version says about its list and about erased ones before it.
    fn last_version(
        &mut self,
        last: Option<Row>,
        erased: Option<(Id, i64)>,
    ) -> Result<(), StoreError> {
        let Some(row) = last else { return Ok(()) };
        if row.digest(7)? != digest::NO_HEAD {
            *self.last_with_head.entry(row.text(2)?).or_default() += 1;
        }
        if let Some((record, version)) = erased
            && row.text(3)? != crate::commit::ERASE
        {
            self.find(
                "version-altered",
                format!("{} {record} version {version} lost its body", row.text(2)?),
            );
        }
        Ok(())
    }

    /// Where the sums differ, names the versions without a leaf and the leaves without a
    /// version.
    async fn compare_versions_with_leaves(&mut self) -> Result<(), StoreError> {
        let differing: Vec<usize> = (0..BUCKETS)
            .filter(|bucket| self.audited.0[*bucket] != self.stored.0[*bucket])
            .collect();
        if differing.is_empty() {
            return Ok(());
        }
        let leaves = self.entries("leaf", &differing).await?;
        let versions = self.entries("record_version", &differing).await?;
        for (key, (table, digests)) in &versions {
            match leaves.get(key) {
                None => self.find(
                    "version-unaudited",
                    format!("{table} {} version {} has no leaf", key.0, key.1),
                ),
                Some((_, audited)) if audited != digests => {
                    self.find(
                        "version-altered",
                        format!("{table} {} version {} differs from its leaf", key.0, key.1),
                    );
                }
                Some(_) => {}
            }
        }
        for (key, (table, _)) in &leaves {
            if !versions.contains_key(key) {
                self.find(
                    "version-missing",
                    format!(
                        "{table} {} version {} stands in the audit only",
                        key.0, key.1
                    ),
                );
            }
        }
        Ok(())
    }

    async fn entries(
        &self,
        table: &str,
        buckets: &[usize],
    ) -> Result<HashMap<(Id, i64), (String, [[u8; 32]; 2])>, StoreError> {
        // The whole table passes by once more; only the entries in question are kept.
        let (key, after) = if table == "leaf" {
            ("ord", "ord > ?1")
        } else {
            ("record_id", "record_id > ?1")
        };
        let sql = format!(
            "SELECT record_id, version, table_name, body_digest, head_digest, {key} FROM {table} \
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
            mark = Param::One(last[5].clone());
            let rest = if table == "leaf" {
                Vec::new()
            } else {
                let again = "SELECT record_id, version, table_name, body_digest, head_digest FROM record_version \
                             WHERE record_id = ?1";
                self.rows(again.to_owned(), vec![mark.clone()]).await?
            };
            for row in rows.iter().chain(&rest) {
                let record = row.id(0)?;
                if buckets.binary_search(&Buckets::of(record)).is_ok() {
                    entries.insert(
                        (record, row.int(1)?),
                        (row.text(2)?, [row.digest(3)?, row.digest(4)?]),
                    );
                }
            }
        }
    }

    /// Heads against the newest version of their records.
    async fn heads(&mut self, spec: &TableSpec) -> Result<(), StoreError> {
        let table = &spec.name;
        let columns = spec
            .columns
            .iter()
            .fold(String::new(), |all, column| all + ", h." + &column.name);
        let sql = format!(
            "SELECT h.id, h.version, h.unit, h.state, h.sort_key, h.updated_at, v.head_digest, v.at, \
             (SELECT max(version) FROM record_version n WHERE n.record_id = h.id){columns} \
             FROM head_{table} h LEFT JOIN record_version v ON v.record_id = h.id AND v.version = h.version \
             WHERE h.id > ?1 ORDER BY h.id LIMIT ?2"
        );
        let mut after = Id::NIL;
        let mut count = 0;
        loop {
            let rows = self
                .rows(sql.clone(), vec![Param::from(after), CHUNK.into()])
                .await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                after = row.id(0)?;
                count += 1;
                let shown = digest::head(
                    row.id(2)?,
                    &row.text(3)?,
                    row[4].as_bytes().unwrap_or_default(),
                    spec,
                    &row[9..],
                );
                let fits =
                    row[6].as_bytes() == Some(&shown[..]) && row[7] == row[5] && row[8] == row[1];
                if !fits {
                    self.find(
                        "head-altered",
                        format!("{table} {after} does not show its newest version"),
                    );
                }
            }
        }
        let expected = self.last_with_head.get(table).copied().unwrap_or(0);
        if count != expected {
            self.find(
                "head-missing",
                format!("{table}: {expected} records should be listed, {count} are"),
            );
        }
        self.report.heads += count;
        Ok(())
    }

    /// Files against their digests.
    async fn files(&mut self) -> Result<(), StoreError> {
        let rows = self
            .rows(
                "SELECT DISTINCT digest FROM file_ref ORDER BY digest".to_owned(),
                Vec::new(),
            )
            .await?;
        for row in rows {
            let digest = row.digest(0)?;
            self.report.files += 1;
            match self.store.files().check(&digest).await? {
                Some(true) => {}
                Some(false) => self.find("file-altered", hex(&digest)),
                None => self.find("file-missing", hex(&digest)),
            }
        }
        Ok(())
    }
}
