//! The store of a province, opened the same way by every command.

use store::{Store, TableSpec};

use crate::failure::Failure;
use crate::settings::Settings;
use crate::system;

/// What every floor asks the store to keep.
pub(crate) fn tables() -> Vec<TableSpec> {
    directory::tables()
}

/// Opens the store, making it where there is none.
pub(crate) async fn open(settings: &Settings) -> Result<Store, Failure> {
    check_writable(settings)?;
    Ok(Store::open(&settings.store(), tables(), system::context()?).await?)
}

/// Opens a store that is there: a command that only looks must not make an empty one by a slip
/// in `PHUSA_DATA`.
pub(crate) async fn open_existing(settings: &Settings) -> Result<Store, Failure> {
    let there = match settings.database_url {
        None => settings.data.join("phusa.db").is_file(),
        Some(_) => settings.data.is_dir(),
    };
    if !there {
        return Err(Failure::new("failure-no-store").with("folder", settings.data.display()));
    }
    open(settings).await
}

/// Whether files can be made in the data folder; makes the folder.
pub(crate) fn check_writable(settings: &Settings) -> Result<(), Failure> {
    std::fs::create_dir_all(&settings.data)
        .and_then(|()| tempfile::tempfile_in(&settings.data))
        .map(drop)
        .map_err(|error| {
            Failure::new("failure-data-not-writable")
                .with("folder", settings.data.display())
                .with("why", error)
        })
}
