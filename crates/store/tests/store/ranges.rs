//! Ranges of a column: what a naive look at every record says, for every shape of scope.

use std::collections::BTreeSet;
use std::sync::Arc;

use store::{
    Cell, Column, Comparison, Expect, Filter, Part, Predicate, RangeQuery, Scope, StoreError,
    Units, Value,
};

use crate::fixture::{id, places, put, thing};

/// The record's number, its unit, its value, its state.
type Row = (u64, u64, i64, &'static str);

fn rows() -> Vec<Row> {
    let mut seed = 7_u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        seed >> 33
    };
    (0..900)
        .map(|number| {
            let value = i64::try_from(next() % 40_000).unwrap();
            let state = if next() % 3 == 0 { "granted" } else { "draft" };
            (number, 1_000 + next() % 90, value, state)
        })
        .collect()
}

fn scopes() -> Vec<Scope> {
    let granted = Arc::new(Predicate::Compare(
        Column::State,
        Comparison::Equal,
        "granted".into(),
    ));
    let part = |units: Units, asks: bool| Part {
        units,
        condition: asks.then(|| Arc::clone(&granted)),
    };
    let some = |step: usize| Units::these((0..90).step_by(step).map(|unit| id(1_000 + unit)));
    vec![
        Scope::bypass("a test"),
        Scope::nothing(),
        Scope::units([id(1_004)]),
        Scope::units((0..80).map(|unit| id(1_000 + unit))),
        Scope::except([id(1_001), id(1_002)]),
        Scope::of([part(Units::All, true)]),
        Scope::of([part(some(3), true)]),
        Scope::of([part(some(2), true), part(some(5), false)]),
        Scope::of([part(Units::All, true), part(some(7), false)]),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn ranges_find_what_lies_in_them_and_in_the_scope() {
    for place in places(31).await {
        let store = &place.store;
        let rows = rows();
        let writes = rows.iter().map(|(number, unit, value, state)| {
            let mut record = thing(*number, *unit, "tên", Expect::New);
            record.columns[1] = Value::Int(*value);
            (*state).clone_into(&mut record.state);
            put(record)
        });
        let written = store.commit_each(writes.collect()).await;
        assert!(written.iter().all(Result::is_ok));
        for scope in scopes() {
            for filter in [None, Some("granted")] {
                for ranges in [
                    vec![(0, 40_000)],
                    vec![(500, 900), (901, 902), (5_000, 17_000)],
                    (0..40).map(|at| (at * 1_000, at * 1_000 + 300)).collect(),
                    vec![(9, 8)],
                ] {
                    let query = RangeQuery {
                        table: "thing".to_owned(),
                        scope: scope.clone(),
                        filters: filter
                            .map(|state| Filter::equals("state", state))
                            .into_iter()
                            .collect(),
                        column: "amount".to_owned(),
                        ranges,
                        limit: 10_000,
                    };
                    check(store, &query, &rows, place.name).await;
                }
            }
        }
    }
}

async fn check(store: &store::Store, query: &RangeQuery, rows: &[Row], engine: &str) {
    let read = |cells: &[Cell<'_>]| match cells {
        [Cell::Bytes(id), Cell::Int(value)] => (id.to_vec(), *value),
        other => panic!("{other:?}"),
    };
    let wanted = |(_, unit, value, state): &&Row| {
        let head = |head: &store::Head| query.scope.reaches(head);
        let in_ranges =
            |ranges: &[(i64, i64)]| ranges.iter().any(|(from, to)| (from..=to).contains(&value));
        in_ranges(&query.ranges)
            && (query.filters.is_empty() || *state == "granted")
            && head(&store::Head {
                id: id(1),
                version: 1,
                unit: id(*unit),
                state: (*state).to_owned(),
                sort_key: Vec::new(),
                created_at: vocab::Instant::from_micros(0),
                updated_at: vocab::Instant::from_micros(0),
                columns: vec![Value::Null; 3],
            })
    };
    let expected: BTreeSet<(Vec<u8>, i64)> = rows
        .iter()
        .filter(wanted)
        .map(|(number, _, value, _)| (id(*number).as_bytes().to_vec(), *value))
        .collect();
    let found = store.in_ranges(query, &["id", "amount"], read).await;
    let found = found.unwrap();
    assert_eq!(found.len(), expected.len(), "none twice");
    let found: BTreeSet<(Vec<u8>, i64)> = found.into_iter().collect();
    assert_eq!(found, expected, "{engine} {query:?}");
    let few = RangeQuery {
        limit: 3,
        ..query.clone()
    };
    let few = store
        .in_ranges(&few, &["id", "amount"], read)
        .await
        .unwrap();
    assert_eq!(few.len(), expected.len().min(3));
    if query.ranges.len() == 1 {
        let steps = store.range_steps(query, 6).await.unwrap();
        let expected: BTreeSet<i64> = expected.iter().map(|(_, value)| value >> 6 << 6).collect();
        assert_eq!(
            steps,
            expected.into_iter().collect::<Vec<_>>(),
            "{engine} {query:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ranges_go_along_their_index() {
    for place in places(32).await {
        for scope in [Scope::bypass("a test"), Scope::units([id(1_004)])] {
            let query = RangeQuery {
                table: "thing".to_owned(),
                scope,
                filters: vec![Filter::equals("state", "granted")],
                column: "amount".to_owned(),
                ranges: vec![(1, 5), (8, 9)],
                limit: 10,
            };
            if place.name == "sqlite" {
                let plan = place.store.explain_ranges(&query, &["id"]).await.unwrap();
                let looks: Vec<&String> = plan.iter().filter(|line| line.contains(" h ")).collect();
                assert!(looks.len() >= 2, "{plan:?}");
                for look in looks {
                    assert!(look.contains("head_thing_amount_"), "{plan:?}");
                }
            }
            for broken in [
                RangeQuery {
                    column: "title".to_owned(),
                    ..query.clone()
                },
                RangeQuery {
                    ranges: Vec::new(),
                    ..query.clone()
                },
                RangeQuery {
                    ranges: vec![(1, 2); 5_000],
                    ..query.clone()
                },
            ] {
                let refused = place.store.range_steps(&broken, 3).await;
                assert!(matches!(refused, Err(StoreError::Invalid(_))));
            }
        }
    }
}
