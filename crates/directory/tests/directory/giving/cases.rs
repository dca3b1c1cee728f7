//! Single ways to more than one has, each refused with its own words.

use directory::permission::{Reach, RoleGrant, RoleName, RoleSpec};
use directory::{
    AccountChange, Act, Grant, ImportOptions, Leave, NewInvitation, PositionKind, Principal, Role,
    province,
};
use jiff::civil::date;
use store::Actor;
use vocab::Id;

use crate::fixture::{Place, actor, id, new_account, places};
use crate::people::{TODAY, code, given, loaded, person, position};

/// A clerk who sets up accounts and people, and reads reports of one unit.
async fn clerk(place: &Place, unit: Id) -> Actor {
    let grant = |kinds: &[&str], verbs: &[Act], reach| RoleGrant {
        kinds: kinds.iter().map(ToString::to_string).collect(),
        verbs: verbs.to_vec(),
        reach,
        states: Vec::new(),
        condition: None,
        masks: Vec::new(),
        four_eyes: false,
    };
    let spec = RoleSpec {
        code: "van_thu".to_owned(),
        name: RoleName {
            vi: "Văn thư".to_owned(),
            en: "Clerk".to_owned(),
        },
        grants: vec![
            grant(
                &["account", "person", "role"],
                &[Act::Configure],
                Reach::All,
            ),
            grant(
                &["observation", "task"],
                &[Act::Read, Act::Comment, Act::Draft, Act::Submit],
                Reach::Unit,
            ),
            // What an officer has of calls for reports, sheets, the periodic report, obstacles,
            // opinions, projects and the unit's own plan.
            grant(
                &["campaign", "project_entry", "unit_plan"],
                &[Act::Read],
                Reach::All,
            ),
            grant(
                &[
                    "sheet",
                    "periodic_report",
                    "report_section",
                    "obstacle",
                    "obstacle_ask",
                    "opinion_round",
                    "opinion",
                    "project_entry",
                    "unit_plan",
                    "project_targets",
                ],
                &[Act::Read, Act::Draft, Act::Submit],
                Reach::Unit,
            ),
        ],
        valid_from: None,
        valid_to: None,
    };
    let directory = &place.directory;
    // The keys are the administrators': a clerk has them but for one state.
    let mut spec = spec;
    spec.grants[0].kinds.pop();
    directory
        .put_role(&Principal::system(), &actor(), &spec)
        .await
        .unwrap();
    let role = Role::coded("van_thu").unwrap();
    let account = place.account("van.thu", &[(role, unit)]).await;
    Actor {
        account: account.id,
        ..actor()
    }
}

