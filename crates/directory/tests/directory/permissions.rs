//! Permissions over real units and their events: every way agrees with a naive evaluator.

use std::collections::{BTreeSet, HashSet};

use directory::permission::{Reach, RoleGrant, RoleName, RoleSpec, may_head, reach, scope};
use directory::{Act, Directory, Grant, Principal, Role, Subject};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use store::{Head, ListQuery};
use vocab::Id;

use crate::fixture::{actor, id, places};
use crate::unit_import::load_all;

const KIND: &str = "unit_version";
const DAY: Date = date(2025, 8, 1);
/// Conditions, and what they say of a version's kind, level, parent and last day.
type Naive = fn(&Version<'_>, &[Id]) -> Option<bool>;

/// The columns of a unit's version that the conditions speak of.
struct Version<'a> {
    unit: Id,
    kind: &'a str,
    level: &'a str,
    parent: Option<Id>,
    last: Option<&'a str>,
}

const CONDITIONS: [(&str, Naive); 7] = [
    ("", |_, _| Some(true)),
    ("kind == 'commune'", |version, _| {
        Some(version.kind == "commune")
    }),
    ("!(level in ['district', 'province'])", |version, _| {
        Some(!["district", "province"].contains(&version.level))
    }),
    (
        "valid_to < today || level != \"commune\"",
        |version, _| match version.last {
            Some(last) => Some(last < "2025-08-01" || version.level != "commune"),
            None if version.level != "commune" => Some(true),
            None => None,
        },
    ),
    (
        "valid_to < add_days(add_months(today, -3), 1)",
        |version, _| version.last.map(|last| last < "2025-05-02"),
    ),
    (
        "parent in actor.units && valid_to == null",
        |version, units| {
            if version.last.is_some() {
                return Some(false);
            }
            version.parent.map(|parent| units.contains(&parent))
        },
    ),
    (
        "!(valid_to >= '2024-01-01') && unit in actor.units",
        |version, units| {
            if !units.contains(&version.unit) {
                return Some(false);
            }
            version.last.map(|last| last < "2024-01-01")
        },
    ),
];

#[derive(Clone, Debug)]
struct Case {
    /// Reach, condition and the places of the units, for each role held.
    held: Vec<(Reach, usize, Vec<usize>)>,
}

fn cases() -> impl Strategy<Value = Case> {
    let reach = proptest::sample::select(vec![
        Reach::Own,
        Reach::Unit,
        Reach::Unit,
        Reach::Subtree,
        Reach::Line,
        Reach::All,
    ]);
    let units = proptest::collection::vec(0..10_000_usize, 1..4);
    let held = proptest::collection::vec((reach, 0..CONDITIONS.len(), units), 0..4);
    held.prop_map(|held| Case { held })
}

async fn all_heads(directory: &Directory, reached: store::Scope) -> Vec<Head> {
    let mut query = ListQuery::new(KIND, reached).limit(1_000);
    let mut heads = Vec::new();
    loop {
        let page = directory.store().list(&query).await.unwrap();
        heads.extend(page.items);
        match page.next {
            Some(next) => query = query.after(Some(next)),
            None => return heads,
        }
    }
}

