//! tokio-postgres alone.

use bytes::Bytes;
use futures_util::future::{try_join, try_join_all};
use futures_util::{SinkExt, TryStreamExt};
use store::Value;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Statement};

use super::{NUMBERED, TABLES, TableRows};
use crate::Failure;

/// What was written after an instant: heads with their tokens, versions, leaves.
pub(crate) async fn read_after(client: &Client, micros: i64) -> Result<Vec<TableRows>, Failure> {
    let mut tables = Vec::new();
    for (name, when) in TABLES {
        let columns = columns(client, name).await?;
        let shown: Vec<String> = columns
            .iter()
            .map(|column| match column.as_str() {
                "tokens" => "tokens::text".to_owned(),
                plain => plain.to_owned(),
            })
            .collect();
        let sql = format!(
            "SELECT {} FROM {name} WHERE {when} > $1 ORDER BY {when}",
            shown.join(", ")
        );
        let rows = client.query(&sql, &[&micros]).await?;
        let rows = rows
            .iter()
            .map(|row| (0..row.len()).map(|at| row.try_get(at)).collect())
            .collect::<Result<Vec<Vec<Value>>, _>>()?;
        tables.push(TableRows {
            name: name.to_owned(),
            columns,
            rows,
        });
    }
    Ok(tables)
}

/// A table's columns, without those that the engine numbers by itself.
pub(crate) async fn columns(client: &Client, table: &str) -> Result<Vec<String>, Failure> {
    let sql = format!("SELECT * FROM {table} LIMIT 0");
    let statement = client.prepare(&sql).await?;
    let names = statement
        .columns()
        .iter()
        .map(|column| column.name().to_owned());
    Ok(names
        .filter(|name| !NUMBERED.contains(&name.as_str()))
        .collect())
}

/// Inserts one table's rows over all connections at once, each row in a transaction of its own.
pub(crate) async fn insert_each(clients: &[Client], table: &TableRows) -> Result<(), Failure> {
    let share = table.rows.len().div_ceil(clients.len());
    let parts = clients.iter().zip(table.rows.chunks(share));
    try_join_all(parts.map(async |(client, rows)| {
        let statement = insertion(client, table).await?;
        for row in rows {
            client.execute(&statement, &params(row)).await?;
        }
        Ok::<(), Failure>(())
    }))
    .await
    .map(|_| ())
}

/// Inserts all tables' rows, so many records to a transaction, each transaction sent in one go.
pub(crate) async fn insert_grouped(
    client: &Client,
    tables: &[TableRows],
    group: usize,
) -> Result<(), Failure> {
    let statements = try_join_all(tables.iter().map(|table| insertion(client, table))).await?;
    let count = tables.first().map_or(0, |table| table.rows.len());
    for start in (0..count).step_by(group) {
        let end = count.min(start + group);
        let inserts = tables
            .iter()
            .zip(&statements)
            .flat_map(|(table, statement)| {
                table.rows[start..end]
                    .iter()
                    .map(move |row| async move { client.execute(statement, &params(row)).await })
            });
        let inserts = async { try_join_all(inserts).await };
        try_join(client.batch_execute("BEGIN"), inserts).await?;
        client.batch_execute("COMMIT").await?;
    }
    Ok(())
}

/// A table's rows in COPY's binary form, with the statement that takes them in.
pub(crate) struct Copy {
    into: String,
    parts: Vec<Bytes>,
}

/// What was written after an instant, for COPY.
pub(crate) async fn copy_out_after(client: &Client, micros: i64) -> Result<Vec<Copy>, Failure> {
    let mut copies = Vec::new();
    for (name, when) in TABLES {
        let columns = columns(client, name).await?.join(", ");
        let sql = format!(
            "COPY (SELECT {columns} FROM {name} WHERE {when} > {micros} ORDER BY {when}) \
             TO STDOUT (FORMAT binary)"
        );
        let stream = client.copy_out(&sql).await?;
        copies.push(Copy {
            into: format!("COPY {name} ({columns}) FROM STDIN (FORMAT binary)"),
            parts: stream.try_collect().await?,
        });
    }
    Ok(copies)
}

/// Takes all tables' rows in, in one transaction.
pub(crate) async fn copy_in(client: &Client, copies: &[Copy]) -> Result<(), Failure> {
    client.batch_execute("BEGIN").await?;
    for copy in copies {
        let mut sink = Box::pin(client.copy_in::<_, Bytes>(&copy.into).await?);
        // A message for each row, as they came out, would be slower than COPY can be.
        for parts in copy.parts.chunks(512) {
            sink.send(Bytes::from(parts.concat())).await?;
        }
        sink.as_mut().finish().await?;
    }
    client.batch_execute("COMMIT").await?;
    Ok(())
}

async fn insertion(client: &Client, table: &TableRows) -> Result<Statement, Failure> {
    let marks = table.columns.iter().zip(1..).map(|(column, number)| {
        let cast = if column == "tokens" {
            "::text::tsvector"
        } else {
            ""
        };
        format!("${number}{cast}")
    });
    let sql = format!(
        "INSERT INTO {} ({}) VALUES ({})",
        table.name,
        table.columns.join(", "),
        marks.collect::<Vec<_>>().join(", ")
    );
    Ok(client.prepare(&sql).await?)
}

fn params(row: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    row.iter().map(|value| value as _).collect()
}
