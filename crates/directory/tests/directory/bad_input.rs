//! What comes from other times and other hands: bodies of an earlier format, names typed with
//! marks of their own, links and tokens whose owner has left.

use std::time::Instant;

use directory::permission::{Reach, RoleGrant, RoleName, RoleSpec};
use directory::{Act, DirectoryError, Hierarchy, Leave, PositionKind, Principal, Role};
use jiff::civil::date;
use store::{Expect, Op, RecordPut, Write};

use crate::fixture::{PASSWORD, actor, id, phone, places};
use crate::people::{TODAY, code, given, loaded, person, position};
use crate::unit_events::{DAY, area, create, event, rename};

/// As accounts were written before roles were data, dates and mail came to them.
const EARLIER: &str = r#"{"demo":false,"founder":null,"grants":[{"role":"officer","unit":"UNIT"},{"role":"administrator","unit":"UNIT"}],"login":"can.bo","name":"Trần Văn Phước"}"#;

#[tokio::test]
async fn accounts_of_the_format_before_roles_were_data_are_read_and_changed() {
    for place in places(71).await {
        let directory = &place.directory;
        directory.load_shipped(&actor()).await.unwrap();
        let unit = area(directory, "29545").await;
        let put = RecordPut {
            table: "account".to_owned(),
            id: id(7),
            expect: Expect::New,
            action: "create".to_owned(),
            unit: id(7),
            state: "active".to_owned(),
            sort_key: Vec::new(),
            columns: vec![
                "can.bo".into(),
                "Trần Văn Phước".into(),
                1.into(),
                None::<String>.into(),
            ],
            body: EARLIER.replace("UNIT", &unit.to_string()),
            schema: String::new(),
            tokens: Vec::new(),
            files: Vec::new(),
        };
        let write = Write::by(actor()).op(Op::Put(put));
        directory.store().commit(write).await.unwrap();

        let account = directory.account_by_login("can.bo").await.unwrap().unwrap();
        let roles: Vec<Role> = account.grants.iter().map(|grant| grant.role).collect();
        assert_eq!(roles, [Role::Officer, Role::Administrator]);
        assert!(
            account
                .grants
                .iter()
                .all(|grant| grant.unit == unit && grant.holds_on(TODAY))
        );
        let who = directory
            .permitted_on(account.principal(), TODAY)
            .await
            .unwrap();
        let of_unit = directory::Subject {
            kind: "observation",
            unit,
            state: "draft",
            author: None,
        };
        let may_draft = directory::may(&who, directory::Act::Draft, &of_unit);
        assert!(may_draft.is_allowed(), "{}: {may_draft:?}", place.name);
        let change = directory::AccountChange {
            email: Some("phuoc@vinhlong.gov.vn".to_owned()),
            ..directory::AccountChange::default()
        };
        let changed = directory
            .change_account(&actor(), id(7), account.version, change)
            .await
            .unwrap();
        assert_eq!((changed.grants, changed.version), (account.grants, 2));
    }
}

#[tokio::test]
async fn names_with_marks_of_their_own_are_those_that_are_composed() {
    for place in places(72).await {
        let directory = &place.directory;
        directory.load_shipped(&actor()).await.unwrap();
        // «Xã Hòa Phước» with every mark a character of its own.
        let apart = "Xa\u{303} Ho\u{300}a Phu\u{31b}\u{301}c";
        let new = event(DAY, create(id(9), apart, None));
        directory.rearrange(&actor(), &[new]).await.unwrap();
        let tree = directory
            .units_in(Hierarchy::Administration, DAY)
            .await
            .unwrap();
        assert_eq!(
            tree.get(id(9)).unwrap().name,
            "Xã Hòa Phức",
            "{}",
            place.name
        );
        let found = directory.find_units(apart, 5).await.unwrap();
        assert_eq!(found.len(), 1);
        // The name that it has is no change, however it is typed.
        let event = event(date(2025, 1, 1), rename(id(9), apart));
        let same = directory.rearrange(&actor(), &[event]).await;
        let Err(DirectoryError::Refused(problem)) = same else {
            panic!("{same:?}");
        };
        assert_eq!(problem.fields[0].code, "unit-change-empty");
    }
}

