//! The units in memory, as long as the store's epoch stands where it stood.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use store::{ListQuery, Record, Scope, Store};

use super::record::{GroupBody, UnitBody};
use super::{ADMINISTRATION, Unit, UnitTree};
use crate::{Directory, DirectoryError};

/// So many days' trees are kept; more are built again when asked for.
const MOST_TREES: usize = 16;

/// All versions of all units at an epoch, and the trees made of them.
pub(crate) struct Snapshot {
    epoch: i64,
    versions: Arc<Vec<Unit>>,
    groups: Arc<Vec<GroupBody>>,
    trees: HashMap<Date, Arc<UnitTree>>,
}

impl Directory {
    /// The units of today in Viet Nam. Held in memory; a change elsewhere shows within a
    /// second.
    pub async fn units(&self) -> Result<Arc<UnitTree>, DirectoryError> {
        let today = self.store().context().now().in_vietnam().date();
        self.units_on(today).await
    }

    /// The units of another day.
    pub async fn units_on(&self, day: Date) -> Result<Arc<UnitTree>, DirectoryError> {
        let epoch = self.epochs().now(self.store()).await?.units;
        let mut held = self.snapshot().lock().await;
        if held.as_ref().is_none_or(|snapshot| snapshot.epoch != epoch) {
            *held = Some(Snapshot::read(self.store(), epoch).await?);
        }
        let Some(snapshot) = held.as_mut() else {
            return Err(DirectoryError::corrupt("the units", "no snapshot was kept"));
        };
        if let Some(tree) = snapshot.trees.get(&day) {
            return Ok(tree.clone());
        }
        let tree = Arc::new(UnitTree::on(day, &snapshot.versions, &snapshot.groups));
        if snapshot.trees.len() >= MOST_TREES {
            snapshot.trees.clear();
        }
        snapshot.trees.insert(day, tree.clone());
        Ok(tree)
    }
}

impl Snapshot {
    /// Reads everything. What is written meanwhile has a later epoch, and is read then.
    async fn read(store: &Store, epoch: i64) -> Result<Self, DirectoryError> {
        let query = ListQuery::new("unit_version", Scope::All).filter("hierarchy", ADMINISTRATION);
        let mut versions = Vec::new();
        for record in all(store, query).await? {
            versions.push(UnitBody::read(&record.body)?.into_unit());
        }
        let mut groups = Vec::new();
        for record in all(store, ListQuery::new("unit_group", Scope::All)).await? {
            groups.push(GroupBody::read(&record.body)?);
        }
        Ok(Self {
            epoch,
            versions: Arc::new(versions),
            groups: Arc::new(groups),
            trees: HashMap::new(),
        })
    }
}

async fn all(store: &Store, query: ListQuery) -> Result<Vec<Record>, DirectoryError> {
    let mut query = query.limit(1_000);
    let mut records = Vec::new();
    loop {
        let page = store.list_records(&query).await?;
        records.extend(page.items);
        match page.next {
            Some(next) => query = query.after(Some(next)),
            None => return Ok(records),
        }
    }
}
