//! People, positions, delegations and leaving.

use directory::{
    DelegationDraft, Leave, PersonDraft, PositionDraft, PositionKind, Resolution, Role, Source,
    UnitChange, UnitEvent, UnitKind, UnitTree,
};
use jiff::civil::{Date, date};
use vocab::Id;

use crate::fixture::{PASSWORD, Place, actor, id, phone, places};

/// Before every day of these tests.
const FIRST: Date = date(2023, 1, 1);
/// The day that the tests' clock shows.
const TODAY: Date = date(2023, 4, 14);

pub(crate) fn draft(name: &str) -> PersonDraft {
    PersonDraft {
        name: name.to_owned(),
        ..PersonDraft::default()
    }
}

pub(crate) fn position(unit: Id, title: &str, roles: &[Role]) -> PositionDraft {
    PositionDraft {
        unit,
        title: title.to_owned(),
        roles: roles.to_vec(),
        kind: PositionKind::Regular,
        primary: false,
        valid_from: FIRST,
        valid_to: None,
    }
}

fn given(giver: Id, receiver: Id, from: Date, to: Date) -> DelegationDraft {
    DelegationDraft {
        giver,
        position: None,
        receiver,
        roles: vec![Role::Head],
        valid_from: from,
        valid_to: to,
        may_pass_on: false,
        reason: "Đi công tác".to_owned(),
        document: "12/QĐ-STTTT".to_owned(),
    }
}

/// Two departments.
fn two_units(tree: &UnitTree) -> (Id, Id) {
    let unit = |name: &str| tree.iter().find(|unit| unit.short_name == name).unwrap().id;
    (unit("Sở TT&TT"), unit("Sở Nội vụ"))
}

async fn loaded(seed: u64) -> Vec<(Place, Id, Id)> {
    let mut loaded = Vec::new();
    for place in places(seed).await {
        place.directory.load_shipped(&actor()).await.unwrap();
        let tree = place.directory.units_on(TODAY).await.unwrap();
        let (one, other) = two_units(&tree);
        loaded.push((place, one, other));
    }
    loaded
}

/// A person of this number with an account of their own.
async fn person(place: &Place, number: u8) -> (Id, Id) {
    let account = place.account(&format!("nguoi.{number}"), &[]).await;
    let draft = PersonDraft {
        account: Some(account.id),
        ..draft(&format!("Nguyễn Văn {number}"))
    };
    let made = place
        .directory
        .create_person(&actor(), id(number), draft)
        .await;
    (made.unwrap().id, account.id)
}

