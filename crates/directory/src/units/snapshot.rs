//! The units in memory, as long as the store's epoch stands where it stood.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use store::{ListQuery, Mark, Record, Scope, Store};

use super::events::all_events;
use super::record::GroupBody;
use super::versions::{self, Listed};
use super::{Hierarchy, Succession, Unit, UnitTree, UnitVersion};
use crate::{Directory, DirectoryError};

/// So many days' trees are kept; more are built again when asked for.
const MOST_TREES: usize = 16;
/// After more writes than this everything is read anew.
const MOST_WRITES: usize = 2_000;

/// All versions of all units at an epoch, and the trees made of them.
pub(crate) struct Snapshot {
    epoch: i64,
    /// What was written after it may be missing.
    mark: Mark,
    /// All versions, in the order of lists.
    listed: Vec<Listed>,
    /// Each hierarchy's in the order of lists.
    versions: HashMap<Hierarchy, Vec<Arc<Unit>>>,
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
        let versions = snapshot.versions.values().flatten().map(AsRef::as_ref);
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
            let read = match held.take() {
                Some(known) => known.brought_to(self.store(), epoch).await?,
                None => Snapshot::read(self.store(), epoch).await?,
            };
            *held = Some(read);
        }
        held.as_mut()
            .ok_or_else(|| DirectoryError::corrupt("the units", "no snapshot was kept"))
    }
}

impl Snapshot {
    /// Reads everything. What is written meanwhile has a later epoch, and is read then.
    async fn read(store: &Store, epoch: i64) -> Result<Self, DirectoryError> {
        let mark = store.mark().await?;
        let listed = versions::all(store).await?;
        Self::of(store, epoch, mark, listed).await
    }

    /// The same at a later epoch, by what was written since.
    async fn brought_to(mut self, store: &Store, epoch: i64) -> Result<Self, DirectoryError> {
        let everything = Scope::bypass("units are public");
        let touched = store
            .touched_since(&everything, versions::TABLE, self.mark, MOST_WRITES)
            .await?;
        let old = (self.versions, self.trees, self.succession);
        // Tens of thousands of units are given back aside: nobody waits for that.
        let Some(touched) = touched else {
            tokio::task::spawn_blocking(|| drop((old, self.listed)));
            return Self::read(store, epoch).await;
        };
        tokio::task::spawn_blocking(|| drop(old));
        versions::update(store, &mut self.listed, touched.records).await?;
        Self::of(store, epoch, touched.mark, self.listed).await
    }

    async fn of(
        store: &Store,
        epoch: i64,
        mark: Mark,
        listed: Vec<Listed>,
    ) -> Result<Self, DirectoryError> {
        let mut versions: HashMap<Hierarchy, Vec<Arc<Unit>>> = HashMap::new();
        for version in &listed {
            let of_hierarchy = versions.entry(version.hierarchy).or_default();
            of_hierarchy.push(version.unit.clone());
        }
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
            mark,
            listed,
            versions,
            groups,
            trees: HashMap::new(),
            succession: None,
        })
    }

    /// Every version of every unit.
    pub(super) fn all_versions(&self) -> impl Iterator<Item = UnitVersion> + '_ {
        self.versions.iter().flat_map(|(hierarchy, units)| {
            units.iter().map(|unit| UnitVersion {
                hierarchy: *hierarchy,
                unit: Unit::clone(unit),
            })
        })
    }

    fn tree(&mut self, hierarchy: Hierarchy, day: Date) -> Arc<UnitTree> {
        if let Some(tree) = self.trees.get(&(hierarchy, day)) {
            return tree.clone();
        }
        let versions = self.versions.get(&hierarchy).map_or(&[][..], Vec::as_slice);
        // Groups are made of the administration's units.
        let groups = match hierarchy {
            Hierarchy::Administration => self.groups.as_slice(),
            Hierarchy::Sector | Hierarchy::Neighbours => &[],
        };
        let tree = Arc::new(UnitTree::on(day, versions, groups));
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
