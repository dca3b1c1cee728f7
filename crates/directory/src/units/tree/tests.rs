use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::units::Level;

fn id(number: u8) -> Id {
    let mut bytes = [0; 16];
    bytes[15] = number;
    Id::from_bytes(bytes)
}

fn unit(number: u8, parent: Option<u8>) -> Unit {
    Unit {
        id: id(number),
        name: format!("Đơn vị {number}"),
        short_name: format!("ĐV {number}"),
        aliases: vec!["Đơn vị".to_owned()],
        kind: UnitKind::Office,
        level: Level::Province,
        parent: parent.map(id),
        code: None,
        area_code: None,
        valid_from: date(2023, 1, 1),
        valid_to: None,
    }
}

proptest! {
    #[test]
    fn no_unit_is_lost_and_none_stands_twice(
        parents in proptest::collection::vec(proptest::option::of(0..14_u8), 1..12)
    ) {
        let units: Vec<Unit> = (0..).zip(&parents).map(|(at, parent)| unit(at, *parent)).collect();
        let tree = UnitTree::of(date(2023, 4, 14), &units);
        let mut listed: Vec<Id> = tree.iter().map(|unit| unit.id).collect();
        listed.sort_unstable();
        let expected: Vec<Id> = units.iter().map(|unit| unit.id).collect();
        prop_assert_eq!(listed, expected);
        let under: usize = tree.roots().iter().map(|root| tree.descendants(*root).len()).sum();
        prop_assert_eq!(under, units.len());
        for unit in tree.iter() {
            prop_assert_eq!(unit.parent.is_none(), tree.roots().contains(&unit.id));
            for child in tree.children(unit.id) {
                prop_assert_eq!(tree.get(*child).unwrap().parent, Some(unit.id));
            }
        }
    }
}

#[test]
fn a_day_shows_the_version_that_holds_on_it() {
    let old = Unit {
        valid_to: Some(date(2024, 10, 31)),
        ..unit(1, None)
    };
    let new = Unit {
        name: "Đơn vị mới".to_owned(),
        valid_from: date(2024, 11, 1),
        ..unit(1, None)
    };
    let name = |day, versions: &[Unit]| {
        let tree = UnitTree::of(day, versions);
        tree.get(id(1)).map(|unit| unit.name.clone())
    };
    let both = [old.clone(), new.clone()];
    assert_eq!(name(date(2022, 12, 31), &both), None);
    assert_eq!(name(date(2024, 10, 31), &both).as_deref(), Some("Đơn vị 1"));
    assert_eq!(
        name(date(2024, 11, 1), &both).as_deref(),
        Some("Đơn vị mới")
    );
    let overlapping = [
        Unit {
            valid_to: None,
            ..old
        },
        new,
    ];
    assert_eq!(
        name(date(2024, 11, 1), &overlapping).as_deref(),
        Some("Đơn vị mới")
    );
}

#[test]
fn what_could_mean_several_means_nothing() {
    let tree = UnitTree::of(date(2023, 4, 14), &[unit(1, None), unit(2, Some(1))]);
    assert_eq!(tree.resolve("đơn vị", None), None);
    assert_eq!(
        tree.resolve("đơn vị", Some(id(2))),
        Some(Reading::Unit(id(2)))
    );
    assert_eq!(tree.resolve("đơn vị", Some(id(1))), None);
    assert_eq!(tree.resolve("ĐƠN VỊ 2", None), Some(Reading::Unit(id(2))));
}
