//! Stores to measure on: fresh ones, and a large one that is kept.

use std::fs;
use std::path::PathBuf;

use store::{Config, Store};
use tokio_postgres::{Client, NoTls};
use vocab::context::fixed;
use vocab::{Context, Instant};

use crate::options::Options;
use crate::{Failure, records};

/// An engine, and where it keeps what is measured.
#[derive(Clone, Debug)]
pub(crate) enum Engine {
    /// Embedded.
    Sqlite(PathBuf),
    /// A server; files beside.
    Postgres(PathBuf, String),
}

impl Engine {
    /// The engines that the options name.
    pub(crate) fn wanted(options: &Options) -> Vec<Self> {
        let mut engines = vec![Self::Sqlite(options.data.join("sqlite"))];
        if let Some(url) = &options.postgres {
            engines.push(Self::Postgres(options.data.join("files"), url.clone()));
        }
        if !options.engine.is_empty() {
            engines.retain(|engine| engine.name().eq_ignore_ascii_case(&options.engine));
        }
        engines
    }

    /// Its name in the table.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres(..) => "PostgreSQL",
        }
    }

    /// Where a store of this name is.
    pub(crate) fn config(&self, name: &str) -> Config {
        match self {
            Self::Sqlite(folder) => Config::embedded(folder.join(name)),
            Self::Postgres(folder, url) => {
                let url = url.replace("dbname=postgres", &format!("dbname=bench_{name}"));
                Config::postgres(folder.join(name), url)
            }
        }
    }

    /// An empty place of this name, whatever was there before; not opened yet.
    pub(crate) async fn empty(&self, name: &str) -> Result<Config, Failure> {
        let config = self.config(name);
        if config.data.exists() {
            fs::remove_dir_all(&config.data)?;
        }
        fs::create_dir_all(&config.data)?;
        if let Self::Postgres(_, url) = self {
            let client = connect(url).await?;
            client
                .batch_execute(&format!(
                    "DROP DATABASE IF EXISTS bench_{name} WITH (FORCE)"
                ))
                .await?;
            client
                .batch_execute(&format!("CREATE DATABASE bench_{name}"))
                .await?;
        }
        Ok(config)
    }

    /// An empty store of this name, open.
    pub(crate) async fn fresh(&self, name: &str, seed: u64) -> Result<(Config, Store), Failure> {
        let config = self.empty(name).await?;
        let store = open(&config, seed).await?;
        Ok((config, store))
    }

    /// Takes a place away.
    pub(crate) async fn discard(&self, name: &str) -> Result<(), Failure> {
        fs::remove_dir_all(self.config(name).data)?;
        if let Self::Postgres(_, url) = self {
            let sql = format!("DROP DATABASE IF EXISTS bench_{name} WITH (FORCE)");
            connect(url).await?.batch_execute(&sql).await?;
        }
        Ok(())
    }
}

/// Opens the store at a place. Another seed makes other identifiers, at later instants.
pub(crate) async fn open(config: &Config, seed: u64) -> Result<Store, Failure> {
    let start = 1_681_439_400_000_000 + i64::try_from(seed)? * 1_000_000_000;
    let context = Context::new(
        fixed::SteppingClock::new(Instant::from_micros(start), 250),
        fixed::SeededEntropy::new(records::mix(seed)),
    );
    Ok(Store::open(config, vec![records::table()], context).await?)
}

/// A bare connection to a server.
pub(crate) async fn connect(url: &str) -> Result<Client, Failure> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            eprintln!("bench: a bare connection ended: {error}");
        }
    });
    client
        .batch_execute("SET client_min_messages = warning; SET jit = off")
        .await?;
    Ok(client)
}
