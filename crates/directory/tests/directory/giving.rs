//! Nobody gives more than they have: whatever is tried at random and accepted, by roles,
//! accounts, invitations, positions, delegations, another's account or a new password, nobody
//! may do afterwards what neither they nor whoever did it could do before.

use std::collections::BTreeSet;

use directory::permission::{Reach, RoleGrant, RoleName, RoleSpec};
use directory::{
    AccountChange, Act, Directory, Grant, ImportOptions, Leave, NewInvitation, PositionDraft,
    PositionKind, Principal, Role, Subject, may, province,
};
use jiff::civil::{Date, date};
use store::Actor;
use vocab::Id;

use crate::fixture::{Place, actor, id, new_account, places};
use crate::people::{FIRST, TODAY, code, given, loaded, person, position};

/// A day on which what has an end has ended.
const FAR: Date = date(2200, 1, 1);
const PEOPLE: u8 = 6;
const ROLES: usize = 6;
const TRIES: usize = 70;

/// What somebody may do: act, kind, unit, state, and whether a note is shown.
type Rights = BTreeSet<(Act, &'static str, Id, &'static str, bool)>;

/// Numbers that look random (`SplitMix64`).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn role(&mut self) -> Role {
        coded(self.below(ROLES))
    }

    fn grant(&mut self, units: &[Id]) -> Grant {
        Grant {
            valid_to: (self.below(3) == 0).then_some(date(2023, 4, 20)),
            ..Grant::new(self.role(), self.of(units))
        }
    }

    fn spec(&mut self, number: usize) -> RoleSpec {
        let grants = (0..=self.below(2)).map(|_| {
            let keys = self.below(2) == 0;
            RoleGrant {
                kinds: vec![
                    if keys {
                        self.of(&["account", "person", "role"])
                    } else {
                        self.of(&["observation", "task", "plan"])
                    }
                    .to_owned(),
                ],
                verbs: if keys {
                    vec![Act::Configure]
                } else {
                    vec![self.of(&[Act::Read, Act::Draft, Act::Approve])]
                },
                reach: if keys {
                    Reach::All
                } else {
                    self.of(&[Reach::Unit, Reach::Subtree, Reach::All])
                },
                states: Vec::new(),
                condition: None,
                masks: (self.below(3) == 0)
                    .then(|| "note".to_owned())
                    .into_iter()
                    .collect(),
                four_eyes: self.below(4) == 0,
            }
        });
        RoleSpec {
            code: coded(number).value().to_owned(),
            name: RoleName {
                vi: format!("Vai trò {number}"),
                en: format!("Role {number}"),
            },
            grants: grants.collect(),
            valid_from: None,
            valid_to: None,
        }
    }
}

fn coded(number: usize) -> Role {
    Role::coded(&format!("vai_tro_{number}")).unwrap()
}

/// What an account may do on a day, asked thing by thing.
async fn rights(directory: &Directory, account: Id, day: Date, units: &[Id]) -> Rights {
    let known = directory.account(account).await.unwrap().unwrap();
    let mut grants = known.grants.clone();
    for held in directory.holdings(account, day).await.unwrap() {
        grants.push(Grant::new(held.role, held.unit));
        grants.push(Grant::new(held.role, held.source.named_unit()));
    }
    allowed(directory, account, grants, day, units).await
}

async fn allowed(
    directory: &Directory,
    account: Id,
    grants: Vec<Grant>,
    day: Date,
    units: &[Id],
) -> Rights {
    let who = Principal {
        account: Some(account),
        grants: grants.into(),
        ..Principal::public()
    };
    let who = directory.permitted_on(who, day).await.unwrap();
    let mut rights = Rights::new();
    for kind in ["observation", "task", "plan", "account", "person", "role"] {
        for act in [Act::Read, Act::Draft, Act::Approve, Act::Configure] {
            for unit in units.iter().copied().chain([Id::NIL]) {
                let state = if kind == "observation" {
                    "submitted"
                } else {
                    ""
                };
                let subject = |author| Subject {
                    kind,
                    unit,
                    state,
                    author,
                };
                if may(&who, act, &subject(None)).is_allowed() {
                    let masks = who.permissions().masks(&subject(None), None);
                    rights.insert((act, kind, unit, state, false));
                    if act == Act::Read && !masks.contains("note") {
                        rights.insert((act, kind, unit, state, true));
                    }
                }
            }
        }
    }
    rights
}

struct World {
    place: Place,
    units: Vec<Id>,
    accounts: Vec<Id>,
    people: Vec<Id>,
    positions: Vec<Id>,
}

impl World {
    async fn new((place, one, other): (Place, Id, Id), draw: &mut Draw) -> Self {
        let mut world = Self {
            units: vec![province(), one, other],
            place,
            accounts: Vec::new(),
            people: Vec::new(),
            positions: Vec::new(),
        };
        let directory = world.place.directory.clone();
        for number in 0..ROLES {
            let spec = draw.spec(number);
            directory
                .put_role(&Principal::system(), &actor(), &spec)
                .await
                .unwrap();
        }
        for number in 0..PEOPLE {
            let (person, account) = person(&world.place, number + 1).await;
            world.people.push(person);
            world.accounts.push(account);
            let grants = (0..draw.below(3))
                .map(|_| draw.grant(&world.units))
                .collect();
            let change = AccountChange {
                grants: Some(grants),
                ..AccountChange::default()
            };
            directory
                .change_account(&actor(), account, 1, change)
                .await
                .unwrap();
            let office = position(draw.of(&world.units), "Chuyên viên", &[draw.role()]);
            let at = id(50 + number);
            directory
                .add_position(&actor(), at, person, office)
                .await
                .unwrap();
            world.positions.push(at);
        }
        world
    }

