//! Evidence and other files: kept once by the digest of their content, never changed.
//!
//! The content lies in an object under a name of its own; the row of a file says under which.
//! An object that no file has, or not yet, is a loose one: it is noted before it is begun and
//! until it is gone. So whoever clears away what nobody refers to and whoever uploads the very
//! same content at that moment never mean the same object.

mod local;
mod object;
mod orphans;
mod sniff;
mod work;

pub use local::LocalObjects;
pub(crate) use object::file_error;
pub use object::{Answer, ObjectReader, ObjectStore, Pending};
pub use sniff::{MediaType, sniff};
pub use work::FileWork;

use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;
use vocab::Id;

use crate::engine::{Param, Statement};
use crate::query::reach;
use crate::store::Fields;
use crate::{Scope, Store, StoreError};

/// Files of one store, as far as somebody reaches them.
#[derive(Clone)]
pub struct Files {
    store: Store,
    /// The records of this table, as far as this scope goes, whose files these are; none for
    /// every file.
    of: Option<(String, Scope)>,
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
    object: Id,
    pending: Box<dyn Pending>,
    hasher: Sha256,
    start: Vec<u8>,
    size: u64,
    limit: u64,
}

/// How much of a file its type is read from.
const SNIFF_BYTES: usize = 4_096;

impl Files {
    pub(crate) fn every(store: &Store) -> Self {
        let store = store.clone();
        Self { store, of: None }
    }

    /// Whether one of the records that are reached refers to a file, or did once.
    async fn reaches(&self, digest: &[u8; 32]) -> Result<bool, StoreError> {
        let Some((table, scope)) = &self.of else {
            return Ok(true);
        };
        let users = self.store.file_users(table, scope, digest).await?;
        Ok(!users.is_empty())
    }

    /// What is known of a file that was taken in.
    pub async fn file(&self, digest: &[u8; 32]) -> Result<Option<StoredFile>, StoreError> {
        if !self.reaches(digest).await? {
            return Ok(None);
        }
        let sql = "SELECT size, media_type FROM file WHERE digest = ?1";
        let statement = Statement::new(sql, vec![Param::from(digest.to_vec())]);
        let rows = self.store.inner.engine.query(&statement).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        Ok(Some(StoredFile {
            digest: *digest,
            size: u64::try_from(row.int(0)?).unwrap_or(0),
            media_type: MediaType::lookup(&row.text(1)?),
        }))
    }

    /// Opens a file's content, if it is there.
    pub async fn open(&self, digest: &[u8; 32]) -> Result<Option<ObjectReader>, StoreError> {
        if !self.reaches(digest).await? {
            return Ok(None);
        }
        let mut tried = None;
        loop {
            let object = self.object(digest).await?;
            let Some(name) = object.filter(|_| object != tried) else {
                return Ok(None);
            };
            if let Some(reader) = self.store.inner.objects.open(name).await? {
                return Ok(Some(reader));
            }
            // Another upload may have taken its place since the row was read.
            tried = object;
        }
    }

    /// The object that holds a file's content.
    async fn object(&self, digest: &[u8; 32]) -> Result<Option<Id>, StoreError> {
        let sql = "SELECT object FROM file WHERE digest = ?1";
        let statement = Statement::new(sql, vec![Param::from(digest.to_vec())]);
        let rows = self.store.inner.engine.query(&statement).await?;
        rows.first().map(|row| row.id(0)).transpose()
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
                .map_err(|error| object::file_error(FileWork::Reading, &error))?;
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
        let object = self.context().new_id();
        // Noted before it is begun: whatever happens, somebody knows that it must go.
        self.note_loose(object).await?;
        Ok(Upload {
            store: self.clone(),
            object,
            pending: self.inner.objects.begin(object).await?,
            hasher: Sha256::new(),
            start: Vec::new(),
            size: 0,
            limit,
        })
    }

    /// The files that the records of a table refer to, or did once, as far as a scope reaches
    /// the records as they stand.
    pub fn files_of(&self, table: &str, scope: &Scope) -> Files {
        Files {
            store: self.clone(),
            of: Some((table.to_owned(), scope.clone())),
        }
    }

    /// Every file, whoever asks. The reason says why no permission is asked;
    /// `grep -rn every_file` lists them all.
    pub fn every_file(&self, _reason: &'static str) -> Files {
        Files::every(self)
    }

    /// The tables among whose records some refer to a file, or did once, whoever may read them.
    pub async fn file_tables(&self, digest: &[u8; 32]) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT DISTINCT v.table_name FROM file_ref r JOIN record_version v \
             ON v.record_id = r.record_id AND v.version = r.version WHERE r.digest = ?1";
        let statement = Statement::new(sql, vec![Param::from(digest.to_vec())]);
        let rows = self.inner.engine.query(&statement).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }

    /// The records of a table, reached by a scope, whose newest version or an earlier one
    /// refers to a file; at most 100.
    pub async fn file_users(
        &self,
        table: &str,
        scope: &Scope,
        digest: &[u8; 32],
    ) -> Result<Vec<Id>, StoreError> {
        let spec = self.table(table)?;
        scope.check(&spec)?;
        let mut params = vec![Param::from(digest.to_vec())];
        let reached = reach::sql(scope, self.dialect(), "h.", &mut params)
            .map_or_else(String::new, |reached| format!(" AND {reached}"));
        let sql = format!(
            "SELECT DISTINCT r.record_id FROM file_ref r JOIN head_{} h ON h.id = r.record_id \
             WHERE r.digest = ?1{reached} ORDER BY r.record_id LIMIT 100",
            spec.name
        );
        let rows = self
            .inner
            .engine
            .query(&Statement::new(sql, params))
            .await?;
        rows.iter().map(|row| row.id(0)).collect()
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
        let file = StoredFile {
            digest,
            size: self.size,
            media_type: sniff(&self.start),
        };
        self.pending.finish().await?;
        self.store.settle(self.object, &file).await?;
        Ok(file)
    }
}
