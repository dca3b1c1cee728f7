//! Whatever is tried at random and accepted, by roles, accounts, invitations, positions,
//! delegations, another's account or a new password: nobody may do afterwards what neither they
//! nor whoever did it could do before.

use std::collections::BTreeSet;

use directory::permission::{Reach, RoleGrant, RoleName, RoleSpec};
use directory::{
    AccountChange, Act, Directory, Grant, Leave, PositionDraft, PositionKind, Principal, Role,
    Subject, may, province,
};
use jiff::civil::{Date, date};
use store::Actor;
use vocab::Id;

use crate::fixture::{Place, actor, id};
use crate::people::{FIRST, TODAY, given, loaded, person, position};

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

mod slow {
    use super::*;

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
}
