//! A province: its store and the engines over it, opened the same way by every command.

use std::sync::Arc;

use directory::{Directory, Principal};
use plan::Plans;
use registry::system::applied;
use registry::{Caller, Registry, Systems};
use store::{Store, TableSpec};
use vocab::calendar::read_days;
use vocab::{OfficeHours, WorkingCalendar};

use crate::failure::Failure;
use crate::packs::Packs;
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

/// A store that was opened, with the systems whose tables it has.
pub(crate) struct Opened {
    pub store: Store,
    pub systems: Arc<Systems>,
}

impl Opened {
    /// Opens a store with the tables of these systems.
    pub(crate) async fn with(settings: &Settings, systems: Systems) -> Result<Self, Failure> {
        check_writable(settings)?;
        let tables = tables_of(&systems);
        Ok(Self {
            store: Store::open(&settings.store(), tables, system::context()?).await?,
            systems: Arc::new(systems),
        })
    }

    /// The registry over it.
    pub(crate) async fn registry(&self) -> Result<Registry, Failure> {
        let directory = Directory::open(self.store.clone()).await?;
        Ok(Registry::with_systems(
            directory,
            plan::declarations(),
            self.systems.clone(),
            calendar()?,
        ))
    }
}

impl Province {
    pub(crate) async fn over(opened: Opened) -> Result<Self, Failure> {
        let registry = opened.registry().await?;
        Ok(Self {
            store: opened.store,
            directory: registry.directory().clone(),
            plans: Plans::new(registry),
        })
    }

    /// The program itself at work, for a new request.
    pub(crate) fn caller(&self) -> Caller {
        caller(self.plans.registry())
    }
}

/// The program itself at work, for a new request.
pub(crate) fn caller(registry: &Registry) -> Caller {
    let request = registry.store().context().new_id();
    Caller::new(Principal::system(), "cli", request)
}

/// The working calendar that ships.
pub(crate) fn calendar() -> Result<WorkingCalendar, Failure> {
    let broken = |why: String| Failure::new("failure-holidays").with("why", why);
    let days = read_days(HOLIDAYS).map_err(|error| broken(error.to_string()))?;
    WorkingCalendar::new(OfficeHours::default(), days).map_err(|error| broken(error.to_string()))
}

/// What every floor asks the store to keep, with the packs on disk.
pub(crate) fn tables(settings: &Settings) -> Result<Vec<TableSpec>, Failure> {
    Ok(tables_of(&Packs::on_disk(settings)?.systems(settings)?))
}

fn tables_of(systems: &Systems) -> Vec<TableSpec> {
    let mut declarations = plan::declarations();
    declarations.extend(systems.declarations());
    let mut tables = directory::tables();
    tables.extend(Registry::tables(&declarations));
    tables
}

/// Opens the store, making it where there is none. Its systems are those that were applied last;
/// where none ever were, those on disk.
pub(crate) async fn open(settings: &Settings) -> Result<Opened, Failure> {
    let disk = Packs::on_disk(settings)?;
    let plain = Opened::with(settings, Systems::default()).await?;
    let known = applied::known(&plain.store).await?;
    drop(plain);
    let packs = match &known.applied {
        Some(applied) if applied.declared.digest() != disk.declared.digest() => {
            Packs::kept(&applied.declared, applied.sequence)?
        }
        _ => disk,
    };
    Opened::with(settings, packs.systems(settings)?.as_of(known.epoch)).await
}

/// Opens a store that is there: a command that only looks must not make an empty one by a slip
/// in `PHUSA_DATA`.
pub(crate) async fn open_existing(settings: &Settings) -> Result<Opened, Failure> {
    demand_data(settings)?;
    open(settings).await
}

/// Refuses to go on where there is no store.
pub(crate) fn demand_data(settings: &Settings) -> Result<(), Failure> {
    if settings.holds_data() {
        return Ok(());
    }
    Err(Failure::new("failure-no-store").with("folder", settings.data.display()))
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
