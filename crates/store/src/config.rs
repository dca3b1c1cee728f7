//! Where a store lives.

use std::path::PathBuf;

/// Where records and files are kept.
#[derive(Clone)]
pub struct Config {
    /// The data folder: files always, the database too when it is embedded.
    pub data: PathBuf,
    /// A PostgreSQL connection string; none means embedded SQLite in the data folder.
    pub database_url: Option<String>,
    /// The most pages that the embedded database may grow to; none means the disk decides.
    pub max_page_count: Option<u32>,
}

impl Config {
    /// An embedded store in this folder.
    pub fn embedded(data: impl Into<PathBuf>) -> Self {
        Self {
            data: data.into(),
            database_url: None,
            max_page_count: None,
        }
    }

    /// A store on PostgreSQL, with its files in this folder.
    pub fn postgres(data: impl Into<PathBuf>, url: impl Into<String>) -> Self {
        Self {
            data: data.into(),
            database_url: Some(url.into()),
            max_page_count: None,
        }
    }
}

impl std::fmt::Debug for Config {
    /// Leaves the connection string out: it may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config")
            .field("data", &self.data)
            .field(
                "engine",
                &if self.database_url.is_some() {
                    "postgres"
                } else {
                    "sqlite"
                },
            )
            .finish_non_exhaustive()
    }
}
