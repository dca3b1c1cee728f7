//! The directory: the store, and what is held in memory of it.

use std::sync::Arc;

use store::Store;

use crate::accounts::Hasher;
use crate::epochs::Epochs;
use crate::sessions::{Cache, Held, HeldToken, Throttle};
use crate::units::Snapshot;
use crate::{Config, DirectoryError, permission};

/// Units, accounts and sessions of one province.
///
/// Cheap to clone; all clones share what is held in memory.
#[derive(Clone)]
pub struct Directory {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    config: Config,
    epochs: Epochs,
    snapshot: tokio::sync::Mutex<Option<Snapshot>>,
    hasher: Hasher,
    throttle: Throttle,
    sessions: Cache<Held>,
    tokens: Cache<HeldToken>,
    held: permission::Held,
}

impl Directory {
    /// Opens the directory over a store that was opened with [`crate::tables`].
    pub async fn open(store: Store) -> Result<Self, DirectoryError> {
        Self::open_with(store, Config::default()).await
    }

    /// The same with other settings.
    pub async fn open_with(store: Store, config: Config) -> Result<Self, DirectoryError> {
        for table in crate::tables() {
            store.column(&table.name, &table.columns[0].name)?;
        }
        let hasher = Hasher::new(&config, store.context())?;
        let directory = Self {
            inner: Arc::new(Inner {
                store,
                config,
                epochs: Epochs::default(),
                snapshot: tokio::sync::Mutex::new(None),
                hasher,
                throttle: Throttle::default(),
                sessions: Cache::default(),
                tokens: Cache::default(),
                held: permission::Held::default(),
            }),
        };
        // Whoever asks first need not wait, and a store that cannot be read is told now.
        directory.units().await?;
        Ok(directory)
    }

    /// The store that everything is kept in.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    pub(crate) fn config(&self) -> &Config {
        &self.inner.config
    }

    pub(crate) fn epochs(&self) -> &Epochs {
        &self.inner.epochs
    }

    pub(crate) fn snapshot(&self) -> &tokio::sync::Mutex<Option<Snapshot>> {
        &self.inner.snapshot
    }

    pub(crate) fn hasher(&self) -> &Hasher {
        &self.inner.hasher
    }

    pub(crate) fn throttle(&self) -> &Throttle {
        &self.inner.throttle
    }

    pub(crate) fn sessions(&self) -> &Cache<Held> {
        &self.inner.sessions
    }

    pub(crate) fn held(&self) -> &permission::Held {
        &self.inner.held
    }

    pub(crate) fn tokens(&self) -> &Cache<HeldToken> {
        &self.inner.tokens
    }
}

impl std::fmt::Debug for Directory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Directory")
    }
}