#[tokio::test]
async fn what_was_given_out_ends_with_its_owner() {
    for (place, unit, _) in loaded(73).await {
        let directory = &place.directory;
        let (head, account) = person(&place, 1).await;
        let (deputy, deputy_account) = person(&place, 2).await;
        let office = position(unit, "Giám đốc", &[Role::Head]);
        directory
            .add_position(&actor(), id(51), head, office)
            .await
            .unwrap();
        let weeks = given(head, deputy, TODAY, date(2023, 6, 1));
        directory.delegate(&actor(), id(52), weeks).await.unwrap();
        let acting = directory
            .sign_in("nguoi.2", PASSWORD, &phone())
            .await
            .unwrap()
            .token;
        let granted = async |token: &str| {
            let session = directory.session(token).await.unwrap().unwrap();
            session.principal.grants.len()
        };
        assert_eq!(granted(&acting).await, 1, "{}", place.name);
        let new = directory::NewToken::named("máy");
        let token = directory
            .create_token(&actor(), account, &new)
            .await
            .unwrap();
        assert!(directory.token_use(&token).await.unwrap().is_some());

        // On a day to come: until then everything goes on, from then on nothing does.
        let leave = Leave {
            person: head,
            day: TODAY.tomorrow().unwrap(),
            successor: None,
            kind: PositionKind::Regular,
            leave_vacant: true,
        };
        directory.leave(&actor(), &leave).await.unwrap();
        assert!(directory.token_use(&token).await.unwrap().is_some());
        // Half past eleven at night.
        place.pass(14 * 60 * 60);
        let link = directory
            .issue_password_reset(&actor(), account)
            .await
            .unwrap();
        place.pass(60 * 60);
        assert!(directory.token_use(&token).await.unwrap().is_none());
        let request = id(90);
        let reset = directory
            .reset_password(&link, "mật khẩu mới rất dài", &phone(), request)
            .await;
        assert_eq!(code(reset), "link-void");
        let another = directory.issue_password_reset(&actor(), account).await;
        assert_eq!(code(another), "account-unknown");
        assert!(
            directory
                .sign_in("nguoi.1", PASSWORD, &phone())
                .await
                .is_err()
        );
        let again = directory.create_token(&actor(), account, &new).await;
        assert!(again.is_err(), "a token for somebody who has left");
        // Whoever acted for them does so no more.
        let tomorrow = TODAY.tomorrow().unwrap();
        assert!(
            directory
                .holdings(deputy_account, tomorrow)
                .await
                .unwrap()
                .is_empty()
        );
        let acting = directory
            .sign_in("nguoi.2", PASSWORD, &phone())
            .await
            .unwrap()
            .token;
        assert_eq!(granted(&acting).await, 0);
    }
}

#[tokio::test]
async fn conditions_that_do_not_end_are_refused_at_once() {
    let place = places(74).await.remove(0);
    let system = Principal::system();
    let began = Instant::now();
    for condition in [
        format!("{}(kind == 'a')", "!".repeat(1_900)),
        format!("{}kind == 'a'", "!(".repeat(600)),
        format!("kind == 'a'{}", " || kind == 'a'".repeat(150)),
        format!("kind == '{}", "a".repeat(1_900)),
        format!("kind == 'a' && {}", "(".repeat(1_900)),
        "kind == 'a' || ".to_owned(),
        "kind in ['a', ".to_owned(),
        "kind == 'a' || kind == 'b'; drop table account".to_owned(),
    ] {
        let grant = RoleGrant {
            kinds: vec!["unit_version".to_owned()],
            verbs: vec![Act::Read],
            reach: Reach::Unit,
            states: Vec::new(),
            condition: Some(condition.clone()),
            masks: Vec::new(),
            four_eyes: false,
        };
        let spec = RoleSpec {
            code: "bad".to_owned(),
            name: RoleName {
                vi: "Vai trò".to_owned(),
                en: "Role".to_owned(),
            },
            grants: vec![grant],
            valid_from: None,
            valid_to: None,
        };
        let put = place.directory.put_role(&system, &actor(), &spec).await;
        assert_eq!(
            code(put),
            "role-invalid",
            "{}",
            &condition[..40.min(condition.len())]
        );
    }
    assert!(began.elapsed().as_secs() < 5);
}
