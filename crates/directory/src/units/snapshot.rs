//! The units in memory, as long as the store's epoch stands where it stood.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use store::{ListQuery, Record, Scope, Store};

use super::events::all_events;
use super::record::GroupBody;
use super::versions::{self, Listed};
use super::{Hierarchy, Succession, Unit, UnitTree, UnitVersion};
use crate::{Directory, DirectoryError};

/// So many days' trees are kept; more are built again when asked for.
const MOST_TREES: usize = 16;

/// All versions of all units at an epoch, and the trees made of them.
pub(crate) struct Snapshot {
    epoch: i64,
    /// In the order of lists.
    versions: Vec<Listed>,
    groups: Vec<GroupBody>,
    trees: HashMap<(Hierarchy, Date), Arc<UnitTree>>,
    /// Read when first asked for: trees do without events.
    succession: Option<Arc<Succession>>,
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
        self.units_in(Hierarchy::Administration, day).await
    }

    /// The units of a hierarchy on a day.
    pub async fn units_in(
        &self,
        hierarchy: Hierarchy,
        day: Date,
    ) -> Result<Arc<UnitTree>, DirectoryError> {
        self.with_snapshot(|snapshot| snapshot.tree(hierarchy, day))
            .await
    }

    /// What units were, became and are made of, over all days and hierarchies.
    pub async fn succession(&self) -> Result<Arc<Succession>, DirectoryError> {
        let mut held = self.snapshot().lock().await;
        let snapshot = self.fresh(&mut held).await?;
        if let Some(succession) = &snapshot.succession {
            return Ok(succession.clone());
        }
        let events = all_events(self.store()).await?;
        let versions = snapshot.versions.iter().map(|it| it.unit.as_ref());
        let succession = Arc::new(Succession::of(versions, &events));
        snapshot.succession = Some(succession.clone());
        Ok(succession)
    }

    pub(super) async fn with_snapshot<T>(
        &self,
        read: impl FnOnce(&mut Snapshot) -> T,
    ) -> Result<T, DirectoryError> {
        let mut held = self.snapshot().lock().await;
        self.fresh(&mut held).await.map(read)
    }

    /// The snapshot of this second's epoch.
    async fn fresh<'h>(
        &self,
        held: &'h mut Option<Snapshot>,
    ) -> Result<&'h mut Snapshot, DirectoryError> {
        let epoch = self.epochs().now(self.store()).await?.units;
        if held.as_ref().is_none_or(|snapshot| snapshot.epoch != epoch) {
            // Taken out while it changes: what fails halfway, or is given up, is read anew.
            *held = Some(Snapshot::read(self.store(), epoch, held.take()).await?);
        }
        held.as_mut()
            .ok_or_else(|| DirectoryError::corrupt("the units", "no snapshot was kept"))
    }
}

impl Snapshot {
    /// Everything at an epoch; of what was held before, only what changed is read. What is
    /// written meanwhile has a later epoch, and is read then.
    async fn read(store: &Store, epoch: i64, before: Option<Self>) -> Result<Self, DirectoryError> {
        let versions = match before {
            None => versions::all(store).await?,
            Some(before) => {
                let (mut versions, old) = (before.versions, (before.trees, before.succession));
                // Trees of tens of thousands of units are given back aside: nobody waits for that.
                tokio::task::spawn_blocking(|| drop(old));
                versions::update(store, &mut versions).await?;
                versions
            }
        };
        let mut groups = Vec::new();
        for record in all(
            store,
            ListQuery::new("unit_group", Scope::bypass("units are public")),
        )
        .await?
        {
            groups.push(GroupBody::read(&record.body)?);
        }
        Ok(Self {
            epoch,
            versions,
            groups,
            trees: HashMap::new(),
            succession: None,
        })
    }

    /// Every version of every unit.
    pub(super) fn all_versions(&self) -> impl Iterator<Item = UnitVersion> + '_ {
        self.versions.iter().map(|version| UnitVersion {
            hierarchy: version.hierarchy,
            unit: Unit::clone(&version.unit),
        })
    }

    fn tree(&mut self, hierarchy: Hierarchy, day: Date) -> Arc<UnitTree> {
        if let Some(tree) = self.trees.get(&(hierarchy, day)) {
            return tree.clone();
        }
        let of_hierarchy = self.versions.iter().filter(|it| it.hierarchy == hierarchy);
        let versions: Vec<Arc<Unit>> = of_hierarchy.map(|it| it.unit.clone()).collect();
        // Groups are made of the administration's units.
        let groups = match hierarchy {
            Hierarchy::Administration => self.groups.as_slice(),
            Hierarchy::Sector | Hierarchy::Neighbours => &[],
        };
        let tree = Arc::new(UnitTree::on(day, &versions, groups));
        if self.trees.len() >= MOST_TREES {
            self.trees.clear();
        }
        self.trees.insert((hierarchy, day), tree.clone());
        tree
    }
}

pub(crate) async fn all(store: &Store, query: ListQuery) -> Result<Vec<Record>, DirectoryError> {
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
