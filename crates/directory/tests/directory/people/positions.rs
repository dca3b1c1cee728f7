//! Positions, and what they let an account do.

use directory::{PositionDraft, Resolution, Role, UnitChange, UnitEvent, UnitKind};
use jiff::civil::date;
use vocab::Id;

use super::{FIRST, TODAY, code, loaded, person, position};
use crate::fixture::{PASSWORD, actor, id, phone};

#[tokio::test]
async fn positions_change_what_a_session_may_do_at_the_next_request() {
    for (place, unit, _) in loaded(12).await {
        let directory = &place.directory;
        let (person, _) = person(&place, 1).await;
        let session = directory
            .sign_in("nguoi.1", PASSWORD, &phone())
            .await
            .unwrap();
        assert!(!session.session.principal.holds(Role::Officer));
        let made = directory
            .add_position(
                &actor(),
                id(9),
                person,
                position(unit, "Chuyên viên", &[Role::Officer]),
            )
            .await
            .unwrap();
        let now = directory.session(&session.token).await.unwrap().unwrap();
        assert_eq!(now.principal.units(Role::Officer), [unit], "{}", place.name);
        // It ends with tomorrow: today it holds, tomorrow the same session holds nothing.
        let ends = PositionDraft {
            valid_to: Some(TODAY.tomorrow().unwrap()),
            ..made.draft
        };
        directory
            .change_position(&actor(), made.id, made.version, ends)
            .await
            .unwrap();
        let now = directory.session(&session.token).await.unwrap().unwrap();
        assert!(now.principal.holds(Role::Officer));
        // Half an hour before midnight, and after it, by the same session.
        place.pass(14 * 60 * 60);
        let late = directory
            .sign_in("nguoi.1", PASSWORD, &phone())
            .await
            .unwrap();
        assert!(late.session.principal.holds(Role::Officer));
        for _ in 0..2 {
            place.pass(25 * 60);
            directory.session(&late.token).await.unwrap().unwrap();
        }
        let now = directory.session(&late.token).await.unwrap().unwrap();
        assert!(!now.principal.holds(Role::Officer), "{}", place.name);
    }
}

#[tokio::test]
async fn positions_that_contradict_are_refused() {
    for (place, unit, _) in loaded(13).await {
        let directory = &place.directory;
        let (person, _) = person(&place, 1).await;
        let main = PositionDraft {
            primary: true,
            ..position(unit, "Giám đốc", &[Role::Head])
        };
        directory
            .add_position(&actor(), id(21), person, main.clone())
            .await
            .unwrap();
        let try_it = async |draft: PositionDraft| {
            code(
                directory
                    .add_position(&actor(), id(22), person, draft)
                    .await,
            )
        };
        let title = |title: &str| PositionDraft {
            title: title.to_owned(),
            ..main.clone()
        };
        assert_eq!(try_it(title("GIÁM  ĐỐC")).await, "position-overlaps");
        assert_eq!(try_it(title("Bí thư")).await, "position-primary-twice");
        assert_eq!(try_it(title(" ")).await, "title-invalid");
        let ends = PositionDraft {
            valid_to: Some(FIRST),
            ..main.clone()
        };
        assert_eq!(try_it(ends).await, "dates-order");
        let nowhere = PositionDraft {
            unit: id(7),
            ..title("Phó")
        };
        assert_eq!(try_it(nowhere).await, "unit-unknown");
    }
}

#[tokio::test]
async fn somebody_in_two_units_that_merge_goes_on_once_and_nothing_is_rewritten() {
    for (place, _, _) in loaded(18).await {
        let directory = &place.directory;
        let tree = directory.units_on(TODAY).await.unwrap();
        let communes: Vec<Id> = tree
            .iter()
            .filter(|unit| unit.kind == UnitKind::Commune)
            .map(|unit| unit.id)
            .take(2)
            .collect();
        let (person, account) = person(&place, 1).await;
        for (number, unit) in (71..).zip(&communes) {
            let draft = position(*unit, "Công chức", &[Role::Officer]);
            directory
                .add_position(&actor(), id(number), person, draft)
                .await
                .unwrap();
        }
        let merge = UnitEvent {
            date: date(2024, 11, 1),
            change: UnitChange::Merge {
                from: vec![communes[0]],
                into: communes[1],
            },
            ordered_by: Resolution {
                symbol: Some("12/NQ-HĐND".to_owned()),
                date: None,
                source: "Điều 1".to_owned(),
            },
        };
        let events = [merge];
        let preview = directory.preview_units(&events).await.unwrap();
        assert_eq!(preview.people, 1, "{}", place.name);
        directory.rearrange(&actor(), &events).await.unwrap();
        let before = directory
            .holdings(account, date(2024, 10, 31))
            .await
            .unwrap();
        assert_eq!(before.len(), 2);
        let after = directory
            .holdings(account, date(2024, 11, 1))
            .await
            .unwrap();
        let units: Vec<Id> = after.iter().map(|holding| holding.unit).collect();
        assert_eq!(units, [communes[1]]);
        let positions = directory.positions_of(person).await.unwrap();
        assert!(positions.iter().all(|known| known.version == 1));
    }
}
