//! Whoever follows the changes misses none, whatever the order of commits.

use std::time::Duration;

use store::{Change, Expect, Position, Store, StoreError};
use tokio_postgres::NoTls;
use vocab::context::fixed;

use crate::fixture::{Place, empty_places, id, places, put, seal_all, tables, thing};

/// Follows until so many changes were taken, a few at a time.
async fn follow(store: Store, count: usize) -> Vec<Change> {
    let mut taken: Vec<Change> = Vec::new();
    for _ in 0..2_000 {
        let position = taken
            .last()
            .map_or(Position::default(), |last| last.position.clone());
        let changes = store
            .changes_since(&store::Scope::bypass("a test"), &position, 7)
            .await
            .unwrap();
        if changes.is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        taken.extend(changes);
        if taken.len() >= count {
            return taken;
        }
    }
    panic!("only {} of {count} changes came", taken.len());
}

/// A transaction that puts a leaf in and commits late, as a slow process would.
async fn slow_leaf(place: &Place, number: u64, hold: Duration) {
    let url = place.config.database_url.as_ref().unwrap();
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    let insert = format!(
        "BEGIN; INSERT INTO leaf (era, record_id, version, table_name, action, actor, via, request, at, \
         body_digest, head_digest, hash) SELECT 1, '\\x{number:032x}', 1, 'slow', 'create', actor, via, request, at, \
         body_digest, head_digest, sha256('{number}') FROM leaf LIMIT 1"
    );
    client.batch_execute(&insert).await.unwrap();
    tokio::time::sleep(hold).await;
    client.batch_execute("COMMIT").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_commits_late_is_not_skipped() {
    for place in places(65).await {
        if place.config.database_url.is_none() {
            continue;
        }
        let store = &place.store;
        store
            .commit(put(thing(1, 5, "đầu", Expect::New)))
            .await
            .unwrap();
        let first = seal_all(store, 1).await;
        assert_eq!(first.leaves, 1);
        let start = store
            .changes_since(&store::Scope::bypass("a test"), &Position::default(), 10)
            .await
            .unwrap();
        let slow = slow_leaf(&place, 900, Duration::from_millis(600));
        let quick = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            store
                .commit(put(thing(2, 5, "sau", Expect::New)))
                .await
                .unwrap();
            assert_eq!(
                store.seal().await.unwrap(),
                first,
                "it waits for the slow one"
            );
            assert_eq!(store.unsealed().await.unwrap(), 1);
            let changes = store
                .changes_since(&store::Scope::bypass("a test"), &start[0].position, 10)
                .await
                .unwrap();
            assert_eq!(changes, []);
        };
        tokio::join!(slow, quick);
        seal_all(store, 3).await;
        let records: Vec<_> = follow(store.clone(), 3)
            .await
            .iter()
            .map(|one| one.record)
            .collect();
        assert_eq!(records, [id(1), id(900), id(2)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_comes_once_in_one_order_while_many_write_and_seal() {
    for place in places(66).await {
        let other = Store::open(&place.config, tables(), fixed::context(67))
            .await
            .unwrap();
        place
            .store
            .commit(put(thing(1, 5, "đầu", Expect::New)))
            .await
            .unwrap();
        let stores = [place.store.clone(), other];
        let mut writers = Vec::new();
        for writer in 0..4_u64 {
            let store = stores[usize::try_from(writer % 2).unwrap()].clone();
            writers.push(tokio::spawn(async move {
                for number in 0..60 {
                    let record = thing(1_000 * (writer + 1) + number, 5, "tên", Expect::New);
                    store.commit(put(record)).await.unwrap();
                }
            }));
        }
        let sealers: Vec<_> = [0, 1, 0]
            .map(|which: usize| {
                let store = stores[which].clone();
                tokio::spawn(async move {
                    loop {
                        store.seal().await.unwrap();
                        tokio::time::sleep(Duration::from_millis(3)).await;
                    }
                })
            })
            .into();
        let slow = if place.config.database_url.is_some() {
            5
        } else {
            0
        };
        let slow_ones = async {
            for number in 0..slow {
                slow_leaf(&place, 9_000 + number, Duration::from_millis(60)).await;
            }
        };
        let count = 241 + usize::try_from(slow).unwrap();
        let (taken, ()) = tokio::join!(follow(stores[1].clone(), count), slow_ones);
        for writer in writers {
            writer.await.unwrap();
        }
        for sealer in &sealers {
            sealer.abort();
        }
        let mut records: Vec<_> = taken.iter().map(|change| change.record).collect();
        records.sort_unstable();
        records.dedup();
        assert_eq!(records.len(), count, "{}", place.name);
        // A second one sees the very same, in other parts.
        let last = &taken[count - 1].position;
        assert_eq!(
            place
                .store
                .changes_since(&store::Scope::bypass("a test"), last, 10)
                .await
                .unwrap(),
            []
        );
        let again = place
            .store
            .changes_since(&store::Scope::bypass("a test"), &Position::default(), 1_000)
            .await
            .unwrap();
        assert_eq!(again, taken, "{}", place.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_position_of_another_history_is_told() {
    for place in places(68).await {
        let store = &place.store;
        let empty = store
            .changes_since(&store::Scope::bypass("a test"), &Position::default(), 10)
            .await
            .unwrap();
        assert_eq!(empty, []);
        for number in 1..=3 {
            store
                .commit(put(thing(number, 5, "tên", Expect::New)))
                .await
                .unwrap();
        }
        seal_all(store, 3).await;
        let archive = place.folder.path().join("backup.tar.zst");
        store.backup(&archive).await.unwrap();
        let common = follow(store.clone(), 3).await.remove(2).position;
        store
            .commit(put(thing(4, 5, "mất", Expect::New)))
            .await
            .unwrap();
        seal_all(store, 4).await;
        let lost = follow(store.clone(), 4).await.remove(3).position;
        for (name, config, _folder) in empty_places().await {
            Store::restore(&config, &archive, tables(), fixed::context(9))
                .await
                .unwrap();
            let restored = Store::open(&config, tables(), fixed::context(10))
                .await
                .unwrap();
            assert_eq!(
                restored
                    .changes_since(&store::Scope::bypass("a test"), &common, 10)
                    .await
                    .unwrap(),
                [],
                "{name}"
            );
            let stale = |error| matches!(error, Some(StoreError::StaleEpoch { .. }));
            assert!(stale(
                restored
                    .changes_since(&store::Scope::bypass("a test"), &lost, 10)
                    .await
                    .err()
            ));
            restored
                .commit(put(thing(5, 5, "khác", Expect::New)))
                .await
                .unwrap();
            seal_all(&restored, 4).await;
            assert!(stale(
                restored
                    .changes_since(&store::Scope::bypass("a test"), &lost, 10)
                    .await
                    .err()
            ));
            let next = restored
                .changes_since(&store::Scope::bypass("a test"), &common, 10)
                .await
                .unwrap();
            assert_eq!((next.len(), next[0].record), (1, id(5)), "{name}");
        }
    }
}

/// Four writers over two processes, and on PostgreSQL transactions that commit late: whoever asks
/// again and again what was touched meets every record once it can be read.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_commits_is_touched_after_the_mark() {
    for place in places(69).await {
        let store = &place.store;
        store
            .commit(put(thing(1, 5, "đầu", Expect::New)))
            .await
            .unwrap();
        let everything = store::Scope::bypass("a test");
        let mark = store.mark().await.unwrap();
        let mut marks = [("thing", mark), ("slow", mark)];
        let none = store.touched_since(&everything, "thing", mark, 10).await;
        assert!(none.unwrap().unwrap().records.len() <= 1, "{}", place.name);
        let slow = if place.config.database_url.is_some() {
            5
        } else {
            0
        };
        let other = Store::open(&place.config, tables(), fixed::context(91));
        let other = other.await.unwrap();
        let writers = async {
            for number in 0..60 {
                for (writer, store) in [(1, store), (2, &other)] {
                    let record = thing(1_000 * writer + number, 5, "tên", Expect::New);
                    store.commit(put(record)).await.unwrap();
                }
            }
        };
        let slow_ones = async {
            for number in 0..slow {
                slow_leaf(&place, 9_000 + number, Duration::from_millis(60)).await;
            }
        };
        let mut known = std::collections::BTreeSet::new();
        let following = async {
            for _ in 0..2_000 {
                for (table, mark) in &mut marks {
                    let touched = store.touched_since(&everything, table, *mark, 1_000).await;
                    let touched = touched.unwrap().unwrap();
                    *mark = touched.mark;
                    known.extend(touched.records);
                }
                if known.len() >= 120 + usize::try_from(slow).unwrap() {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::join!(writers, slow_ones, following);
        assert_eq!(
            known.len(),
            120 + usize::try_from(slow).unwrap(),
            "{}",
            place.name
        );
        // More than are asked for are read anew, and who may not see all may not ask.
        for number in [2, 3] {
            let record = thing(number, 5, "thêm", Expect::New);
            store.commit(put(record)).await.unwrap();
        }
        let more = store
            .touched_since(&everything, "thing", marks[0].1, 1)
            .await;
        assert_eq!(more.unwrap(), None, "{}", place.name);
        let scoped = store::Scope::units([id(5)]);
        let refused = store.touched_since(&scoped, "thing", mark, 10).await;
        assert!(matches!(refused, Err(StoreError::Invalid(_))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_may_begin_at_the_end() {
    for place in places(68).await {
        let store = &place.store;
        let all = store::Scope::bypass("a test");
        for number in 1..=5 {
            assert_eq!(store.changes_count().await.unwrap(), number - 1);
            let write = put(thing(u64::try_from(number).unwrap(), 5, "đầu", Expect::New));
            store.commit(write).await.unwrap();
            seal_all(store, number).await;
            let end = store.changes_end().await.unwrap();
            assert_eq!(end.taken, number, "{}", place.name);
            assert_eq!(store.changes_since(&all, &end, 10).await.unwrap(), []);
            let before = Position::default();
            let followed = store.changes_since(&all, &before, 10).await.unwrap();
            assert_eq!(followed.last().unwrap().position, end, "{}", place.name);
        }
    }
}
