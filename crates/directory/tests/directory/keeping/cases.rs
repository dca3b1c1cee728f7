//! What an administrator of a unit gives, takes and does not.

use directory::{
    Account, AccountChange, Grant, ImportOptions, Leave, PersonDraft, PositionDraft, PositionKind,
    Role,
};
use store::Actor;
use vocab::Id;

use super::{acting, administrator, keeper, reader};
use crate::fixture::{PASSWORD, Place, actor, id, phone};
use crate::people::{FIRST, TODAY, code, draft, given, loaded, person, position};

/// Somebody with an account and a position.
async fn placed(place: &Place, number: u8, unit: Id, roles: &[Role]) -> (Id, Id) {
    let (person, account) = person(place, number).await;
    let office = position(unit, &format!("Chức danh {number}"), roles);
    place
        .directory
        .add_position(&actor(), id(100 + number), person, office)
        .await
        .unwrap();
    (person, account)
}

/// An administrator of a unit by a position of their own.
async fn office_chief(place: &Place, number: u8, unit: Id) -> (Id, Account, Actor) {
    let (person, account) = placed(place, number, unit, &[keeper()]).await;
    let account = place.directory.account(account).await.unwrap().unwrap();
    let actor = acting(&account);
    (person, account, actor)
}

#[tokio::test]
async fn a_unit_enters_its_people_and_no_others() {
    for (place, unit, other) in loaded(1_600).await {
        let directory = &place.directory;
        let (chief, _) = administrator(&place, "chanh.vp", unit).await;
        let lan = draft("Phạm Thị Lan");
        let office = |unit, roles: &[Role]| Some((id(71), position(unit, "Chuyên viên", roles)));
        let enter = async |position| {
            let entered = directory.enter_person(&chief, id(70), lan.clone(), position);
            entered.await
        };
        assert_eq!(code(enter(None).await), "person-unit-missing");
        assert_eq!(code(enter(office(other, &[])).await), "unit-outside");
        assert_eq!(
            code(enter(office(unit, &[Role::Viewer])).await),
            "gives-more-than-held"
        );
        assert!(directory.person(id(70)).await.unwrap().is_none());
        enter(office(unit, &[Role::Officer])).await.unwrap();
        let another = position(other, "Chuyên viên", &[]);
        let added = directory.add_position(&chief, id(72), id(70), another);
        assert_eq!(code(added.await), "unit-outside");
        // What one has in a unit does not move out of it.
        let mut moved = position(other, "Chuyên viên", &[Role::Officer]);
        let known = directory.position(id(71)).await.unwrap().unwrap();
        let change = directory.change_position(&chief, id(71), known.version, moved.clone());
        assert_eq!(code(change.await), "unit-outside");
        moved.unit = unit;
        moved.roles = vec![Role::Head];
        directory
            .change_position(&chief, id(71), known.version, moved)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn whoever_keeps_a_unit_gives_others_what_they_lack_and_themselves_nothing() {
    for (place, unit, other) in loaded(1_610).await {
        let directory = &place.directory;
        let (own, account, chief) = office_chief(&place, 1, unit).await;
        let mut more = position(unit, "Giám đốc", &[Role::Head]);
        more.primary = true;
        let added = directory.add_position(&chief, id(80), own, more);
        assert_eq!(code(added.await), "gives-more-than-held");
        let known = directory.account(account.id).await.unwrap().unwrap();
        let raise = AccountChange {
            grants: Some(vec![Grant::new(Role::Head, unit)]),
            ..AccountChange::default()
        };
        let raised = directory.change_account(&chief, known.id, known.version, raise);
        assert_eq!(code(raised.await), "gives-more-than-held");
        // Not as somebody else either.
        let (head, heads) = placed(&place, 2, unit, &[Role::Head]).await;
        for whom in [own, head] {
            let person = directory.person(whom).await.unwrap().unwrap();
            let mut taken = person.draft.clone();
            taken.account = Some(if whom == own { heads } else { account.id });
            let linked = directory.change_person(&chief, whom, person.version, taken);
            assert!(
                ["account-above", "account-taken"].contains(&&*code(linked.await)),
                "{}",
                place.name
            );
        }
        let leave = Leave {
            person: head,
            day: TODAY,
            successor: Some(own),
            kind: PositionKind::InCharge,
            leave_vacant: false,
        };
        assert_eq!(
            code(directory.leave(&chief, &leave).await),
            "gives-more-than-held"
        );
        let mut passed = given(head, own, TODAY, TODAY.tomorrow().unwrap());
        passed.roles = vec![Role::Head];
        let delegated = directory.delegate(&chief, id(81), passed).await;
        assert_eq!(code(delegated), "gives-more-than-held");
        // To others it may; who leaves hands over to them.
        let (officer, _) = placed(&place, 3, unit, &[Role::Officer]).await;
        let leave = Leave {
            successor: Some(officer),
            ..leave
        };
        directory.leave(&chief, &leave).await.unwrap();
        let left = directory.holdings(heads, TODAY).await.unwrap();
        assert!(left.is_empty());
        // Another administrator of people beside them: there, and nowhere else.
        let (second, _) = placed(&place, 4, unit, &[]).await;
        for (number, at, fine) in [(90, unit, true), (91, other, false)] {
            let office = position(at, "Phó Chánh Văn phòng", &[keeper()]);
            let made = directory.add_position(&chief, id(number), second, office);
            assert_eq!(made.await.is_ok(), fine);
        }
    }
}

#[tokio::test]
async fn what_reaches_beyond_the_unit_is_taken_away_but_not_taken_over() {
    for (place, unit, other) in loaded(1_620).await {
        let directory = &place.directory;
        let (chief, _) = administrator(&place, "chanh.vp", unit).await;
        let (person, account) = placed(&place, 1, unit, &[Role::Coordinator]).await;
        let link = directory.issue_password_reset(&chief, account).await;
        assert_eq!(code(link), "account-above");
        directory
            .end_sessions_by(&chief, account, None)
            .await
            .unwrap();
        let known = directory.position(id(101)).await.unwrap().unwrap();
        let ended = PositionDraft {
            valid_to: Some(TODAY),
            ..known.draft.clone()
        };
        directory
            .change_position(&chief, id(101), known.version, ended)
            .await
            .unwrap();
        // Without it they are the unit's like others.
        directory
            .issue_password_reset(&chief, account)
            .await
            .unwrap();
        // Whoever sets up the province is not theirs to touch.
        let (boss, bosses) = placed(&place, 2, unit, &[Role::Administrator]).await;
        let boss = Leave {
            person: boss,
            day: TODAY,
            successor: None,
            kind: PositionKind::InCharge,
            leave_vacant: true,
        };
        let left = code(directory.leave(&chief, &boss).await);
        assert!(
            ["account-above", "last-administrator"].contains(&&*left),
            "{left}"
        );
        let known = directory.account(bosses).await.unwrap().unwrap();
        let close = AccountChange {
            disabled: Some(true),
            ..AccountChange::default()
        };
        let closed = directory.change_account(&chief, bosses, known.version, close.clone());
        assert_eq!(code(closed.await), "account-above");
        // Nor is anybody of another unit.
        let (_, stranger) = placed(&place, 3, other, &[]).await;
        let known = directory.account(stranger).await.unwrap().unwrap();
        let closed = directory.change_account(&chief, stranger, known.version, close);
        assert_eq!(code(closed.await), "account-unknown");
        let link = directory.issue_password_reset(&chief, stranger).await;
        assert_eq!(code(link), "account-unknown");
        assert!(directory.person(person).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn who_is_invited_acts_by_the_position_and_comes_once() {
    for (place, unit, other) in loaded(1_630).await {
        let directory = &place.directory;
        let (chief, _) = administrator(&place, "chanh.vp", unit).await;
        let (stranger, _) = administrator(&place, "chanh.vp.khac", other).await;
        let office = position(unit, "Chuyên viên", &[Role::Officer]);
        let lan = PersonDraft {
            email: Some("lan@vinhlong.gov.vn".to_owned()),
            ..draft("Phạm Thị Lan")
        };
        directory
            .enter_person(&chief, id(70), lan, Some((id(71), office)))
            .await
            .unwrap();
        assert_eq!(
            code(directory.invite_person(&stranger, id(70)).await),
            "person-unknown"
        );
        let invited = directory.invite_person(&chief, id(70)).await.unwrap();
        let again = directory.invite_person(&chief, id(70)).await.unwrap();
        assert_eq!(invited.id, again.id);
        assert_eq!(invited.email, "lan@vinhlong.gov.vn");
        let by = async |login: &str| {
            let known = directory.account_by_login(login).await.unwrap().unwrap();
            let reader = reader(&place, &known).await;
            let open = directory.invitations_for(&reader).await.unwrap();
            open.into_iter().map(|one| one.id).collect::<Vec<_>>()
        };
        assert_eq!(by("chanh.vp").await, [invited.id]);
        assert_eq!(by("chanh.vp.khac").await, []);
        let refused = directory.invitation_link(&stranger, invited.id).await;
        assert_eq!(code(refused), "person-unknown");
        let token = directory.invitation_link(&chief, invited.id).await.unwrap();
        let accept = async |login: &str| {
            let device = phone();
            let accepted = directory.accept_invitation(&token, login, PASSWORD, &device, Id::NIL);
            accepted.await
        };
        let account = accept("lan.pt").await.unwrap();
        assert_eq!(account.name, "Phạm Thị Lan");
        assert!(account.grants.is_empty());
        let person = directory.person(id(70)).await.unwrap().unwrap();
        assert_eq!(person.draft.account, Some(account.id));
        let held = directory.holdings(account.id, TODAY).await.unwrap();
        assert!(
            held.iter()
                .any(|held| (held.role, held.unit) == (Role::Officer, unit))
        );
        assert_eq!(code(accept("lan.pt2").await), "link-void");
        assert_eq!(
            code(directory.invite_person(&chief, id(70)).await),
            "person-has-account"
        );
        // The account is the unit's with its person.
        let reader = administrator(&place, "chanh.vp.moi", unit).await.1;
        let found = directory
            .account_for(&reader, directory::Act::Configure, account.id)
            .await;
        assert!(found.unwrap().is_some());
        // An invitation of somebody who holds what they could not give is not theirs.
        let viewer = id(75);
        directory
            .create_person(&actor(), viewer, draft("Trần Văn Phước"))
            .await
            .unwrap();
        let office = position(unit, "Lãnh đạo", &[Role::Viewer]);
        directory
            .add_position(&actor(), id(76), viewer, office)
            .await
            .unwrap();
        assert_eq!(
            code(directory.invite_person(&chief, viewer).await),
            "account-above"
        );
    }
}

#[tokio::test]
async fn a_list_brings_in_the_people_of_the_unit() {
    for (place, unit, other) in loaded(1_640).await {
        let directory = &place.directory;
        let (chief, _) = administrator(&place, "chanh.vp", unit).await;
        let tree = directory.units_on(TODAY).await.unwrap();
        let name = |unit| tree.get(unit).unwrap().name.clone();
        placed(&place, 1, other, &[]).await;
        placed(&place, 2, unit, &[]).await;
        let (own, its) = (name(unit), name(other));
        let text = format!(
            "Họ và tên,Đơn vị,Chức danh,Vai trò,Từ ngày\n\
             Lý Thanh Tùng,{own},Chuyên viên,officer,{FIRST}\n\
             Lê Thị Sáu,{its},Văn thư,,{FIRST}\n\
             Đỗ Văn Mười,{own},Chuyên viên,coordinator,{FIRST}\n\
             Ngô Thị Chín,,,,\n\
             Nguyễn Văn 1,,,,\n\
             Nguyễn Văn 2,,,,\n"
        );
        let table = office::csv::read(&text).unwrap();
        let report = directory
            .import_people(&chief, &table, ImportOptions::default())
            .await
            .unwrap();
        let told: Vec<String> = report
            .rows
            .iter()
            .map(|row| match &row.outcome {
                directory::ImportOutcome::Refused(problems) => problems[0].code.clone(),
                outcome => format!("{outcome:?}"),
            })
            .collect();
        assert_eq!(
            told,
            [
                "Added",
                "unit-outside",
                "gives-more-than-held",
                "person-unit-missing",
                "person-unit-missing",
                "Unchanged"
            ],
            "{}",
            place.name
        );
        let now = administrator(&place, "chanh.vp.moi", unit).await.1;
        let reached = directory::permission::reach(&now, directory::Act::Read, "person");
        let found = directory.find_people(reached, "tung", 10).await.unwrap();
        assert_eq!(found.len(), 1);
    }
}
