//! Databases of their own for tests, on the PostgreSQL that `./dev test` started.
//!
//! Only tests use this crate, as a development dependency.

mod holding;

use tokio_postgres::NoTls;

pub use holding::tables_holding;

/// The connection string of a new, empty database; nothing where no server was started.
/// `PHUSA_TEST_PG_URL` names the server, as `host=… dbname=postgres` or `postgres://…/postgres`.
///
/// # Panics
/// If that server does not make one: the test cannot go on.
pub async fn database() -> Option<String> {
    let server = std::env::var("PHUSA_TEST_PG_URL").ok()?;
    let connected = tokio_postgres::connect(&server, NoTls).await;
    let (client, connection) = connected.expect("the server of PHUSA_TEST_PG_URL answers");
    tokio::spawn(connection);
    // Of a server that lives long: a process' number comes again, its transactions' do not.
    let row = client
        .query_one("SELECT pg_current_xact_id()::text", &[])
        .await
        .expect("the server numbers a transaction");
    let name = format!("scratch_{}", row.get::<_, &str>(0));
    client
        .batch_execute(&format!("CREATE DATABASE {name}"))
        .await
        .expect("the server makes a database");
    let theirs = match server.strip_suffix("/postgres") {
        Some(address) => format!("{address}/{name}"),
        None => server.replace("dbname=postgres", &format!("dbname={name}")),
    };
    assert_ne!(
        theirs, server,
        "PHUSA_TEST_PG_URL names the database postgres"
    );
    Some(theirs)
}
