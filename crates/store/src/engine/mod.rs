//! The two engines behind one face.
//!
//! Everything above this module speaks in neutral SQL: `?1` for parameters, `BYTES`,
//! `BIGINT` and `TEXT` for types. What differs between the engines is decided here.

mod bulk;
mod dialect;
mod param;
mod pg_growth;
mod pg_link;
mod pg_queue;
pub(crate) mod pg_session;
mod pg_together;
mod pg_value;
mod pg_writer;
pub(crate) mod postgres;
pub(crate) mod sqlite;

pub(crate) use bulk::{BulkInsert, BulkUpdate};
pub(crate) use dialect::Dialect;
pub(crate) use param::Param;
pub(crate) use pg_together::Answer;

use std::sync::Arc;

use vocab::Id;

use crate::commit::{GroupResult, Prepared};
use crate::{Cell, Durability, Outcome, StoreError, Value};

/// A row of neutral values.
pub(crate) type Row = Vec<Value>;

/// Where the outcome of a write comes that stands in line.
pub(crate) type Landing = tokio::sync::oneshot::Receiver<Result<Outcome, StoreError>>;

/// What makes something of a row.
pub(crate) type ReadRow<T> = fn(&[Cell<'_>]) -> T;

/// The most columns of a row that is read by its cells.
const MOST_CELLS: usize = 16;

/// One statement with its parameters.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    /// Neutral SQL.
    pub sql: Arc<str>,
    /// Its parameters, from `?1` on.
    pub params: Vec<Param>,
    /// Whether PostgreSQL shall choose the plan for these very parameters, each time.
    pub planned_anew: bool,
}

impl Statement {
    pub(crate) fn new(sql: impl Into<Arc<str>>, params: Vec<Param>) -> Self {
        Self {
            sql: sql.into(),
            params,
            planned_anew: false,
        }
    }

    /// The same for a statement whose best plan depends on its parameters: a word that half
    /// of the records hold wants another one than a rare word.
    pub(crate) fn planned_anew(mut self) -> Self {
        self.planned_anew = true;
        self
    }
}

/// The engine that a store runs on.
pub(crate) enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

impl Engine {
    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Runs one reading statement that touches a handful of rows by key.
    pub(crate) async fn query(&self, statement: &Statement) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(engine) => engine.query_inline(statement),
            Self::Postgres(engine) => engine.query(statement).await,
        }
    }

    /// The epochs, and by a statement that takes ids a record, as they stand at one moment that
    /// is not before this was asked.
    pub(crate) async fn ahead(
        &self,
        statement: &Arc<str>,
        id: Option<Id>,
    ) -> Result<Answer, StoreError> {
        match self {
            Self::Sqlite(engine) => engine.ahead(statement, id),
            Self::Postgres(engine) => engine.ahead(statement, id).await,
        }
    }

    /// Runs reading statements over one snapshot; may take long.
    pub(crate) async fn query_all(
        &self,
        statements: Vec<Statement>,
    ) -> Result<Vec<Vec<Row>>, StoreError> {
        match self {
            Self::Sqlite(engine) => engine.query_all(statements).await,
            Self::Postgres(engine) => engine.query_all(&statements).await,
        }
    }

    /// Runs a reading statement whose rows are many, and makes something of each.
    pub(crate) async fn read_rows<T: Send + 'static>(
        &self,
        statement: Statement,
        read: ReadRow<T>,
    ) -> Result<Vec<T>, StoreError> {
        match self {
            Self::Sqlite(engine) => engine.read_rows(statement, read).await,
            Self::Postgres(engine) => engine.read_rows(&statement, read).await,
        }
    }

    /// Runs writing statements in one transaction of their own, durable on return.
    pub(crate) async fn execute(
        &self,
        statements: Vec<Statement>,
    ) -> Result<Vec<Vec<Row>>, StoreError> {
        match self {
            Self::Sqlite(engine) => engine.execute(statements).await,
            Self::Postgres(engine) => engine.execute(statements).await,
        }
    }

    /// The turn to seal: nothing if another process has it. On SQLite everybody may try; a
    /// segment's number is taken once in any case.
    pub(crate) async fn seal_turn(&self) -> Result<Option<SealTurn>, StoreError> {
        match self {
            Self::Sqlite(_) => Ok(Some(SealTurn(None))),
            Self::Postgres(engine) => {
                let session = engine.seal_turn().await?;
                Ok(session.map(|session| SealTurn(Some(session))))
            }
        }
    }

    /// Puts a write into the line of those that wait to be written.
    pub(crate) fn submit(&self, prepared: Prepared) -> Result<Landing, StoreError> {
        match self {
            Self::Sqlite(engine) => engine.submit(prepared),
            Self::Postgres(engine) => engine.submit(prepared),
        }
    }

    /// Hands a group of writes to the writer and waits until it is durable or refused.
    pub(crate) async fn commit(&self, group: Vec<Prepared>) -> GroupResult {
        match self {
            Self::Sqlite(engine) => engine.commit(group).await,
            Self::Postgres(engine) => engine.commit(group).await,
        }
    }

    /// How surely an acknowledged write stays, as the engine itself reports it.
    pub(crate) async fn durability(&self) -> Result<Durability, StoreError> {
        match self {
            Self::Sqlite(engine) => engine.durability().await,
            Self::Postgres(engine) => engine.durability().await,
        }
    }
}

/// How many bytes of bodies are read at once, unless a single one is longer.
const BODY_BYTES: i64 = 4 << 20;

/// How many of the next rows fit into memory together, by their bodies' lengths; one at least.
pub(crate) fn fitting(lengths: &[Row]) -> i64 {
    let mut bytes = 0;
    let fitting = lengths.iter().take_while(|row| {
        bytes += row[0].as_int().unwrap_or(0);
        bytes <= BODY_BYTES
    });
    i64::try_from(fitting.count()).unwrap_or(1).max(1)
}

/// The turn to seal.
pub(crate) struct SealTurn(Option<Arc<pg_session::Session>>);

impl SealTurn {
    /// Lets others have their turn; a process that ends does so by itself.
    pub(crate) async fn end(self) -> Result<(), StoreError> {
        match &self.0 {
            // All of them: a call that was given up halfway has left one behind.
            Some(session) => session.batch("SELECT pg_advisory_unlock_all()").await,
            None => Ok(()),
        }
    }
}

/// One unchanging view of everything, for checks and backups while others write.
pub(crate) enum Snapshot {
    Sqlite(sqlite::Held),
    Postgres(Box<pg_session::Session>),
}

impl Engine {
    pub(crate) async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        match self {
            Self::Sqlite(engine) => Ok(Snapshot::Sqlite(engine.snapshot()?)),
            Self::Postgres(engine) => Ok(Snapshot::Postgres(Box::new(engine.snapshot().await?))),
        }
    }
}

impl Snapshot {
    /// Opens a cursor, which gives rows in an order that no index has: on PostgreSQL alone.
    pub(crate) async fn declare(&self, cursor: &str, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(session) => {
                let declare = format!("DECLARE {cursor} NO SCROLL CURSOR FOR {sql}");
                session.batch(&declare).await
            }
        }
    }

    pub(crate) async fn query(&self, statement: &Statement) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(connection) => connection.query(statement.clone()).await,
            Self::Postgres(session) => session.query(statement).await,
        }
    }
}
