//! A live connection to PostgreSQL: transactions in turn, and statements prepared once.

use std::collections::HashMap;
use std::pin::pin;
use std::time::Duration;

use futures_util::TryStreamExt;
use futures_util::future::{try_join, try_join_all};
use tokio::sync::{Mutex, MutexGuard, OnceCell, RwLock};
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, NoTls};

use super::{BulkInsert, BulkUpdate, Dialect, MOST_CELLS, ReadRow, Row, Statement};
use crate::{Cell, StoreError, Value};

/// A live connection and the statements prepared on it.
pub(crate) struct Session {
    client: Client,
    prepared: RwLock<HashMap<String, tokio_postgres::Statement>>,
    /// Held for the length of a transaction: others' statements must not slip into it.
    /// True while one is open.
    transaction: Mutex<bool>,
    /// Read once on each connection: a restore needs an empty database, which no connection
    /// outlives.
    era: OnceCell<i64>,
}

impl Session {
    pub(crate) async fn open(url: &str) -> Result<Self, StoreError> {
        // A server that restarts refuses for a moment; a page that waits a second is better
        // than one that fails.
        let mut patience = 10;
        let (client, connection) = loop {
            match tokio_postgres::connect(url, NoTls).await {
                Ok(connected) => break connected,
                Err(error) if patience == 0 => return Err(translate(error)),
                Err(_) => {
                    patience -= 1;
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
            }
        };
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(%error, "a connection to PostgreSQL ended");
            }
        });
        client
            .batch_execute(
                "SET client_min_messages = warning; SET statement_timeout = '300s'; SET jit = off",
            )
            .await
            .map_err(translate)?;
        Ok(Self {
            client,
            prepared: RwLock::new(HashMap::new()),
            transaction: Mutex::new(false),
            era: OnceCell::new(),
        })
    }

    pub(super) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Begins a transaction when its turn has come. One that a caller left open, because its
    /// request was given up halfway, is undone first.
    pub(super) async fn begin(&self, begin: &str) -> Result<MutexGuard<'_, bool>, StoreError> {
        let mut open = self.transaction.lock().await;
        if *open {
            self.batch("ROLLBACK").await?;
        }
        *open = true;
        self.batch(begin).await?;
        Ok(open)
    }

    /// Ends a transaction as its work has ended.
    pub(super) async fn end<T>(
        &self,
        mut open: MutexGuard<'_, bool>,
        result: Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match result {
            Ok(value) => {
                let committed = self.batch("COMMIT").await;
                *open = committed.is_err();
                committed.map(|()| value)
            }
            Err(error) => {
                // The transaction ends with the connection if this fails.
                *open = self.batch("ROLLBACK").await.is_err();
                Err(error)
            }
        }
    }

    pub(super) async fn era(&self) -> Result<i64, StoreError> {
        let read =
            async { crate::store::era_of(&self.query(&crate::store::era_statement()).await?) };
        self.era.get_or_try_init(|| read).await.copied()
    }

    /// Takes a lock that no other process holds, until the connection ends or it is let go.
    pub(crate) async fn try_lock(&self, key: i64) -> Result<bool, StoreError> {
        let sql = "SELECT pg_try_advisory_lock(?1::bigint)::int";
        let rows = self.query(&Statement::new(sql, vec![key.into()])).await?;
        Ok(rows.first().and_then(|row| row[0].as_int()) == Some(1))
    }

    pub(crate) async fn batch(&self, sql: &str) -> Result<(), StoreError> {
        self.client.batch_execute(sql).await.map_err(translate)
    }

    /// Runs statements without parameters, one after the other.
    pub(crate) async fn script(&self, statements: &[String]) -> Result<(), StoreError> {
        for statement in statements {
            self.batch(statement).await?;
        }
        Ok(())
    }

    async fn prepared(&self, neutral: &str) -> Result<tokio_postgres::Statement, StoreError> {
        if let Some(statement) = self.prepared.read().await.get(neutral) {
            return Ok(statement.clone());
        }
        let statement = self
            .client
            .prepare(&Dialect::Postgres.sql(neutral))
            .await
            .map_err(translate)?;
        self.prepared
            .write()
            .await
            .insert(neutral.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(crate) async fn query(&self, statement: &Statement) -> Result<Vec<Row>, StoreError> {
        let rows = if statement.planned_anew {
            let params: Vec<(&(dyn ToSql + Sync), Type)> = statement
                .params
                .iter()
                .map(|param| (param as _, param.pg_type()))
                .collect();
            let sql = Dialect::Postgres.sql(&statement.sql);
            self.client.query_typed(&sql, &params).await
        } else {
            let prepared = self.prepared(&statement.sql).await?;
            let params: Vec<&(dyn ToSql + Sync)> =
                statement.params.iter().map(|param| param as _).collect();
            self.client.query(&prepared, &params).await
        }
        .map_err(translate)?;
        neutral(&rows)
    }

    /// Makes something of each row as it comes.
    pub(super) async fn read_rows<T>(
        &self,
        statement: &Statement,
        read: ReadRow<T>,
    ) -> Result<Vec<T>, StoreError> {
        let prepared = self.prepared(&statement.sql).await?;
        let rows = self.client.query_raw(&prepared, &statement.params).await;
        let mut rows = pin!(rows.map_err(translate)?);
        let mut found = Vec::new();
        while let Some(row) = rows.try_next().await.map_err(translate)? {
            let width = row.len();
            let mut cells = [Cell::Null; MOST_CELLS];
            let wide = || StoreError::Invalid(format!("{width} columns are too many to read"));
            let cells = cells.get_mut(..width).ok_or_else(wide)?;
            for (at, cell) in cells.iter_mut().enumerate() {
                *cell = row.try_get(at).map_err(translate)?;
            }
            found.push(read(cells));
        }
        Ok(found)
    }

    pub(crate) async fn insert(&self, bulk: &BulkInsert) -> Result<(), StoreError> {
        let request = self.insertion(bulk).await?;
        self.execute(&request).await
    }

    /// A statement, prepared.
    pub(super) async fn request<'a>(
        &self,
        statement: &'a Statement,
    ) -> Result<Request<'a>, StoreError> {
        Ok(Request {
            prepared: self.prepared(&statement.sql).await?,
            params: statement
                .params
                .iter()
                .map(|param| Box::new(param) as _)
                .collect(),
            changes: None,
        })
    }

    /// Rows to insert, prepared.
    pub(super) async fn insertion<'a>(
        &self,
        bulk: &'a BulkInsert,
    ) -> Result<Request<'a>, StoreError> {
        Ok(Request {
            prepared: self.prepared(&bulk.array_sql()).await?,
            params: columns(bulk.columns.len(), &bulk.rows),
            changes: None,
        })
    }

    /// Rows to update, prepared.
    pub(super) async fn change<'a>(&self, bulk: &'a BulkUpdate) -> Result<Request<'a>, StoreError> {
        Ok(Request {
            prepared: self.prepared(&bulk.array_sql()).await?,
            params: columns(bulk.columns.len(), &bulk.rows),
            changes: Some(bulk.rows.len() as u64),
        })
    }

    /// The rows of a request; it is sent when this is first polled.
    pub(super) async fn rows(&self, request: &Request<'_>) -> Result<Vec<Row>, StoreError> {
        let params = request.params();
        let rows = self.client.query(&request.prepared, &params);
        neutral(&rows.await.map_err(translate)?)
    }

    /// Runs a request; it is sent when this is first polled.
    async fn execute(&self, request: &Request<'_>) -> Result<(), StoreError> {
        let params = request.params();
        let changed = self.client.execute(&request.prepared, &params);
        let changed = changed.await.map_err(translate)?;
        match request.changes {
            Some(expected) if expected != changed => Err(StoreError::Corrupt(format!(
                "{changed} rows changed where {expected} were locked"
            ))),
            _ => Ok(()),
        }
    }

    /// Runs requests in their order, all sent in one go, behind a `BEGIN` if asked for.
    pub(super) async fn run(
        &self,
        begin: bool,
        requests: &[Request<'_>],
    ) -> Result<(), StoreError> {
        let begin = async {
            if begin {
                self.batch("BEGIN").await
            } else {
                Ok(())
            }
        };
        let work = try_join_all(requests.iter().map(|request| self.execute(request)));
        try_join(begin, work).await.map(|_| ())
    }
}

