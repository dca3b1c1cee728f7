//! What units came from, and groups over time.

use jiff::civil::{Date, date};

use super::DAY;
use crate::fixture::{actor, places};
use crate::unit_import::load_all;

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
