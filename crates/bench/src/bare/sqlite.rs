//! rusqlite alone, with the store's own settings of the engine.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params_from_iter};
use store::Value;

use super::{NUMBERED, TABLES, TableRows, tokens_line};
use crate::Failure;

/// Opens a database as the store's writer does.
pub(crate) fn connect(path: &Path) -> Result<Connection, Failure> {
    let connection = Connection::open(path)?;
    rusqlite::vtab::array::load_module(&connection)?;
    connection.set_prepared_statement_cache_capacity(256);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
         PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 16000; PRAGMA temp_store = MEMORY; \
         PRAGMA mmap_size = 268435456; PRAGMA cache_size = -65536;",
    )?;
    Ok(connection)
}

/// What was written after an instant: heads, versions, leaves, search tokens.
pub(crate) fn read_after(connection: &Connection, micros: i64) -> Result<Vec<TableRows>, Failure> {
    let mut tables = Vec::new();
    for (name, when) in TABLES {
        let mut statement = connection.prepare(&format!(
            "SELECT * FROM {name} WHERE {when} > ?1 ORDER BY rowid"
        ))?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let kept: Vec<usize> = (0..names.len())
            .filter(|at| !NUMBERED.contains(&names[*at].as_str()))
            .collect();
        let mut rows = Vec::new();
        let mut cursor = statement.query([micros])?;
        while let Some(row) = cursor.next()? {
            rows.push(
                kept.iter()
                    .map(|at| Ok(neutral(row.get_ref(*at)?)))
                    .collect::<Result<Vec<_>, rusqlite::Error>>()?,
            );
        }
        tables.push(TableRows {
            name: name.to_owned(),
            columns: kept.iter().map(|at| names[*at].clone()).collect(),
            rows,
        });
    }
    let heads = &tables[0];
    let place = |wanted: &str| heads.columns.iter().position(|name| name == wanted);
    let (Some(row), Some(code)) = (place("row"), place("code")) else {
        return Err("a head has a row and a code".into());
    };
    let words = heads
        .rows
        .iter()
        .map(|head| {
            let tokens = tokens_line(head[code].as_text().unwrap_or_default())?;
            Ok(vec![head[row].clone(), tokens.into()])
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    tables.push(TableRows {
        name: "words_dossier".to_owned(),
        columns: vec!["rowid".to_owned(), "tokens".to_owned()],
        rows: words,
    });
    Ok(tables)
}

/// Inserts one table's rows, each in a transaction of its own.
pub(crate) fn insert_each(connection: &Connection, table: &TableRows) -> Result<(), Failure> {
    let mut statement = connection.prepare_cached(&insertion(table))?;
    for row in &table.rows {
        statement.execute(params_from_iter(row))?;
    }
    Ok(())
}

/// Inserts all tables' rows, so many records to a transaction.
pub(crate) fn insert_grouped(
    connection: &Connection,
    tables: &[TableRows],
    group: usize,
) -> Result<(), Failure> {
    let count = tables.first().map_or(0, |table| table.rows.len());
    for start in (0..count).step_by(group) {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for table in tables {
            let mut statement = connection.prepare_cached(&insertion(table))?;
            for row in &table.rows[start..count.min(start + group)] {
                statement.execute(params_from_iter(row))?;
            }
        }
        connection.execute_batch("COMMIT")?;
    }
    Ok(())
}

fn insertion(table: &TableRows) -> String {
    let marks: Vec<String> = (1..=table.columns.len())
        .map(|number| format!("?{number}"))
        .collect();
    format!(
        "INSERT INTO {} ({}) VALUES ({})",
        table.name,
        table.columns.join(", "),
        marks.join(", ")
    )
}

/// A stored value as the store would give it.
pub(crate) fn neutral(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null | ValueRef::Real(_) => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}
