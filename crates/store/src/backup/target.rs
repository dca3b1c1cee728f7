//! The empty store that a restore fills. Nothing of it can be seen before it is kept.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::TempDir;
use vocab::Id;

use super::folders::{check_absent, check_no_files, remove_all, remove_empty};
use super::manifest::Opening;
use super::tables::Table;
use crate::engine::pg_session::Session;
use crate::engine::{BulkInsert, Dialect, Param, Row, Statement, sqlite};
use crate::files::{LocalObjects, file_error};
use crate::{ColumnKind, Config, FileWork, StoreError, Value, declare, schema};

/// A store on its way in.
pub(super) struct Target {
    data: PathBuf,
    /// Files, and the embedded database, until they are moved to their places.
    stage: TempDir,
    engine: Engine,
    pub objects: LocalObjects,
    /// The era before the restore, and the one that begins with it.
    old_era: i64,
    pub new_era: i64,
    leaves: i64,
    next_row: i64,
}

enum Engine {
    Sqlite(Connection),
    /// In a transaction, open until the end.
    Postgres(Box<Session>),
}

const DATABASE: &str = "phusa.db";

impl Target {
    /// Refuses a place where a store is already; makes the tables otherwise.
    pub(super) async fn open(
        config: &Config,
        opening: &Opening,
        new_era: i64,
    ) -> Result<Self, StoreError> {
        let data = &config.data;
        let failed = |error: std::io::Error| {
            file_error(
                FileWork::PreparingFolder(data.display().to_string()),
                &error,
            )
        };
        std::fs::create_dir_all(data).map_err(failed)?;
        let session = match &config.database_url {
            None => {
                check_absent(&data.join(DATABASE))?;
                None
            }
            Some(url) => Some(open_postgres(url).await?),
        };
        let stage = data.join("restoring");
        if stage.exists() {
            // A restore was killed here. There is no database: what files there are came
            // with it.
            remove_all(&data.join("files")).map_err(failed)?;
            remove_all(&stage).map_err(failed)?;
        }
        check_no_files(&data.join("files"))?;
        let stage = tempfile::Builder::new()
            .prefix("restoring")
            .rand_bytes(0)
            .tempdir_in(data)
            .map_err(failed)?;
        let objects = LocalObjects::open(&stage.path().join("files"))?;
        let engine = match session {
            None => Engine::Sqlite(open_sqlite(&stage.path().join(DATABASE))?),
            Some(session) => Engine::Postgres(Box::new(session)),
        };
        let target = Self {
            data: data.clone(),
            stage,
            engine,
            objects,
            old_era: opening.era,
            new_era,
            leaves: 0,
            next_row: 1,
        };
        let (tables, _) = target.schema(opening)?;
        target.script(&tables).await?;
        Ok(target)
    }

    fn dialect(&self) -> Dialect {
        match self.engine {
            Engine::Sqlite(_) => Dialect::Sqlite,
            Engine::Postgres(_) => Dialect::Postgres,
        }
    }

    /// The tables, and the indexes, which are made when the rows are there.
    fn schema(&self, opening: &Opening) -> Result<(Vec<String>, Vec<String>), StoreError> {
        let dialect = self.dialect();
        let mut all = schema::meta(dialect);
        all.extend(schema::fixed(dialect));
        for spec in &opening.declarations {
            all.extend(declare::making(dialect, spec)?);
        }
        let index = |text: &String| {
            text.starts_with("CREATE INDEX") || text.starts_with("CREATE UNIQUE INDEX")
        };
        let (indexes, tables) = all.into_iter().partition(index);
        Ok((tables, indexes))
    }

    /// Takes the next rows of a table.
    pub(super) async fn rows(&mut self, table: &Table, rows: Vec<Row>) -> Result<(), StoreError> {
        for bulk in self.bulks(table, rows) {
            match &self.engine {
                Engine::Sqlite(connection) => sqlite::insert(connection, &bulk)?,
                Engine::Postgres(session) => session.insert(&bulk).await?,
            }
        }
        Ok(())
    }

