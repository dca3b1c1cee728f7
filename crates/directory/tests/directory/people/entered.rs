//! People as they are entered and found.

use directory::PersonDraft;

use super::{code, draft};
use crate::fixture::{actor, id, places};

#[tokio::test]
async fn a_person_is_entered_once_and_found_with_or_without_tones() {
    for place in places(11).await {
        let directory = &place.directory;
        let number = "086185000001".parse().unwrap();
        let new = PersonDraft {
            citizen_id: Some(number),
            ..draft("Pha\u{323}m Thi\u{323} Lan")
        };
        let made = directory
            .create_person(&actor(), id(1), new.clone())
            .await
            .unwrap();
        assert_eq!(made.draft.name, "Phạm Thị Lan");
        let again = directory
            .create_person(&actor(), id(1), new.clone())
            .await
            .unwrap();
        assert_eq!(again, made, "{}", place.name);
        let other = PersonDraft {
            name: "Lê Văn Tám".to_owned(),
            ..new
        };
        assert_eq!(
            code(directory.create_person(&actor(), id(2), other).await),
            "citizen-id-taken"
        );
        for text in ["pham thi lan", "Phạm", "lan"] {
            assert_eq!(
                directory
                    .find_people(store::Scope::bypass("a test"), text, 10)
                    .await
                    .unwrap()
                    .len(),
                1,
                "{text}"
            );
        }
        // The number is found by itself alone, never by search, and is printed masked.
        assert!(
            directory
                .find_people(store::Scope::bypass("a test"), "086185000001", 10)
                .await
                .unwrap()
                .is_empty()
        );
        let found = directory
            .person_by_citizen_id(&actor(), &number)
            .await
            .unwrap();
        assert_eq!(found.unwrap().id, made.id);
        assert!(!format!("{made:?}").contains("086185"));
    }
}
