//! The rows of an import's file, read once in each process however many batches they are.
//!
//! A thread of its own reads ahead by a few hundred rows and waits. It stays from one batch to the
//! next; where another process did batches between, it goes on over their rows. What nobody asks
//! for any more is let go after a while.

use std::collections::{HashMap, VecDeque};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use office::long::{self, LongError, LongRow};
use pack::declaration::{Field, FieldType};
use tokio::io::AsyncReadExt;
use tokio::sync::mpsc;
use vocab::{Id, Instant};

use super::cells::Lists;
use super::keys::Keys;
use super::{Import, Layout, Which, features};
use crate::{Registry, RegistryError};

/// How many rows are read at once.
const AT_ONCE: usize = 500;
/// How many tables are open at once in a process, and for how long nobody asks for one.
const MOST_OPEN: usize = 8;
const IDLE_SECONDS: i64 = 600;

/// Tables by import and what they are read for, each with when it was read last.
type Open = HashMap<(Id, &'static str), (Instant, Source)>;

/// The tables that are open in this process.
#[derive(Debug, Default)]
pub(crate) struct Sources(Mutex<Open>);

impl Sources {
    fn held(&self) -> std::sync::MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn take(&self, import: Id, which: Which, now: Instant) -> Option<Source> {
        let mut held = self.held();
        held.retain(|_, (used, _)| now < used.plus_seconds(IDLE_SECONDS));
        held.remove(&(import, which.value())).map(|(_, one)| one)
    }

    pub(super) fn keep(&self, import: Id, which: Which, now: Instant, source: Source) {
        let mut held = self.held();
        if held.len() >= MOST_OPEN
            && let Some(oldest) = held
                .iter()
                .min_by_key(|(_, (used, _))| *used)
                .map(|(key, _)| *key)
        {
            held.remove(&oldest);
        }
        held.insert((import, which.value()), (now, source));
    }

    /// Nobody goes on with an import.
    pub(super) fn drop_all(&self, import: Id) {
        self.held().retain(|(known, _), _| *known != import);
    }
}

/// A table that is being read.
#[derive(Debug)]
pub(crate) struct Source {
    rows: mpsc::Receiver<Result<Vec<LongRow>, LongError>>,
    /// What was read and not taken yet.
    ahead: VecDeque<LongRow>,
    /// Why it cannot be read on behind that.
    broken: Option<LongError>,
    /// Which row comes next; the titles are 0.
    pub next: i64,
    /// What stands in code lists, by what cells say.
    pub lists: Arc<Lists>,
    /// What rows before have that those that come may not share, up to the row `noted`.
    pub keys: Keys,
    pub noted: i64,
}

impl Source {
    /// Begins to read a file.
    pub(super) fn open(
        bytes: Vec<u8>,
        shape: String,
        lists: Arc<Lists>,
    ) -> Result<Self, RegistryError> {
        let (sender, rows) = mpsc::channel(2);
        // Not a thread of the runtime: a program that ends does not wait for it.
        std::thread::Builder::new()
            .name("import".to_owned())
            .spawn(move || read(bytes, &shape, &sender))
            .map_err(|error| RegistryError::refused(503, "unavailable", error.to_string()))?;
        Ok(Self {
            rows,
            ahead: VecDeque::new(),
            broken: None,
            next: 0,
            lists,
            keys: Keys::default(),
            noted: 0,
        })
    }

    /// Reads until so many rows are there, or all that there are; which of them, and what they
    /// are. They stay until [`Source::pass`].
    pub(super) async fn peek(&mut self, most: usize) -> Result<&[LongRow], LongError> {
        while self.ahead.len() < most {
            if let Some(error) = &self.broken {
                return Err(error.clone());
            }
            match self.rows.recv().await {
                Some(Ok(more)) => self.ahead.extend(more),
                Some(Err(error)) => self.broken = Some(error),
                None => break,
            }
        }
        let most = most.min(self.ahead.len());
        Ok(&self.ahead.make_contiguous()[..most])
    }

    /// Goes on behind so many rows.
    pub(super) fn pass(&mut self, rows: usize) {
        self.ahead.drain(..rows.min(self.ahead.len()));
        self.next += i64::try_from(rows).unwrap_or_default();
    }
}

fn read(mut bytes: Vec<u8>, shape: &str, sender: &mpsc::Sender<Result<Vec<LongRow>, LongError>>) {
    if layout_of(&bytes) == Layout::Geojson
        && let Some(rows) = features::rows(&bytes, shape)
    {
        bytes = rows.into_bytes();
    }
    let mut some = Vec::with_capacity(AT_ONCE);
    let mut gone = false;
    let done = long::each_row(&bytes, &mut |row| {
        some.push(row);
        if some.len() < AT_ONCE {
            return ControlFlow::Continue(());
        }
        let whole = std::mem::replace(&mut some, Vec::with_capacity(AT_ONCE));
        gone = sender.blocking_send(Ok(whole)).is_err();
        if gone {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    if gone {
        return;
    }
    if !some.is_empty() {
        let _ = sender.blocking_send(Ok(some));
    }
    if let Err(error) = done {
        let _ = sender.blocking_send(Err(error));
    }
}

/// How a file is laid out, by how it begins.
pub(super) fn layout_of(bytes: &[u8]) -> Layout {
    let is_blank = |byte: &u8| byte.is_ascii_whitespace();
    let start = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if long::is_sheet(bytes) {
        Layout::Xlsx
    } else if start.iter().find(|byte| !is_blank(byte)) == Some(&b'{') {
        Layout::Geojson
    } else {
        Layout::Csv
    }
}

/// The name of the column that takes the shapes of a file of features.
pub(super) fn shape_column(fields: &[Field]) -> String {
    let mut taken = fields.iter().filter(|field| is_taken(field));
    let shape = taken.find(|field| field.kind.is_geometry());
    shape.map_or_else(String::new, |field| field.id.text.clone())
}

/// Whether a cell can hold a field.
pub fn is_taken(field: &Field) -> bool {
    field.compute.is_none()
        && !matches!(
            *field.kind,
            FieldType::Table | FieldType::File | FieldType::Photo
        )
}

impl Registry {
    /// The bytes of a file that was sent; none if they are not there any more.
    pub(super) async fn sent(&self, digest: &[u8; 32]) -> Result<Option<Vec<u8>>, RegistryError> {
        let files = self
            .store()
            .every_file("the file of an import; who may see that is asked before");
        let Some(content) = files.open(digest).await? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        let limit = long::LARGEST_FILE as u64 + 1;
        let read = content.take(limit).read_to_end(&mut bytes).await;
        read.map_err(|error| store::StoreError::File {
            doing: store::FileWork::Reading,
            why: error.to_string(),
        })?;
        Ok(Some(bytes))
    }

    /// The file of an import from its first row on.
    pub(super) async fn opened(&self, import: &Import) -> Result<Option<Source>, RegistryError> {
        let Some(digest) = import.digest().filter(|_| import.body.holds) else {
            return Ok(None);
        };
        let systems = self.systems().clone();
        let Some(kind) = systems.kind(import.kind()) else {
            return Ok(None);
        };
        let fields = &systems.catalog().record(kind.at).declared.fields;
        let Some(bytes) = self.sent(&digest).await? else {
            return Ok(None);
        };
        let lists = Arc::new(Lists::of(systems.catalog(), kind));
        Source::open(bytes, shape_column(fields), lists).map(Some)
    }
}

/// The code of the words for why a file cannot be read.
pub(super) fn why(error: &LongError) -> &'static str {
    match error {
        LongError::TooLarge => "people-file-large",
        LongError::TooManyRows => "system-import-too-long",
        LongError::Unreadable(_) => "people-file-broken",
    }
}