    fn bulks(&mut self, table: &Table, mut rows: Vec<Row>) -> Vec<BulkInsert> {
        let mut columns = table.columns.clone();
        let mut add = |names: &[&str]| {
            columns.extend(
                names
                    .iter()
                    .map(|name| ((*name).to_owned(), ColumnKind::Int)),
            );
        };
        let mut words = Vec::new();
        let mut wrap = None;
        match table.name.as_str() {
            "epoch" => {
                for row in &mut rows {
                    let number = row[1].as_int().unwrap_or(0).max(0);
                    row[1] = Value::Int(number.saturating_add(self.new_era));
                }
            }
            // Numbered anew in the order of their commits, which is the archive's.
            "leaf" => {
                add(&["era", "xid", "ord"]);
                for row in &mut rows {
                    self.leaves += 1;
                    row.extend([self.old_era.into(), 0.into(), self.leaves.into()]);
                }
            }
            "segment" => {
                add(&["last_era", "last_xid", "last_ord"]);
                for row in &mut rows {
                    let place = [&row[1], &row[2]].map(|value| value.as_int().unwrap_or(0));
                    let last = place[0].saturating_add(place[1]);
                    row.extend([self.old_era.into(), 0.into(), last.into()]);
                }
            }
            "file" => {
                columns.push(("object".to_owned(), ColumnKind::Bytes));
                for row in &mut rows {
                    let object = row[0].as_bytes().map(object_of);
                    row.push(object.into());
                }
            }
            name if name.starts_with("head_") => {
                let searchable = columns.pop_if(|(name, _)| name == "tokens").is_some();
                match &self.engine {
                    Engine::Sqlite(_) => {
                        columns.push(("row".to_owned(), ColumnKind::Int));
                        for row in &mut rows {
                            let number = Value::Int(self.next_row);
                            self.next_row += 1;
                            if searchable && let Some(tokens @ Value::Text(_)) = row.pop() {
                                words.push(vec![number.clone(), tokens]);
                            }
                            row.push(number);
                        }
                    }
                    Engine::Postgres(_) if searchable => {
                        columns.push(("tokens".to_owned(), ColumnKind::Text));
                        wrap = Some(crate::commit::tokens_wrap());
                    }
                    Engine::Postgres(_) => {}
                }
            }
            _ => {}
        }
        let plain = |table: String, columns, pg_wrap, rows| BulkInsert {
            table,
            columns,
            pg_wrap,
            on_conflict: "",
            rows,
        };
        let mut bulks = vec![plain(table.name.clone(), columns, wrap, rows)];
        if !words.is_empty() {
            let name = table.name.replacen("head_", "words_", 1);
            let columns = vec![
                ("rowid".to_owned(), ColumnKind::Int),
                ("tokens".to_owned(), ColumnKind::Text),
            ];
            bulks.push(plain(name, columns, None, words));
        }
        bulks
    }

    /// Puts everything in its place, durably.
    pub(super) async fn keep(self, opening: &Opening) -> Result<(), StoreError> {
        let (_, mut last) = self.schema(opening)?;
        last.push(format!(
            "UPDATE meta SET value = '{}' WHERE key = 'era'",
            self.new_era
        ));
        if self.dialect() == Dialect::Postgres {
            last.push(format!(
                "SELECT setval('leaf_ord_seq', {}, {})",
                self.leaves.max(1),
                self.leaves > 0
            ));
        }
        self.script(&last).await?;
        let Self {
            data,
            stage,
            engine,
            objects,
            ..
        } = self;
        drop(objects);
        let failed = |error: std::io::Error| {
            file_error(
                FileWork::PlacingRestored(data.display().to_string()),
                &error,
            )
        };
        let files = data.join("files");
        remove_empty(&files).map_err(failed)?;
        let undo = |error: StoreError| {
            let _ = std::fs::remove_dir_all(&files);
            error
        };
        std::fs::rename(stage.path().join("files"), &files).map_err(failed)?;
        let kept = match engine {
            Engine::Sqlite(connection) => close_sqlite(connection, stage.path(), &data),
            Engine::Postgres(session) => match sync(&data) {
                Ok(()) => session.batch("COMMIT").await,
                Err(error) => Err(failed(error)),
            },
        };
        kept.map_err(undo)
    }

    async fn script(&self, statements: &[String]) -> Result<(), StoreError> {
        match &self.engine {
            Engine::Sqlite(connection) => sqlite::script(connection, statements),
            Engine::Postgres(session) => session.script(statements).await,
        }
    }
}

/// The name of a restored file's object: the beginning of its digest, so that the row, which
/// comes first, can say it.
pub(super) fn object_of(digest: &[u8]) -> Id {
    digest
        .get(..16)
        .and_then(|start| Id::try_from(start).ok())
        .unwrap_or(Id::NIL)
}

fn sync(path: &Path) -> std::io::Result<()> {
    std::fs::File::open(path)?.sync_all()
}

/// No journal: the file is thrown away if anything fails.
fn open_sqlite(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path).map_err(sqlite::translate)?;
    connection
        .execute_batch(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA trusted_schema = OFF; \
             PRAGMA cache_size = -16384; BEGIN IMMEDIATE",
        )
        .map_err(sqlite::translate)?;
    Ok(connection)
}

fn close_sqlite(connection: Connection, stage: &Path, data: &Path) -> Result<(), StoreError> {
    connection
        .execute_batch("COMMIT")
        .map_err(sqlite::translate)?;
    connection
        .close()
        .map_err(|(_, error)| sqlite::translate(error))?;
    let path = stage.join(DATABASE);
    sync(&path)
        .and_then(|()| std::fs::rename(&path, data.join(DATABASE)))
        .and_then(|()| sync(data))
        .map_err(|error| {
            file_error(
                FileWork::PlacingRestored(data.display().to_string()),
                &error,
            )
        })
}

async fn open_postgres(url: &str) -> Result<Session, StoreError> {
    let session = Session::open(url).await?;
    session
        .batch("SET statement_timeout = 0; BEGIN; SELECT pg_advisory_xact_lock(83320230414)")
        .await?;
    let sql = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() \
               AND table_name = ANY(?1::text[])";
    let names = ["meta", "leaf", "record_version"].map(str::to_owned);
    let found = session
        .query(&Statement::new(sql, vec![Param::texts(names)]))
        .await?;
    if found.first().and_then(|row| row[0].as_int()) == Some(0) {
        return Ok(session);
    }
    Err(StoreError::NotEmpty {
        place: "PostgreSQL".to_owned(),
    })
}
