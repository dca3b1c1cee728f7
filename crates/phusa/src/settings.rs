//! Settings, from the environment.

use std::path::PathBuf;

use mail::Mailer;
use store::Config;
use vocab::Context;
use web::http::Webhooks;
use webhook::{Allow, Key, Sender};

use crate::failure::Failure;
use crate::server::hooks::kept_key;

/// Where the server listens unless `PHUSA_LISTEN` says otherwise: this machine alone.
const LISTEN: &str = "127.0.0.1:8080";
/// Where data is kept unless `PHUSA_DATA` says otherwise.
const DATA: &str = "./phusa-data";

/// Who mails are from unless `PHUSA_MAIL_FROM` says otherwise.
const MAIL_FROM: &str = "Phù Sa <phusa@localhost>";

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
    /// `PHUSA_PACKS`: a folder of packs that run in place of those that ship.
    pub packs: Option<PathBuf>,
    /// `PHUSA_MAPS`: a file that maps go by in place of the one that ships.
    pub maps: Option<PathBuf>,
    /// `PHUSA_BEHIND_TLS`: a reverse proxy in front speaks TLS.
    behind_tls: bool,
    /// `PHUSA_PUBLIC_URL`: where people open the system; none means where it listens.
    pub public_url: Option<String>,
    /// `PHUSA_SMTP_URL`: the mail server, mostly with a password; none means that no mail
    /// goes out.
    smtp_url: Option<String>,
    /// `PHUSA_MAIL_FROM`: who mails are from.
    mail_from: Option<String>,
    /// `PHUSA_WEBHOOK_ALLOW`: hosts and networks inside that webhooks may go to.
    webhook_allow: Option<String>,
    /// `PHUSA_WEBHOOK_HTTP`: webhooks may go in the clear.
    webhook_http: bool,
    /// `PHUSA_WEBHOOK_CA`: a file of certificates that are trusted beside the machine's own.
    webhook_ca: Option<PathBuf>,
    /// `PHUSA_WEBHOOK_KEY`: what secrets of webhooks are derived from; none means that one is
    /// made up and kept in the data folder.
    webhook_key: Option<String>,
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
            packs: std::env::var_os("PHUSA_PACKS")
                .filter(|value| !value.is_empty())
                .map(PathBuf::from),
            maps: std::env::var_os("PHUSA_MAPS")
                .filter(|value| !value.is_empty())
                .map(PathBuf::from),
            behind_tls: yes("PHUSA_BEHIND_TLS")?,
            public_url: text("PHUSA_PUBLIC_URL")?.map(|url| url.trim_end_matches('/').to_owned()),
            smtp_url: text("PHUSA_SMTP_URL")?,
            mail_from: text("PHUSA_MAIL_FROM")?,
            webhook_allow: text("PHUSA_WEBHOOK_ALLOW")?,
            webhook_http: yes("PHUSA_WEBHOOK_HTTP")?,
            webhook_ca: std::env::var_os("PHUSA_WEBHOOK_CA")
                .filter(|value| !value.is_empty())
                .map(PathBuf::from),
            webhook_key: text("PHUSA_WEBHOOK_KEY")?,
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

    /// Where mail leaves.
    pub(crate) fn mailer(&self) -> Result<Option<Mailer>, Failure> {
        let Some(url) = &self.smtp_url else {
            return Ok(None);
        };
        let from = self.mail_from.as_deref().unwrap_or(MAIL_FROM);
        Mailer::new(url, from)
            .map(Some)
            .map_err(|error| Failure::new("failure-mail").with("why", error))
    }

    /// Where webhooks may go, and what their secrets are derived from.
    pub(crate) fn webhooks(&self, context: &Context) -> Result<Webhooks, Failure> {
        let allow = Allow::listed(self.webhook_allow.as_deref().unwrap_or_default())
            .map_err(|error| Failure::new("failure-webhook-allow").with("part", error.0))?;
        let key = match &self.webhook_key {
            Some(text) => Key::from_hex(text).map_err(|_| Failure::new("failure-webhook-key"))?,
            None => kept_key(&self.data, context)?,
        };
        Ok(Webhooks {
            allow: allow.over_http(self.webhook_http),
            key,
        })
    }

    /// What sends webhooks.
    pub(crate) fn sender(&self, webhooks: &Webhooks) -> Result<Sender, Failure> {
        let unusable = |path: &std::path::Path, why: String| {
            Failure::new("failure-webhook-ca")
                .with("file", path.display())
                .with("why", why)
        };
        let path = self.webhook_ca.as_deref();
        let pem =
            path.map(|path| std::fs::read(path).map_err(|error| unusable(path, error.to_string())));
        let pem = pem.transpose()?;
        let path = path.unwrap_or(&self.data);
        Sender::new(webhooks.allow.clone(), pem.as_deref()).map_err(|why| unusable(path, why))
    }

    /// What the pages want to know.
    pub(crate) fn web(&self) -> web::http::Settings {
        web::http::Settings {
            behind_tls: self.behind_tls,
            metrics_token: self.metrics_token.clone(),
            sends_mail: self.smtp_url.is_some(),
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
