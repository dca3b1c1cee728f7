//! A province: its store and the engines over it, opened the same way by every command.

use directory::{Directory, Principal};
use plan::Plans;
use registry::{Caller, Registry};
use store::{Store, TableSpec};
use vocab::calendar::read_days;
use vocab::{OfficeHours, WorkingCalendar};

use crate::failure::Failure;
use crate::packs;
use crate::settings::Settings;
use crate::system;

/// The days off and make-up days that ship.
const HOLIDAYS: &str = include_str!("../../../data/holidays-2023-2027.csv");

/// The engines of one province, over one store.
pub(crate) struct Province {
    pub store: Store,
    pub directory: Directory,
    pub plans: Plans,
}

impl Province {
    pub(crate) async fn over(store: Store, settings: &Settings) -> Result<Self, Failure> {
        let directory = Directory::open(store.clone()).await?;
        let registry = Registry::with_systems(
            directory.clone(),
            plan::declarations(),
            packs::systems(settings)?,
            calendar()?,
        );
        Ok(Self {
            store,
            directory,
            plans: Plans::new(registry),
        })
    }

    /// The program itself at work, for a new request.
    pub(crate) fn caller(&self) -> Caller {
        let request = self.store.context().new_id();
        Caller::new(Principal::system(), "cli", request)
    }
}

/// The working calendar that ships.
pub(crate) fn calendar() -> Result<WorkingCalendar, Failure> {
    let broken = |why: String| Failure::new("failure-holidays").with("why", why);
    let days = read_days(HOLIDAYS).map_err(|error| broken(error.to_string()))?;
    WorkingCalendar::new(OfficeHours::default(), days).map_err(|error| broken(error.to_string()))
}

/// What every floor asks the store to keep.
pub(crate) fn tables(settings: &Settings) -> Result<Vec<TableSpec>, Failure> {
    let mut declarations = plan::declarations();
    declarations.extend(packs::systems(settings)?.declarations());
    let mut tables = directory::tables();
    tables.extend(Registry::tables(&declarations));
    Ok(tables)
}

/// Opens the store, making it where there is none.
pub(crate) async fn open(settings: &Settings) -> Result<Store, Failure> {
    check_writable(settings)?;
    Ok(Store::open(&settings.store(), tables(settings)?, system::context()?).await?)
}

/// Opens a store that is there: a command that only looks must not make an empty one by a slip
/// in `PHUSA_DATA`.
pub(crate) async fn open_existing(settings: &Settings) -> Result<Store, Failure> {
    if !settings.holds_data() {
        return Err(Failure::new("failure-no-store").with("folder", settings.data.display()));
    }
    open(settings).await
}

/// Whether files can be made in the data folder; makes the folder, for the program's own user
/// alone.
pub(crate) fn check_writable(settings: &Settings) -> Result<(), Failure> {
    use std::os::unix::fs::DirBuilderExt;

    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&settings.data)
        .and_then(|()| tempfile::tempfile_in(&settings.data))
        .map(drop)
        .map_err(|error| {
            Failure::new("failure-data-not-writable")
                .with("folder", settings.data.display())
                .with("why", error)
        })
}
