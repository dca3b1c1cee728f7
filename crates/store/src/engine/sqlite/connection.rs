//! Opening the database file, and the connections that read.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::statements::{query, translate};
use crate::StoreError;
use crate::engine::{Row, Statement};

/// How many connections read.
pub(super) const READERS: usize = 4;

/// Runs statements over one snapshot.
pub(super) fn read_all(
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

pub(super) fn with_reader<T>(
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

pub(super) fn connect(path: &Path, writes: bool) -> Result<Connection, StoreError> {
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
