//! Evidence and other files: kept once by the digest of their content, never changed.

mod local;
mod object;
mod sniff;

pub use local::LocalObjects;
pub(crate) use object::file_error;
pub use object::{Answer, ObjectReader, ObjectStore, Pending};
pub use sniff::{MediaType, sniff};

use std::sync::Arc;

use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;
use vocab::Instant;

use crate::engine::{Param, Statement};
use crate::store::Fields;
use crate::{Store, StoreError};

/// Files of one store.
#[derive(Clone)]
pub struct Files {
    objects: Arc<dyn ObjectStore>,
}

/// A file that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// SHA-256 of its content: its name in the store.
    pub digest: [u8; 32],
    /// Bytes.
    pub size: u64,
    /// What its content is, whatever its name said.
    pub media_type: MediaType,
}

/// A file on its way in: feed it chunks, then [`Upload::finish`]. Dropped before, it leaves
/// nothing behind.
pub struct Upload {
    store: Store,
    pending: Box<dyn Pending>,
    hasher: Sha256,
    start: Vec<u8>,
    size: u64,
    limit: u64,
}

/// How much of a file its type is read from.
const SNIFF_BYTES: usize = 4_096;

impl Files {
    pub(crate) fn new(objects: Arc<dyn ObjectStore>) -> Self {
        Self { objects }
    }

    /// Opens a file's content, if it is there.
    pub async fn open(&self, digest: &[u8; 32]) -> Result<Option<ObjectReader>, StoreError> {
        self.objects.open(digest).await
    }

    /// Whether a file's content still has its digest; nothing if it is not there.
    pub async fn check(&self, digest: &[u8; 32]) -> Result<Option<bool>, StoreError> {
        let Some(mut reader) = self.open(digest).await? else {
            return Ok(None);
        };
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            let count = reader
                .read(&mut buffer)
                .await
                .map_err(|error| object::file_error("reading a file", &error))?;
            if count == 0 {
                break;
            }
            hasher.update(&buffer[..count]);
        }
        let found: [u8; 32] = hasher.finalize().into();
        Ok(Some(found == *digest))
    }
}

impl Store {
    /// Begins to take a file in, of at most `limit` bytes.
    pub async fn upload(&self, limit: u64) -> Result<Upload, StoreError> {
        let pending = self.inner.files.objects.begin().await?;
        Ok(Upload {
            store: self.clone(),
            pending,
            hasher: Sha256::new(),
            start: Vec::new(),
            size: 0,
            limit,
        })
    }

    /// What is known of a file that was taken in.
    pub async fn file(&self, digest: &[u8; 32]) -> Result<Option<StoredFile>, StoreError> {
        let sql = "SELECT size, media_type FROM file WHERE digest = ?1";
        let rows = self
            .inner
            .engine
            .query(&Statement::new(sql, vec![Param::from(digest.to_vec())]))
            .await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        Ok(Some(StoredFile {
            digest: *digest,
            size: u64::try_from(row.int(0)?).unwrap_or(0),
            media_type: MediaType::lookup(&row.text(1)?),
        }))
    }

    /// The records whose newest version or an earlier one refers to a file.
    pub async fn file_users(&self, digest: &[u8; 32]) -> Result<Vec<vocab::Id>, StoreError> {
        let sql = "SELECT DISTINCT record_id FROM file_ref WHERE digest = ?1 ORDER BY record_id LIMIT 100";
        let rows = self
            .inner
            .engine
            .query(&Statement::new(sql, vec![Param::from(digest.to_vec())]))
            .await?;
        rows.iter().map(|row| row.id(0)).collect()
    }

    /// Removes files that no version refers to and that came before an instant, and what a
    /// killed process left half-written before it: uploads that were never submitted. Gives
    /// how many files.
    pub async fn remove_orphans(&self, older_than: Instant) -> Result<usize, StoreError> {
        let at = older_than.as_micros();
        let lock = format!(
            "SELECT digest FROM file WHERE created_at < ?1 ORDER BY digest{}",
            self.dialect().for_update()
        );
        // A write that refers to one of these holds its row: the first statement waits for
        // it, the second one sees what it wrote.
        let delete = "DELETE FROM file WHERE created_at < ?1 AND NOT EXISTS \
                      (SELECT 1 FROM file_ref r WHERE r.digest = file.digest) RETURNING digest";
        let statements = vec![
            Statement::new(lock, vec![at.into()]),
            Statement::new(delete, vec![at.into()]),
        ];
        let rows = self.inner.engine.execute(statements).await?.remove(1);
        for row in &rows {
            // The row went first: a crash in between leaves an object without a row, which
            // the next upload of the same content takes over.
            self.inner.files.objects.remove(&row.digest(0)?).await?;
        }
        self.inner
            .files
            .objects
            .clear_unfinished(older_than)
            .await?;
        Ok(rows.len())
    }
}

impl Upload {
    /// Takes the next part of the file.
    ///
    /// Error: [`StoreError::TooLarge`] as soon as the limit is passed.
    pub async fn write(&mut self, chunk: &[u8]) -> Result<(), StoreError> {
        self.size += chunk.len() as u64;
        if self.size > self.limit {
            return Err(StoreError::TooLarge { limit: self.limit });
        }
        if self.start.len() < SNIFF_BYTES {
            let room = SNIFF_BYTES - self.start.len();
            self.start
                .extend_from_slice(&chunk[..chunk.len().min(room)]);
        }
        self.hasher.update(chunk);
        self.pending.write(chunk).await
    }

    /// Ends the file: it is on disk when this returns.
    pub async fn finish(self) -> Result<StoredFile, StoreError> {
        let digest: [u8; 32] = self.hasher.finalize().into();
        let media_type = sniff(&self.start);
        self.pending.finish(&digest).await?;
        let sql = "INSERT INTO file (digest, size, media_type, created_at) VALUES (?1, ?2, ?3, ?4) \
                   ON CONFLICT (digest) DO UPDATE SET created_at = excluded.created_at";
        let params = vec![
            Param::from(digest.to_vec()),
            i64::try_from(self.size).unwrap_or(i64::MAX).into(),
            media_type.as_str().into(),
            self.store.context().now().as_micros().into(),
        ];
        self.store
            .inner
            .engine
            .execute(vec![Statement::new(sql, params)])
            .await?;
        Ok(StoredFile {
            digest,
            size: self.size,
            media_type,
        })
    }
}
