//! Tables that grow while other processes write, on `PostgreSQL`.

use std::sync::Arc;
use std::time::Duration;

use super::pg_session::Session;
use super::postgres::Postgres;
use super::{Dialect, Row, Statement};
use crate::declare::{self, Growth};
use crate::indexes::{Index, indexes};
use crate::{StoreError, TableSpec};

/// Held by whoever makes indexes. It is asked for again and again: two who wait for one another
/// inside the server would both wait for ever.
const LOCK: i64 = 83_320_230_416;
/// How long a change of a table waits for those who read it, such as a backup: whoever comes after
/// waits behind it.
const PATIENCE: &str = "SET LOCAL lock_timeout = '250ms'";
/// Between two attempts.
const PAUSE: Duration = Duration::from_millis(250);
/// How often a change is tried: for five minutes.
const TRIES: usize = 600;

impl Postgres {
    /// Makes new tables and more columns, as follows from the declarations that are stored.
    pub(crate) async fn begin_growth(
        &self,
        growth: impl Fn(&[Row]) -> Result<Growth, StoreError>,
    ) -> Result<Growth, StoreError> {
        let mut tries = 0;
        loop {
            let mut found = None;
            let patience = [PATIENCE.to_owned()];
            let asked = declare::stored_statement();
            let done = self.run_script(&patience, &asked, |rows| {
                let growth = growth(rows)?;
                Ok(found.insert(growth).statements.clone())
            });
            let done = done.await;
            match (done, found) {
                (Ok(()), Some(growth)) => return Ok(growth),
                (Err(StoreError::Contended(_)), _) if tries < TRIES => {
                    tries += 1;
                    tokio::time::sleep(PAUSE).await;
                }
                (done, _) => {
                    done?;
                    return Err(StoreError::Engine("no table was looked at".to_owned()));
                }
            }
        }
    }

    /// Makes the indexes that these tables lack, and remembers their declarations.
    pub(crate) async fn finish_growth(&self, grown: &[Arc<TableSpec>]) -> Result<(), StoreError> {
        if grown.is_empty() {
            return Ok(());
        }
        // A connection of its own, whose lock ends with it whatever happens.
        let session = Session::open(self.url()).await?;
        session.batch("SET statement_timeout = 0").await?;
        while !session.try_lock(LOCK).await? {
            tokio::time::sleep(PAUSE).await;
        }
        for spec in grown {
            for index in indexes(Dialect::Postgres, spec) {
                make(&session, &index).await?;
            }
            session.batch(&declare::remember(spec)?).await?;
        }
        session
            .batch(&format!("SELECT pg_advisory_unlock({LOCK})"))
            .await
    }
}

/// Makes an index without holding up anybody. One that an earlier attempt left half-made is taken
/// away first.
async fn make(session: &Session, index: &Index) -> Result<(), StoreError> {
    let mut tries = 0;
    loop {
        match is_whole(session, index).await? {
            Some(true) => return Ok(()),
            Some(false) => {
                let sql = format!("DROP INDEX CONCURRENTLY IF EXISTS {}", index.name);
                session.batch(&sql).await?;
            }
            None => {}
        }
        match session.batch(&index.making_aside()).await {
            Err(StoreError::Contended(_)) if tries < TRIES => {
                tries += 1;
                tokio::time::sleep(PAUSE).await;
            }
            done => done?,
        }
    }
}

/// Whether an index can be used; none if there is none.
async fn is_whole(session: &Session, index: &Index) -> Result<Option<bool>, StoreError> {
    let sql = "SELECT i.indisvalid::int FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
               WHERE c.relname::text = ?1 AND pg_table_is_visible(c.oid)";
    let asked = Statement::new(sql, vec![index.name.as_str().into()]);
    let rows = session.query(&asked).await?;
    Ok(rows.first().map(|row| row[0].as_int() == Some(1)))
}
