//! Databases of their own for tests, on the PostgreSQL that `./dev test` started.
//!
//! Only tests use this crate, as a development dependency.

use std::sync::atomic::{AtomicU32, Ordering};

use tokio_postgres::NoTls;

static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The connection string of a new, empty database; nothing where no server was started.
///
/// # Panics
/// If the server that `PHUSA_TEST_PG_URL` names does not make one: the test cannot go on.
pub async fn database() -> Option<String> {
    let server = std::env::var("PHUSA_TEST_PG_URL").ok()?;
    let connected = tokio_postgres::connect(&server, NoTls).await;
    let (client, connection) = connected.expect("the server of PHUSA_TEST_PG_URL answers");
    tokio::spawn(connection);
    let number = DATABASES.fetch_add(1, Ordering::SeqCst);
    let name = format!("scratch_{}_{number}", std::process::id());
    client
        .batch_execute(&format!("CREATE DATABASE {name}"))
        .await
        .expect("the server makes a database");
    Some(server.replace("dbname=postgres", &format!("dbname={name}")))
}
