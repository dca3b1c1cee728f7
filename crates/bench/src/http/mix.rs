//! What an office does all day: lists, records, searches, public pages, people's own pages,
//! and writes, on several connections at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::client::Connection;
use super::loading;
use super::office::{COORDINATOR, Draft, Office, encoded, sign_in};
use crate::{Failure, records};

/// How many connections read.
const READERS: u64 = 12;
/// How many write.
const WRITERS: u64 = 4;
/// What people look for: with tones, without, a number, a word that stands everywhere.
const SEARCHED: [&str; 6] = ["dịch vụ công", "hoa don", "12", "sở", "chữ ký số", "xyz"];
/// Pages that anybody may see.
const PUBLIC: [&str; 7] = [
    "/",
    "/ke-hoach",
    "/muc-tieu/12",
    "/du-an",
    "/van-ban",
    "/don-vi",
    "/api/v1/targets",
];

/// A load that is on.
pub(crate) struct Load {
    tasks: JoinSet<Result<(), Failure>>,
    goes_on: watch::Sender<bool>,
    counted: Arc<Counted>,
}

#[derive(Default)]
struct Counted {
    answers: AtomicU32,
    writes: AtomicU32,
}

/// How much was done.
pub(crate) struct Done {
    pub(crate) answers: u32,
    pub(crate) writes: u32,
}

/// Puts a server under load.
pub(crate) async fn start(address: &str, office: &Office) -> Result<Load, Failure> {
    let cookie = sign_in(address, COORDINATOR).await?;
    let goes_on = watch::Sender::new(true);
    let counted = Arc::<Counted>::default();
    let mut tasks = JoinSet::new();
    for seed in 0..READERS {
        let reader = Reader {
            connection: Connection::open(address).await?,
            office: office.clone(),
            cookie: cookie.clone(),
            list: None,
        };
        let (counted, goes_on) = (Arc::clone(&counted), goes_on.subscribe());
        tasks.spawn(async move { reader.read_on(seed, &counted, &goes_on).await });
    }
    for number in 0..WRITERS {
        let connection = Connection::open(address).await?;
        let (office, counted) = (office.clone(), Arc::clone(&counted));
        let goes_on = goes_on.subscribe();
        tasks.spawn(async move { write_on(connection, office, number, &counted, &goes_on).await });
    }
    Ok(Load {
        tasks,
        goes_on,
        counted,
    })
}

impl Load {
    /// How many writes were acknowledged so far.
    pub(crate) fn written(&self) -> u32 {
        self.counted.writes.load(Ordering::Relaxed)
    }

    /// Ends without asking how it went: the server was killed underneath.
    pub(crate) fn stop(self) {
        drop(self.tasks);
    }

    /// Ends; every request must have gone well.
    pub(crate) async fn end(mut self) -> Result<Done, Failure> {
        self.goes_on.send_replace(false);
        while let Some(done) = self.tasks.join_next().await {
            done??;
        }
        Ok(Done {
            answers: self.counted.answers.load(Ordering::Relaxed),
            writes: self.counted.writes.load(Ordering::Relaxed),
        })
    }
}

/// Somebody who reads.
struct Reader {
    connection: Connection,
    office: Office,
    cookie: String,
    /// The next page of a list that is being walked through.
    list: Option<String>,
}

impl Reader {
    async fn read_on(
        mut self,
        seed: u64,
        counted: &Counted,
        goes_on: &watch::Receiver<bool>,
    ) -> Result<(), Failure> {
        for turn in 0.. {
            if !*goes_on.borrow() {
                break;
            }
            self.read(records::mix(seed << 32 | turn)).await?;
            counted.answers.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }

    /// One request of some kind.
    async fn read(&mut self, dice: u64) -> Result<(), Failure> {
        let pick = |among: usize| usize::try_from((dice >> 8) % among as u64).unwrap_or(0);
        match dice % 10 {
            0..3 => {
                let path = self.list.take().unwrap_or_else(|| {
                    let state = ["submitted", "approved", "draft"][pick(3)];
                    format!("/api/v1/observations?state={state}&limit=50")
                });
                let headers = match dice % 2 {
                    0 => &self.office.coordinator,
                    _ => &self.office.officer,
                };
                let page = self.connection.get(&path, headers).await?.fine()?;
                let page: serde_json::Value = serde_json::from_slice(&page)?;
                self.list = page["next"].as_str().map(str::to_owned);
            }
            3..6 => {
                let id = loading::identity((dice >> 8) % self.office.count)?;
                let path = format!("/api/v1/observations/{id}");
                let headers = &self.office.coordinator;
                self.connection.get(&path, headers).await?.fine()?;
            }
            6 => {
                let words = encoded(SEARCHED[pick(SEARCHED.len())]);
                let path = format!("/tim?q={words}");
                self.connection.get(&path, "").await?.fine()?;
            }
            7 => {
                let path = ["/viec-cua-toi", "/bao-cao", "/tai-khoan"][pick(3)];
                self.connection.get(path, &self.cookie).await?.fine()?;
            }
            _ => {
                let path = PUBLIC[pick(PUBLIC.len())];
                self.connection.get(path, "").await?.fine()?;
            }
        }
        Ok(())
    }
}

async fn write_on(
    mut connection: Connection,
    office: Office,
    number: u64,
    counted: &Counted,
    goes_on: &watch::Receiver<bool>,
) -> Result<(), Failure> {
    let mut draft = Draft::read(&mut connection, &office, number).await?;
    for turn in 1..1_000_000 {
        if !*goes_on.borrow() {
            break;
        }
        draft.edit(&mut connection, &office, turn).await?;
        counted.answers.fetch_add(1, Ordering::Relaxed);
        counted.writes.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}
