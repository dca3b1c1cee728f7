//! Evidence is kept by its content, within limits, and checked.

use std::io::Write as _;

use store::files::{MediaType, StoredFile};
use store::{Expect, Op, Remove, Store, StoreError, Write};
use tokio::io::AsyncReadExt;
use vocab::Instant;

use crate::fixture::{actor, files_in, id, places, put, thing};

#[tokio::test(flavor = "multi_thread")]
async fn evidence_comes_back_as_it_went_in_and_an_altered_file_is_named() {
    for place in places(41).await {
        let store = &place.store;
        let mut upload = store.upload(1 << 20).await.unwrap();
        upload.write(b"%PDF-1.7\n").await.unwrap();
        upload.write(&vec![7; 100_000]).await.unwrap();
        let file = upload.finish().await.unwrap();
        assert_eq!((file.size, file.media_type), (100_009, MediaType::Pdf));
        let mut record = thing(1, 5, "có minh chứng", Expect::New);
        record.files.push(file.digest);
        store.commit(put(record)).await.unwrap();

        let mut content = Vec::new();
        store
            .every_file("a test")
            .open(&file.digest)
            .await
            .unwrap()
            .unwrap()
            .read_to_end(&mut content)
            .await
            .unwrap();
        assert_eq!(content.len(), 100_009);
        assert_eq!(
            store
                .file_users("thing", &store::Scope::bypass("a test"), &file.digest)
                .await
                .unwrap(),
            [id(1)]
        );
        assert_eq!(store.file_tables(&file.digest).await.unwrap(), ["thing"]);
        assert!(store.file_tables(&[9; 32]).await.unwrap().is_empty());
        assert_eq!(store.verify(None).await.unwrap().findings, []);

        let path = files_in(&place.folder.path().join("files")).remove(0);
        std::fs::OpenOptions::new()
            .append(true)
            .open(&path)
            .unwrap()
            .write_all(b"x")
            .unwrap();
        assert_eq!(
            store.verify(None).await.unwrap().findings[0].kind,
            "file-altered"
        );
        std::fs::remove_file(&path).unwrap();
        assert_eq!(
            store.verify(None).await.unwrap().findings[0].kind,
            "file-missing"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_or_never_submitted_leaves_nothing_behind() {
    for place in places(42).await {
        let store = &place.store;
        let mut upload = store.upload(10).await.unwrap();
        assert!(matches!(
            upload.write(&[0; 11]).await,
            Err(StoreError::TooLarge { limit: 10 })
        ));
        drop(upload);
        let mut upload = store.upload(10).await.unwrap();
        upload.write(b"bo quen").await.unwrap();
        let forgotten = upload.finish().await.unwrap();
        assert_eq!(
            store.remove_orphans(Instant::from_micros(0)).await.unwrap(),
            0
        );
        assert_eq!(
            store
                .remove_orphans(Instant::from_micros(i64::MAX))
                .await
                .unwrap(),
            1
        );
        assert!(
            store
                .every_file("a test")
                .open(&forgotten.digest)
                .await
                .unwrap()
                .is_none()
        );
        assert_eq!(
            files_in(&place.folder.path().join("files")),
            [""; 0].map(std::path::PathBuf::from)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_cannot_refer_to_a_file_that_is_not_there() {
    for place in places(43).await {
        let store = &place.store;
        let mut upload = store.upload(10).await.unwrap();
        upload.write(b"tam").await.unwrap();
        let file = upload.finish().await.unwrap();
        assert_eq!(
            store
                .remove_orphans(Instant::from_micros(i64::MAX))
                .await
                .unwrap(),
            1
        );
        let mut record = thing(1, 5, "mất tệp", Expect::New);
        record.files.push(file.digest);
        let refused = store.commit(put(record)).await;
        assert!(
            matches!(refused, Err(StoreError::MissingFile { .. })),
            "{}: {refused:?}",
            place.name
        );
        assert_eq!(store.verify(None).await.unwrap().versions, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_process_left_half_written_is_cleared_away() {
    for place in places(44).await {
        let store = &place.store;
        let files = || files_in(&place.folder.path().join("files")).len();
        let mut upload = store.upload(100).await.unwrap();
        upload.write(b"do dang").await.unwrap();
        // A killed process drops nothing.
        std::mem::forget(upload);
        let began = store.context().now();
        store.remove_orphans(began.plus_seconds(-60)).await.unwrap();
        assert_eq!(files(), 1, "it may still be on its way");
        store.remove_orphans(began.plus_seconds(60)).await.unwrap();
        assert_eq!(files(), 0, "{}", place.name);

        // Whoever took so long is told, and nothing is there.
        let mut upload = store.upload(100).await.unwrap();
        upload.write(b"rat lau").await.unwrap();
        store.remove_orphans(began.plus_seconds(60)).await.unwrap();
        let refused = upload.finish().await;
        assert!(
            matches!(refused, Err(StoreError::File { .. })),
            "{refused:?}"
        );
        store.remove_orphans(began.plus_seconds(60)).await.unwrap();
        assert_eq!(files(), 0, "{}", place.name);
    }
}

async fn upload(store: &Store, content: &[u8]) -> Result<StoredFile, StoreError> {
    let mut upload = store.upload(1_000).await?;
    upload.write(content).await?;
    upload.finish().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_of_what_is_being_cleared_away_stays() {
    for place in places(45).await {
        let store = &place.store;
        for round in 0..40_u64 {
            let old = upload(store, b"cung noi dung").await.unwrap();
            // All that came so far goes; what comes now stays.
            let until = store.context().now();
            let twice = (
                upload(store, b"cung noi dung"),
                upload(store, b"cung noi dung"),
            );
            let clear = async {
                for _ in 0..round % 4 {
                    tokio::task::yield_now().await;
                }
                store.remove_orphans(until).await
            };
            let (one, two, cleared) = tokio::join!(twice.0, twice.1, clear);
            assert!(cleared.unwrap() <= 1);
            assert_eq!(
                (one.unwrap().digest, two.unwrap().digest),
                (old.digest, old.digest)
            );
            let sound = store.every_file("a test").check(&old.digest).await.unwrap();
            assert_eq!(sound, Some(true), "{} round {round}", place.name);
            let mut record = thing(round + 1, 5, "có minh chứng", Expect::New);
            record.files.push(old.digest);
            if round % 2 == 0 {
                // Every other time it is an orphan again.
                continue;
            }
            store.commit(put(record)).await.unwrap();
            assert_eq!(store.verify(None).await.unwrap().findings, []);
            let erase = Remove {
                table: "thing".to_owned(),
                id: id(round + 1),
                version: 1,
                action: "erase".to_owned(),
            };
            store
                .commit(Write::by(actor()).op(Op::Erase(erase)))
                .await
                .unwrap();
        }
        // Nothing refers to it any more: no object is left over.
        let cleared = store
            .remove_orphans(Instant::from_micros(i64::MAX))
            .await
            .unwrap();
        assert_eq!(cleared, 1);
        assert_eq!(
            files_in(&place.folder.path().join("files")).len(),
            0,
            "{}",
            place.name
        );
        assert_eq!(store.verify(None).await.unwrap().findings, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn writers_and_clearing_at_once_never_leave_a_record_without_its_file() {
    for place in places(46).await {
        let mut tasks = Vec::new();
        for worker in 0..3_u64 {
            let store = place.store.clone();
            tasks.push(tokio::spawn(async move {
                for round in 0..25 {
                    // Cleared away at any moment: each may be refused, clearly.
                    let Ok(file) = upload(&store, b"cung noi dung").await else {
                        continue;
                    };
                    let mut record = thing(worker * 100 + round + 1, 5, "x", Expect::New);
                    record.files.push(file.digest);
                    let number = record.id;
                    match store.commit(put(record)).await {
                        Err(StoreError::MissingFile { .. }) => continue,
                        result => drop(result.unwrap()),
                    }
                    let sound = store
                        .every_file("a test")
                        .check(&file.digest)
                        .await
                        .unwrap();
                    assert_eq!(sound, Some(true));
                    let erase = Remove {
                        table: "thing".to_owned(),
                        id: number,
                        version: 1,
                        action: "erase".to_owned(),
                    };
                    store
                        .commit(Write::by(actor()).op(Op::Erase(erase)))
                        .await
                        .unwrap();
                }
            }));
        }
        let clearing = async {
            while tasks.iter().any(|task| !task.is_finished()) {
                place
                    .store
                    .remove_orphans(Instant::from_micros(i64::MAX))
                    .await
                    .unwrap();
                tokio::task::yield_now().await;
            }
        };
        clearing.await;
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(
            place.store.verify(None).await.unwrap().findings,
            [],
            "{}",
            place.name
        );
        place
            .store
            .remove_orphans(Instant::from_micros(i64::MAX))
            .await
            .unwrap();
        assert_eq!(files_in(&place.folder.path().join("files")).len(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_content_once_more_heals_what_was_damaged() {
    for place in places(47).await {
        let store = &place.store;
        let file = upload(store, b"noi dung").await.unwrap();
        let mut record = thing(1, 5, "x", Expect::New);
        record.files.push(file.digest);
        store.commit(put(record)).await.unwrap();
        upload(store, b"noi dung").await.unwrap();
        let kept = files_in(&place.folder.path().join("files"));
        assert_eq!(kept.len(), 1, "kept once");
        std::fs::write(&kept[0], b"bi sua").unwrap();
        assert_eq!(store.verify(None).await.unwrap().findings.len(), 1);
        upload(store, b"noi dung").await.unwrap();
        assert_eq!(
            store.verify(None).await.unwrap().findings,
            [],
            "{}",
            place.name
        );
        store
            .remove_orphans(Instant::from_micros(i64::MAX))
            .await
            .unwrap();
        assert_eq!(files_in(&place.folder.path().join("files")).len(), 1);
    }
}
