//! All or nothing, once, and never over somebody else's change.

use std::sync::atomic::{AtomicBool, Ordering};

use store::{Expect, IdempotencyKey, Op, Outcome, Remove, Scope, StoreError, Value, Write};
use vocab::Instant;

use crate::fixture::{actor, id, places, put, thing};

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_edit_is_refused_and_changes_nothing() {
    for place in places(1).await {
        let store = &place.store;
        store
            .commit(put(thing(10, 5, "Đường tỉnh 902", Expect::New)))
            .await
            .unwrap();
        store
            .commit(put(thing(10, 5, "Đường tỉnh 903", Expect::Version(1))))
            .await
            .unwrap();
        let late = store
            .commit(put(thing(10, 5, "Đường tỉnh 904", Expect::Version(1))))
            .await;
        assert!(
            matches!(
                late,
                Err(StoreError::Conflict {
                    expected: Some(1),
                    current: Some(2),
                    ..
                })
            ),
            "{}: {late:?}",
            place.name
        );
        let again = store.commit(put(thing(10, 5, "x", Expect::New))).await;
        assert!(again.is_err(), "{}: a record was made twice", place.name);
        let record = store
            .fetch("thing", &Scope::bypass("a test"), id(10))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(record.body, "{\"title\":\"Đường tỉnh 903\"}");
        assert_eq!(
            store
                .history("thing", &store::Scope::bypass("a test"), id(10), 10)
                .await
                .unwrap()
                .len(),
            2
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bad_step_undoes_the_whole_write_and_no_other() {
    for place in places(2).await {
        let store = &place.store;
        let mut first = thing(1, 5, "một", Expect::New);
        first.columns[2] = "A".into();
        store.commit(put(first)).await.unwrap();
        let mut double = thing(3, 5, "ba", Expect::New);
        double.columns[2] = "A".into();
        let writes = vec![
            put(thing(2, 5, "hai", Expect::New)),
            Write::by(actor())
                .op(Op::Put(thing(4, 5, "bốn", Expect::New)))
                .op(Op::Put(double)),
            put(thing(5, 5, "năm", Expect::New)),
        ];
        let results = store.commit_each(writes).await;
        assert!(
            matches!(results[1], Err(StoreError::Duplicate { .. })),
            "{}: {results:?}",
            place.name
        );
        assert!(
            results[0].is_ok() && results[2].is_ok(),
            "{}: {results:?}",
            place.name
        );
        for (number, there) in [(2, true), (3, false), (4, false), (5, true)] {
            let found = store
                .fetch("thing", &Scope::bypass("a test"), id(number))
                .await
                .unwrap();
            assert_eq!(found.is_some(), there, "{}: {number}", place.name);
        }
        assert_eq!(store.verify(None).await.unwrap().findings, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_same_requests_have_one_effect() {
    for place in places(3).await {
        // A second process on the same database.
        let other = store::Store::open(
            &place.config,
            crate::fixture::tables(),
            vocab::context::fixed::context(99),
        )
        .await
        .unwrap();
        let keyed = |number: u64, digest: u8| Write {
            idempotency: Some(IdempotencyKey {
                account: id(1),
                key: "gửi-1".to_owned(),
                request_digest: [digest; 32],
                answer: format!("{{\"made\":{number}}}"),
            }),
            ..put(thing(number, 5, "một lần", Expect::New))
        };
        let tasks: Vec<_> = (0..20)
            .map(|number| {
                let store = if number % 2 == 0 {
                    place.store.clone()
                } else {
                    other.clone()
                };
                tokio::spawn(async move { (number, store.commit(keyed(100 + number, 7)).await) })
            })
            .collect();
        let mut done = Vec::new();
        let mut repeated = Vec::new();
        for task in tasks {
            match task.await.unwrap() {
                (number, Ok(Outcome::Done(_))) => done.push(number),
                (_, Ok(Outcome::Repeated(answer))) => repeated.push(answer),
                (_, Err(error)) => panic!("{}: {error}", place.name),
            }
        }
        assert_eq!(done.len(), 1, "{}", place.name);
        let answer = format!("{{\"made\":{}}}", 100 + done[0]);
        assert!(
            repeated.iter().all(|known| *known == answer),
            "{}: {repeated:?}",
            place.name
        );
        let reused = place.store.commit(keyed(200, 8)).await;
        assert!(
            matches!(reused, Err(StoreError::KeyReused { .. })),
            "{}: {reused:?}",
            place.name
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_request_frees_its_key() {
    for place in places(4).await {
        let key = IdempotencyKey {
            account: id(1),
            key: "k".to_owned(),
            request_digest: [1; 32],
            answer: "{}".to_owned(),
        };
        let stale = Write {
            idempotency: Some(key.clone()),
            ..put(thing(1, 5, "a", Expect::Version(4)))
        };
        assert!(place.store.commit(stale).await.is_err());
        let fresh = Write {
            idempotency: Some(key),
            ..put(thing(1, 5, "a", Expect::New))
        };
        assert!(
            matches!(place.store.commit(fresh).await, Ok(Outcome::Done(_))),
            "{}",
            place.name
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn any_instant_can_be_asked_for_even_after_the_clock_was_set_back() {
    for place in places(5).await {
        let clock = vocab::context::fixed::SteppingClock::new(
            Instant::from_micros(2_000_000_000_000_000),
            0,
        );
        let context =
            vocab::Context::new(clock.clone(), vocab::context::fixed::SeededEntropy::new(1));
        let store = store::Store::open(&place.config, crate::fixture::tables(), context)
            .await
            .unwrap();
        store
            .commit(put(thing(1, 5, "trước", Expect::New)))
            .await
            .unwrap();
        clock.set(Instant::from_micros(1_000_000_000_000_000));
        let Outcome::Done(at) = store
            .commit(put(thing(1, 5, "sau", Expect::Version(1))))
            .await
            .unwrap()
        else {
            panic!("not done")
        };
        assert!(at > Instant::from_micros(2_000_000_000_000_000));
        let before = store
            .as_of(
                "thing",
                &store::Scope::bypass("a test"),
                id(1),
                at.plus_micros(-1),
            )
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (before.version, before.body.as_deref()),
            (1, Some("{\"title\":\"trước\"}"))
        );
        assert_eq!(
            store
                .as_of("thing", &store::Scope::bypass("a test"), id(1), at)
                .await
                .unwrap()
                .unwrap()
                .version,
            2
        );
        assert_eq!(
            store
                .as_of(
                    "thing",
                    &store::Scope::bypass("a test"),
                    id(1),
                    Instant::from_micros(0)
                )
                .await
                .unwrap(),
            None
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_on_old_ground_is_refused() {
    for place in places(6).await {
        let store = &place.store;
        let seen = store.epoch("units").await.unwrap();
        store
            .commit(Write::by(actor()).op(Op::Bump("units".to_owned())))
            .await
            .unwrap();
        let mut write = put(thing(1, 5, "a", Expect::New));
        write.epochs.push(("units".to_owned(), seen));
        assert!(
            matches!(
                store.commit(write).await,
                Err(StoreError::StaleEpoch { .. })
            ),
            "{}",
            place.name
        );
        assert_eq!(store.epoch("units").await.unwrap(), seen + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_processes_on_one_ground_one_moves_it_on() {
    for place in places(61).await {
        let other = place.another(62).await;
        for round in 0..200 {
            let seen = place.store.epoch("units").await.unwrap();
            assert_eq!(seen, round, "{}", place.name);
            let write = || {
                let mut write = Write::by(actor()).op(Op::Bump("units".to_owned()));
                write.epochs.push(("units".to_owned(), seen));
                write
            };
            let (here, there) = tokio::join!(place.store.commit(write()), other.commit(write()));
            let refused = [here, there]
                .into_iter()
                .filter(|result| matches!(result, Err(StoreError::StaleEpoch { .. })))
                .count();
            assert_eq!(refused, 1, "{} in round {round}", place.name);
        }
    }
}

/// A link that works once is found by its secret: whoever finds it while somebody else uses it
/// must not be given it as it is without one.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_found_by_a_value_still_has_it() {
    for place in places(8).await {
        let elsewhere = place.another(9).await;
        let with = |code: Value, expect| {
            let mut thing = thing(1, 5, "liên kết", expect);
            thing.columns[2] = code;
            put(thing)
        };
        let first = with("mã".into(), Expect::New);
        place.store.commit(first).await.unwrap();
        let done = AtomicBool::new(false);
        let change = async {
            for version in 1..=150 {
                let code = if version % 2 == 0 {
                    "mã".into()
                } else {
                    Value::Null
                };
                let next = with(code, Expect::Version(version));
                place.store.commit(next).await.unwrap();
            }
            done.store(true, Ordering::Relaxed);
        };
        let look = async || {
            while !done.load(Ordering::Relaxed) {
                // An answer that is there at once would keep the others from their turn.
                tokio::task::yield_now().await;
                let found = elsewhere
                    .fetch_by("thing", &Scope::bypass("a test"), "code", "mã")
                    .await
                    .unwrap();
                if let Some(found) = found {
                    let (name, version) = (place.name, found.head.version);
                    assert_eq!(found.head.columns[2], "mã".into(), "{name}: {version}");
                }
            }
        };
        tokio::join!(change, look(), look(), look());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_record_leaves_a_chain_that_verifies() {
    for place in places(7).await {
        let store = &place.store;
        store
            .commit(put(thing(1, 5, "bí mật", Expect::New)))
            .await
            .unwrap();
        let remove = Remove {
            table: "thing".to_owned(),
            id: id(1),
            version: 1,
            action: "forget".to_owned(),
        };
        store
            .commit(Write::by(actor()).op(Op::Erase(remove)))
            .await
            .unwrap();
        assert_eq!(
            store
                .fetch("thing", &Scope::bypass("a test"), id(1))
                .await
                .unwrap(),
            None
        );
        let history = store
            .history("thing", &store::Scope::bypass("a test"), id(1), 10)
            .await
            .unwrap();
        assert_eq!(
            history
                .iter()
                .map(|version| version.body.as_deref())
                .collect::<Vec<_>>(),
            [Some("null"), None]
        );
        store.seal().await.unwrap();
        let report = store.verify(None).await.unwrap();
        assert_eq!(
            (report.findings, report.versions, report.heads),
            (vec![], 2, 0),
            "{}",
            place.name
        );
    }
}
