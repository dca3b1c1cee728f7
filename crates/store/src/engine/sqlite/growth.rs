//! Tables that grow while other processes write.
//!
//! `SQLite` lets nobody write while an index is made. So each is made by itself, and whoever waits
//! gets a turn before the next.

use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

use super::statements::{query, script, translate};
use crate::StoreError;
use crate::declare::{self, Growth};
use crate::engine::{Dialect, Row, Statement};
use crate::indexes::{Index, indexes};
use crate::table::TableSpec;

/// How long others have the file to themselves between two indexes: longer than whoever waits for
/// it sleeps before asking again.
const TURN: Duration = Duration::from_millis(150);

/// Makes new tables and more columns, as follows from the declarations that are stored.
pub(crate) fn begin_growth(
    connection: &Connection,
    growth: impl FnOnce(&[Row]) -> Result<Growth, StoreError>,
) -> Result<Growth, StoreError> {
    let transaction =
        rusqlite::Transaction::new_unchecked(connection, TransactionBehavior::Immediate)
            .map_err(translate)?;
    let growth = growth(&query(connection, &declare::stored_statement())?)?;
    script(connection, &growth.statements)?;
    transaction.commit().map_err(translate)?;
    Ok(growth)
}

/// Makes the indexes that these tables lack, and remembers their declarations.
pub(crate) fn finish_growth<'a>(
    connection: &Connection,
    grown: impl IntoIterator<Item = &'a std::sync::Arc<TableSpec>>,
) -> Result<(), StoreError> {
    let mut is_first = true;
    for spec in grown {
        for index in indexes(Dialect::Sqlite, spec) {
            if is_there(connection, &index)? {
                continue;
            }
            if let Some(looking) = index.covered() {
                query(connection, &Statement::new(looking, Vec::new()))?;
            }
            if !is_first {
                std::thread::sleep(TURN);
            }
            is_first = false;
            script(connection, &[index.making()])?;
        }
        script(connection, &[declare::remember(spec)?])?;
    }
    Ok(())
}

fn is_there(connection: &Connection, index: &Index) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = ?1";
    let found = query(
        connection,
        &Statement::new(sql, vec![index.name.as_str().into()]),
    )?;
    Ok(!found.is_empty())
}
