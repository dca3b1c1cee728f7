//! Reading an archive. Its names are never paths here: an entry is one that the archive
//! must have, or the archive is refused.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use vocab::hex;

use sha2::{Digest, Sha256};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::pack::{SEAL, SEAL_BYTES};
use super::{ArchiveFault, refused, unreadable};
use crate::{FileWork, StoreError};

/// No entry but a file is larger.
const ENTRY_BYTES: u64 = 256 << 20;
const FILE_CHUNK: u64 = 1 << 18;

/// What comes out of an archive, in its order.
pub(super) enum Part {
    /// An entry that is not a file of the store.
    Entry { name: String, content: Vec<u8> },
    /// Content of the file with this digest follows.
    File([u8; 32]),
    /// More of it.
    Data(Vec<u8>),
    /// The file ends.
    FileEnd,
}

/// An archive that is being read by a thread of its own.
pub(super) struct Unpack {
    parts: mpsc::Receiver<Part>,
    task: Option<JoinHandle<Result<(), StoreError>>>,
}

impl Unpack {
    /// Checks the archive's seal, which takes as long as reading it, then begins to read.
    pub(super) async fn open(path: &Path) -> Result<Self, StoreError> {
        let path = path.to_owned();
        let (sender, parts) = mpsc::channel(2);
        let sealed = path.clone();
        blocking(move || check_seal(&sealed)).await?;
        let task = tokio::task::spawn_blocking(move || read(&path, &sender));
        Ok(Self {
            parts,
            task: Some(task),
        })
    }

    /// The next part; nothing at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Part>, StoreError> {
        if let Some(part) = self.parts.recv().await {
            return Ok(Some(part));
        }
        match self.task.take() {
            Some(task) => task.await.map_err(ended_early)?.map(|()| None),
            None => Ok(None),
        }
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(ended_early)?
}

fn ended_early(error: tokio::task::JoinError) -> StoreError {
    StoreError::Engine(format!("the archive's thread ended early: {error}"))
}

fn open_file(path: &Path) -> Result<(File, u64), StoreError> {
    let failed = |error: std::io::Error| StoreError::File {
        doing: FileWork::OpeningBackup(path.display().to_string()),
        why: error.to_string(),
    };
    let file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    Ok((file, length.saturating_sub(SEAL_BYTES)))
}

fn check_seal(path: &Path) -> Result<(), StoreError> {
    let failed = |error: std::io::Error| unreadable(path, error);
    let (mut file, length) = open_file(path)?;
    let mut seal = Vec::new();
    file.seek(SeekFrom::Start(length)).map_err(failed)?;
    file.read_to_end(&mut seal).map_err(failed)?;
    let Some(digest) = seal.strip_prefix(&SEAL) else {
        return Err(refused(path, ArchiveFault::NoSeal));
    };
    file.rewind().map_err(failed)?;
    let mut hasher = Sha256::new();
    let mut sealed = file.take(length);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let count = sealed.read(&mut buffer).map_err(failed)?;
        if count == 0 {
            break;
        }
        hasher.update(&buffer[..count]);
    }
    if hasher.finalize()[..] != *digest {
        return Err(refused(path, ArchiveFault::Altered));
    }
    Ok(())
}

fn read(path: &Path, parts: &mpsc::Sender<Part>) -> Result<(), StoreError> {
    let failed = |error: std::io::Error| unreadable(path, error);
    let (file, length) = open_file(path)?;
    let decoder = zstd::Decoder::new(BufReader::new(file).take(length)).map_err(failed)?;
    let mut archive = tar::Archive::new(decoder);
    // Raw: no extension may give an entry another name or size than its header says.
    for entry in archive.entries().map_err(failed)?.raw(true) {
        let mut entry = entry.map_err(failed)?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let foreign = || refused(path, ArchiveFault::Entry(name.clone()));
        if entry.header().entry_type() != tar::EntryType::Regular {
            return Err(foreign());
        }
        let sent = if let Some(digits) = name.strip_prefix("files/") {
            let digest = hex::decode(digits).and_then(|bytes| bytes.try_into().ok());
            let digest = digest.ok_or_else(foreign)?;
            send_file(&mut entry, digest, parts).map_err(failed)?
        } else {
            if entry.size() > ENTRY_BYTES {
                return Err(foreign());
            }
            let mut content = Vec::new();
            entry.read_to_end(&mut content).map_err(failed)?;
            parts.blocking_send(Part::Entry { name, content }).is_ok()
        };
        if !sent {
            // Whoever reads gave up.
            return Ok(());
        }
    }
    // What is left is read so that the checksum is.
    std::io::copy(&mut archive.into_inner(), &mut std::io::sink()).map_err(failed)?;
    Ok(())
}

/// False when nobody listens any more.
fn send_file(
    entry: &mut impl Read,
    digest: [u8; 32],
    parts: &mpsc::Sender<Part>,
) -> std::io::Result<bool> {
    if parts.blocking_send(Part::File(digest)).is_err() {
        return Ok(false);
    }
    loop {
        let mut chunk = Vec::new();
        entry.by_ref().take(FILE_CHUNK).read_to_end(&mut chunk)?;
        let end = chunk.is_empty();
        let part = if end {
            Part::FileEnd
        } else {
            Part::Data(chunk)
        };
        if parts.blocking_send(part).is_err() {
            return Ok(false);
        }
        if end {
            return Ok(true);
        }
    }
}
