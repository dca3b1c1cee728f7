//! Events through the store: applied whole or not, undone exactly, refused with reasons.

use std::collections::BTreeMap;

use directory::{
    Directory, DirectoryError, EventState, Fraction, Hierarchy, Level, Part, Resolution, Role,
    ShareBasis, UnitChange, UnitDetails, UnitEvent, UnitKind, province,
};
use jiff::civil::{Date, date};
use vocab::Id;

use crate::fixture::{actor, id, places};
use crate::unit_import::load_all;

const DAY: Date = date(2024, 11, 1);

fn event(date: Date, change: UnitChange) -> UnitEvent {
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

fn create(unit: Id, name: &str, code: Option<&str>) -> UnitChange {
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

fn merge(from: &[Id], into: Id) -> UnitChange {
    UnitChange::Merge {
        from: from.to_vec(),
        into,
    }
}

fn part(unit: Id, share: Option<(u128, u128)>) -> Part {
    Part {
        unit,
        share: share.map(|(above, below)| Fraction::new(above, below).unwrap()),
        basis: share.map(|_| ShareBasis::Area),
    }
}

fn rename(unit: Id, name: &str) -> UnitChange {
    UnitChange::Rename {
        unit,
        name: name.to_owned(),
        short_name: name.to_owned(),
    }
}

fn move_under(unit: Id, parent: Id) -> UnitChange {
    UnitChange::Move {
        unit,
        hierarchy: Hierarchy::Administration,
        parent: Some(parent),
    }
}

async fn area(directory: &Directory, code: &str) -> Id {
    let tree = directory.units_on(date(2024, 1, 1)).await.unwrap();
    tree.by_area_code(code).unwrap().id
}

/// The codes of the faults, by the place of their event.
async fn faults(directory: &Directory, events: &[UnitEvent]) -> Vec<(String, String)> {
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
async fn standing(directory: &Directory) -> BTreeMap<String, String> {
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

#[tokio::test]
async fn an_event_changes_units_and_nothing_else() {
    for place in places(60).await {
        let directory = &place.directory;
        directory.load_shipped(&actor()).await.unwrap();
        let (gone, stays) = (
            area(directory, "29551").await,
            area(directory, "29548").await,
        );
        place
            .account("can-bo", &[(Role::Officer, gone), (Role::Head, stays)])
            .await;
        let events = [
            event(DAY, merge(&[gone], stays)),
            event(DAY, rename(stays, "UBND phường Một")),
        ];
        let preview = directory.preview_units(&events).await.unwrap();
        assert_eq!(preview.grants, 1);
        assert_eq!(preview.ending[0].into, ["UBND phường Một"]);
        assert_eq!(preview.ending[0].date, date(2024, 10, 31));
        assert_eq!(
            preview.changing[0].new_name.as_deref(),
            Some("UBND phường Một")
        );
        assert!(preview.appearing.is_empty());
        let versions = place.count("unit_version").await;
        let accounts = place
            .directory
            .accounts(store::Scope::bypass("a test"), None, 10)
            .await
            .unwrap();
        let done = directory.rearrange(&actor(), &events).await.unwrap();
        assert_eq!(done.events.len(), 2);
        // One unit ended, one has another version; the grant still names the one that ended.
        assert_eq!(place.count("unit_version").await, versions + 1);
        let after = place
            .directory
            .accounts(store::Scope::bypass("a test"), None, 10)
            .await
            .unwrap();
        assert_eq!(after, accounts);
        let tree = directory.units_on(DAY).await.unwrap();
        assert!(tree.get(gone).is_none());
        // The old name still means it.
        assert_eq!(
            tree.resolve("Phường 1", None),
            Some(directory::Reading::Unit(stays))
        );
        let succession = directory.succession().await.unwrap();
        let kin = succession.ancestors(stays);
        assert_eq!((kin.len(), kin[0].unit, kin[0].distance), (1, gone, 1));
        assert_eq!(kin[0].ordered_by.symbol.as_deref(), Some("12/NQ-HĐND"));
        let told = directory.unit_events().await.unwrap();
        assert_eq!(told.len(), 2);
        assert_eq!(told[0].event.as_ref(), Some(&events[0]));
        assert!(told.iter().all(|event| event.rearrangement == done.id));
        // Another process sees it.
        let elsewhere = place.another_process().await;
        assert!(elsewhere.units_on(DAY).await.unwrap().get(gone).is_none());
    }
}

#[tokio::test]
async fn events_that_contradict_are_refused_whole() {
    for place in places(61).await {
        let directory = &place.directory;
        directory.load_shipped(&actor()).await.unwrap();
        let mut codes = Vec::new();
        for code in ["29551", "29548", "29545", "855", "857"] {
            codes.push(area(directory, code).await);
        }
        let [two, one, five, city, long_ho] = codes[..] else {
            unreachable!();
        };
        directory
            .rearrange(&actor(), &[event(DAY, merge(&[two], one))])
            .await
            .unwrap();
        let before = standing(directory).await;
        let events = place.count("unit_event").await;
        let later = date(2025, 1, 1);
        let harmless = event(later, rename(long_ho, "UBND huyện Long Hồ mới"));
        let split = |into| UnitChange::Split { from: five, into };
        for (bad, code) in [
            (vec![event(later, merge(&[two], five))], "unit-ended"),
            (vec![event(later, merge(&[five], two))], "unit-ended"),
            (
                vec![event(later, merge(&[five], five))],
                "unit-merge-itself",
            ),
            (vec![event(later, merge(&[], five))], "unit-merge-empty"),
            (vec![event(later, merge(&[five, five], one))], "unit-twice"),
            (vec![event(later, split(vec![]))], "unit-split-empty"),
            (
                vec![event(later, split(vec![part(five, None)]))],
                "unit-split-empty",
            ),
            (
                vec![event(later, split(vec![part(one, Some((1, 2)))]))],
                "unit-shares-wrong",
            ),
            (
                vec![event(
                    later,
                    split(vec![part(one, Some((2, 3))), part(city, Some((2, 3)))]),
                )],
                "unit-shares-wrong",
            ),
            (
                vec![event(
                    later,
                    split(vec![part(one, Some((1, 1))), part(city, None)]),
                )],
                "unit-shares-wrong",
            ),
            (
                vec![event(later, UnitChange::Abolish { units: vec![] })],
                "unit-abolish-empty",
            ),
            (
                vec![event(later, UnitChange::Abolish { units: vec![id(9)] })],
                "unit-unknown",
            ),
            (
                vec![event(date(2022, 1, 1), rename(five, "Khác"))],
                "unit-not-yet",
            ),
            // Before what is known of it already.
            (
                vec![event(date(2024, 1, 1), rename(two, "Khác"))],
                "unit-changed-later",
            ),
            (
                vec![event(date(2024, 1, 1), merge(&[one], two))],
                "unit-changed-later",
            ),
            (
                vec![event(later, rename(five, " \u{200b} "))],
                "unit-name-invalid",
            ),
            (
                vec![event(later, rename(five, &"a".repeat(251)))],
                "unit-name-invalid",
            ),
            (
                vec![event(later, create(five, "Xã Mới", None))],
                "unit-exists",
            ),
            (
                vec![event(later, create(id(9), "Xã Mới", Some("29545")))],
                "unit-code-taken",
            ),
            // A circle, and one made by two events.
            (vec![event(later, move_under(city, five))], "unit-circle"),
            (
                vec![
                    event(later, move_under(city, long_ho)),
                    event(later, move_under(long_ho, city)),
                ],
                "unit-circle",
            ),
            // A district that still has communes.
            (
                vec![event(later, UnitChange::Abolish { units: vec![city] })],
                "unit-parent-gone",
            ),
            // It begins and ends at once.
            (
                vec![
                    event(later, create(id(9), "Xã Mới", None)),
                    event(later, merge(&[id(9)], one)),
                ],
                "unit-begins-that-day",
            ),
            // Who takes in ends on the same day.
            (
                vec![
                    event(later, merge(&[five], one)),
                    event(later, merge(&[one], city)),
                ],
                "unit-successor-gone",
            ),
            (
                vec![
                    event(later, merge(&[five], one)),
                    event(DAY, rename(city, "Khác")),
                ],
                "unit-dates-disordered",
            ),
        ] {
            let mut list = vec![harmless.clone()];
            if code == "unit-changed-later" || code == "unit-not-yet" {
                list.clear();
            }
            list.extend(bad);
            let told = faults(directory, &list).await;
            assert!(
                told.iter().any(|(_, told)| told == code),
                "{code}: {told:?}"
            );
        }
        assert_eq!(standing(directory).await, before, "{}", place.name);
        assert_eq!(place.count("unit_event").await, events);
    }
}

#[tokio::test]
async fn undoing_restores_exactly_and_waits_for_dependants() {
    for place in places(62).await {
        let directory = &place.directory;
        directory.load_shipped(&actor()).await.unwrap();
        let (two, one) = (
            area(directory, "29551").await,
            area(directory, "29548").await,
        );
        let five = area(directory, "29545").await;
        let steps = [
            vec![event(DAY, merge(&[two], one))],
            vec![
                event(date(2025, 1, 1), create(id(7), "Phường Mới", Some("30001"))),
                event(date(2025, 1, 1), rename(one, "UBND phường Một")),
            ],
            vec![event(
                date(2025, 7, 1),
                UnitChange::Split {
                    from: one,
                    into: vec![part(id(7), Some((3, 7))), part(five, None)],
                },
            )],
            vec![event(date(2025, 8, 1), move_under(id(7), province()))],
            vec![event(date(2025, 9, 1), rename(five, "UBND phường Năm"))],
        ];
        let mut before = Vec::new();
        let mut done = Vec::new();
        for (at, events) in steps.iter().enumerate() {
            before.push(standing(directory).await);
            // Moving a unit under the one that it stands under already changes nothing.
            let applied = directory.rearrange(&actor(), events).await;
            match applied {
                Ok(applied) => done.push(applied),
                Err(error) => {
                    assert_eq!((at, error.code()), (3, Some("unit-events-refused")));
                    before.pop();
                }
            }
        }
        assert_eq!(done.len(), 4);
        let after = standing(directory).await;
        // The last share is what the known ones leave.
        let succession = directory.succession().await.unwrap();
        let parts = succession.mapping(&[two], date(2024, 1, 1), date(2026, 1, 1));
        let shares: Vec<_> = parts
            .iter()
            .map(|part| part.share.exact().unwrap().to_string())
            .collect();
        assert_eq!(parts.len(), 2);
        assert!(shares.contains(&"3/7".to_owned()) && shares.contains(&"4/7".to_owned()));
        assert!(
            parts
                .iter()
                .all(|part| part.bases.contains(&ShareBasis::Area))
        );

        for earlier in &done[..2] {
            let refused = directory.undo_rearrangement(&actor(), earlier.id).await;
            assert_eq!(
                refused.unwrap_err().code(),
                Some("unit-event-has-dependants")
            );
        }
        assert_eq!(standing(directory).await, after);
        for (rearrangement, before) in done.iter().zip(&before).rev() {
            directory
                .undo_rearrangement(&actor(), rearrangement.id)
                .await
                .unwrap();
            assert_eq!(&standing(directory).await, before, "{}", place.name);
            let again = directory
                .undo_rearrangement(&actor(), rearrangement.id)
                .await;
            assert_eq!(again.unwrap_err().code(), Some("unit-event-unknown"));
        }
        // Nothing is lost: every event and every undoing is on record.
        let told = directory.unit_events().await.unwrap();
        let of = |state| told.iter().filter(|event| event.state == state).count();
        assert_eq!((of(EventState::Undone), of(EventState::Undoing)), (5, 4));
        assert!(succession_is_empty(directory, two).await);
        // And all of it can be done again.
        for events in [&steps[0], &steps[1], &steps[2], &steps[4]] {
            directory.rearrange(&actor(), events).await.unwrap();
        }
    }
}

async fn succession_is_empty(directory: &Directory, unit: Id) -> bool {
    let succession = directory.succession().await.unwrap();
    succession.descendants(unit).is_empty() && succession.ancestors(unit).is_empty()
}

#[tokio::test]
async fn decomposed_names_are_composed() {
    for place in places(63).await {
        let directory = &place.directory;
        directory.load_shipped(&actor()).await.unwrap();
        let decomposed = "UBND  xa\u{303} Ho\u{300}a Ti\u{323}nh ";
        directory
            .rearrange(&actor(), &[event(DAY, create(id(8), decomposed, None))])
            .await
            .unwrap();
        let tree = directory.units_on(DAY).await.unwrap();
        assert_eq!(tree.get(id(8)).unwrap().name, "UBND xã Hòa Tịnh");
        // The same name again is no change.
        let told = faults(
            directory,
            &[event(date(2025, 1, 1), rename(id(8), decomposed))],
        )
        .await;
        assert_eq!(told, [("0".to_owned(), "unit-change-empty".to_owned())]);
    }
}

#[tokio::test]
async fn two_who_rearrange_at_once_do_not_contradict() {
    for place in places(64).await {
        let directory = &place.directory;
        directory.load_shipped(&actor()).await.unwrap();
        let elsewhere = place.another_process().await;
        let (two, one) = (
            area(directory, "29551").await,
            area(directory, "29548").await,
        );
        let five = area(directory, "29545").await;
        let here = [event(DAY, merge(&[two], one))];
        let there = [event(DAY, merge(&[two], five))];
        let (me, other) = (actor(), actor());
        let (first, second) = tokio::join!(
            directory.rearrange(&me, &here),
            elsewhere.rearrange(&other, &there)
        );
        let refused = [first, second].into_iter().filter_map(Result::err);
        let refused: Vec<_> = refused
            .map(|error| error.code().map(str::to_owned))
            .collect();
        assert_eq!(
            refused,
            [Some("unit-events-refused".to_owned())],
            "{}",
            place.name
        );
        assert_eq!(place.count("unit_event").await, 1);
    }
}

#[tokio::test]
async fn the_family_of_a_commune_goes_back_over_both_dates() {
    for place in places(65).await {
        let directory = &place.directory;
        load_all(directory).await;
        let tree = directory.units_on(date(2025, 7, 1)).await.unwrap();
        let succession = directory.succession().await.unwrap();
        let Some(directory::Reading::Unit(long_chau)) = tree.resolve("Phường Long Châu", None)
        else {
            panic!("no Long Châu");
        };
        let kin = succession.ancestors(long_chau);
        let named = |name: &str| kin.iter().find(|kin| kin.name == name);
        assert_eq!(named("UBND phường 1").unwrap().distance, 1);
        let second = named("UBND phường 2").unwrap();
        assert_eq!((second.distance, second.date), (2, DAY));
        let down = succession.descendants(second.unit);
        assert_eq!(down.last().unwrap().unit, long_chau);
        assert_eq!(down.len(), 2);
    }
}

#[tokio::test]
async fn a_group_is_spoken_of_in_its_span() {
    for place in places(66).await {
        let directory = &place.directory;
        load_all(directory).await;
        let last = date(2025, 6, 30);
        let set =
            async |key: &str, from, to| directory.set_group_span(&actor(), key, from, to).await;
        let is_there = async |day: Date| {
            let tree = directory.units_on(day).await.unwrap();
            let named = tree.resolve("UBND cấp huyện", None).is_some();
            let listed = tree.groups().iter().any(|group| group.key == "districts");
            assert_eq!(named, listed);
            listed
        };
        assert!(is_there(date(2026, 1, 1)).await);
        set("districts", None, Some(last)).await.unwrap();
        assert!(is_there(last).await && !is_there(date(2025, 7, 1)).await);
        let unknown = set("nobody", None, Some(last)).await.unwrap_err();
        assert_eq!(unknown.code(), Some("unit-group-unknown"));
        let turned = set("districts", Some(date(2026, 1, 1)), Some(last)).await;
        assert_eq!(turned.unwrap_err().code(), Some("unit-group-span"));
        set("districts", None, None).await.unwrap();
        assert!(is_there(date(2026, 1, 1)).await);
    }
}
