//! What a database holds, looked at from outside: what was erased must stand nowhere.

use std::path::Path;

use rusqlite::types::ValueRef;
use tokio_postgres::NoTls;

/// The tables in which some bytes stand, in whatever column, in order: on PostgreSQL if a
/// database is named, else in the `SQLite` file. It reads the tables whole: for small databases.
///
/// # Panics
/// If the database does not answer: the test cannot go on.
pub async fn tables_holding(database: Option<&str>, file: &Path, bytes: &[u8]) -> Vec<String> {
    match database {
        Some(url) => on_postgres(url, bytes).await,
        None => on_sqlite(file, bytes),
    }
}

fn on_sqlite(file: &Path, bytes: &[u8]) -> Vec<String> {
    let connection = rusqlite::Connection::open(file).expect("the file opens");
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
    let mut asked = connection.prepare(sql).expect("tables have names");
    let tables: Vec<String> = asked
        .query_map([], |row| row.get(0))
        .and_then(Iterator::collect)
        .expect("tables have names");
    let holds = |name: &String| {
        let sql = format!("SELECT * FROM \"{name}\"");
        let mut rows = connection.prepare(&sql).expect("a table is read");
        let columns = rows.column_count();
        let mut rows = rows.query([]).expect("a table is read");
        while let Some(row) = rows.next().expect("a table is read") {
            for column in 0..columns {
                let value = row.get_ref(column).expect("a row has its columns");
                if let ValueRef::Text(value) | ValueRef::Blob(value) = value
                    && is_within(bytes, value)
                {
                    return true;
                }
            }
        }
        false
    };
    tables.into_iter().filter(holds).collect()
}

async fn on_postgres(url: &str, bytes: &[u8]) -> Vec<String> {
    let connected = tokio_postgres::connect(url, NoTls).await;
    let (client, connection) = connected.expect("the database answers");
    tokio::spawn(connection);
    let sql = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename";
    let tables = client.query(sql, &[]).await.expect("tables have names");
    // A row as text shows bytes in hexadecimal digits.
    let digits = bytes.iter().fold(String::new(), |all, byte| {
        let (high, low) = (byte >> 4, byte & 15);
        let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
        all + &String::from_iter([digit(high), digit(low)])
    });
    let mut holding = Vec::new();
    for row in tables {
        let name: String = row.get(0);
        let sql = format!("SELECT t::text FROM \"{name}\" t");
        let rows = client.query(&sql, &[]).await.expect("a table is read");
        let holds = rows.iter().any(|row| {
            let row: &str = row.get(0);
            row.contains(&digits) || is_within(bytes, row.as_bytes())
        });
        if holds {
            holding.push(name);
        }
    }
    holding
}

fn is_within(bytes: &[u8], value: &[u8]) -> bool {
    value.windows(bytes.len()).any(|part| part == bytes)
}
