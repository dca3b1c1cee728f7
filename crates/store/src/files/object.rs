//! Where content lies: a local folder now; an S3-compatible store fits behind the same face.

use std::future::Future;
use std::pin::Pin;

use tokio::io::AsyncRead;
use vocab::Id;

use crate::{FileWork, StoreError};

/// A future that a trait object can give back.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// An object's content.
pub type ObjectReader = Pin<Box<dyn AsyncRead + Send>>;

/// A store of objects, each under a name of its own that is used once and never again.
///
/// The database says which object holds which content and which objects are to go
/// (`loose_object`), so that this needs nothing but what S3 gives:
///
/// - [`ObjectStore::begin`]: nothing yet, or `CreateMultipartUpload`. The name is known from
///   the start, no object is ever renamed, copied or overwritten.
/// - [`Pending::write`]: gathers 5 MiB or more, then `UploadPart`.
/// - [`Pending::finish`]: `CompleteMultipartUpload`, or one `PutObject` for what fitted into
///   the first part. Nobody asks for the object before.
/// - Dropping a [`Pending`]: `AbortMultipartUpload`, as well as it can. The bucket's rule
///   `AbortIncompleteMultipartUpload` clears away what a killed process began.
/// - [`ObjectStore::open`]: `GetObject`, whose 404 is `None`. S3 shows an object as soon as
///   it was completed.
/// - [`ObjectStore::remove`]: `DeleteObject`, which does not mind a name that is not there.
///
/// Listing is not needed, nor anybody's clock.
pub trait ObjectStore: Send + Sync {
    /// Begins a new object.
    fn begin(&self, name: Id) -> Answer<'_, Box<dyn Pending>>;
    /// Opens an object, if it is there.
    fn open(&self, name: Id) -> Answer<'_, Option<ObjectReader>>;
    /// Removes an object, finished or not; one that is not there is no error.
    fn remove(&self, name: Id) -> Answer<'_, ()>;
}

/// An object on its way in; dropped before its end, it is given up.
pub trait Pending: Send {
    /// Appends a chunk.
    fn write<'a>(&'a mut self, chunk: &'a [u8]) -> Answer<'a, ()>;
    /// Makes it whole and durable.
    fn finish(self: Box<Self>) -> Answer<'static, ()>;
}

pub(crate) fn file_error(doing: FileWork, error: &std::io::Error) -> StoreError {
    if matches!(
        error.kind(),
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded
    ) {
        return StoreError::Full(error.to_string());
    }
    StoreError::File {
        doing,
        why: error.to_string(),
    }
}