    async fn all(&self, day: Date) -> Vec<Rights> {
        let mut all = Vec::new();
        for account in &self.accounts {
            all.push(rights(&self.place.directory, *account, day, &self.units).await);
        }
        all
    }

    /// Tries something by somebody; says whether it was accepted, and whose account they
    /// could sign in to by it.
    async fn attempt(
        &mut self,
        draw: &mut Draw,
        by: usize,
        number: usize,
    ) -> (bool, Option<usize>) {
        let directory = self.place.directory.clone();
        let giver = self.acting(by);
        let whom = draw.below(self.accounts.len());
        let (account, person) = (self.accounts[whom], self.people[whom]);
        let at = id(u8::try_from(80 + number).unwrap());
        let month = date(2023, 5, 14);
        match draw.below(9) {
            0 | 1 => {
                let known = directory.account(account).await.unwrap().unwrap();
                let mut grants = known.grants;
                grants.push(draw.grant(&self.units));
                let change = AccountChange {
                    grants: Some(grants),
                    ..AccountChange::default()
                };
                let done = directory.change_account(&giver, account, known.version, change);
                (done.await.is_ok(), None)
            }
            2 => {
                let mut office = position(draw.of(&self.units), "Phó phòng", &[draw.role()]);
                office.valid_to = (draw.below(2) == 0).then_some(month);
                office.title = format!("Chức danh {number}");
                let made = directory.add_position(&giver, at, person, office).await;
                self.positions.extend(made.iter().map(|made| made.id));
                (made.is_ok(), None)
            }
            3 => {
                let position = draw.of(&self.positions);
                let known = directory.position(position).await.unwrap().unwrap();
                let draft = PositionDraft {
                    roles: vec![draw.role(), draw.role()],
                    unit: draw.of(&self.units),
                    ..known.draft
                };
                let done = directory.change_position(&giver, position, known.version, draft);
                (done.await.is_ok(), None)
            }
            4 => {
                let from = self.people[draw.below(self.people.len())];
                let mut draft = given(from, person, FIRST, month);
                draft.roles = vec![draw.role()];
                (directory.delegate(&giver, at, draft).await.is_ok(), None)
            }
            5 => {
                let role = draw.below(ROLES);
                let spec = draw.spec(role);
                let known = directory.account(self.accounts[by]).await.unwrap().unwrap();
                let mut grants = known.grants;
                for held in directory.holdings(known.id, TODAY).await.unwrap() {
                    grants.push(Grant::new(held.role, held.unit));
                }
                let who = Principal {
                    account: Some(known.id),
                    grants: grants.into(),
                    ..Principal::public()
                };
                let who = directory.permitted_on(who, TODAY).await.unwrap();
                (directory.put_role(&who, &giver, &spec).await.is_ok(), None)
            }
            6 => {
                let known = directory.person(person).await.unwrap().unwrap();
                let mut draft = known.draft;
                draft.account = (draw.below(2) == 0).then(|| draw.of(&self.accounts));
                let done = directory.change_person(&giver, person, known.version, draft);
                (done.await.is_ok(), None)
            }
            7 => {
                let link = directory.issue_password_reset(&giver, account).await;
                (link.is_ok(), link.is_ok().then_some(whom))
            }
            _ => {
                let leave = Leave {
                    person,
                    day: TODAY,
                    successor: Some(self.people[draw.below(self.people.len())]),
                    kind: PositionKind::InCharge,
                    leave_vacant: true,
                };
                (directory.leave(&giver, &leave).await.is_ok(), None)
            }
        }
    }

    fn acting(&self, by: usize) -> Actor {
        Actor {
            account: self.accounts[by],
            ..actor()
        }
    }
}

/// Whether somebody may give themselves whatever there is.
fn has_keys(rights: &Rights) -> bool {
    ["account", "role"]
        .into_iter()
        .all(|kind| rights.contains(&(Act::Configure, kind, Id::NIL, "", false)))
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_accepted_gives_more_than_whoever_did_it_had() {
    let (mut accepted, mut refused, mut told) = (0, 0, 0);
    for seed in 0..5 {
        for loaded in loaded(900 + seed).await {
            let mut draw = Draw(seed);
            let mut world = World::new(loaded, &mut draw).await;
            for number in 0..TRIES {
                let by = draw.below(world.accounts.len());
                let before = (world.all(TODAY).await, world.all(FAR).await);
                let (done, opened) = world.attempt(&mut draw, by, number).await;
                if !done {
                    refused += 1;
                    continue;
                }
                accepted += 1;
                let after = (world.all(TODAY).await, world.all(FAR).await);
                for (day, before, after) in
                    [(TODAY, &before.0, &after.0), (FAR, &before.1, &after.1)]
                {
                    if has_keys(&before[by]) {
                        continue;
                    }
                    for (who, after) in after.iter().enumerate() {
                        let more: Vec<_> = after
                            .difference(&before[who])
                            .filter(|right| !before[by].contains(right))
                            .collect();
                        assert!(
                            more.is_empty(),
                            "{seed}/{number} on {day}: {by} gave {who} {more:?}"
                        );
                        told += after.len();
                    }
                }
                if let Some(opened) = opened.filter(|_| !has_keys(&before.0[by])) {
                    let more: Vec<_> = before.0[opened].difference(&before.0[by]).collect();
                    assert!(
                        more.is_empty(),
                        "{seed}/{number}: {by} took {opened}: {more:?}"
                    );
                }
            }
        }
    }
    // It means something: much was tried, some of it by those who may give a part.
    assert!(accepted > 40 && refused > 100, "{accepted} of {refused}");
    assert!(told > 1_000, "{told}");
}

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
