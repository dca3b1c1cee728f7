//! Random events against a replay that knows nothing of versions.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use vocab::Id;

use super::record::{EventBody, StoredEvent};
use super::timeline::Timeline;
use super::*;
use crate::units::{Fraction, Hierarchy, Level, Succession, Unit, UnitKind, UnitTree};

const UNITS: u8 = 9;
const DAYS: i64 = 6;

fn id(number: u8) -> Id {
    let mut bytes = [0; 16];
    bytes[15] = number;
    Id::from_bytes(bytes)
}

fn day(offset: i64) -> Date {
    date(2024, 1, 1).checked_add(offset.days()).unwrap()
}

fn event(offset: i64, change: UnitChange) -> UnitEvent {
    UnitEvent {
        date: day(offset),
        change,
        ordered_by: Resolution::default(),
    }
}

fn create(number: u8, parent: Option<u8>) -> UnitChange {
    UnitChange::Create {
        unit: id(number),
        details: UnitDetails {
            hierarchy: Hierarchy::Administration,
            parent: parent.map(id),
            name: format!("Đơn vị {number}"),
            short_name: format!("ĐV {number}"),
            aliases: Vec::new(),
            kind: UnitKind::Office,
            level: Level::Province,
            code: None,
            area_code: Some((number % 7).to_string()),
        },
    }
}

fn unit() -> impl Strategy<Value = u8> {
    0..UNITS
}

fn split() -> impl Strategy<Value = UnitChange> {
    let parts = proptest::collection::vec((unit(), 0..4_u8), 1..4);
    (unit(), parts).prop_map(|(from, parts)| {
        let total: u128 = parts.iter().map(|(_, weight)| u128::from(*weight)).sum();
        let part = |(unit, weight): &(u8, u8)| Part {
            unit: id(*unit),
            // Weights of nothing stand for what nobody knows.
            share: Fraction::new(u128::from(*weight), total.max(1) + total % 2)
                .filter(|_| *weight > 0),
            basis: (*weight > 0).then_some(ShareBasis::Area),
        };
        UnitChange::Split {
            from: id(from),
            into: parts.iter().map(part).collect(),
        }
    })
}

fn change() -> impl Strategy<Value = UnitChange> {
    prop_oneof![
        4 => (unit(), proptest::option::of(unit())).prop_map(|(u, parent)| create(u, parent)),
        1 => (unit(), 0..3_u8).prop_map(|(unit, name)| UnitChange::Rename {
            unit: id(unit),
            name: format!("Tên {name}"),
            short_name: format!("T{name}"),
        }),
        2 => (unit(), proptest::option::of(unit())).prop_map(|(unit, parent)| UnitChange::Move {
            unit: id(unit),
            hierarchy: Hierarchy::Administration,
            parent: parent.map(id),
        }),
        3 => (proptest::collection::vec(unit(), 0..3), unit()).prop_map(|(from, into)| {
            UnitChange::Merge {
                from: from.into_iter().map(id).collect(),
                into: id(into),
            }
        }),
        4 => split(),
        1 => proptest::collection::vec(unit(), 0..3).prop_map(|units| UnitChange::Abolish {
            units: units.into_iter().map(id).collect(),
        }),
    ]
}

/// Events in the order in which they are recorded; their days may go back.
fn history() -> impl Strategy<Value = Vec<UnitEvent>> {
    let begun = (0..4_u8).map(|number| event(0, create(number, number.checked_sub(2))));
    let begun: Vec<UnitEvent> = begun.collect();
    let events = (1..DAYS, change()).prop_map(|(offset, change)| event(offset, change));
    proptest::collection::vec(events, 1..40)
        .prop_map(move |events| begun.iter().cloned().chain(events).collect())
}

/// What stands on a day by playing the events one after another: parent and name.
fn replay(events: &[UnitEvent], on: Date) -> BTreeMap<Id, (Option<Id>, String)> {
    let mut standing = BTreeMap::new();
    for event in events.iter().filter(|event| event.date <= on) {
        match &event.change {
            UnitChange::Create { unit, details } => {
                standing.insert(*unit, (details.parent, details.name.clone()));
            }
            UnitChange::Rename { unit, name, .. } => {
                standing.get_mut(unit).unwrap().1.clone_from(name);
            }
            UnitChange::Move { unit, parent, .. } => standing.get_mut(unit).unwrap().0 = *parent,
            UnitChange::Merge { from, .. } => standing.retain(|unit, _| !from.contains(unit)),
            UnitChange::Split { from, into } => {
                if into.iter().all(|part| part.unit != *from) {
                    standing.remove(from);
                }
            }
            UnitChange::Abolish { units } => standing.retain(|unit, _| !units.contains(unit)),
        }
    }
    standing
}

/// What the timeline makes of a sequence of events, each tried alone.
struct Played {
    timeline: Timeline,
    accepted: Vec<UnitEvent>,
    stored: Vec<StoredEvent>,
}

fn play(events: &[UnitEvent]) -> Played {
    let mut played = Played {
        timeline: Timeline::default(),
        accepted: Vec::new(),
        stored: Vec::new(),
    };
    for (at, event) in (1..).zip(events) {
        let made = plan(played.timeline.clone(), std::slice::from_ref(event), || {
            crate::digest::named_id(&format!("event {at}"))
        });
        let Ok(made) = made else { continue };
        played.timeline = made.timeline;
        played.accepted.push(event.clone());
        let planned = &made.planned[0];
        played.stored.push(StoredEvent {
            id: planned.id,
            version: 1,
            undone: false,
            body: EventBody::of(planned, Id::NIL, at),
        });
    }
    played
}

