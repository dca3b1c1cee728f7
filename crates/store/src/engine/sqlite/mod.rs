//! Embedded SQLite: one writer thread that groups commits, several reading connections.

mod connection;
mod growth;
mod statements;
mod values;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use connection::{READERS, connect, read_all, with_reader};
pub(crate) use growth::{begin_growth, finish_growth};
use rusqlite::Connection;
use statements::read_each;
pub(crate) use statements::{insert, query, run_script, script, translate};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::oneshot;
use vocab::Id;
use writer::{Command, Writer, gone, same_key};

use super::{Answer, Landing, Param, ReadRow, Row, Statement};
use crate::commit::{GroupResult, Prepared};
use crate::query::parted;
use crate::{Durability, StoreError};

/// The most writes of one call that share a transaction: each page that they touch is
/// written once, and others wait a tenth of a second at most.
const BULK_WRITES: usize = 2_048;

/// The engine.
pub(crate) struct Sqlite {
    writer: Sender<Command>,
    readers: Arc<Mutex<Vec<Connection>>>,
    path: PathBuf,
}

/// A connection that holds a snapshot. Its reading is long, so that it is done aside from
/// what serves others.
pub(crate) struct Held(Arc<Mutex<Connection>>);

impl Held {
    pub(crate) async fn query(&self, statement: Statement) -> Result<Vec<Row>, StoreError> {
        let connection = self.0.clone();
        tokio::task::spawn_blocking(move || {
            let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            query(&connection, &statement)
        })
        .await
        .map_err(|error| StoreError::Engine(format!("a reading task ended early: {error}")))?
    }
}

impl Sqlite {
    /// Opens or makes the database file, with its tables.
    pub(crate) fn open(
        path: &Path,
        max_page_count: Option<u32>,
        schema: impl FnOnce(&Connection) -> Result<i64, StoreError>,
    ) -> Result<Self, StoreError> {
        let connection = connect(path, true)?;
        if let Some(pages) = max_page_count {
            connection
                .pragma_update(None, "max_page_count", pages)
                .map_err(translate)?;
        }
        let era = schema(&connection)?;
        let readers = (0..READERS)
            .map(|_| connect(path, false))
            .collect::<Result<Vec<_>, _>>()?;
        let (sender, receiver) = channel();
        std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || Writer { connection, era }.run(&receiver))
            .map_err(|error| {
                StoreError::Unavailable(format!("the writer thread did not start: {error}"))
            })?;
        Ok(Self {
            writer: sender,
            readers: Arc::new(Mutex::new(readers)),
            path: path.to_owned(),
        })
    }

    /// A connection of its own, for work that holds a snapshot for long.
    pub(crate) fn snapshot(&self) -> Result<Held, StoreError> {
        let connection = connect(&self.path, false)?;
        connection
            .execute_batch("BEGIN; SELECT count(*) FROM meta")
            .map_err(translate)?;
        Ok(Held(Arc::new(Mutex::new(connection))))
    }

    pub(crate) fn query_inline(&self, statement: &Statement) -> Result<Vec<Row>, StoreError> {
        with_reader(&self.readers, &self.path, |connection| {
            query(connection, statement)
        })
    }

    pub(crate) fn ahead(&self, statement: &Arc<str>, id: Option<Id>) -> Result<Answer, StoreError> {
        let params = id.map(Param::from).into_iter().collect();
        let rows = self.query_inline(&Statement::new(Arc::clone(statement), params))?;
        let nothing = || StoreError::Corrupt("an answer without epochs".to_owned());
        parted(rows.into_iter().next().ok_or_else(nothing)?)
    }

    pub(crate) async fn query_all(
        &self,
        statements: Vec<Statement>,
    ) -> Result<Vec<Vec<Row>>, StoreError> {
        self.aside(move |readers, path| read_all(readers, path, &statements))
            .await
    }

    pub(crate) async fn read_rows<T: Send + 'static>(
        &self,
        statement: Statement,
        read: ReadRow<T>,
    ) -> Result<Vec<T>, StoreError> {
        self.aside(move |readers, path| {
            with_reader(readers, path, |connection| {
                read_each(connection, &statement, read)
            })
        })
        .await
    }

    /// Reads for long.
    async fn aside<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Mutex<Vec<Connection>>, &Path) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        // In place where the runtime lets others take over meanwhile: a page is ready before
        // another thread would have woken up for it.
        if Handle::current().runtime_flavor() == RuntimeFlavor::MultiThread {
            return tokio::task::block_in_place(|| read(&self.readers, &self.path));
        }
        let readers = self.readers.clone();
        let path = self.path.clone();
        tokio::task::spawn_blocking(move || read(&readers, &path))
            .await
            .map_err(|error| StoreError::Engine(format!("a reading task ended early: {error}")))?
    }

    pub(crate) async fn execute(
        &self,
        statements: Vec<Statement>,
    ) -> Result<Vec<Vec<Row>>, StoreError> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Execute(statements, reply))?;
        answer.await.map_err(|_| gone())?
    }

    /// Puts a write into the writer's line, behind all that stands there.
    pub(crate) fn submit(&self, prepared: Prepared) -> Result<Landing, StoreError> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Commit(Box::new(prepared), reply))?;
        Ok(answer)
    }

    pub(crate) async fn commit(&self, mut group: Vec<Prepared>) -> GroupResult {
        if group.len() == 1
            && let Some(prepared) = group.pop()
        {
            return vec![match self.submit(prepared) {
                Ok(landing) => landing.await.unwrap_or_else(|_| Err(gone())),
                Err(error) => Err(error),
            }];
        }
        let mut results = Vec::with_capacity(group.len());
        let mut rest = group.into_iter().peekable();
        while rest.peek().is_some() {
            let mut bulk: Vec<Prepared> = Vec::new();
            while bulk.len() < BULK_WRITES
                && let Some(next) = rest.next_if(|next| !same_key(&bulk, next))
            {
                bulk.push(next);
            }
            let count = bulk.len();
            let (reply, answer) = oneshot::channel();
            let answered = match self.send(Command::Bulk(bulk, reply)) {
                Ok(()) => answer.await.map_err(|_| gone()),
                Err(error) => Err(error),
            };
            match answered {
                Ok(answered) => results.extend(answered),
                Err(error) => results.extend((0..count).map(|_| Err(error.clone()))),
            }
        }
        results
    }

    pub(crate) async fn durability(&self) -> Result<Durability, StoreError> {
        let rows = self
            .execute(vec![
                Statement::new("SELECT journal_mode FROM pragma_journal_mode", Vec::new()),
                Statement::new("SELECT synchronous FROM pragma_synchronous", Vec::new()),
            ])
            .await?;
        let first = |rows: &[Row]| {
            rows.first()
                .and_then(|row| row.first().cloned())
                .unwrap_or_default()
        };
        let mode = first(&rows[0]);
        let full = first(&rows[1]).as_int().is_some_and(|level| level >= 2);
        Ok(Durability {
            engine: format!(
                "SQLite {} ({})",
                rusqlite::version(),
                mode.as_text().unwrap_or("?")
            ),
            before_answer: full,
        })
    }

    fn send(&self, command: Command) -> Result<(), StoreError> {
        self.writer.send(command).map_err(|_| gone())
    }
}
