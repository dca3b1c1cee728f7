//! The folders that a restore finds and leaves.

use std::path::Path;

use crate::files::file_error;
use crate::{FileWork, StoreError};

pub(super) fn check_absent(path: &Path) -> Result<(), StoreError> {
    if !path.exists() {
        return Ok(());
    }
    Err(StoreError::NotEmpty {
        place: path.display().to_string(),
    })
}

/// Empty folders, which a program makes when it begins, do not count.
pub(super) fn check_no_files(folder: &Path) -> Result<(), StoreError> {
    let found = holds_files(folder).map_err(|error| {
        file_error(
            FileWork::PreparingFolder(folder.display().to_string()),
            &error,
        )
    })?;
    if found { check_absent(folder) } else { Ok(()) }
}

pub(super) fn remove_all(folder: &Path) -> std::io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn holds_files(folder: &Path) -> std::io::Result<bool> {
    if !folder.exists() {
        return Ok(false);
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_type()?.is_dir() || holds_files(&entry.path())? {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) fn remove_empty(folder: &Path) -> std::io::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        remove_empty(&entry?.path())?;
    }
    // It is refused where a file has come meanwhile.
    std::fs::remove_dir(folder)
}