fn code<T: std::fmt::Debug>(result: Result<T, directory::DirectoryError>) -> String {
    result.unwrap_err().code().unwrap_or("store").to_owned()
}

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
                directory.find_people(text, 10).await.unwrap().len(),
                1,
                "{text}"
            );
        }
        // The number is found by itself alone, never by search, and is printed masked.
        assert!(
            directory
                .find_people("086185000001", 10)
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
async fn delegations_give_no_more_than_is_held() {
    for (place, unit, other) in loaded(14).await {
        let directory = &place.directory;
        let (head, _) = person(&place, 1).await;
        let (deputy, account) = person(&place, 2).await;
        let (third, third_account) = person(&place, 3).await;
        let term = PositionDraft {
            valid_to: Some(date(2023, 7, 1)),
            ..position(unit, "Giám đốc", &[Role::Head])
        };
        directory
            .add_position(&actor(), id(31), head, term)
            .await
            .unwrap();
        let officer = position(other, "Chuyên viên", &[Role::Officer]);
        directory
            .add_position(&actor(), id(32), deputy, officer)
            .await
            .unwrap();
        let (may, june) = (date(2023, 5, 1), date(2023, 6, 1));
        let try_it =
            async |draft: DelegationDraft| code(directory.delegate(&actor(), id(40), draft).await);
        assert_eq!(
            try_it(given(head, head, may, june)).await,
            "delegation-to-oneself"
        );
        assert_eq!(try_it(given(head, deputy, june, may)).await, "dates-order");
        assert_eq!(
            try_it(given(deputy, third, may, june)).await,
            "delegation-not-offices"
        );
        let late = given(head, deputy, may, date(2023, 7, 2));
        assert_eq!(try_it(late).await, "delegation-outside-term");
        let later = given(head, deputy, date(2023, 8, 1), date(2023, 9, 1));
        assert_eq!(try_it(later).await, "delegation-outside-term");
        assert_eq!(
            try_it(given(head, id(99), may, june)).await,
            "person-unknown"
        );
        let none = DelegationDraft {
            roles: Vec::new(),
            ..given(head, deputy, may, june)
        };
        assert_eq!(try_it(none).await, "delegation-nothing");
        let mute = DelegationDraft {
            reason: " ".to_owned(),
            ..given(head, deputy, may, june)
        };
        assert_eq!(try_it(mute).await, "delegation-reason");

        let first = given(head, deputy, may, june);
        let made = directory
            .delegate(&actor(), id(41), first.clone())
            .await
            .unwrap();
        assert_eq!(try_it(first.clone()).await, "delegation-overlaps");
        assert_eq!(
            try_it(given(deputy, third, may, june)).await,
            "delegation-not-passed-on"
        );
        let offices = directory.holdings(account, may).await.unwrap();
        assert!(offices.iter().any(|offices| offices.role == Role::Head
            && offices.unit == unit
            && matches!(offices.source, Source::Delegation { giver, .. } if giver == head)));
        for day in [may.yesterday().unwrap(), june] {
            let offices = directory.holdings(account, day).await.unwrap();
            assert!(
                offices.iter().all(|offices| offices.role != Role::Head),
                "{day}"
            );
        }
        // Allowed to be passed on, it is, but not back.
        directory
            .end_delegation(&actor(), made.id, made.version, may)
            .await
            .unwrap();
        let free = DelegationDraft {
            may_pass_on: true,
            ..first
        };
        directory.delegate(&actor(), id(42), free).await.unwrap();
        let on = given(deputy, third, may, june);
        directory.delegate(&actor(), id(43), on).await.unwrap();
        assert!(
            !directory
                .holdings(third_account, may)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(
            try_it(given(third, head, may, june)).await,
            "delegation-circle"
        );
    }
}

#[tokio::test]
async fn leaving_ends_everything_and_leaves_nothing_open_unsaid() {
    for (place, unit, _) in loaded(15).await {
        let directory = &place.directory;
        let (head, account) = person(&place, 1).await;
        let (deputy, deputy_account) = person(&place, 2).await;
        directory
            .add_position(
                &actor(),
                id(51),
                head,
                position(unit, "Giám đốc", &[Role::Head]),
            )
            .await
            .unwrap();
        let weeks = given(head, deputy, TODAY, date(2023, 6, 1));
        directory.delegate(&actor(), id(52), weeks).await.unwrap();
        let session = directory
            .sign_in("nguoi.1", PASSWORD, &phone())
            .await
            .unwrap();
        let token = directory
            .create_token(&actor(), account, &directory::NewToken::named("máy"))
            .await
            .unwrap();

        let preview = directory.preview_leave(head, TODAY).await.unwrap();
        assert_eq!((preview.positions.len(), preview.given.len()), (1, 1));
        assert_eq!((preview.sessions, preview.tokens), (1, 1), "{}", place.name);
        // Acting for somebody is not holding his office.
        assert_eq!(preview.vacancies.len(), 1);
        let mut leave = Leave {
            person: head,
            day: TODAY,
            successor: None,
            kind: PositionKind::InCharge,
            leave_vacant: false,
        };
        assert_eq!(
            code(directory.leave(&actor(), &leave).await),
            "leave-vacant"
        );
        leave.successor = Some(head);
        assert_eq!(
            code(directory.leave(&actor(), &leave).await),
            "successor-oneself"
        );
        leave.successor = Some(deputy);
        directory.leave(&actor(), &leave).await.unwrap();

        assert!(directory.session(&session.token).await.unwrap().is_none());
        assert!(directory.token_use(&token).await.unwrap().is_none());
        assert!(
            directory
                .sign_in("nguoi.1", PASSWORD, &phone())
                .await
                .is_err()
        );
        assert!(directory.holdings(account, TODAY).await.unwrap().is_empty());
        let yesterday = TODAY.yesterday().unwrap();
        assert!(directory.holdings(account, yesterday).await.unwrap().len() == 1);
        let offices = directory.holdings(deputy_account, TODAY).await.unwrap();
        assert_eq!(offices.len(), 1);
        assert!(matches!(offices[0].source, Source::Position { .. }));
        assert_eq!(code(directory.leave(&actor(), &leave).await), "person-left");
        let late = position(unit, "Cố vấn", &[]);
        assert_eq!(
            code(directory.add_position(&actor(), id(53), head, late).await),
            "person-left"
        );
    }
}

#[tokio::test]
async fn leaving_on_a_day_to_come_closes_the_account_on_that_day() {
    for (place, unit, _) in loaded(16).await {
        let directory = &place.directory;
        let (clerk, _) = person(&place, 1).await;
        directory
            .add_position(
                &actor(),
                id(61),
                clerk,
                position(unit, "Chuyên viên", &[Role::Viewer]),
            )
            .await
            .unwrap();
        let leave = Leave {
            person: clerk,
            day: TODAY.tomorrow().unwrap(),
            successor: None,
            kind: PositionKind::Regular,
            leave_vacant: false,
        };
        directory.leave(&actor(), &leave).await.unwrap();
        let session = directory
            .sign_in("nguoi.1", PASSWORD, &phone())
            .await
            .unwrap();
        assert!(directory.session(&session.token).await.unwrap().is_some());
        place.pass(24 * 60 * 60);
        assert!(directory.session(&session.token).await.unwrap().is_none());
        assert!(
            directory
                .sign_in("nguoi.1", PASSWORD, &phone())
                .await
                .is_err()
        );
    }
}

#[tokio::test]
async fn the_last_administrator_stays() {
    for (place, unit, _) in loaded(17).await {
        let directory = &place.directory;
        let account = place
            .account("quan.tri", &[(Role::Administrator, unit)])
            .await;
        let draft = PersonDraft {
            account: Some(account.id),
            ..draft("Lê Minh Khoa")
        };
        directory
            .create_person(&actor(), id(1), draft)
            .await
            .unwrap();
        let leave = Leave {
            person: id(1),
            day: TODAY,
            successor: None,
            kind: PositionKind::Regular,
            leave_vacant: true,
        };
        assert_eq!(
            code(directory.leave(&actor(), &leave).await),
            "last-administrator"
        );
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
