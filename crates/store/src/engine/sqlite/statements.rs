//! Running statements on a connection.

use rusqlite::{Connection, TransactionBehavior, params_from_iter};

use super::values::{bind, neutral};
use crate::engine::{BulkInsert, BulkUpdate, MOST_CELLS, ReadRow, Row, Statement};
use crate::{Cell, StoreError};

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

pub(super) fn update(connection: &Connection, bulk: &BulkUpdate) -> Result<(), StoreError> {
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
    read_with(connection, statement, |row, width| {
        let mut values = Row::with_capacity(width);
        for at in 0..width {
            values.push(row.get_ref(at).map_err(translate).and_then(neutral)?.into());
        }
        Ok(values)
    })
}

/// Runs a statement and makes something of each row.
pub(super) fn read_each<T>(
    connection: &Connection,
    statement: &Statement,
    read: ReadRow<T>,
) -> Result<Vec<T>, StoreError> {
    read_with(connection, statement, |row, width| {
        let mut cells = [Cell::Null; MOST_CELLS];
        let wide = || StoreError::Invalid(format!("{width} columns are too many to read"));
        let cells = cells.get_mut(..width).ok_or_else(wide)?;
        for (at, cell) in cells.iter_mut().enumerate() {
            *cell = row.get_ref(at).map_err(translate).and_then(neutral)?;
        }
        Ok(read(cells))
    })
}

fn read_with<T>(
    connection: &Connection,
    statement: &Statement,
    read: impl Fn(&rusqlite::Row<'_>, usize) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
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
        found.push(read(row, width)?);
    }
    Ok(found)
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
