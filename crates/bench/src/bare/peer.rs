//! A bare reading connection of either engine.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::PoisonError;

use rusqlite::{Connection, params_from_iter};
use store::{Config, Value};
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Row, Statement};

use super::sqlite;
use crate::Failure;
use crate::place::connect;

/// A connection, without anything around it but its prepared statements.
pub(crate) enum Peer {
    Sqlite(Connection),
    Postgres(Client, Mutex<HashMap<String, Statement>>),
}

impl Peer {
    /// Connects to where a store is.
    pub(crate) async fn connect(config: &Config) -> Result<Self, Failure> {
        Ok(match &config.database_url {
            None => Self::Sqlite(sqlite::connect(&config.data.join("phusa.db"))?),
            Some(url) => Self::Postgres(connect(url).await?, Mutex::new(HashMap::new())),
        })
    }

    /// Runs a statement with parameters written `?1`, and reads all its rows.
    pub(crate) async fn query(
        &self,
        sql: &str,
        params: &[Value],
    ) -> Result<Vec<Vec<Value>>, Failure> {
        match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                let width = statement.column_count();
                let mut cursor = statement.query(params_from_iter(params))?;
                let mut rows = Vec::new();
                while let Some(row) = cursor.next()? {
                    let values =
                        (0..width).map(|at| Ok::<_, Failure>(sqlite::neutral(row.get_ref(at)?)));
                    rows.push(values.collect::<Result<Vec<_>, _>>()?);
                }
                Ok(rows)
            }
            Self::Postgres(client, prepared) => {
                let known = {
                    let prepared = prepared.lock().unwrap_or_else(PoisonError::into_inner);
                    prepared.get(sql).cloned()
                };
                let statement = if let Some(statement) = known {
                    statement
                } else {
                    let statement = client.prepare(&sql.replace('?', "$")).await?;
                    prepared
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .insert(sql.to_owned(), statement.clone());
                    statement
                };
                let params: Vec<&(dyn ToSql + Sync)> =
                    params.iter().map(|value| value as _).collect();
                values(&client.query(&statement, &params).await?)
            }
        }
    }

    /// The same for texts whose values decide the best plan: PostgreSQL plans each time.
    pub(crate) async fn query_anew(
        &self,
        sql: &str,
        texts: &[Value],
    ) -> Result<Vec<Vec<Value>>, Failure> {
        let Self::Postgres(client, _) = self else {
            return self.query(sql, texts).await;
        };
        let params: Vec<(&(dyn ToSql + Sync), Type)> =
            texts.iter().map(|text| (text as _, Type::TEXT)).collect();
        values(&client.query_typed(&sql.replace('?', "$"), &params).await?)
    }
}

fn values(rows: &[Row]) -> Result<Vec<Vec<Value>>, Failure> {
    rows.iter()
        .map(|row| {
            (0..row.len())
                .map(|at| row.try_get(at).map_err(Into::into))
                .collect()
        })
        .collect()
}
