//! The peer: a minimal axum handler that does one prepared select by primary key with the same
//! driver and answers the same JSON. It knows nobody, asks nothing and counts nothing.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rusqlite::Connection;
use tokio_postgres::{Client, Statement};
use vocab::{Id, Instant};

use super::shown::Shown;
use crate::Failure;
use crate::bare;
use crate::place::connect;

const SELECT: &str = "SELECT version, state, unit, indicator, target, period, numerator, denominator, updated_at \
     FROM head_observation WHERE id = ";
/// As many as the store has.
const CONNECTIONS: usize = 4;

/// Connections that are shared by all requests.
enum Pool {
    Sqlite(Mutex<Vec<Connection>>),
    Postgres(Vec<(Client, Statement)>, AtomicUsize),
}

/// What the select gives.
struct Row {
    version: i64,
    state: String,
    ids: [Vec<u8>; 3],
    period: String,
    numerator: Option<i64>,
    denominator: Option<i64>,
    updated_at: i64,
}

/// Serves until killed; says where.
pub(crate) async fn serve(arguments: &[String]) -> Result<(), Failure> {
    let [data, url] = arguments else {
        return Err("the peer takes a folder and a server".into());
    };
    let pool = if url.is_empty() {
        let path = std::path::Path::new(data).join("phusa.db");
        let connections: Result<_, _> = (0..CONNECTIONS)
            .map(|_| bare::sqlite::connect(&path))
            .collect();
        Pool::Sqlite(Mutex::new(connections?))
    } else {
        let mut clients = Vec::new();
        for _ in 0..CONNECTIONS {
            let client = connect(url).await?;
            let statement = client.prepare(&format!("{SELECT}$1")).await?;
            clients.push((client, statement));
        }
        Pool::Postgres(clients, AtomicUsize::new(0))
    };
    let router = Router::new()
        .route("/api/v1/observations/{id}", get(show))
        .with_state(Arc::new(pool));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}

async fn show(State(pool): State<Arc<Pool>>, Path(id): Path<String>) -> Response {
    match answer(&pool, &id).await {
        Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

async fn answer(pool: &Pool, id: &str) -> Result<Vec<u8>, Failure> {
    let id: Id = id.parse()?;
    let row = pool.select(id).await?;
    let [unit, indicator, target] = row.ids;
    let id_of = |bytes: Vec<u8>| {
        let bytes = <[u8; 16]>::try_from(bytes).map_err(|_| "an identity has 16 bytes")?;
        Ok::<_, Failure>(Id::from_bytes(bytes))
    };
    let shown = Shown {
        id,
        version: row.version,
        state: &row.state,
        unit: id_of(unit)?,
        indicator: id_of(indicator)?,
        target: id_of(target)?,
        period: &row.period,
        numerator: row.numerator,
        denominator: row.denominator,
        note: "",
        evidence: [],
        checks: [],
        updated_at: Instant::from_micros(row.updated_at).to_string(),
        // What the coordinator may do; said, not asked.
        actions: match row.state.as_str() {
            "approved" => &["send_back", "consolidate"],
            _ => &[],
        },
    };
    Ok(serde_json::to_vec(&shown)?)
}

impl Pool {
    async fn select(&self, id: Id) -> Result<Row, Failure> {
        match self {
            Self::Sqlite(connections) => {
                let lock = || connections.lock().unwrap_or_else(PoisonError::into_inner);
                let connection = lock().pop().ok_or("more threads than connections")?;
                let row = select(&connection, id);
                lock().push(connection);
                Ok(row?)
            }
            Self::Postgres(clients, turn) => {
                let turn = turn.fetch_add(1, Ordering::Relaxed) % clients.len();
                let (client, statement) = &clients[turn];
                let row = client.query_one(statement, &[&&id.as_bytes()[..]]).await?;
                Ok(Row {
                    version: row.try_get(0)?,
                    state: row.try_get(1)?,
                    ids: [row.try_get(2)?, row.try_get(3)?, row.try_get(4)?],
                    period: row.try_get(5)?,
                    numerator: row.try_get(6)?,
                    denominator: row.try_get(7)?,
                    updated_at: row.try_get(8)?,
                })
            }
        }
    }
}

fn select(connection: &Connection, id: Id) -> Result<Row, rusqlite::Error> {
    let mut statement = connection.prepare_cached(&format!("{SELECT}?1"))?;
    statement.query_row([&id.as_bytes()[..]], |row| {
        Ok(Row {
            version: row.get(0)?,
            state: row.get(1)?,
            ids: [row.get(2)?, row.get(3)?, row.get(4)?],
            period: row.get(5)?,
            numerator: row.get(6)?,
            denominator: row.get(7)?,
            updated_at: row.get(8)?,
        })
    })
}
