//! Holdings against an evaluator that goes through everything by hand.

use std::collections::BTreeSet;

use directory::{Delegation, DelegationDraft, Position, PositionDraft, PositionKind, Role, Roster};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use vocab::Id;

use crate::fixture::{actor, id, places};

const START: Date = date(2024, 1, 1);
const PEOPLE: u8 = 5;
const ROLES: [Role; 3] = [Role::Officer, Role::Head, Role::Coordinator];

type Facts = (
    Vec<(u8, u8, u8, u16, Option<u16>)>,
    Vec<(u8, u8, u8, u16, u16, bool, Option<u8>)>,
);

fn facts() -> impl Strategy<Value = Facts> {
    let position = (
        0..PEOPLE,
        0..2_u8,
        0..8_u8,
        0..20_u16,
        proptest::option::of(0..30_u16),
    );
    let delegation = (
        0..PEOPLE,
        0..PEOPLE,
        1..8_u8,
        0..20_u16,
        0..30_u16,
        any::<bool>(),
        proptest::option::of(0..6_u8),
    );
    (
        proptest::collection::vec(position, 0..6),
        proptest::collection::vec(delegation, 0..8),
    )
}

fn day(number: u16) -> Date {
    START + jiff::Span::new().days(i64::from(number))
}

fn roles(bits: u8) -> Vec<Role> {
    let set = ROLES
        .iter()
        .enumerate()
        .filter(|(at, _)| bits & (1 << at) != 0);
    set.map(|(_, role)| *role).collect()
}

fn roster(facts: &Facts, units: [Id; 2]) -> Roster {
    let positions = facts.0.iter().enumerate().map(|(at, fact)| Position {
        id: id(100 + u8::try_from(at).unwrap()),
        version: 1,
        person: id(1 + fact.0),
        draft: PositionDraft {
            unit: units[usize::from(fact.1)],
            title: "Chức danh".to_owned(),
            roles: roles(fact.2),
            kind: PositionKind::Regular,
            primary: false,
            valid_from: day(fact.3),
            valid_to: fact.4.map(day),
        },
    });
    let delegations = facts.1.iter().enumerate().map(|(at, fact)| Delegation {
        id: id(200 + u8::try_from(at).unwrap()),
        version: 1,
        draft: DelegationDraft {
            giver: id(1 + fact.0),
            receiver: id(1 + fact.1),
            position: fact.6.map(|at| id(100 + at)),
            roles: roles(fact.2),
            valid_from: day(fact.3),
            valid_to: day(fact.4),
            may_pass_on: fact.5,
            reason: String::new(),
            document: String::new(),
        },
    });
    Roster::new(positions.collect(), delegations.collect())
}

/// Spreads what is held from givers to receivers until nothing is added: who holds which role
/// in which unit by which position, by how many hands, and whether it may be passed on.
fn naive(roster: &Roster, on: Date) -> BTreeSet<(Id, Role, Id)> {
    // person, role, unit, own position if any, whether it may be given on
    let mut held: BTreeSet<(Id, Role, Id, Option<Id>, bool)> = BTreeSet::new();
    for own in &roster.positions {
        let draft = &own.draft;
        let lasts = match draft.valid_to {
            Some(end) => on < end,
            None => true,
        };
        if on >= draft.valid_from && lasts {
            for role in &draft.roles {
                held.insert((own.person, *role, draft.unit, Some(own.id), true));
            }
        }
    }
    loop {
        let mut more = held.clone();
        for known in &roster.delegations {
            let draft = &known.draft;
            if on < draft.valid_from || on >= draft.valid_to {
                continue;
            }
            for &(person, role, unit, position, free) in &held {
                let limited = draft.position.is_none() || draft.position == position;
                if person == draft.giver && draft.roles.contains(&role) && free && limited {
                    more.insert((draft.receiver, role, unit, None, draft.may_pass_on));
                }
            }
        }
        if more == held {
            break;
        }
        held = more;
    }
    held.into_iter()
        .map(|(person, role, unit, ..)| (person, role, unit))
        .collect()
}

#[tokio::test]
async fn holdings_are_what_an_evaluator_by_hand_finds() {
    let place = places(18).await.remove(0);
    place.directory.load_shipped(&actor()).await.unwrap();
    let tree = place.directory.units_on(START).await.unwrap();
    let mut standing = tree.iter().map(|unit| unit.id);
    let units = [standing.next().unwrap(), standing.next().unwrap()];
    let succession = place.directory.succession().await.unwrap();
    assert!(units.iter().all(|unit| succession.stands(*unit, day(40))));
    proptest!(|(facts in facts())| {
        let roster = roster(&facts, units);
        for number in [0, 5, 10, 15, 19, 25, 29] {
            let on = day(number);
            let wanted = naive(&roster, on);
            let mut got = BTreeSet::new();
            for person in 1..=PEOPLE {
                let held = roster.holdings(id(person), on, &succession);
                let count = held.len();
                got.extend(held.into_iter().map(|held| (id(person), held.role, held.unit)));
                let own = got.iter().filter(|(of, ..)| *of == id(person)).count();
                prop_assert_eq!(own, count, "a role in a unit stands twice");
            }
            prop_assert_eq!(got, wanted);
        }
    });
}
