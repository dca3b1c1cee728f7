//! The trait for objects asks for nothing that S3 does not give.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use store::files::{Answer, ObjectReader, ObjectStore, Pending};
use store::{Expect, Store, StoreError};
use vocab::context::fixed;
use vocab::{Id, Instant};

use crate::fixture::{empty_places, places, put, tables, thing};

/// The smallest part but the last that S3 takes.
const PART: usize = 5 << 20;

/// What S3 does, in memory: an object appears when its upload is completed, and no name is
/// taken twice.
#[derive(Clone, Default)]
struct Bucket {
    objects: Arc<Mutex<HashMap<Id, Vec<u8>>>>,
    open_uploads: Arc<Mutex<usize>>,
}

struct Multipart {
    bucket: Bucket,
    name: Id,
    parts: Vec<Vec<u8>>,
    buffer: Vec<u8>,
}

impl Bucket {
    fn count(&self) -> (usize, usize) {
        (
            self.objects.lock().unwrap().len(),
            *self.open_uploads.lock().unwrap(),
        )
    }
}

impl ObjectStore for Bucket {
    fn begin(&self, name: Id) -> Answer<'_, Box<dyn Pending>> {
        *self.open_uploads.lock().unwrap() += 1;
        let upload = Multipart {
            bucket: self.clone(),
            name,
            parts: Vec::new(),
            buffer: Vec::new(),
        };
        Box::pin(async move { Ok(Box::new(upload) as Box<dyn Pending>) })
    }

    fn open(&self, name: Id) -> Answer<'_, Option<ObjectReader>> {
        let found = self.objects.lock().unwrap().get(&name).cloned();
        let reader = found.map(|content| Box::pin(std::io::Cursor::new(content)) as ObjectReader);
        Box::pin(async move { Ok(reader) })
    }

    fn remove(&self, name: Id) -> Answer<'_, ()> {
        self.objects.lock().unwrap().remove(&name);
        Box::pin(async { Ok(()) })
    }
}

impl Pending for Multipart {
    fn write<'a>(&'a mut self, chunk: &'a [u8]) -> Answer<'a, ()> {
        self.buffer.extend_from_slice(chunk);
        if self.buffer.len() >= PART {
            self.parts.push(std::mem::take(&mut self.buffer));
        }
        Box::pin(async { Ok(()) })
    }

    fn finish(mut self: Box<Self>) -> Answer<'static, ()> {
        Box::pin(async move {
            self.parts.push(std::mem::take(&mut self.buffer));
            let content = self.parts.concat();
            let before = self
                .bucket
                .objects
                .lock()
                .unwrap()
                .insert(self.name, content);
            assert_eq!(before, None, "{} was overwritten", self.name);
            Ok(())
        })
    }
}

impl Drop for Multipart {
    fn drop(&mut self) {
        *self.bucket.open_uploads.lock().unwrap() -= 1;
    }
}

async fn upload(store: &Store, size: usize) -> Result<[u8; 32], StoreError> {
    let mut upload = store.upload(1 << 30).await?;
    for chunk in vec![3; size].chunks(70_000) {
        upload.write(chunk).await?;
    }
    Ok(upload.finish().await?.digest)
}

#[tokio::test(flavor = "multi_thread")]
async fn files_live_in_a_bucket_as_well() {
    for place in places(48).await {
        let bucket = Bucket::default();
        let objects = Arc::new(bucket.clone());
        let store = Store::open_with(&place.config, tables(), fixed::context(49), objects)
            .await
            .unwrap();
        let digest = upload(&store, 12 << 20).await.unwrap();
        assert_eq!(upload(&store, 12 << 20).await.unwrap(), digest);
        assert_eq!(bucket.count(), (1, 0), "kept once");
        let mut record = thing(1, 5, "x", Expect::New);
        record.files.push(digest);
        store.commit(put(record)).await.unwrap();
        upload(&store, 10).await.unwrap();
        let mut given_up = store.upload(100).await.unwrap();
        given_up.write(b"x").await.unwrap();
        assert_eq!(bucket.count(), (2, 1));
        drop(given_up);
        store
            .remove_orphans(Instant::from_micros(i64::MAX))
            .await
            .unwrap();
        assert_eq!(bucket.count(), (1, 0), "{}", place.name);
        assert_eq!(store.verify(None).await.unwrap().findings, []);

        // A backup takes them along, wherever they lie.
        let archive = place.folder.path().join("backup.tar.zst");
        assert_eq!(store.backup(&archive).await.unwrap().files, 1);
        for (name, config, _folder) in empty_places().await {
            let report = Store::restore(&config, &archive, tables(), fixed::context(9))
                .await
                .unwrap();
            assert_eq!(
                (report.files, &report.audit.findings[..]),
                (1, &[][..]),
                "{name}"
            );
        }
    }
}
