//! `kill -9` under load: how soon the first page is there again, and whether anything is lost.

use std::io::{BufRead, BufReader, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use futures_util::future::try_join_all;
use store::{Config, ListQuery, Scope, Store};

use crate::bare::Peer;
use crate::figure::{Figure, millis};
use crate::options::Options;
use crate::place::{Engine, open};
use crate::{Failure, dataset, records};

/// How many writers load the process that is killed.
const WRITERS: u64 = 16;
/// How many acknowledged writes say that the load is on.
const UNDER_LOAD: usize = 400;

/// The first page after a kill, on the large store.
pub(crate) async fn recovery(engine: &Engine, options: &Options) -> Result<Figure, Failure> {
    let (config, store) = dataset::kept(engine, options).await?;
    drop(store);
    let rounds = options.scaled(7, 2);
    let mut times = Vec::new();
    for _ in 0..rounds {
        let mut victim = Victim::start(&config, next_number(&config).await?)?;
        victim.await_acknowledged(UNDER_LOAD)?;
        victim.kill()?;
        let began = Instant::now();
        let shown = own_program("page", &config, 0)?
            .stdin(Stdio::null())
            .output()?;
        times.push(millis(began.elapsed()));
        if shown.stdout != b"50\n" {
            return Err("no full first page came after the kill".into());
        }
    }
    let what = format!(
        "`kill -9` under load, a new process, first list page of {} records",
        dataset::size_text(options)
    );
    Ok(Figure::of_recoveries(engine.name(), what, &times))
}

/// Many kills in a row: every acknowledged write is there, and the audit verifies.
pub(crate) async fn losses(engine: &Engine, options: &Options) -> Result<Figure, Failure> {
    let rounds = options.scaled(200_u64, 5);
    let config = engine.empty("crash").await?;
    let (mut acknowledged, mut lost, mut findings) = (0, 0, 0);
    for round in 1..=rounds {
        let mut victim = Victim::start(&config, round * 1_000_000)?;
        victim.await_acknowledged(1)?;
        std::thread::sleep(Duration::from_millis(records::mix(round) % 80));
        let numbers = victim.kill()?;
        let store = open(&config, round * 1_000_000 + 500_000).await?;
        for number in &numbers {
            let code = format!("HS-{number:09}");
            let found = store
                .fetch_by(records::TABLE, &Scope::bypass("measurements"), "code", code)
                .await?;
            lost += usize::from(found.is_none());
        }
        acknowledged += numbers.len();
        if round % 20 == 0 || round == rounds {
            store.seal().await?;
            findings += store.verify(None).await?.findings.len();
        }
    }
    engine.discard("crash").await?;
    Ok(Figure {
        engine: engine.name(),
        what: format!("{rounds} rounds of `kill -9` under write load"),
        peer: String::new(),
        theirs: String::new(),
        ours: format!(
            "{acknowledged} writes acknowledged, {lost} lost; audit: {findings} findings"
        ),
        ratio: None,
        needed: "0 lost, 0 findings".to_owned(),
        met: lost == 0 && findings == 0 && acknowledged > 0,
    })
}

/// What this program does when it is started to be killed, or to show a page.
pub(crate) async fn play_part(part: &str, arguments: &[String]) -> Result<(), Failure> {
    let [data, url, start] = arguments else {
        return Err("the parts of a crash take a folder, a server and a number".into());
    };
    let config = if url.is_empty() {
        Config::embedded(data)
    } else {
        Config::postgres(data, url)
    };
    let start: u64 = start.parse()?;
    let store = open(&config, start).await?;
    if part == "page" {
        let scope = Scope::units(records::district());
        let page = store.list(&ListQuery::new(records::TABLE, scope)).await?;
        println!("{}", page.items.len());
        return Ok(());
    }
    try_join_all((0..WRITERS).map(|writer| tokio::spawn(write_on(store.clone(), start + writer))))
        .await?
        .into_iter()
        .collect()
}

/// Writes until the process is killed; says what was acknowledged.
async fn write_on(store: Store, first: u64) -> Result<(), Failure> {
    for number in (first..).step_by(usize::try_from(WRITERS)?) {
        store
            .commit(records::creation(number, store.context()))
            .await?;
        writeln!(std::io::stdout(), "{number}")?;
    }
    Ok(())
}

/// A process under load that will be killed.
struct Victim {
    process: Child,
    said: BufReader<ChildStdout>,
    acknowledged: Vec<u64>,
}

impl Victim {
    fn start(config: &Config, from: u64) -> Result<Self, Failure> {
        let mut process = own_program("write", config, from)?
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let said = process.stdout.take().ok_or("the output is piped")?;
        Ok(Self {
            process,
            said: BufReader::new(said),
            acknowledged: Vec::new(),
        })
    }

    /// Waits until so many writes are acknowledged.
    fn await_acknowledged(&mut self, wanted: usize) -> Result<(), Failure> {
        while self.acknowledged.len() < wanted {
            let mut line = String::new();
            if self.said.read_line(&mut line)? == 0 {
                return Err("the writing process ended by itself".into());
            }
            self.acknowledged.push(line.trim().parse()?);
        }
        Ok(())
    }

    /// Kills it (SIGKILL) and gives all that it had acknowledged.
    fn kill(mut self) -> Result<Vec<u64>, Failure> {
        self.process.kill()?;
        self.process.wait()?;
        let mut line = String::new();
        // The last line may be cut off; it counts only when it is whole.
        while self.said.read_line(&mut line)? > 0 && line.ends_with('\n') {
            self.acknowledged.push(line.trim().parse()?);
            line.clear();
        }
        Ok(self.acknowledged)
    }
}

fn own_program(part: &str, config: &Config, number: u64) -> Result<Command, Failure> {
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg(part)
        .arg(&config.data)
        .arg(config.database_url.as_deref().unwrap_or_default())
        .arg(number.to_string());
    Ok(command)
}

/// A number above those of all records that are there.
async fn next_number(config: &Config) -> Result<u64, Failure> {
    let peer = Peer::connect(config).await?;
    let rows = peer
        .query("SELECT max(code) FROM head_dossier", &[])
        .await?;
    let code = rows.first().and_then(|row| row[0].as_text());
    let code = code.ok_or("the large store has records")?;
    Ok(code.trim_start_matches("HS-").parse::<u64>()? + 1)
}
