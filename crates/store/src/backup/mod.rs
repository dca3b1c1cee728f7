//! Backups: one file that holds everything, made while others write, restored into either
//! engine.
//!
//! The file is a tar archive in a zstd frame, so that common tools can read it without this
//! program: `archive.json` (what is in it), `tables/NAME/NUMBER.jsonl` (rows, a JSON array a
//! line; bytes as hexadecimal digits), `files/DIGEST` (evidence) and `manifest.json` (counts,
//! digests and the audit head). A skippable frame at the end holds the SHA-256 of all that
//! comes before it: a file that was cut or altered is refused before anything is touched.
//!
//! Everything comes from one snapshot. What is left out: files that no record refers to,
//! and short-lived rows other than drafts, so that a stolen backup opens no session and
//! whoever restores one signs in anew.
//!
//! A restore begins a new era: it moves every epoch beyond all numbers that were ever given
//! out, so that a process that derived something from the store before sees that it is
//! stale. Answers to idempotency keys come back with the writes that they belong to. A job
//! that was done after the backup is done once more.

mod fault;
mod folders;
mod make;
mod manifest;
mod pack;
mod reading;
mod restore;
mod rows;
mod tables;
mod target;
mod unpack;

pub use fault::ArchiveFault;
pub use make::BackupReport;
pub use restore::RestoreReport;

use std::path::Path;

use crate::StoreError;

fn unreadable(archive: &Path, error: impl ToString) -> StoreError {
    refused(archive, ArchiveFault::Unreadable(error.to_string()))
}

fn refused(archive: &Path, fault: ArchiveFault) -> StoreError {
    StoreError::Archive {
        path: archive.display().to_string(),
        fault,
    }
}
