//! Settings, from the environment.

use std::path::PathBuf;

use store::Config;

use crate::failure::Failure;

/// Where the server listens unless `PHUSA_LISTEN` says otherwise: this machine alone.
const LISTEN: &str = "127.0.0.1:8080";
/// Where data is kept unless `PHUSA_DATA` says otherwise.
const DATA: &str = "./phusa-data";

/// What the environment says.
pub(crate) struct Settings {
    /// `PHUSA_LISTEN`: address and port.
    pub listen: String,
    /// `PHUSA_DATA`: the data folder.
    pub data: PathBuf,
    /// `PHUSA_DATABASE_URL`: a PostgreSQL; none means embedded SQLite in the data folder.
    pub database_url: Option<String>,
    /// `PHUSA_DEMO_PASSWORD`: the password of the demonstration accounts; none means that one
    /// is made up and kept in the data folder.
    pub demo_password: Option<String>,
    /// `PHUSA_BEHIND_TLS`: a reverse proxy in front speaks TLS.
    behind_tls: bool,
    /// `PHUSA_METRICS_TOKEN`: what `/metrics` asks for from other machines.
    metrics_token: Option<String>,
}

impl Settings {
    pub(crate) fn read() -> Result<Self, Failure> {
        Ok(Self {
            listen: text("PHUSA_LISTEN")?.unwrap_or_else(|| LISTEN.to_owned()),
            data: std::env::var_os("PHUSA_DATA")
                .filter(|value| !value.is_empty())
                .map_or_else(|| PathBuf::from(DATA), PathBuf::from),
            database_url: text("PHUSA_DATABASE_URL")?,
            demo_password: text("PHUSA_DEMO_PASSWORD")?,
            behind_tls: yes("PHUSA_BEHIND_TLS")?,
            metrics_token: text("PHUSA_METRICS_TOKEN")?,
        })
    }

    /// What the store wants to know.
    pub(crate) fn store(&self) -> Config {
        match &self.database_url {
            None => Config::embedded(&self.data),
            Some(url) => Config::postgres(&self.data, url),
        }
    }

    /// Whether there seems to be a store already; the database of a PostgreSQL is not asked.
    pub(crate) fn holds_data(&self) -> bool {
        match self.database_url {
            None => self.data.join("phusa.db").is_file(),
            Some(_) => self.data.is_dir(),
        }
    }

    /// What the pages want to know.
    pub(crate) fn web(&self) -> web::http::Settings {
        web::http::Settings {
            behind_tls: self.behind_tls,
            metrics_token: self.metrics_token.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            ..web::http::Settings::default()
        }
    }
}

fn yes(name: &'static str) -> Result<bool, Failure> {
    match text(name)?.as_deref() {
        None | Some("0" | "no" | "false") => Ok(false),
        Some("1" | "yes" | "true") => Ok(true),
        Some(value) => Err(Failure::new("failure-setting-not-yes-or-no")
            .with("name", name)
            .with("value", value)),
    }
}

/// A variable's text; one that is empty counts as unset.
fn text(name: &'static str) -> Result<Option<String>, Failure> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => {
            Err(Failure::new("failure-setting-unreadable").with("name", name))
        }
    }
}