#[tokio::test]
async fn a_clerk_gives_what_a_clerk_has_and_no_more() {
    for (place, unit, other) in loaded(920).await {
        let directory = &place.directory;
        let clerk = clerk(&place, unit).await;
        let (officer, officers) = person(&place, 1).await;
        let (head, heads) = person(&place, 2).await;
        let chair = position(unit, "Giám đốc", &[Role::Head]);
        directory
            .add_position(&actor(), id(60), head, chair.clone())
            .await
            .unwrap();
        // Officers of the unit; not of another, no heads, no administrators.
        let grant = async |account, grant| {
            let known = directory.account(account).await.unwrap().unwrap();
            let change = AccountChange {
                grants: Some(vec![grant]),
                ..AccountChange::default()
            };
            directory
                .change_account(&clerk, account, known.version, change)
                .await
        };
        grant(officers, Grant::new(Role::Officer, unit))
            .await
            .unwrap();
        for more in [
            Grant::new(Role::Officer, other),
            Grant::new(Role::Head, unit),
            Grant::new(Role::Administrator, unit),
        ] {
            let refused = code(grant(officers, more).await);
            assert_eq!(refused, "gives-more-than-held", "{}", place.name);
        }
        // What holds more is not theirs to change: no password, no address, no leaving.
        assert_eq!(
            code(directory.issue_password_reset(&clerk, heads).await),
            "account-above"
        );
        let known = directory.account(heads).await.unwrap().unwrap();
        let change = AccountChange {
            email: Some("van.thu@vinhlong.gov.vn".to_owned()),
            ..AccountChange::default()
        };
        let changed = directory.change_account(&clerk, heads, known.version, change);
        assert_eq!(code(changed.await), "account-above");
        let leave = Leave {
            person: head,
            day: TODAY,
            successor: Some(officer),
            kind: PositionKind::InCharge,
            leave_vacant: false,
        };
        assert_eq!(code(directory.leave(&clerk, &leave).await), "account-above");
        // Nor by a position, a delegation, or another's account.
        let second = directory.add_position(&clerk, id(61), officer, chair).await;
        assert_eq!(code(second), "gives-more-than-held");
        let month = given(head, officer, TODAY, date(2023, 5, 14));
        let passed = directory.delegate(&clerk, id(62), month).await;
        assert_eq!(code(passed), "gives-more-than-held");
        let known = directory.person(head).await.unwrap().unwrap();
        let mut draft = known.draft;
        draft.account = Some(clerk.account);
        let linked = directory.change_person(&clerk, head, known.version, draft);
        assert_eq!(code(linked.await), "account-above");
        let invited = NewInvitation {
            name: "Người mới".to_owned(),
            email: String::new(),
            grants: vec![Grant::new(Role::Head, unit)],
        };
        assert_eq!(
            code(directory.invite(&clerk, invited.clone()).await),
            "gives-more-than-held"
        );
        let open = directory.invite(&actor(), invited).await.unwrap();
        assert_eq!(
            code(directory.invitation_link(&clerk, open.id).await),
            "gives-more-than-held"
        );
        let made = directory.create_account(
            &clerk,
            new_account("nguoi.moi", &[(Role::Administrator, unit)]),
        );
        assert_eq!(code(made.await), "gives-more-than-held");
        // Titles without roles are a clerk's daily work, of heads too.
        let more = position(unit, "Bí thư chi bộ", &[]);
        directory
            .add_position(&clerk, id(63), head, more)
            .await
            .unwrap();
        // A list gives no more than a form.
        let list = "Họ và tên,Đơn vị,Chức danh,Vai trò,Từ ngày\n\
            Lê Văn Tám,Sở TT&TT,Phó Giám đốc,head,1/1/2023\n\
            Lê Văn Chín,Sở TT&TT,Chuyên viên,officer,1/1/2023\n";
        let table = office::csv::read(list).unwrap();
        let report = directory
            .import_people(&clerk, &table, ImportOptions::default())
            .await
            .unwrap();
        assert_eq!(report.refused(), 1, "{report:?}");
        let told = format!("{:?}", report.rows[0].outcome);
        assert!(told.contains("gives-more-than-held"), "{told}");
    }
}

#[tokio::test]
async fn what_ends_cannot_be_given_for_longer() {
    for (place, unit, _) in loaded(921).await {
        let directory = &place.directory;
        clerk(&place, unit).await;
        let stand_in = place.account("thay.mat", &[]).await;
        let last = date(2023, 6, 30);
        let change = AccountChange {
            grants: Some(vec![Grant {
                valid_to: Some(last),
                ..Grant::new(Role::Administrator, unit)
            }]),
            ..AccountChange::default()
        };
        directory
            .change_account(&actor(), stand_in.id, 1, change)
            .await
            .unwrap();
        let who = Actor {
            account: stand_in.id,
            ..actor()
        };
        let (_, account) = person(&place, 1).await;
        let give = async |valid_to| {
            let known = directory.account(account).await.unwrap().unwrap();
            let change = AccountChange {
                grants: Some(vec![Grant {
                    valid_to,
                    ..Grant::new(Role::Administrator, unit)
                }]),
                ..AccountChange::default()
            };
            directory
                .change_account(&who, account, known.version, change)
                .await
        };
        assert_eq!(code(give(None).await), "gives-longer-than-held");
        give(Some(last)).await.unwrap();
        // Whoever stands in for an administrator does not become one by a new password.
        let root = place
            .account("quan.tri", &[(Role::Administrator, unit)])
            .await;
        assert_eq!(
            code(directory.issue_password_reset(&who, root.id).await),
            "account-above"
        );
    }
}

