//! Servers in processes of their own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use store::Config;

use crate::Failure;

/// The password of the demonstration accounts of what is measured.
pub(crate) const PASSWORD: &str = "một câu để đo tốc độ";

/// A server at work; killed when dropped, as a power cut would.
pub(crate) struct Server {
    child: Child,
    /// Host and port.
    pub(crate) address: String,
}

impl Server {
    /// Starts the program on a store.
    pub(crate) fn phusa(config: &Config) -> Result<Self, Failure> {
        let mut command = phusa(config)?;
        command.args(["serve", "--demo"]);
        Self::start(command)
    }

    /// Starts the program with other packs than those that ship.
    pub(crate) fn phusa_of(config: &Config, packs: &Path) -> Result<Self, Failure> {
        let mut command = phusa(config)?;
        command.args(["serve"]).env("PHUSA_PACKS", packs);
        Self::start(command)
    }

    /// Starts the bare peer on the same store.
    pub(crate) fn peer(config: &Config) -> Result<Self, Failure> {
        let mut command = Command::new(std::env::current_exe()?);
        command
            .arg("peer")
            .arg(&config.data)
            .arg(config.database_url.as_deref().unwrap_or_default());
        Self::start(command)
    }

    /// Starts a server and waits until it says where it listens.
    fn start(mut command: Command) -> Result<Self, Failure> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut said = BufReader::new(child.stdout.take().ok_or("the output is piped")?);
        let mut line = String::new();
        let address = loop {
            line.clear();
            if said.read_line(&mut line)? == 0 {
                return Err("a server ended before it listened".into());
            }
            if let Some((_, rest)) = line.split_once("http://") {
                break rest.trim_end().trim_end_matches('/').to_owned();
            }
        };
        // What else it says must not fill the pipe.
        std::thread::spawn(move || said.lines().map_while(Result::ok).for_each(drop));
        Ok(Self { child, address })
    }

    /// A server that was started otherwise, and where it will listen.
    pub(crate) fn of(child: Child, address: String) -> Self {
        Self { child, address }
    }

    /// Whether it ended by itself.
    pub(crate) fn has_ended(&mut self) -> Result<bool, Failure> {
        Ok(self.child.try_wait()?.is_some())
    }

    /// SIGKILL.
    pub(crate) fn kill(&mut self) -> Result<(), Failure> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Its resident memory in MB: all of it, and the part that is not pages of files.
    pub(crate) fn resident(&self) -> Result<(f64, f64), Failure> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let megabytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let text = line.and_then(|line| line.split_whitespace().next());
            let kibibytes: f64 = text.ok_or("the system says no memory")?.parse()?;
            Ok::<_, Failure>(kibibytes * 1_024.0 / 1_000_000.0)
        };
        Ok((megabytes("VmRSS:")?, megabytes("RssAnon:")?))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

/// A token with which a program acts for an account, made by the program itself.
pub(crate) fn token(config: &Config, account: &str) -> Result<String, Failure> {
    let mut command = phusa(config)?;
    command.args(["token", "create", "--account", account]);
    let output = command.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("no token for {account}").into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Applies packs.
pub(crate) fn apply(config: &Config, packs: &Path) -> Result<(), Failure> {
    let mut command = phusa(config)?;
    command.args(["pack", "apply"]).env("PHUSA_PACKS", packs);
    let output = command.output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(())
}

/// The program beside this one, with a store to work on.
fn phusa(config: &Config) -> Result<Command, Failure> {
    let program: PathBuf = std::env::current_exe()?.with_file_name("phusa");
    if !program.is_file() {
        let missing = program.display();
        return Err(format!("{missing} is missing: cargo build --release -p phusa").into());
    }
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("LANG", "en_GB.UTF-8")
        .env("PHUSA_DATA", &config.data)
        .env("PHUSA_LISTEN", "127.0.0.1:0")
        .env("PHUSA_DEMO_PASSWORD", PASSWORD);
    if let Some(url) = &config.database_url {
        command.env("PHUSA_DATABASE_URL", url);
    }
    Ok(command)
}
