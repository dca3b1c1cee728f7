//! A backup holds everything as it stood at one instant, and restores into either engine.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use store::{
    Config, Ephemeral, Expect, IdempotencyKey, ListQuery, NewJob, Op, Outcome, Remove, Scope,
    SearchQuery, Store, StoreError, TableSpec, Version, Write,
};
use tempfile::TempDir;
use tokio::io::AsyncReadExt;
use vocab::Context;
use vocab::context::fixed;

use crate::fixture::{
    Place, actor, empty_places, files_in, id, places, put, seal_all, tables, thing,
};

const CONTENT: &[u8] = b"%PDF-1.7 minh ch\xe1\xbb\xa9ng";

fn remove(number: u64) -> Remove {
    Remove {
        table: "thing".to_owned(),
        id: id(number),
        version: 1,
        action: "remove".to_owned(),
    }
}

fn keyed() -> Write {
    let mut write = put(thing(30, 5, "một lần", Expect::New));
    write.idempotency = Some(IdempotencyKey {
        account: id(1),
        key: "k".to_owned(),
        request_digest: [3; 32],
        answer: "{\"so\":1}".to_owned(),
    });
    write
}

fn kept(store: &Store, kind: &str) -> Ephemeral {
    Ephemeral {
        kind: kind.to_owned(),
        key: "a".to_owned(),
        owner: id(1),
        expires_at: store.context().now().plus_seconds(100_000),
        body: "{}".to_owned(),
    }
}

/// A clock an hour after the one that the backup was made by.
fn later() -> Context {
    let start = fixed::context(0).now().plus_seconds(3_600);
    Context::new(
        fixed::SteppingClock::new(start, 1_000),
        fixed::SeededEntropy::new(4),
    )
}

/// A store with something of every kind in it; gives the digest of its file.
async fn fill(place: &Place) -> [u8; 32] {
    let store = &place.store;
    let mut upload = store.upload(1_000).await.unwrap();
    upload.write(CONTENT).await.unwrap();
    let file = upload.finish().await.unwrap();
    // The larger id first: search results follow the order of making.
    for number in [3, 2, 1, 4, 5] {
        let mut record = thing(number, number % 2, &format!("Tên {number} ̣ ớ"), Expect::New);
        record.files.push(file.digest);
        store.commit(put(record)).await.unwrap();
    }
    let mut edited = thing(2, 5, "Tên mới\n\"\\", Expect::Version(1));
    edited.columns[1] = i64::MIN.into();
    edited.columns[2] = "".into();
    store.commit(put(edited)).await.unwrap();
    store
        .commit(Write::by(actor()).op(Op::Remove(remove(4))))
        .await
        .unwrap();
    store
        .commit(Write::by(actor()).op(Op::Erase(remove(5))))
        .await
        .unwrap();
    store.commit(keyed()).await.unwrap();
    let job = NewJob {
        kind: "notify".to_owned(),
        payload: "{}".to_owned(),
        unique_key: Some("một".to_owned()),
        run_at: None,
    };
    let rest = Write::by(actor())
        .op(Op::Enqueue(job))
        .op(Op::Bump("units".to_owned()))
        .op(Op::Keep(kept(store, Ephemeral::DRAFT)))
        .op(Op::Keep(kept(store, "session")));
    store.commit(rest).await.unwrap();
    seal_all(store, 9).await;
    file.digest
}

