//! Events that contradict each other or what stands.

use directory::UnitChange;
use jiff::civil::date;

use super::{DAY, area, create, event, faults, merge, move_under, part, rename, standing};
use crate::fixture::{actor, id, places};

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
