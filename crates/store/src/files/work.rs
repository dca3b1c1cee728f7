//! What is done with files.

/// What was being done when a file could not be read or written; whoever shows it has the words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileWork {
    /// Making a folder, or looking into it.
    #[error("preparing the folder {0}")]
    PreparingFolder(String),
    /// Taking an uploaded file in.
    #[error("storing a file")]
    Storing,
    /// Reading a stored file.
    #[error("reading a file")]
    Reading,
    /// Removing a stored object, by its name.
    #[error("removing the object {0}")]
    Removing(String),
    /// Writing a backup.
    #[error("writing the backup {0}")]
    WritingBackup(String),
    /// Opening a backup.
    #[error("opening the backup {0}")]
    OpeningBackup(String),
    /// Putting what was restored into its folder.
    #[error("putting what was restored into {0}")]
    PlacingRestored(String),
    /// Reading the text that a plan was read from.
    #[error("reading the plan's source {0}")]
    ReadingSource(String),
}
