//! Words for what the store names by kinds: why an archive is unusable, what was done with a file.

use store::{ArchiveFault, FileWork};

use crate::failure::Failure;

pub(crate) fn archive(path: String, fault: ArchiveFault) -> Failure {
    let failure = match fault {
        ArchiveFault::NoSeal => Failure::new("failure-archive-no-seal"),
        ArchiveFault::Altered => Failure::new("failure-archive-altered"),
        ArchiveFault::Unreadable(why) => {
            Failure::new("failure-archive-unreadable").with("why", why)
        }
        ArchiveFault::Entry(entry) => Failure::new("failure-archive-entry").with("entry", entry),
        ArchiveFault::Row { entry, why } => Failure::new("failure-archive-row")
            .with("entry", entry)
            .with("why", why),
        ArchiveFault::Version { form, schema } => Failure::new("failure-archive-version")
            .with("form", form)
            .with("schema", schema),
        ArchiveFault::Opening(_) => Failure::new("failure-archive-opening"),
        ArchiveFault::NoManifest => Failure::new("failure-archive-no-manifest"),
        ArchiveFault::AfterManifest => Failure::new("failure-archive-after-manifest"),
        ArchiveFault::FileOutOfOrder(digest)
        | ArchiveFault::FileCut(digest)
        | ArchiveFault::FileAltered(digest) => {
            Failure::new("failure-archive-file").with("digest", digest)
        }
        ArchiveFault::Rows(table) => Failure::new("failure-archive-rows").with("table", table),
        ArchiveFault::Files => Failure::new("failure-archive-files"),
    };
    failure.with("file", path)
}

/// What the system said stays as it was said.
pub(crate) fn file(doing: FileWork, why: String) -> Failure {
    let failure = match doing {
        FileWork::PreparingFolder(path) => {
            Failure::new("failure-file-preparing-folder").with("path", path)
        }
        FileWork::Storing => Failure::new("failure-file-storing"),
        FileWork::Reading => Failure::new("failure-file-reading"),
        FileWork::Removing(name) => Failure::new("failure-file-removing").with("name", name),
        FileWork::WritingBackup(path) => {
            Failure::new("failure-file-writing-backup").with("path", path)
        }
        FileWork::OpeningBackup(path) => {
            Failure::new("failure-file-opening-backup").with("path", path)
        }
        FileWork::PlacingRestored(path) => {
            Failure::new("failure-file-placing-restored").with("path", path)
        }
        FileWork::ReadingSource(name) => {
            Failure::new("failure-file-reading-source").with("name", name)
        }
    };
    failure.with("why", why)
}
