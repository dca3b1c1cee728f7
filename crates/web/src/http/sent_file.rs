//! A file that a form before has sent: named by the next one, or read whole for lists that are
//! taken in at once.

use registry::Evidence;
use store::{Store, StoreError};
use tokio::io::AsyncReadExt;
use vocab::hex;

use super::file_name;

/// The largest such file, in bytes.
const LARGEST: u64 = 16 << 20;

/// What became of it.
pub(super) enum SentFile {
    /// It is all here.
    Whole(Vec<u8>),
    /// Nothing was sent, or it is not kept any more.
    Missing,
    /// It is larger than what is read at once. None of it is given: a list that is cut off
    /// would pass for a shorter one.
    TooLarge,
}

/// The evidence that a form names by digest, space, name. Whether it was this account's is asked
/// when it goes into a record.
pub(super) async fn evidence(store: &Store, named: &str) -> Result<Option<Evidence>, StoreError> {
    let (digest, name) = named.split_once(' ').unwrap_or((named, ""));
    let Some(digest) = hex::decode_digest(digest) else {
        return Ok(None);
    };
    let files = store.every_file("whether this account sent it is asked when it is used");
    let file = files.file(&digest).await?;
    let file = file.filter(|file| file.media_type.is_evidence());
    Ok(file.map(|file| Evidence::of(file_name::clean(name), &file)))
}

/// Reads it. Whoever calls this has made sure that the visitor sent it.
pub(super) async fn read(store: &Store, digest: &[u8; 32]) -> Result<SentFile, StoreError> {
    let files = store.every_file("a list that whoever takes it in has just sent");
    let Some(content) = files.open(digest).await? else {
        return Ok(SentFile::Missing);
    };
    let mut bytes = Vec::new();
    let read = content.take(LARGEST + 1).read_to_end(&mut bytes).await;
    read.map_err(|error| StoreError::File {
        doing: store::FileWork::ReadingSource("a list".to_owned()),
        why: error.to_string(),
    })?;
    Ok(if bytes.len() as u64 > LARGEST {
        SentFile::TooLarge
    } else {
        SentFile::Whole(bytes)
    })
}
