//! Events through the store: applied whole or not, undone exactly, refused with reasons.

mod changes;
mod kin;
mod refusals;
mod undoing;

use std::collections::BTreeMap;

use directory::{
    Directory, DirectoryError, Fraction, Hierarchy, Level, Part, Resolution, ShareBasis,
    UnitChange, UnitDetails, UnitEvent, UnitKind, province,
};
use jiff::civil::{Date, date};
use vocab::Id;

use crate::fixture::actor;

pub(crate) const DAY: Date = date(2024, 11, 1);

pub(crate) fn event(date: Date, change: UnitChange) -> UnitEvent {
    UnitEvent {
        date,
        change,
        ordered_by: Resolution {
            symbol: Some("12/NQ-HĐND".to_owned()),
            date: Some(date),
            source: "Điều 1".to_owned(),
        },
    }
}

pub(crate) fn create(unit: Id, name: &str, code: Option<&str>) -> UnitChange {
    UnitChange::Create {
        unit,
        details: UnitDetails {
            hierarchy: Hierarchy::Administration,
            parent: Some(province()),
            name: name.to_owned(),
            short_name: name.to_owned(),
            aliases: Vec::new(),
            kind: UnitKind::Commune,
            level: Level::Commune,
            code: None,
            area_code: code.map(str::to_owned),
        },
    }
}

pub(crate) fn merge(from: &[Id], into: Id) -> UnitChange {
    UnitChange::Merge {
        from: from.to_vec(),
        into,
    }
}

pub(super) fn part(unit: Id, share: Option<(u128, u128)>) -> Part {
    Part {
        unit,
        share: share.map(|(above, below)| Fraction::new(above, below).unwrap()),
        basis: share.map(|_| ShareBasis::Area),
    }
}

pub(crate) fn rename(unit: Id, name: &str) -> UnitChange {
    UnitChange::Rename {
        unit,
        name: name.to_owned(),
        short_name: name.to_owned(),
    }
}

pub(super) fn move_under(unit: Id, parent: Id) -> UnitChange {
    UnitChange::Move {
        unit,
        hierarchy: Hierarchy::Administration,
        parent: Some(parent),
    }
}

pub(crate) async fn area(directory: &Directory, code: &str) -> Id {
    let tree = directory.units_on(date(2024, 1, 1)).await.unwrap();
    tree.by_area_code(code).unwrap().id
}

/// The codes of the faults, by the place of their event.
pub(super) async fn faults(directory: &Directory, events: &[UnitEvent]) -> Vec<(String, String)> {
    let refused = directory.rearrange(&actor(), events).await;
    let preview = directory.preview_units(events).await;
    let Err(DirectoryError::Refused(problem)) = refused else {
        panic!("{refused:?}");
    };
    let Err(DirectoryError::Refused(foreseen)) = preview else {
        panic!("{preview:?}");
    };
    assert_eq!(foreseen.fields, problem.fields);
    assert_eq!(problem.code, "unit-events-refused");
    let fields = problem.fields.into_iter();
    fields.map(|field| (field.field, field.code)).collect()
}

/// All versions of all units as they stand, and the trees of some days.
pub(super) async fn standing(directory: &Directory) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let query = store::ListQuery::new("unit_version", store::Scope::bypass("a test")).limit(1_000);
    let page = directory.store().list_records(&query).await.unwrap();
    assert!(page.next.is_none());
    for record in page.items {
        all.insert(record.head.id.to_string(), record.body);
    }
    for day in [date(2024, 1, 1), DAY, date(2025, 7, 1), date(2027, 1, 1)] {
        let tree = directory.units_on(day).await.unwrap();
        all.insert(
            day.to_string(),
            format!("{:?}", tree.iter().collect::<Vec<_>>()),
        );
    }
    all
}
