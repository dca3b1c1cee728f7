//! A file that a form before has sent, read whole: for lists that are taken in at once.

use store::{Store, StoreError};
use tokio::io::AsyncReadExt;

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