/// A prepared statement with its parameters: sending it needs no answer first.
pub(super) struct Request<'a> {
    prepared: tokio_postgres::Statement,
    params: Vec<Box<dyn ToSql + Sync + Send + 'a>>,
    /// How many rows it must change.
    changes: Option<u64>,
}

impl Request<'_> {
    fn params(&self) -> Vec<&(dyn ToSql + Sync)> {
        self.params.iter().map(|param| &**param as _).collect()
    }
}

/// Rows turned into one parameter for each column.
fn columns(count: usize, rows: &[Row]) -> Vec<Box<dyn ToSql + Sync + Send + '_>> {
    (0..count)
        .map(|at| Box::new(rows.iter().map(|row| &row[at]).collect::<Vec<_>>()) as _)
        .collect()
}

fn neutral(rows: &[tokio_postgres::Row]) -> Result<Vec<Row>, StoreError> {
    rows.iter()
        .map(|row| {
            (0..row.len())
                .map(|at| row.try_get::<_, Value>(at).map_err(translate))
                .collect()
        })
        .collect()
}

/// What the server said, in the store's words.
#[expect(
    clippy::needless_pass_by_value,
    reason = "stands as a function value in map_err"
)]
pub(crate) fn translate(error: tokio_postgres::Error) -> StoreError {
    let Some(said) = error.as_db_error() else {
        return StoreError::Unavailable(error.to_string());
    };
    let text = said.message().to_owned();
    match said.code().code() {
        "23505" => {
            let constraint = said.constraint().map_or(text, str::to_owned);
            StoreError::Duplicate { constraint }
        }
        "40P01" | "40001" | "55P03" => StoreError::Contended(text),
        "53100" => StoreError::Full(text),
        code if code.starts_with("57P") || code.starts_with("08") || code.starts_with("53") => {
            StoreError::Unavailable(text)
        }
        _ => StoreError::Engine(text),
    }
}
