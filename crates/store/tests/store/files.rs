//! Evidence is kept by its content, within limits, and checked.

use std::io::Write as _;

use store::files::MediaType;
use store::{Expect, StoreError};
use tokio::io::AsyncReadExt;
use vocab::Instant;

use crate::fixture::{id, places, put, thing};

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
            .files()
            .open(&file.digest)
            .await
            .unwrap()
            .unwrap()
            .read_to_end(&mut content)
            .await
            .unwrap();
        assert_eq!(content.len(), 100_009);
        assert_eq!(store.file_users(&file.digest).await.unwrap(), [id(1)]);
        assert_eq!(store.verify(None).await.unwrap().findings, []);

        let hex = file
            .digest
            .iter()
            .fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        let path = place
            .folder
            .path()
            .join("files")
            .join(&hex[..2])
            .join(&hex[2..4])
            .join(&hex);
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
                .files()
                .open(&forgotten.digest)
                .await
                .unwrap()
                .is_none()
        );
        assert_eq!(
            std::fs::read_dir(place.folder.path().join("files/incoming"))
                .unwrap()
                .count(),
            0
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
        let incoming = place.folder.path().join("files/incoming");
        std::fs::write(incoming.join("left-over"), b"x").unwrap();
        place
            .store
            .remove_orphans(Instant::from_micros(0))
            .await
            .unwrap();
        assert_eq!(
            std::fs::read_dir(&incoming).unwrap().count(),
            1,
            "it may still be on its way"
        );
        place
            .store
            .remove_orphans(Instant::from_micros(i64::MAX))
            .await
            .unwrap();
        assert_eq!(std::fs::read_dir(&incoming).unwrap().count(), 0);
    }
}
