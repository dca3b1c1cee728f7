//! Where content lies: a local folder now; an S3-compatible store fits behind the same face.

use std::future::Future;
use std::pin::Pin;

use tokio::io::AsyncRead;

use vocab::Instant;

use crate::StoreError;

/// A future that a trait object can give back.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// An object's content.
pub type ObjectReader = Pin<Box<dyn AsyncRead + Send>>;

/// A store of objects named by the SHA-256 of their content.
pub trait ObjectStore: Send + Sync {
    /// Begins a new object.
    fn begin(&self) -> Answer<'_, Box<dyn Pending>>;
    /// Opens an object, if it is there.
    fn open<'a>(&'a self, digest: &'a [u8; 32]) -> Answer<'a, Option<ObjectReader>>;
    /// Removes an object; one that is not there is no error.
    fn remove<'a>(&'a self, digest: &'a [u8; 32]) -> Answer<'a, ()>;
    /// Clears away objects that were begun before an instant and never finished: what a
    /// process that was killed left behind.
    fn clear_unfinished(&self, older_than: Instant) -> Answer<'_, ()>;
}

/// An object on its way in.
pub trait Pending: Send {
    /// Appends a chunk.
    fn write<'a>(&'a mut self, chunk: &'a [u8]) -> Answer<'a, ()>;
    /// Makes it durable under its digest; the same content twice is one object.
    fn finish(self: Box<Self>, digest: &[u8; 32]) -> Answer<'_, ()>;
}

pub(crate) fn file_error(doing: impl Into<String>, error: &std::io::Error) -> StoreError {
    let doing = doing.into();
    if error.kind() == std::io::ErrorKind::StorageFull {
        return StoreError::Full(doing);
    }
    StoreError::File {
        doing,
        why: error.to_string(),
    }
}
