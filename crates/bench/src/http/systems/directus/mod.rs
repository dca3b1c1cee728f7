//! The peer: Directus 11, in a process of its own on loopback, in a folder and database of its own.
//!
//! Directus 12 refuses row rules without a paid key. It runs as its documentation has it for speed:
//! production mode, schema and permissions kept in memory, one process as ours is one. What would answer
//! without asking permissions (`CACHE_ENABLED`) is off, and so is what would refuse load (rate and
//! pressure limiters) or do something else meanwhile (telemetry, app, websockets, retention). Activity
//! and revisions are on: they are its audit.

mod rows;
mod schema;

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use store::Config;

pub(super) use self::schema::{ITEMS, Office};
use crate::Failure;
use crate::http::client::Connection;
use crate::http::process::Server;
use crate::place::Engine;

/// The name of its folder and its database.
const PLACE: &str = "directus";
/// What the administrator goes by; it never leaves this machine, nor outlives the measurement.
const ADMINISTRATOR: &str = "token-cua-quan-tri-de-do-toc-do";

/// A Directus that is installed, and where its data is.
pub(super) struct Directus {
    installed: PathBuf,
    node: PathBuf,
    config: Config,
    /// `Directus` and its version.
    pub name: String,
}

impl Directus {
    /// The one of this folder, with an empty place of its own.
    pub(super) async fn empty(installed: &Path, engine: &Engine) -> Result<Self, Failure> {
        let installed = fs::canonicalize(installed)?;
        let modules = installed.join("node_modules");
        let package = fs::read_to_string(modules.join("directus/package.json"))?;
        let package: Value = serde_json::from_str(&package)?;
        let version = package["version"]
            .as_str()
            .ok_or("no version of Directus")?;
        let mut nodes = ["x64", "arm64"]
            .map(|of| modules.join(format!("node-linux-{of}/bin/node")))
            .into_iter();
        let mut config = engine.empty(PLACE).await?;
        config.data = fs::canonicalize(&config.data)?;
        let directus = Self {
            node: nodes
                .find(|node| node.is_file())
                .ok_or("the Node.js of Directus is not installed")?,
            name: format!("Directus {version}"),
            config,
            installed,
        };
        directus.bootstrap().await?;
        Ok(directus)
    }

    /// Makes its tables and its administrator.
    async fn bootstrap(&self) -> Result<(), Failure> {
        let mut command = self.command("bootstrap", 0)?;
        // Its input stays open: where it closes, Directus ends.
        let mut child = command.spawn()?;
        let ended = tokio::task::spawn_blocking(move || {
            let input = child.stdin.take();
            let ended = child.wait();
            drop(input);
            ended
        });
        if !ended.await??.success() {
            return Err(self.said("Directus could not make its tables"));
        }
        if self.config.database_url.is_none() {
            // The mode stays with the file. `synchronous` belongs to each connection and Directus
            // says nothing about it: it is FULL, as SQLite is built for Node.js.
            let connection = rusqlite::Connection::open(self.file())?;
            connection.execute_batch("PRAGMA journal_mode = WAL")?;
        }
        Ok(())
    }

    /// Starts it, and waits until it answers.
    pub(super) async fn start(&self) -> Result<Server, Failure> {
        // A port that is found free may be taken before it is bound.
        for _ in 0..3 {
            let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
            let child = self.command("start", port)?.spawn()?;
            let mut server = Server::of(child, format!("127.0.0.1:{port}"));
            for _ in 0..600 {
                tokio::time::sleep(std::time::Duration::from_millis(200)).await;
                if server.has_ended()? {
                    break;
                }
                let Ok(mut connection) = Connection::open(&server.address).await else {
                    continue;
                };
                if let Ok(answer) = connection.get("/server/ping", "").await
                    && answer.status == 200
                {
                    return Ok(server);
                }
            }
        }
        Err(self.said("Directus did not start"))
    }

    /// Takes its folder and its database away.
    pub(super) async fn discard(self, engine: &Engine) -> Result<(), Failure> {
        engine.discard(PLACE).await
    }

    fn command(&self, verb: &str, port: u16) -> Result<Command, Failure> {
        let log = fs::File::create(self.log(verb))?;
        let mut command = Command::new(&self.node);
        command
            .arg(self.installed.join("serve.mjs"))
            .arg(verb)
            .current_dir(&self.config.data)
            .stdin(Stdio::piped())
            .stdout(log.try_clone()?)
            .stderr(log)
            .env_clear()
            .env("HOME", &self.config.data)
            .env("NODE_ENV", "production")
            .env("HOST", "127.0.0.1")
            .env("PORT", port.to_string())
            .env("SECRET", ADMINISTRATOR)
            .env("ADMIN_EMAIL", "quantri@example.com")
            .env("ADMIN_PASSWORD", ADMINISTRATOR)
            .env("ADMIN_TOKEN", ADMINISTRATOR)
            .env("STORAGE_LOCATIONS", "local")
            .env("STORAGE_LOCAL_ROOT", self.config.data.join("uploads"))
            .env("EXTENSIONS_PATH", self.config.data.join("extensions"))
            .env("LOG_LEVEL", "error");
        for off in [
            "CACHE_ENABLED",
            "TELEMETRY",
            "RATE_LIMITER_ENABLED",
            "RATE_LIMITER_GLOBAL_ENABLED",
            "PRESSURE_LIMITER_ENABLED",
            "SERVE_APP",
            "WEBSOCKETS_ENABLED",
            "METRICS_ENABLED",
            "RETENTION_ENABLED",
        ] {
            command.env(off, "false");
        }
        let Some(url) = &self.config.database_url else {
            command
                .env("DB_CLIENT", "sqlite3")
                .env("DB_FILENAME", self.file());
            return Ok(command);
        };
        let server: tokio_postgres::Config = url.parse()?;
        let (Some(tokio_postgres::config::Host::Tcp(host)), Some(port)) =
            (server.get_hosts().first(), server.get_ports().first())
        else {
            return Err("PostgreSQL is measured over TCP".into());
        };
        command
            .env("DB_CLIENT", "pg")
            .env("DB_HOST", host)
            .env("DB_PORT", port.to_string())
            .env("DB_USER", server.get_user().unwrap_or_default())
            .env("DB_DATABASE", server.get_dbname().unwrap_or_default());
        Ok(command)
    }

    fn file(&self) -> PathBuf {
        self.config.data.join("directus.db")
    }

    fn log(&self, verb: &str) -> PathBuf {
        self.config.data.join(format!("{verb}.log"))
    }

    /// A failure, with what Directus said last.
    fn said(&self, what: &str) -> Failure {
        let said = ["bootstrap", "start"].map(|verb| fs::read_to_string(self.log(verb)));
        let said: String = said.into_iter().flatten().collect();
        format!("{what}: {said}").into()
    }
}
