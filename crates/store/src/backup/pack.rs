//! Writing an archive: tar in zstd, sealed with its digest, in place only when complete.

use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::files::file_error;
use crate::{FileWork, StoreError};

/// A skippable frame (RFC 8878 §3.1.2) of 32 bytes: zstd's own tools pass over it.
pub(super) const SEAL: [u8; 8] = [0x50, 0x2a, 0x4d, 0x18, 32, 0, 0, 0];
/// The length of the frame with the digest.
pub(super) const SEAL_BYTES: u64 = 40;

const BLOCK: usize = 512;
/// Quick enough to keep up with a disk, and a third of the size.
const LEVEL: i32 = 3;

/// An archive that is being written by a thread of its own. Dropped before
/// [`Pack::finish`], it leaves nothing behind.
pub(super) struct Pack {
    to: PathBuf,
    pieces: mpsc::Sender<Piece>,
    task: JoinHandle<Result<u64, StoreError>>,
    made_at_seconds: u64,
    /// What the entry that was begun still lacks, and what fills its last block.
    open: u64,
    padding: usize,
}

enum Piece {
    Bytes(Vec<u8>),
    End,
}

impl Pack {
    pub(super) fn create(to: &Path, made_at_seconds: u64) -> Result<Self, StoreError> {
        let file = tempfile::Builder::new()
            .prefix(".phusa-backup-")
            .suffix(".partial")
            .tempfile_in(folder_of(to))
            .map_err(|error| {
                file_error(FileWork::WritingBackup(to.display().to_string()), &error)
            })?;
        let (pieces, received) = mpsc::channel(2);
        let target = to.to_owned();
        let task = tokio::task::spawn_blocking(move || {
            write(file, received, &target).map_err(|error| {
                file_error(
                    FileWork::WritingBackup(target.display().to_string()),
                    &error,
                )
            })
        });
        Ok(Self {
            to: to.to_owned(),
            pieces,
            task,
            made_at_seconds,
            open: 0,
            padding: 0,
        })
    }

    /// A whole entry.
    pub(super) async fn entry(&mut self, name: &str, content: Vec<u8>) -> Result<(), StoreError> {
        self.begin(name, content.len() as u64).await?;
        self.data(content).await?;
        self.end().await
    }

    /// Begins an entry of exactly so many bytes.
    pub(super) async fn begin(&mut self, name: &str, size: u64) -> Result<(), StoreError> {
        let mut header = tar::Header::new_gnu();
        header.set_path(name).map_err(|error| {
            file_error(
                FileWork::WritingBackup(self.to.display().to_string()),
                &error,
            )
        })?;
        header.set_size(size);
        header.set_mode(0o600);
        header.set_mtime(self.made_at_seconds);
        header.set_entry_type(tar::EntryType::Regular);
        header.set_cksum();
        self.open = size;
        self.padding = usize::try_from(size.wrapping_neg() % BLOCK as u64).unwrap_or(0);
        self.send(Piece::Bytes(header.as_bytes().to_vec())).await
    }

    /// Appends to the entry, never more than it was begun with.
    pub(super) async fn data(&mut self, mut bytes: Vec<u8>) -> Result<(), StoreError> {
        bytes.truncate(usize::try_from(self.open).unwrap_or(usize::MAX));
        self.open -= bytes.len() as u64;
        self.send(Piece::Bytes(bytes)).await
    }

    /// Ends the entry; what it lacks is filled with zeros.
    pub(super) async fn end(&mut self) -> Result<(), StoreError> {
        while self.open > 0 {
            let zeros = vec![0; usize::try_from(self.open.min(1 << 16)).unwrap_or(0)];
            self.data(zeros).await?;
        }
        self.send(Piece::Bytes(vec![0; self.padding])).await
    }

    /// Ends the archive and puts it in its place, durably. Gives its size in bytes.
    pub(super) async fn finish(mut self) -> Result<u64, StoreError> {
        self.send(Piece::Bytes(vec![0; 2 * BLOCK])).await?;
        self.send(Piece::End).await?;
        ended(self.task.await)
    }

    async fn send(&mut self, piece: Piece) -> Result<(), StoreError> {
        if self.pieces.send(piece).await.is_ok() {
            return Ok(());
        }
        // The thread has ended early; it says why.
        ended((&mut self.task).await)?;
        Err(StoreError::Invalid(format!(
            "the backup {} has ended already",
            self.to.display()
        )))
    }
}

fn ended(
    result: Result<Result<u64, StoreError>, tokio::task::JoinError>,
) -> Result<u64, StoreError> {
    result
        .map_err(|error| StoreError::Engine(format!("the archive's thread ended early: {error}")))?
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

fn write(
    file: NamedTempFile,
    mut pieces: mpsc::Receiver<Piece>,
    to: &Path,
) -> std::io::Result<u64> {
    let mut encoder = zstd::Encoder::new(Hashing::new(file), LEVEL)?;
    encoder.include_checksum(true)?;
    loop {
        match pieces.blocking_recv() {
            Some(Piece::Bytes(bytes)) => encoder.write_all(&bytes)?,
            Some(Piece::End) => break,
            // Whoever fed it gave up.
            None => return Err(std::io::ErrorKind::Interrupted.into()),
        }
    }
    let Hashing {
        mut file,
        hasher,
        bytes,
    } = encoder.finish()?;
    file.write_all(&SEAL)?;
    file.write_all(&hasher.finalize())?;
    file.as_file().sync_all()?;
    file.persist(to).map_err(|error| error.error)?;
    std::fs::File::open(folder_of(to))?.sync_all()?;
    Ok(bytes + SEAL_BYTES)
}

struct Hashing {
    file: NamedTempFile,
    hasher: Sha256,
    bytes: u64,
}

impl Hashing {
    fn new(file: NamedTempFile) -> Self {
        Self {
            file,
            hasher: Sha256::new(),
            bytes: 0,
        }
    }
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.hasher.update(&bytes[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}
