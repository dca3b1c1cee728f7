//! Going through everything and naming what does not fit.

mod buckets;
mod chain;
mod compare;
mod finding;
mod heads;
mod versions;

use std::collections::HashMap;

use serde::Serialize;

use self::buckets::Buckets;
pub use self::finding::{About, Finding};
use super::AuditHead;
use crate::engine::{Param, Row, Snapshot, Statement};
use crate::{Store, StoreError, TableSpec, declare};

/// How many rows are read at once.
const CHUNK: i64 = 2_000;
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

impl Check<'_> {
    fn find(&mut self, kind: &'static str, about: About) {
        if self.report.findings.len() < FINDINGS {
            self.report.findings.push(Finding { kind, about });
        }
    }

    /// The tables as they are stored: another process may have given them more columns than this
    /// one knows of, and tables that it does not know.
    async fn tables(&self) -> Result<Vec<TableSpec>, StoreError> {
        let rows = self.snapshot.query(&declare::stored_statement()).await?;
        let mut tables = declare::stored(&rows)?;
        for table in self.store.tables() {
            let stored = tables.entry(table.name.clone());
            stored.or_insert_with(|| (*table).clone());
        }
        Ok(tables.into_values().collect())
    }

    async fn rows(&self, sql: String, params: Vec<Param>) -> Result<Vec<Row>, StoreError> {
        self.snapshot.query(&Statement::new(sql, params)).await
    }
}
