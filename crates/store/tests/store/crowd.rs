//! Many writers in one process, over the same few records: on PostgreSQL several groups are on
//! their way at once.

use std::collections::HashMap;
use std::time::Duration;

use store::{
    Expect, IdempotencyKey, NewJob, Op, Outcome, Position, Scope, Store, StoreError, Value,
};
use tokio_postgres::NoTls;

use crate::fixture::{id, places, put, seal_all, thing};

const WRITERS: u64 = 48;
const ROUNDS: u64 = 8;
const SHARED: u64 = 4;
const JOBS: u64 = 4;

fn job(key: &str) -> Op {
    Op::Enqueue(NewJob {
        kind: "derive".to_owned(),
        payload: "{}".to_owned(),
        unique_key: Some(key.to_owned()),
        run_at: None,
    })
}

/// Adds one to two shared records at once, and makes a record of its own; again until it holds.
/// Gives how often it was refused.
async fn add(store: &Store, writer: u64, round: u64) -> u64 {
    for refused in 0.. {
        let own = thing(1_000 + writer * ROUNDS + round, 5, "riêng", Expect::New);
        let mut write = put(own);
        write.idempotency = Some(IdempotencyKey {
            account: id(1),
            key: format!("{writer}-{round}"),
            request_digest: [1; 32],
            answer: "{}".to_owned(),
        });
        for place in [writer, writer + 1 + round % (SHARED - 1)] {
            let number = 1 + place % SHARED;
            let found = store
                .fetch("thing", &Scope::bypass("a test"), id(number))
                .await
                .unwrap()
                .unwrap();
            let mut next = thing(number, 5, "chung", Expect::Version(found.head.version));
            next.columns[1] = Value::Int(found.head.columns[1].as_int().unwrap() + 1);
            write = write.op(Op::Put(next));
        }
        for turn in 0..JOBS {
            write = write.op(job(&format!("{round}-{}", (writer + turn) % JOBS)));
        }
        match store.commit(write).await {
            Ok(Outcome::Done(_)) => return refused,
            Err(StoreError::Conflict { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
    unreachable!("a range without an end")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_on_few_records_loses_nothing_and_keeps_their_order() {
    for place in places(71).await {
        let store = place.another(72).await;
        for number in 1..=SHARED {
            let mut first = thing(number, 5, "chung", Expect::New);
            first.columns[1] = Value::Int(0);
            store.commit(put(first)).await.unwrap();
        }
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let store = store.clone();
                tokio::spawn(async move {
                    let mut refused = 0;
                    for round in 0..ROUNDS {
                        refused += add(&store, writer, round).await;
                    }
                    refused
                })
            })
            .collect();
        let mut refused = 0;
        for writer in writers {
            refused += writer.await.unwrap();
        }
        assert!(refused > 0, "{}: nobody met anybody", place.name);

        let mut added = 0;
        for number in 1..=SHARED {
            let scope = Scope::bypass("a test");
            let found = store.fetch("thing", &scope, id(number)).await.unwrap();
            added += found.unwrap().head.columns[1].as_int().unwrap();
        }
        let done = i64::try_from(WRITERS * ROUNDS).unwrap();
        assert_eq!(added, 2 * done, "{}", place.name);
        let jobs = i64::try_from(ROUNDS * JOBS).unwrap();
        assert_eq!(store.job_counts().await.unwrap()["derive"].waiting, jobs);

        let leaves = 3 * done + i64::try_from(SHARED).unwrap();
        let head = seal_all(&store, leaves).await;
        let report = store.verify(Some(&head)).await.unwrap();
        assert_eq!((report.findings, report.leaves), (vec![], leaves));
        check_order(&store).await;

        // Nobody stood in another's way both ways round: the server counts that when a
        // connection ends.
        drop(store);
        if place.config.database_url.is_some() {
            tokio::time::sleep(Duration::from_millis(500)).await;
            let deadlocks = "SELECT 1 FROM pg_stat_database \
                             WHERE datname = current_database() AND deadlocks > 0";
            assert_eq!(place.run(deadlocks).await, 0);
        }
    }
}

/// The feed tells of each record's versions in their order.
async fn check_order(store: &Store) {
    let mut seen = HashMap::new();
    let mut position = Position::default();
    let all = store::Scope::bypass("a test");
    loop {
        let changes = store.changes_since(&all, &position, 1_000).await.unwrap();
        let Some(last) = changes.last() else { break };
        position = last.position.clone();
        for change in changes {
            let before = seen.insert(change.record, change.version);
            assert_eq!(before.unwrap_or(0) + 1, change.version, "{}", change.record);
        }
    }
}

/// A group that waits for another process has its place in the feed already: what would be
/// written to its records meanwhile waits with it, and nothing else does.
#[tokio::test(flavor = "multi_thread")]
async fn behind_a_group_that_is_held_up_only_its_own_records_wait() {
    for place in places(73).await {
        let Some(url) = &place.config.database_url else {
            continue;
        };
        let store = &place.store;
        for number in 1..=2 {
            let write = put(thing(number, 5, "một", Expect::New));
            store.commit(write).await.unwrap();
        }
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
        tokio::spawn(connection);
        let lock = format!(
            "BEGIN; SELECT 1 FROM head_thing WHERE id = '\\x{:032x}' FOR UPDATE",
            1
        );
        client.batch_execute(&lock).await.unwrap();

        let mut both = put(thing(1, 5, "hai", Expect::Version(1))).op(Op::Put(thing(
            2,
            5,
            "ba",
            Expect::Version(2),
        )));
        both.idempotency = Some(IdempotencyKey {
            account: id(1),
            key: "cả hai".to_owned(),
            request_digest: [1; 32],
            answer: "{}".to_owned(),
        });
        let committing = |write| {
            let store = store.clone();
            tokio::spawn(async move { store.commit(write).await })
        };
        let a_while = || tokio::time::sleep(Duration::from_millis(300));
        let held = committing(both);
        a_while().await;
        let behind = committing(put(thing(2, 5, "hai", Expect::Version(1))));
        a_while().await;
        let by = committing(put(thing(3, 5, "một", Expect::New)));
        // However slow the machine is: the others wait for what is given back below.
        let by = tokio::time::timeout(Duration::from_secs(30), by).await;
        assert!(by.is_ok_and(|by| by.unwrap().is_ok()));
        assert!(!behind.is_finished() && !held.is_finished());
        client.batch_execute("COMMIT").await.unwrap();
        let refused = held.await.unwrap();
        assert!(
            matches!(refused, Err(StoreError::Conflict { .. })),
            "{refused:?}"
        );
        assert!(behind.await.unwrap().is_ok());
        seal_all(store, 4).await;
        check_order(store).await;
    }
}
