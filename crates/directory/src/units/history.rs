//! What is known of units over all days: their versions, and how they were called once.

use std::collections::BTreeMap;

use vocab::Id;
use vocab::fold::fold;

use super::{Hierarchy, Unit};
use crate::{Directory, DirectoryError};

/// A unit in a span of days, and the hierarchy in which it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitVersion {
    /// Where it stood.
    pub hierarchy: Hierarchy,
    /// What it was.
    pub unit: Unit,
}

impl Directory {
    /// All versions of a unit, the earliest first; empty if there never was such a unit.
    pub async fn unit_versions(&self, unit: Id) -> Result<Vec<UnitVersion>, DirectoryError> {
        let mut versions = self
            .with_snapshot(|snapshot| {
                let of_unit = snapshot
                    .all_versions()
                    .filter(|found| found.unit.id == unit);
                of_unit.collect::<Vec<_>>()
            })
            .await?;
        versions.sort_by_key(|version| version.unit.valid_from);
        Ok(versions)
    }

    /// The units that ever had this code, or a name with these words; at most so many, each
    /// as it was when it was last called so. Tone marks and case do not matter.
    pub async fn find_units(
        &self,
        text: &str,
        most: usize,
    ) -> Result<Vec<UnitVersion>, DirectoryError> {
        let (text, words) = (text.trim(), fold(text));
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let is_meant = |unit: &Unit| {
            let code = unit.code.as_ref().map(ToString::to_string);
            let names = unit.aliases.iter().chain([&unit.name, &unit.short_name]);
            unit.area_code.as_deref() == Some(text)
                || code.as_deref() == Some(text)
                || names.into_iter().any(|name| fold(name).contains(&words))
        };
        let mut latest: BTreeMap<Id, UnitVersion> = BTreeMap::new();
        self.with_snapshot(|snapshot| {
            for found in snapshot
                .all_versions()
                .filter(|found| is_meant(&found.unit))
            {
                let known = latest.get(&found.unit.id);
                if known.is_none_or(|known| known.unit.valid_from < found.unit.valid_from) {
                    latest.insert(found.unit.id, found);
                }
            }
        })
        .await?;
        let mut found: Vec<UnitVersion> = latest.into_values().collect();
        found.sort_by_cached_key(|found| {
            let unit = &found.unit;
            (
                unit.kind,
                vocab::collate::sort_key(&unit.name),
                unit.valid_from,
            )
        });
        found.truncate(most);
        Ok(found)
    }
}
