//! What an event does to units, and to nothing else.

use directory::Role;
use jiff::civil::date;

use super::{DAY, area, create, event, faults, merge, rename};
use crate::fixture::{actor, id, places};

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