#[tokio::test]
async fn a_role_is_changed_by_whoever_holds_what_it_grants() {
    for place in places(922).await {
        let directory = &place.directory;
        directory.load_shipped(&actor()).await.unwrap();
        let grant = |kind: &str, verb, reach| RoleGrant {
            kinds: vec![kind.to_owned()],
            verbs: vec![verb],
            reach,
            states: Vec::new(),
            condition: None,
            masks: Vec::new(),
            four_eyes: false,
        };
        let spec = |code: &str, grants: Vec<RoleGrant>| RoleSpec {
            code: code.to_owned(),
            name: RoleName {
                vi: "Vai trò".to_owned(),
                en: "Role".to_owned(),
            },
            grants,
            valid_from: None,
            valid_to: None,
        };
        let own = vec![
            grant("role", Act::Configure, Reach::All),
            grant("task", Act::Read, Reach::All),
            grant("plan", Act::Draft, Reach::Unit),
        ];
        directory
            .put_role(
                &Principal::system(),
                &actor(),
                &spec("lap_vai_tro", own.clone()),
            )
            .await
            .unwrap();
        let role = Role::coded("lap_vai_tro").unwrap();
        let account = place.account("lap.vai.tro", &[(role, province())]).await;
        let who = directory.permitted(account.principal()).await.unwrap();
        let actor = Actor {
            account: account.id,
            ..actor()
        };
        let put = async |spec: &RoleSpec| directory.put_role(&who, &actor, spec).await;
        // What they hold in every unit, another may hold in any.
        let less = spec("xem_viec", vec![grant("task", Act::Read, Reach::Subtree)]);
        put(&less).await.unwrap();
        let more = spec("duyet", vec![grant("task", Act::Approve, Reach::Own)]);
        assert_eq!(code(put(&more).await), "role-gives-more", "{}", place.name);
        let elsewhere = spec("soan", vec![grant("plan", Act::Draft, Reach::Unit)]);
        assert_eq!(code(put(&elsewhere).await), "role-gives-more");
        let all = spec("tat_ca", vec![grant("*", Act::Read, Reach::All)]);
        assert_eq!(code(put(&all).await), "role-gives-more");
        // Their own role as well: and they do not raise it.
        let lasting = own[..2].to_vec();
        let system = Principal::system();
        let trimmed = spec("lap_vai_tro", lasting.clone());
        directory.put_role(&system, &actor, &trimmed).await.unwrap();
        let mut raised = spec("lap_vai_tro", lasting);
        raised
            .grants
            .push(grant("account", Act::Configure, Reach::All));
        assert_eq!(code(put(&raised).await), "role-raises-itself");
        let emptied = spec("head", Vec::new());
        assert_eq!(code(put(&emptied).await), "role-above");
    }
}

#[tokio::test]
async fn a_role_that_others_hold_may_set_up_everything_but_somebody_must_be_left() {
    for place in places(923).await {
        let directory = &place.directory;
        directory.load_shipped(&actor()).await.unwrap();
        let keys = |verbs: &[Act]| RoleSpec {
            code: "to_truong".to_owned(),
            name: RoleName {
                vi: "Tổ trưởng".to_owned(),
                en: "Team lead".to_owned(),
            },
            grants: vec![RoleGrant {
                kinds: vec!["role".to_owned(), "account".to_owned()],
                verbs: verbs.to_vec(),
                reach: Reach::All,
                states: Vec::new(),
                condition: None,
                masks: Vec::new(),
                four_eyes: false,
            }],
            valid_from: None,
            valid_to: None,
        };
        directory
            .put_role(&Principal::system(), &actor(), &keys(&[Act::Configure]))
            .await
            .unwrap();
        let role = Role::coded("to_truong").unwrap();
        let only = place.account("to.truong", &[(role, province())]).await;
        assert!(directory.has_administrator().await.unwrap());
        assert_eq!(directory.issue_setup_code().await.unwrap(), None);
        let who = directory.permitted(only.principal()).await.unwrap();
        let by = Actor {
            account: only.id,
            ..actor()
        };
        let emptied = directory.put_role(&who, &by, &keys(&[Act::Read])).await;
        assert_eq!(code(emptied), "last-administrator", "{}", place.name);
        let mut ending = keys(&[Act::Configure]);
        ending.valid_to = Some(date(2023, 12, 31));
        let ended = directory.put_role(&who, &by, &ending).await;
        assert_eq!(code(ended), "last-administrator");
        let change = AccountChange {
            disabled: Some(true),
            ..AccountChange::default()
        };
        let disabled = directory.change_account(&by, only.id, 1, change).await;
        assert_eq!(code(disabled), "last-administrator");
        // Another may be made one by them, and then they may go.
        place
            .account("quan.tri", &[(Role::Administrator, province())])
            .await;
        directory
            .put_role(&who, &by, &keys(&[Act::Read]))
            .await
            .unwrap();
    }
}
