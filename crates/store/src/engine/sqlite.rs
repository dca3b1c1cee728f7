//! Embedded SQLite: one writer thread that groups commits, several reading connections.

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, TransactionBehavior, params_from_iter};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::oneshot;

use super::{BulkInsert, BulkUpdate, Dialect, Param, Row, Statement};
use crate::commit::{GroupResult, Prepared, decide, loading};
use crate::{Durability, StoreError, Value};

/// The most writes that one transaction takes in: beyond, waiting grows faster than the
/// share of each in the one fsync shrinks.
const GROUP_WRITES: usize = 256;
/// The most writes of one call that share a transaction: each page that they touch is
/// written once, and others wait a tenth of a second at most.
const BULK_WRITES: usize = 2_048;
const READERS: usize = 4;

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

enum Command {
    Commit(
        Box<Prepared>,
        oneshot::Sender<Result<crate::Outcome, StoreError>>,
    ),
    /// Many writes of one caller, none of which shares an idempotency key with another.
    Bulk(Vec<Prepared>, oneshot::Sender<GroupResult>),
    Execute(
        Vec<Statement>,
        oneshot::Sender<Result<Vec<Vec<Row>>, StoreError>>,
    ),
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

    pub(crate) async fn query_all(
        &self,
        statements: Vec<Statement>,
    ) -> Result<Vec<Vec<Row>>, StoreError> {
        // In place where the runtime lets others take over meanwhile: a page is ready before
        // another thread would have woken up for it.
        if Handle::current().runtime_flavor() == RuntimeFlavor::MultiThread {
            return tokio::task::block_in_place(|| {
                read_all(&self.readers, &self.path, &statements)
            });
        }
        let readers = self.readers.clone();
        let path = self.path.clone();
        tokio::task::spawn_blocking(move || read_all(&readers, &path, &statements))
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

    pub(crate) async fn commit(&self, mut group: Vec<Prepared>) -> GroupResult {
        if group.len() == 1
            && let Some(prepared) = group.pop()
        {
            let (reply, answer) = oneshot::channel();
            return vec![
                match self.send(Command::Commit(Box::new(prepared), reply)) {
                    Ok(()) => answer.await.unwrap_or_else(|_| Err(gone())),
                    Err(error) => Err(error),
                },
            ];
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

fn gone() -> StoreError {
    StoreError::Unavailable("the writer has stopped".to_owned())
}

/// Runs statements over one snapshot.
fn read_all(
    readers: &Mutex<Vec<Connection>>,
    path: &Path,
    statements: &[Statement],
) -> Result<Vec<Vec<Row>>, StoreError> {
    with_reader(readers, path, |connection| {
        // One statement sees one state by itself.
        if let [statement] = statements {
            return Ok(vec![query(connection, statement)?]);
        }
        let transaction = connection.unchecked_transaction().map_err(translate)?;
        let rows = statements
            .iter()
            .map(|statement| query(connection, statement))
            .collect();
        transaction.finish().map_err(translate)?;
        rows
    })
}

fn with_reader<T>(
    readers: &Mutex<Vec<Connection>>,
    path: &Path,
    read: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let pooled = readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let connection = pooled.map_or_else(|| connect(path, false), Ok)?;
    let result = read(&connection);
    let mut pool = readers.lock().unwrap_or_else(PoisonError::into_inner);
    if pool.len() < 2 * READERS {
        pool.push(connection);
    }
    result
}

fn connect(path: &Path, writes: bool) -> Result<Connection, StoreError> {
    let mut flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    flags |= if writes {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
    } else {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    };
    let connection = Connection::open_with_flags(path, flags).map_err(translate)?;
    rusqlite::vtab::array::load_module(&connection).map_err(translate)?;
    connection.set_prepared_statement_cache_capacity(256);
    // Otherwise a join on a parameter is prepared anew each time that a value is bound: most of
    // what fetching one record costs.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map_err(translate)?;
    // Another process (the command line beside the server) may hold the write lock.
    connection
        .busy_timeout(Duration::from_secs(30))
        .map_err(translate)?;
    if writes {
        // FULL: in WAL mode this syncs the log at every commit, before the answer. A page that
        // many commits touch goes into the database once for each checkpoint: few of them,
        // and a cache that holds what is touched, are what makes writing quick.
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                 PRAGMA trusted_schema = OFF; PRAGMA journal_size_limit = 67108864; \
                 PRAGMA wal_autocheckpoint = 16000; PRAGMA temp_store = MEMORY;",
            )
            .map_err(translate)?;
    }
    connection
        .execute_batch(&format!(
            "PRAGMA mmap_size = 268435456; PRAGMA cache_size = -{};",
            if writes { 65_536 } else { 16_384 }
        ))
        .map_err(translate)?;
    Ok(connection)
}

/// The one thread that writes.
struct Writer {
    connection: Connection,
    era: i64,
}

impl Writer {
    fn run(mut self, commands: &Receiver<Command>) {
        let mut waiting = None;
        loop {
            let command = match waiting
                .take()
                .map_or_else(|| commands.recv_timeout(Duration::from_secs(5)), Ok)
            {
                Ok(command) => command,
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            match command {
                Command::Execute(statements, reply) => {
                    let result = self.execute(&statements);
                    let _ = reply.send(result);
                }
                Command::Bulk(group, reply) => {
                    let _ = reply.send(self.commit(&group));
                }
                Command::Commit(prepared, reply) => {
                    let mut group = vec![*prepared];
                    let mut replies = vec![reply];
                    while group.len() < GROUP_WRITES {
                        match commands.try_recv() {
                            Ok(Command::Commit(prepared, reply))
                                if !same_key(&group, &prepared) =>
                            {
                                group.push(*prepared);
                                replies.push(reply);
                            }
                            Ok(other) => {
                                waiting = Some(other);
                                break;
                            }
                            Err(_) => break,
                        }
                    }
                    let results = self.commit(&group);
                    for (reply, result) in replies.into_iter().zip(results) {
                        let _ = reply.send(result);
                    }
                }
            }
        }
    }

    fn execute(&mut self, statements: &[Statement]) -> Result<Vec<Vec<Row>>, StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(translate)?;
        let rows = statements
            .iter()
            .map(|statement| query(&transaction, statement))
            .collect::<Result<_, _>>()?;
        transaction.commit().map_err(translate)?;
        Ok(rows)
    }

    fn commit(&mut self, group: &[Prepared]) -> GroupResult {
        let all: Vec<&Prepared> = group.iter().collect();
        match self.commit_together(&all) {
            Ok(results) => results,
            // Somebody in the group broke a rule of the tables: each alone, so that only the
            // one at fault is refused.
            Err(StoreError::Duplicate { .. }) if all.len() > 1 => all
                .iter()
                .map(|prepared| {
                    self.commit_together(&[prepared])?
                        .pop()
                        .unwrap_or_else(|| Err(gone()))
                })
                .collect(),
            Err(error) => all.iter().map(|_| Err(error.clone())).collect(),
        }
    }

    fn commit_together(&mut self, group: &[&Prepared]) -> Result<GroupResult, StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(translate)?;
        let loading = loading(group, Dialect::Sqlite);
        if let Some(claims) = &loading.claims {
            insert(&transaction, claims)?;
        }
        let rows = loading
            .statements
            .iter()
            .map(|statement| query(&transaction, statement))
            .collect::<Result<Vec<_>, _>>()?;
        let (results, batch) = decide(group, loading.collect(rows)?, self.era);
        let steps = batch.into_steps(Dialect::Sqlite);
        for statement in &steps.statements_before {
            query(&transaction, statement)?;
        }
        for rows in &steps.inserts {
            insert(&transaction, rows)?;
        }
        for rows in &steps.updates {
            update(&transaction, rows)?;
        }
        for statement in &steps.statements {
            query(&transaction, statement)?;
        }
        transaction.commit().map_err(translate)?;
        Ok(results)
    }
}

/// Whether a write in the group already claims this one's idempotency key: then it waits for
/// the next group, which sees how the first one ended.
fn same_key(group: &[Prepared], next: &Prepared) -> bool {
    next.write.idempotency.as_ref().is_some_and(|key| {
        group
            .iter()
            .filter_map(|prepared| prepared.write.idempotency.as_ref())
            .any(|other| other.account == key.account && other.key == key.key)
    })
}

/// Runs statements without parameters, then those that follow from what `look` finds, in one
/// transaction.
pub(crate) fn run_script(
    connection: &Connection,
    first: &[String],
    look: &Statement,
    then: impl FnOnce(&[Row]) -> Result<Vec<String>, StoreError>,
) -> Result<(), StoreError> {
    let transaction =
        rusqlite::Transaction::new_unchecked(connection, TransactionBehavior::Immediate)
            .map_err(translate)?;
    script(connection, first)?;
    script(connection, &then(&query(connection, look)?)?)?;
    transaction.commit().map_err(translate)
}

/// Runs statements without parameters, one after the other.
pub(crate) fn script(connection: &Connection, statements: &[String]) -> Result<(), StoreError> {
    for statement in statements {
        connection.execute_batch(statement).map_err(translate)?;
    }
    Ok(())
}

pub(crate) fn insert(connection: &Connection, bulk: &BulkInsert) -> Result<(), StoreError> {
    let mut statement = connection
        .prepare_cached(&bulk.single_sql())
        .map_err(translate)?;
    for row in &bulk.rows {
        statement
            .execute(params_from_iter(row))
            .map_err(translate)?;
    }
    Ok(())
}

fn update(connection: &Connection, bulk: &BulkUpdate) -> Result<(), StoreError> {
    let mut statement = connection
        .prepare_cached(&bulk.single_sql())
        .map_err(translate)?;
    for row in &bulk.rows {
        if statement
            .execute(params_from_iter(row))
            .map_err(translate)?
            != 1
        {
            return Err(StoreError::Corrupt(format!(
                "a row of {} vanished while it was locked",
                bulk.table
            )));
        }
    }
    Ok(())
}

pub(crate) fn query(
    connection: &Connection,
    statement: &Statement,
) -> Result<Vec<Row>, StoreError> {
    let mut prepared = connection
        .prepare_cached(&statement.sql)
        .map_err(translate)?;
    let width = prepared.column_count();
    let params = statement.params.iter().map(bind).collect::<Vec<_>>();
    let mut rows = prepared
        .query(params_from_iter(params))
        .map_err(translate)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(translate)? {
        let mut values = Row::with_capacity(width);
        for at in 0..width {
            values.push(row.get_ref(at).map_err(translate).and_then(neutral)?);
        }
        found.push(values);
    }
    Ok(found)
}

/// A bound parameter: a value, or an array for `rarray`.
enum Bound<'a> {
    One(&'a Value),
    Many(Rc<Vec<rusqlite::types::Value>>),
}

fn bind(param: &Param) -> Bound<'_> {
    match param {
        Param::One(value) => Bound::One(value),
        Param::Many(values) => Bound::Many(Rc::new(values.iter().map(owned).collect())),
    }
}

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::One(value) => value.to_sql(),
            Self::Many(values) => values.to_sql(),
        }
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn owned(value: &Value) -> rusqlite::types::Value {
    match value {
        Value::Null => rusqlite::types::Value::Null,
        Value::Int(number) => rusqlite::types::Value::Integer(*number),
        Value::Text(text) => rusqlite::types::Value::Text(text.clone()),
        Value::Bytes(bytes) => rusqlite::types::Value::Blob(bytes.clone()),
    }
}

fn neutral(value: ValueRef<'_>) -> Result<Value, StoreError> {
    match value {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Int(number)),
        ValueRef::Real(_) => Err(StoreError::Corrupt(
            "a floating-point number where none is kept".to_owned(),
        )),
        ValueRef::Text(text) => match std::str::from_utf8(text) {
            Ok(text) => Ok(Value::Text(text.to_owned())),
            Err(_) => Err(StoreError::Corrupt("text that is not UTF-8".to_owned())),
        },
        ValueRef::Blob(bytes) => Ok(Value::Bytes(bytes.to_vec())),
    }
}

/// What the engine said, in the store's words.
#[expect(
    clippy::needless_pass_by_value,
    reason = "stands as a function value in map_err"
)]
pub(crate) fn translate(error: rusqlite::Error) -> StoreError {
    use rusqlite::ErrorCode;
    let text = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => StoreError::Duplicate { constraint: text },
        Some(ErrorCode::DiskFull) => StoreError::Full(text),
        Some(
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::CannotOpen
            | ErrorCode::SystemIoFailure,
        ) => StoreError::Unavailable(text),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Corrupt(text),
        _ => StoreError::Engine(text),
    }
}
