//! Why an archive cannot be restored.

/// What is wrong with an archive; whoever shows it has the words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveFault {
    /// There is no seal at its end.
    #[error("it is no backup, or its end is missing")]
    NoSeal,
    /// Its digest is not the one of its seal.
    #[error("it is not as it was written: its digest differs")]
    Altered,
    /// It cannot be read on; what the system or the reader said.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// An entry that no backup has, or that has another form there.
    #[error("the entry {0:?} has no place in a backup")]
    Entry(String),
    /// A row is not what its table declares.
    #[error("a row in {entry} is none of its table: {why}")]
    Row {
        /// The entry.
        entry: String,
        /// What the reader said.
        why: String,
    },
    /// It was made by a program with other forms.
    #[error("it has form {form} and schema {schema}; use the program that made it")]
    Version {
        /// The form of the archive.
        form: String,
        /// The schema of the store.
        schema: i64,
    },
    /// What its opening declares does not hold together; the details, for the log.
    #[error("its opening contradicts itself: {0}")]
    Opening(String),
    /// The manifest is missing.
    #[error("its manifest is missing")]
    NoManifest,
    /// The manifest is not the last entry.
    #[error("something follows its manifest")]
    AfterManifest,
    /// A file stands at another place than its digest gives it.
    #[error("the file {0} is out of its order")]
    FileOutOfOrder(String),
    /// A file ends early.
    #[error("the file {0} is cut")]
    FileCut(String),
    /// A file's content has another digest.
    #[error("the file {0} was altered")]
    FileAltered(String),
    /// The rows of a table are not those of the manifest.
    #[error("the rows of {0} are not those of its manifest")]
    Rows(String),
    /// The files are not those of the manifest.
    #[error("its files are not those of its manifest")]
    Files,
}
