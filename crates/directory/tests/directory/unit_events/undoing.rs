//! Undoing events.

use directory::{Directory, EventState, ShareBasis, UnitChange, province};
use jiff::civil::date;
use vocab::Id;

use super::{DAY, area, create, event, merge, move_under, part, rename, standing};
use crate::fixture::{actor, id, places};

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