fn versions(timeline: &Timeline) -> Vec<Unit> {
    let held = timeline.versions.values();
    held.map(|held| held.body.clone().into_unit()).collect()
}

proptest! {
    #[test]
    fn the_tree_is_a_tree_on_every_day_and_as_a_replay_makes_it(events in history()) {
        let played = play(&events);
        let versions = versions(&played.timeline);
        for offset in -1..=DAYS {
            let expected = replay(&played.accepted, day(offset));
            let tree = UnitTree::of(day(offset), &versions);
            let told: BTreeMap<Id, (Option<Id>, String)> = tree
                .iter()
                .map(|unit| (unit.id, (unit.parent, unit.name.clone())))
                .collect();
            // The tree drops parents that are not there or lead in a circle: none did.
            prop_assert_eq!(&told, &expected);
            let under: usize = tree.roots().iter().map(|root| tree.descendants(*root).len()).sum();
            prop_assert_eq!(under, expected.len());
        }
    }

    #[test]
    fn parts_of_a_whole_add_up(events in history()) {
        let played = play(&events);
        let succession = Succession::of(&versions(&played.timeline), &played.stored);
        for from in 0..DAYS {
            for to in 0..DAYS {
                let standing: Vec<Id> = replay(&played.accepted, day(from)).into_keys().collect();
                for unit in standing {
                    let parts = succession.mapping(&[unit], day(from), day(to));
                    let least = parts.iter().try_fold(Fraction::ZERO, |sum, part| sum.plus(part.share.least));
                    let most = parts.iter().try_fold(Fraction::ZERO, |sum, part| sum.plus(part.share.most));
                    prop_assert!(least.is_some(), "more than the whole: {parts:?}");
                    prop_assert!(most.is_none_or(|most| most == Fraction::ONE), "less than the whole: {parts:?}");
                    if parts.iter().all(|part| part.share.exact().is_some()) {
                        prop_assert_eq!(least, Some(Fraction::ONE));
                    }
                    let targets: Vec<Id> = parts.iter().filter_map(|part| part.to).collect();
                    if from <= to {
                        // Successors of a unit have what it had on any of its days.
                        let successors = succession.successors(unit, day(to));
                        prop_assert!(targets.iter().all(|target| successors.contains(target)));
                        // A unit that is made and divided on one day had, within that day, what
                        // no mapping from that day's end still sees.
                        let divided = played.accepted.iter().any(|event| {
                            event.date == day(from)
                                && matches!(&event.change, UnitChange::Split { from, .. } if *from == unit)
                        });
                        let began = !replay(&played.accepted, day(from - 1)).contains_key(&unit);
                        if began && !divided {
                            prop_assert_eq!(&successors, &targets);
                        }
                        for target in targets {
                            prop_assert!(succession.stands(target, day(to)));
                            prop_assert!(succession.predecessors(target, day(from)).contains(&unit));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn known_shares_compose(events in history(), through in 1..DAYS) {
        let played = play(&events);
        let succession = Succession::of(&versions(&played.timeline), &played.stored);
        let whole: Vec<Id> = replay(&played.accepted, day(0)).into_keys().collect();
        for unit in whole {
            let direct = succession.mapping(&[unit], day(0), day(DAYS));
            let first = succession.mapping(&[unit], day(0), day(through));
            let mut composed: BTreeMap<Option<Id>, Option<Fraction>> = BTreeMap::new();
            for part in &first {
                let beyond = match part.to {
                    Some(to) => succession.mapping(&[to], day(through), day(DAYS)),
                    None => vec![super::super::MappedShare { to: None, ..part.clone() }],
                };
                for next in beyond {
                    let lost = part.to.is_none();
                    let share = part.share.exact().zip(next.share.exact());
                    let share = if lost { part.share.exact() } else {
                        share.and_then(|(one, other)| one.times(other))
                    };
                    let sum = composed.entry(next.to).or_insert(Some(Fraction::ZERO));
                    *sum = sum.zip(share).and_then(|(one, other)| one.plus(other));
                }
            }
            for part in direct {
                if let Some(composed) = composed[&part.to] {
                    prop_assert_eq!(part.share.exact(), Some(composed));
                }
            }
        }
    }

    #[test]
    fn taking_an_event_back_restores_what_stood(events in history()) {
        let played = play(&events);
        let mut timeline = Timeline::default();
        let mut before = Vec::new();
        for (event, stored) in played.accepted.iter().zip(&played.stored) {
            before.push(timeline.clone());
            let made = plan(timeline, std::slice::from_ref(event), || stored.id);
            timeline = made.unwrap().timeline;
        }
        for (stored, before) in played.stored.iter().zip(before).rev() {
            for touch in stored.body.touched.iter().rev() {
                let held = touch.before.clone();
                timeline.set(touch.record, held.map(|body| super::timeline::Held { version: 0, body }));
            }
            prop_assert_eq!(&timeline.versions, &before.versions);
        }
    }
}

#[test]
fn histories_hold_what_they_are_made_to_hold() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..100 {
        let events = history().new_tree(&mut runner).unwrap().current();
        for event in play(&events).accepted {
            *kinds.entry(event.change.kind()).or_default() += 1;
        }
    }
    for kind in ["create", "rename", "move", "merge", "split", "abolish"] {
        assert!(kinds.get(kind).is_some_and(|count| *count > 8), "{kinds:?}");
    }
}
