//! The two engines behind one face.
//!
//! Everything above this module speaks in neutral SQL: `?1` for parameters, `BYTES`,
//! `BIGINT` and `TEXT` for types. What differs between the engines is decided here.

mod bulk;
mod dialect;
mod param;
mod pg_value;
pub(crate) mod postgres;
pub(crate) mod sqlite;

pub(crate) use bulk::{BulkInsert, BulkUpdate};
pub(crate) use dialect::Dialect;
pub(crate) use param::Param;

use crate::commit::{GroupResult, Prepared};
use crate::{Durability, StoreError, Value};

/// A row of neutral values.
pub(crate) type Row = Vec<Value>;

/// One statement with its parameters.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    /// Neutral SQL.
    pub sql: String,
    /// Its parameters, from `?1` on.
    pub params: Vec<Param>,
    /// Whether PostgreSQL shall choose the plan for these very parameters, each time.
    pub planned_anew: bool,
}

impl Statement {
    pub(crate) fn new(sql: impl Into<String>, params: Vec<Param>) -> Self {
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

    /// Runs writing statements in one transaction of their own, durable on return.
    pub(crate) async fn execute(
        &self,
        statements: Vec<Statement>,
    ) -> Result<Vec<Vec<Row>>, StoreError> {
        match self {
            Self::Sqlite(engine) => engine.execute(statements).await,
            Self::Postgres(engine) => engine.execute(&statements).await,
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

/// One unchanging view of everything, for checks and backups while others write.
pub(crate) enum Snapshot {
    Sqlite(std::sync::Mutex<rusqlite::Connection>),
    Postgres(postgres::Session),
}

impl Engine {
    pub(crate) async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        match self {
            Self::Sqlite(engine) => Ok(Snapshot::Sqlite(std::sync::Mutex::new(engine.snapshot()?))),
            Self::Postgres(engine) => Ok(Snapshot::Postgres(engine.snapshot().await?)),
        }
    }
}

impl Snapshot {
    pub(crate) async fn query(&self, statement: &Statement) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(connection) => {
                let connection = connection
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
                sqlite::query(&connection, statement)
            }
            Self::Postgres(session) => session.query(statement).await,
        }
    }
}
