//! A directory of its own for each test, on each engine that is there.

use std::sync::Arc;

use directory::{Account, Config, Device, Directory, Grant, NewAccount, PasswordCost, Role};
use store::{Actor, Store};
use tempfile::TempDir;
use vocab::context::fixed::{SeededEntropy, SteppingClock};
use vocab::{Context, Id, Instant};

/// The password of every test's accounts.
pub(crate) const PASSWORD: &str = "tám con cò trắng";

/// Some time in the plan's year.
const START: Instant = Instant::from_micros(1_681_439_400_000_000);

/// A directory and what it lives in.
pub(crate) struct Place {
    pub(crate) name: &'static str,
    pub(crate) directory: Directory,
    clock: Arc<SteppingClock>,
    config: store::Config,
    seed: u64,
    _folder: TempDir,
}

/// An empty directory on SQLite and, where `./dev test` started one, on PostgreSQL.
pub(crate) async fn places(seed: u64) -> Vec<Place> {
    let mut places = vec![Place::open("sqlite", None, seed).await];
    if let Some(url) = scratch::database().await {
        places.push(Place::open("postgres", Some(url), seed).await);
    }
    places
}

/// Passwords that cost next to nothing: the real cost has a test of its own.
pub(crate) fn cheap() -> Config {
    Config {
        password: PasswordCost {
            memory_kib: 8,
            passes: 1,
        },
        ..Config::default()
    }
}

impl Place {
    async fn open(name: &'static str, url: Option<String>, seed: u64) -> Self {
        let folder = TempDir::new().unwrap();
        let config = store::Config {
            data: folder.path().to_owned(),
            database_url: url,
            max_page_count: None,
        };
        let clock = SteppingClock::new(START, 1);
        let directory = open(&config, &clock, seed, cheap()).await;
        Self {
            name,
            directory,
            clock,
            config,
            seed,
            _folder: folder,
        }
    }

    /// Another process over the same store and clock.
    pub(crate) async fn another_process(&self) -> Directory {
        open(&self.config, &self.clock, self.seed + 1_000, cheap()).await
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, seconds: i64) {
        let now = self.directory.store().context().now();
        self.clock.set(now.plus_seconds(seconds));
    }

    /// Makes an account.
    pub(crate) async fn account(&self, login: &str, grants: &[(Role, Id)]) -> Account {
        let new = new_account(login, grants);
        self.directory.create_account(&actor(), new).await.unwrap()
    }

    /// How many records of a table there are.
    pub(crate) async fn count(&self, table: &str) -> usize {
        let query = store::ListQuery::new(table, store::Scope::bypass("a test"));
        self.directory
            .store()
            .count_up_to(&query, 10_000)
            .await
            .unwrap()
    }
}

async fn open(
    config: &store::Config,
    clock: &Arc<SteppingClock>,
    seed: u64,
    settings: Config,
) -> Directory {
    let context = Context::new(clock.clone(), SeededEntropy::new(seed));
    let store = Store::open(config, directory::tables(), context)
        .await
        .unwrap();
    Directory::open_with(store, settings).await.unwrap()
}

/// Somebody who may write.
pub(crate) fn actor() -> Actor {
    directory::Principal::system().actor("cli", Id::NIL)
}

/// What an account of this login would be.
pub(crate) fn new_account(login: &str, grants: &[(Role, Id)]) -> NewAccount {
    NewAccount {
        login: login.to_owned(),
        name: format!("Cán bộ {login}"),
        password: PASSWORD.to_owned(),
        grants: grants
            .iter()
            .map(|&(role, unit)| Grant::new(role, unit))
            .collect(),
        demo: false,
    }
}

/// An old phone.
pub(crate) fn phone() -> Device {
    Device {
        agent: "Mozilla/5.0 (Linux; Android 7.0)".to_owned(),
        address: "10.86.0.7".to_owned(),
        known: String::new(),
    }
}

/// A small id that sorts by its number.
pub(crate) fn id(number: u8) -> Id {
    let mut bytes = [0; 16];
    bytes[15] = number;
    Id::from_bytes(bytes)
}