/// Everything that can be read of the records of [`fill`].
async fn reading(store: &Store) -> (Vec<Vec<Version>>, Vec<store::Head>, Vec<store::Head>) {
    let mut histories = Vec::new();
    for number in [1, 2, 3, 4, 5, 30] {
        histories.push(
            store
                .history("thing", &store::Scope::bypass("a test"), id(number), 100)
                .await
                .unwrap(),
        );
    }
    let listed = store
        .list(&ListQuery::new("thing", Scope::bypass("a test")))
        .await
        .unwrap()
        .items;
    let query = SearchQuery {
        table: "thing".to_owned(),
        scope: Scope::units([id(0), id(1), id(5)]),
        text: "ten".to_owned(),
        limit: 100,
    };
    (histories, listed, store.search(&query).await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_restores_byte_for_byte_from_each_engine_into_each() {
    for place in places(81).await {
        let digest = fill(&place).await;
        let archive = place.folder.path().join("backup.tar.zst");
        let made = place.store.backup(&archive).await.unwrap();
        assert_eq!(
            (
                made.rows["record_version"],
                made.rows["ephemeral"],
                made.files
            ),
            (9, 1, 1)
        );
        assert_eq!(made.bytes, std::fs::metadata(&archive).unwrap().len());
        let before = reading(&place.store).await;
        assert_eq!((before.1.len(), before.2.len()), (4, 3));
        for (name, config, _folder) in empty_places().await {
            let way = format!("{} to {name}", place.name);
            // An earlier restore was killed here.
            std::fs::create_dir_all(config.data.join("restoring/files")).unwrap();
            std::fs::write(config.data.join("restoring/phusa.db"), b"x").unwrap();
            let report = Store::restore(&config, &archive, tables(), fixed::context(9))
                .await
                .unwrap();
            assert_eq!(report.audit.findings, [], "{way}");
            assert_eq!(
                (
                    report.audit.leaves,
                    report.audit.unsealed,
                    report.audit.files
                ),
                (9, 0, 1)
            );
            assert_eq!(
                (&report.rows, &report.head),
                (&made.rows, &made.head),
                "{way}"
            );

            assert!(!config.data.join("restoring").exists());
            let store = Store::open(&config, tables(), later()).await.unwrap();
            assert_eq!(reading(&store).await, before, "{way}");
            let mut content = Vec::new();
            let mut reader = store
                .every_file("a test")
                .open(&digest)
                .await
                .unwrap()
                .unwrap();
            reader.read_to_end(&mut content).await.unwrap();
            assert_eq!(content, CONTENT);
            assert_eq!(
                store.every_file("a test").file(&digest).await.unwrap(),
                place
                    .store
                    .every_file("a test")
                    .file(&digest)
                    .await
                    .unwrap()
            );

            assert!(store.epoch("units").await.unwrap() > 1_000_000, "{way}");
            let repeated = store.commit(keyed()).await.unwrap();
            assert_eq!(
                repeated,
                Outcome::Repeated("{\"so\":1}".to_owned()),
                "{way}"
            );
            assert!(
                store
                    .ephemeral(Ephemeral::DRAFT, "a")
                    .await
                    .unwrap()
                    .is_some()
            );
            assert_eq!(store.ephemeral("session", "a").await.unwrap(), None);
            assert_eq!(store.lease_jobs(id(1), 9, 60).await.unwrap().len(), 1);

            // Life goes on, and the chain goes through the head of the backup.
            store
                .commit(put(thing(40, 5, "sau", Expect::New)))
                .await
                .unwrap();
            store
                .commit(put(thing(2, 5, "sau", Expect::Version(2))))
                .await
                .unwrap();
            seal_all(&store, 11).await;
            let report = store.verify(Some(&made.head)).await.unwrap();
            assert_eq!((report.findings, report.leaves), (vec![], 11), "{way}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_made_while_eight_write_is_one_instant() {
    for place in places(82).await {
        let stop = Arc::new(AtomicBool::new(false));
        let acknowledged: Arc<[AtomicU64; 8]> = Arc::default();
        let mut writers = Vec::new();
        for writer in 0..8_u64 {
            let (store, stop, acknowledged) =
                (place.store.clone(), stop.clone(), acknowledged.clone());
            writers.push(tokio::spawn(async move {
                // Two records that always change together, and one more each time.
                for round in 0.. {
                    let expect = if round == 0 {
                        Expect::New
                    } else {
                        Expect::Version(round)
                    };
                    let pair = [1, 2].map(|side| {
                        Op::Put(thing(
                            writer * 10 + side,
                            5,
                            &format!("lần {round}"),
                            expect,
                        ))
                    });
                    let fresh = 1_000_000 * (writer + 1) + u64::try_from(round).unwrap();
                    let write = pair
                        .into_iter()
                        .fold(Write::by(actor()), Write::op)
                        .op(Op::Put(thing(fresh, 5, "mới", Expect::New)));
                    store.commit(write).await.unwrap();
                    acknowledged[usize::try_from(writer).unwrap()].fetch_add(1, Ordering::SeqCst);
                    if stop.load(Ordering::SeqCst) {
                        return;
                    }
                }
            }));
        }
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        let before: Vec<u64> = acknowledged
            .iter()
            .map(|count| count.load(Ordering::SeqCst))
            .collect();
        let archive = place.folder.path().join("backup.tar.zst");
        let made = place.store.backup(&archive).await.unwrap();
        let during = acknowledged
            .iter()
            .map(|count| count.load(Ordering::SeqCst))
            .sum::<u64>();
        stop.store(true, Ordering::SeqCst);
        for writer in writers {
            writer.await.unwrap();
        }
        assert!(
            before.iter().all(|count| *count > 0) && during > before.iter().sum(),
            "{}",
            place.name
        );
        for (name, config, _folder) in empty_places().await {
            let report = Store::restore(&config, &archive, tables(), fixed::context(9))
                .await
                .unwrap();
            assert_eq!(report.audit.findings, [], "{} to {name}", place.name);
            assert_eq!(report.audit.leaves, made.rows["leaf"]);
            let store = Store::open(&config, tables(), fixed::context(10))
                .await
                .unwrap();
            for (writer, known) in (0..8).zip(&before) {
                let mut versions = Vec::new();
                for side in [1, 2] {
                    let record = store
                        .fetch("thing", &Scope::bypass("a test"), id(writer * 10 + side))
                        .await
                        .unwrap();
                    versions.push(u64::try_from(record.unwrap().head.version).unwrap());
                }
                assert_eq!(versions[0], versions[1], "half of a write");
                assert!(versions[0] >= *known, "an acknowledged write is missing");
                for round in 0..=versions[0] {
                    let fresh = id(1_000_000 * (writer + 1) + round);
                    let there = store
                        .fetch("thing", &Scope::bypass("a test"), fresh)
                        .await
                        .unwrap()
                        .is_some();
                    assert_eq!(there, round < versions[0], "{writer} round {round}");
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_is_not_empty_is_left_as_it_is() {
    let places = places(84).await;
    fill(&places[0]).await;
    let archive = places[0].folder.path().join("backup.tar.zst");
    places[0].store.backup(&archive).await.unwrap();
    for place in &places {
        let before = reading(&place.store).await;
        let refused = Store::restore(&place.config, &archive, tables(), fixed::context(9)).await;
        assert!(
            matches!(refused, Err(StoreError::NotEmpty { .. })),
            "{}: {refused:?}",
            place.name
        );
        assert_eq!(reading(&place.store).await, before);
    }
    // Files without a database are somebody's too.
    let folder = TempDir::new().unwrap();
    std::fs::create_dir_all(folder.path().join("files/ab")).unwrap();
    std::fs::write(folder.path().join("files/ab/x"), b"x").unwrap();
    let config = Config::embedded(folder.path());
    let refused = Store::restore(&config, &archive, tables(), fixed::context(9)).await;
    assert!(
        matches!(refused, Err(StoreError::NotEmpty { .. })),
        "{refused:?}"
    );
    assert!(folder.path().join("files/ab/x").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn declarations_that_do_not_follow_are_refused_and_new_ones_are_followed() {
    let place = places(85).await.remove(0);
    fill(&place).await;
    let archive = place.folder.path().join("backup.tar.zst");
    place.store.backup(&archive).await.unwrap();
    for (name, config, folder) in empty_places().await {
        let other = vec![TableSpec::new("thing")];
        let refused = Store::restore(&config, &archive, other, fixed::context(9)).await;
        assert!(
            matches!(refused, Err(StoreError::Declaration { .. })),
            "{name}: {refused:?}"
        );
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        // A table that this program knows no more comes along; a column more is made.
        let newer = vec![
            tables().remove(0).column("added", store::ColumnKind::Int),
            TableSpec::new("newcomer"),
        ];
        let report = Store::restore(&config, &archive, newer, fixed::context(9))
            .await
            .unwrap();
        assert_eq!(
            (report.audit.heads, &report.audit.findings[..]),
            (4, &[][..]),
            "{name}"
        );
    }
    for (name, config, _folder) in empty_places().await {
        let report = Store::restore(&config, &archive, Vec::new(), fixed::context(9))
            .await
            .unwrap();
        assert_eq!(
            (report.audit.heads, &report.audit.findings[..]),
            (4, &[][..]),
            "{name}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn damaged_evidence_does_not_stop_a_backup_and_is_named() {
    for (gone, place) in [(true, places(86).await), (false, places(87).await)]
        .into_iter()
        .flat_map(|(gone, places)| places.into_iter().map(move |place| (gone, place)))
    {
        fill(&place).await;
        let path = files_in(&place.folder.path().join("files")).remove(0);
        if gone {
            std::fs::remove_file(&path).unwrap();
        } else {
            std::fs::write(&path, b"khac").unwrap();
        }
        let archive = place.folder.path().join("backup.tar.zst");
        let made = place.store.backup(&archive).await.unwrap();
        assert_eq!((made.files, made.damaged.len()), (0, 1), "{}", place.name);
        for (name, config, _folder) in empty_places().await {
            let report = Store::restore(&config, &archive, tables(), fixed::context(9))
                .await
                .unwrap();
            assert_eq!(report.damaged, made.damaged, "{name}");
            let kinds: Vec<_> = report
                .audit
                .findings
                .iter()
                .map(|finding| finding.kind)
                .collect();
            assert_eq!(kinds, ["file-missing"], "{name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_cannot_be_written_leaves_nothing() {
    for place in places(88).await {
        fill(&place).await;
        let nowhere = place.folder.path().join("nowhere/backup.tar.zst");
        assert!(matches!(
            place.store.backup(&nowhere).await,
            Err(StoreError::File { .. })
        ));
        // The target is a folder: only the last step fails.
        let folder = place.folder.path().join("taken");
        std::fs::create_dir_all(folder.join("inside")).unwrap();
        assert!(matches!(
            place.store.backup(&folder).await,
            Err(StoreError::File { .. })
        ));
        let left = std::fs::read_dir(place.folder.path()).unwrap();
        let partial = left.filter(|entry| {
            entry
                .as_ref()
                .unwrap()
                .file_name()
                .to_string_lossy()
                .contains("partial")
        });
        assert_eq!(partial.count(), 0);
    }
}