/// The units that a holding reaches, found by walking upwards from each.
async fn naive_units(directory: &Directory, reach: Reach, unit: Id, account: Id) -> BTreeSet<Id> {
    let succession = directory.succession().await.unwrap();
    let hierarchy = match reach {
        Reach::Line => directory::Hierarchy::Sector,
        _ => directory::Hierarchy::Administration,
    };
    let tree = directory.units_in(hierarchy, DAY).await.unwrap();
    let mut units = BTreeSet::from([unit]);
    match reach {
        Reach::Own => return BTreeSet::from([account]),
        Reach::Subtree | Reach::Line => {
            for one in tree.iter() {
                let mut at = Some(one.id);
                while let Some(above) = at {
                    if above == unit {
                        units.insert(one.id);
                    }
                    at = tree.get(above).and_then(|unit| unit.parent);
                }
            }
        }
        Reach::Unit | Reach::All => {}
    }
    let held: Vec<Id> = units.iter().copied().collect();
    for unit in held {
        let before = succession.ancestors(unit).into_iter();
        units.extend(before.filter(|kin| kin.date <= DAY).map(|kin| kin.unit));
    }
    units
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_agrees_with_a_naive_evaluator() {
    for place in places(61).await {
        let directory = &place.directory;
        load_all(directory).await;
        let everything = all_heads(directory, store::Scope::bypass("a test")).await;
        assert!(everything.len() > 200, "{}", everything.len());
        let units: Vec<Id> = everything.iter().map(|head| head.unit).collect();
        let mut runner = TestRunner::deterministic();
        let mut partly = 0;
        for turn in 0..24 {
            let case = cases().new_tree(&mut runner).unwrap().current();
            let reached = check(directory, &case, &everything, &units, turn).await;
            partly += usize::from(reached > 0 && reached < everything.len());
        }
        // Most cases reach something and not everything, so that agreeing means something.
        assert!(partly > 8, "{partly}");
    }
}

async fn check(
    directory: &Directory,
    case: &Case,
    everything: &[Head],
    units: &[Id],
    turn: u8,
) -> usize {
    let account = id(turn);
    let system = Principal::system();
    let mut grants = Vec::new();
    let mut naive = Vec::new();
    let all: Vec<Id> = case
        .held
        .iter()
        .flat_map(|(.., held)| held.iter().map(|place| units[place % units.len()]))
        .collect();
    for (number, (reach, condition, held)) in case.held.iter().enumerate() {
        let role = Role::coded(&format!("turn{turn}_{number}")).unwrap();
        let (text, meaning) = CONDITIONS[*condition];
        let spec = RoleSpec {
            code: role.value().to_owned(),
            name: RoleName {
                vi: "Vai trò".to_owned(),
                en: "Role".to_owned(),
            },
            grants: vec![RoleGrant {
                kinds: vec![KIND.to_owned()],
                verbs: vec![Act::Read],
                reach: *reach,
                states: Vec::new(),
                condition: (!text.is_empty()).then(|| text.to_owned()),
                masks: Vec::new(),
                four_eyes: false,
            }],
            valid_from: None,
            valid_to: None,
        };
        directory.put_role(&system, &actor(), &spec).await.unwrap();
        for place in held {
            let unit = units[place % units.len()];
            grants.push(Grant::new(role, unit));
            let reached = naive_units(directory, *reach, unit, account).await;
            naive.push((*reach == Reach::All, reached, meaning));
        }
    }
    let who = Principal {
        account: Some(account),
        grants: grants.into(),
        ..Principal::public()
    };
    let who = directory.permitted_on(who, DAY).await.unwrap();
    let column = |name: &str| directory.store().column(KIND, name).unwrap();
    let (kind, level, parent, last) = (
        column("kind"),
        column("level"),
        column("parent"),
        column("valid_to"),
    );
    let mut expected = HashSet::new();
    for head in everything {
        let version = Version {
            unit: head.unit,
            kind: head.columns[kind].as_text().unwrap(),
            level: head.columns[level].as_text().unwrap(),
            parent: head.columns[parent].as_id(),
            last: head.columns[last].as_text(),
        };
        let reached = naive.iter().any(|(everywhere, reached, meaning)| {
            (*everywhere || reached.contains(&head.unit)) && meaning(&version, &all) == Some(true)
        });
        if reached {
            expected.insert(head.id);
        }
        let subject = Subject {
            kind: KIND,
            unit: head.unit,
            state: &head.state,
            author: None,
        };
        let decision = may_head(&who, Act::Read, &subject, Some(head));
        assert_eq!(
            decision.is_allowed(),
            reached,
            "{case:?} {head:?} {decision:?}"
        );
    }
    for reached in [
        reach(&who, Act::Read, KIND),
        scope(&who, Act::Read, KIND, None),
    ] {
        let listed = all_heads(directory, reached.clone()).await;
        assert_eq!(listed.len(), expected.len(), "{case:?}");
        assert!(
            listed.iter().all(|head| expected.contains(&head.id)),
            "{case:?}"
        );
        let query = ListQuery::new(KIND, reached.clone());
        let count = directory
            .store()
            .count_up_to(&query, 100_000)
            .await
            .unwrap();
        assert_eq!(count, expected.len(), "{case:?}");
        for head in everything.iter().step_by(17) {
            let store = directory.store();
            let fetched = store.fetch(KIND, &reached, head.id).await.unwrap();
            assert_eq!(fetched.is_some(), expected.contains(&head.id), "{case:?}");
            let history = store.history(KIND, &reached, head.id, 9).await.unwrap();
            assert_eq!(!history.is_empty(), expected.contains(&head.id), "{case:?}");
        }
    }
    expected.len()
}

#[tokio::test]
async fn bad_roles_are_refused() {
    let place = places(62).await.remove(0);
    let directory = &place.directory;
    let deep = format!("{}kind == 'a'{}", "(".repeat(40), ")".repeat(40));
    let long = format!("kind in [{}'z']", "'a',".repeat(2_000));
    let reckoned = format!(
        "valid_to < {}today{}",
        "add_days(".repeat(40),
        ", 1)".repeat(40)
    );
    let conditions: [&str; 15] = [
        "nothing == 1",
        "kind == 1",
        "kind == 1.5",
        "kind",
        "'a' == 'b'",
        "kind == 'a' &&",
        "kind == 'a' kind == 'b'",
        "!kind == 'a'",
        "kind.startsWith('a')",
        "valid_to < add_days(today)",
        "valid_to < add_days('never', 1)",
        "valid_to < add_years(today, 1000000)",
        &deep,
        &long,
        &reckoned,
    ];
    let role = |code: &str, kind: &str, verb, condition: Option<&str>| RoleSpec {
        code: code.to_owned(),
        name: RoleName {
            vi: "Vai trò".to_owned(),
            en: "Role".to_owned(),
        },
        grants: vec![RoleGrant {
            kinds: vec![kind.to_owned()],
            verbs: vec![verb],
            reach: Reach::Unit,
            states: Vec::new(),
            condition: condition.map(str::to_owned),
            masks: Vec::new(),
            four_eyes: false,
        }],
        valid_from: None,
        valid_to: None,
    };
    let system = Principal::system();
    let refused = async |role: &RoleSpec| {
        let error = directory
            .put_role(&system, &actor(), role)
            .await
            .unwrap_err();
        error.code().unwrap().to_owned()
    };
    for condition in conditions {
        let bad = role("bad", KIND, Act::Read, Some(condition));
        assert_eq!(refused(&bad).await, "role-invalid", "{condition}");
    }
    let within = role("good", "role", Act::Read, None);
    assert_eq!(refused(&within).await, "role-invalid");
    let fixed = role("everybody", KIND, Act::Read, None);
    assert_eq!(refused(&fixed).await, "role-everybody-fixed");
    let unnamed = role("Một vai trò", KIND, Act::Read, None);
    assert_eq!(refused(&unnamed).await, "role-invalid");
    let officer = Principal {
        account: Some(id(1)),
        grants: [Grant::new(Role::Officer, id(2))].into(),
        ..Principal::public()
    };
    let good = role("good", KIND, Act::Read, None);
    let error = directory
        .put_role(&officer, &actor(), &good)
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("role-missing"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_a_role_acts_at_the_next_request_in_another_process() {
    for place in places(63).await {
        let elsewhere = place.another_process().await;
        let unit = id(9);
        let clerk = Role::coded("clerk").unwrap();
        let who = Principal {
            account: Some(id(1)),
            grants: [Grant {
                valid_to: Some(date(2023, 4, 20)),
                ..Grant::new(clerk, unit)
            }]
            .into(),
            ..Principal::public()
        };
        let subject = Subject {
            kind: "task",
            unit,
            state: "",
            author: None,
        };
        let asked = async |day| {
            let who = elsewhere.permitted_on(who.clone(), day).await.unwrap();
            directory::may(&who, Act::Read, &subject).is_allowed()
        };
        assert!(!asked(date(2023, 4, 14)).await);
        let spec = RoleSpec {
            code: "clerk".to_owned(),
            name: RoleName {
                vi: "Văn thư".to_owned(),
                en: "Clerk".to_owned(),
            },
            grants: vec![RoleGrant {
                kinds: vec!["task".to_owned()],
                verbs: vec![Act::Read],
                reach: Reach::Unit,
                states: Vec::new(),
                condition: None,
                masks: Vec::new(),
                four_eyes: false,
            }],
            valid_from: None,
            valid_to: None,
        };
        let system = Principal::system();
        place
            .directory
            .put_role(&system, &actor(), &spec)
            .await
            .unwrap();
        place.pass(2);
        assert!(asked(date(2023, 4, 14)).await, "{}", place.name);
        assert!(!asked(date(2023, 4, 21)).await, "{}", place.name);
    }
}
