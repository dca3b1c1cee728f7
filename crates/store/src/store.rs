//! The store: opening it, and the one way in.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use vocab::{Context, Id};

use crate::commit::prepare;
use crate::engine::postgres::Postgres;
use crate::engine::sqlite::{self, Sqlite};
use crate::engine::{Dialect, Engine, Landing, Param, Row, Statement};
use crate::files::{LocalObjects, ObjectStore};
use crate::query::{Aheads, fetch_sql};
use crate::reads::Readings;
use crate::{Config, Outcome, StoreError, TableSpec, Value, Write, declare, schema};

/// Records, files and jobs of one province.
///
/// Cheap to clone; all clones share one engine.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub engine: Engine,
    pub tables: HashMap<String, Arc<TableSpec>>,
    /// The statement that fetches a record, by table.
    pub fetches: HashMap<String, Arc<str>>,
    /// The statements that read epochs.
    pub aheads: Aheads,
    pub context: Context,
    pub objects: Arc<dyn ObjectStore>,
    pub data: PathBuf,
    /// Held while this process seals.
    pub sealing: tokio::sync::Mutex<()>,
    /// Readings of personal data that are not in the database yet.
    pub readings: Readings,
}

/// A write that stands in line. It is carried out whether or not anybody waits for its outcome.
#[derive(Debug)]
pub struct Submitted(Landing);

impl Submitted {
    /// Waits until it is durable or refused; outcome and errors as of [`Store::commit`].
    pub async fn outcome(self) -> Result<Outcome, StoreError> {
        let gone = || StoreError::Unavailable("the writer has stopped".to_owned());
        self.0.await.unwrap_or_else(|_| Err(gone()))
    }
}

/// How surely an acknowledged write stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Durability {
    /// The engine, its version and mode.
    pub engine: String,
    /// Whether the engine syncs to disk before it answers.
    pub before_answer: bool,
}

impl Store {
    /// Opens a store, making the tables of these declarations that are not there yet.
    ///
    /// A declaration may have grown since the table was made: by columns that are not
    /// unique, by filters, by being searchable. The table then grows with it; records hold
    /// null there, and are not found by words, until they are written again.
    ///
    /// A table grows while other processes write. On SQLite they wait for one index at a time: of a
    /// table that is [`TableSpec::evolving`] each is made in one look through its heads, as long as
    /// no record says anything in the column. Whoever is cut off meanwhile leaves a store that the next opening brings
    /// to its end.
    ///
    /// A declaration that is [`TableSpec::evolving`] may change in more ways. Columns that it does
    /// not name any more stay, so that a process that still declares them goes on reading; whoever
    /// writes a record leaves them empty.
    ///
    /// A store that another version's program made is refused with [`StoreError::Invalid`]
    /// before anything is touched, a declaration that changed in any other way with
    /// [`StoreError::Declaration`].
    pub async fn open(
        config: &Config,
        tables: Vec<TableSpec>,
        context: Context,
    ) -> Result<Self, StoreError> {
        let objects = LocalObjects::open(&config.data.join("files"))?;
        Self::open_with(config, tables, context, Arc::new(objects)).await
    }

    /// The same, with files kept in another place than the data folder.
    pub async fn open_with(
        config: &Config,
        tables: Vec<TableSpec>,
        context: Context,
        objects: Arc<dyn ObjectStore>,
    ) -> Result<Self, StoreError> {
        let mut known = HashMap::new();
        for table in tables {
            table.check()?;
            known.insert(table.name.clone(), Arc::new(table));
        }
        std::fs::create_dir_all(&config.data).map_err(|error| StoreError::File {
            doing: crate::FileWork::PreparingFolder(config.data.display().to_string()),
            why: error.to_string(),
        })?;
        let mut stored = Vec::new();
        let engine = match &config.database_url {
            None => {
                let path = config.data.join("phusa.db");
                Engine::Sqlite(Sqlite::open(&path, config.max_page_count, |connection| {
                    let (era, tables) = make_sqlite_tables(connection, known.values())?;
                    stored = tables;
                    Ok(era)
                })?)
            }
            Some(url) => {
                let engine = Postgres::open(url).await?;
                engine
                    .run_script(
                        &schema::meta(Dialect::Postgres),
                        &version_statement(),
                        |rows| check_version(rows).map(|()| schema::fixed(Dialect::Postgres)),
                    )
                    .await?;
                let growth = engine
                    .begin_growth(|rows| declare::growth(Dialect::Postgres, rows, known.values()));
                let growth = growth.await?;
                engine.finish_growth(&growth.grown).await?;
                stored = growth.tables;
                Engine::Postgres(engine)
            }
        };
        for table in stored {
            known.insert(table.name.clone(), table);
        }
        let fetches = known.iter();
        let fetches = fetches.map(|(name, spec)| (name.clone(), fetch_sql(spec)));
        Ok(Self {
            inner: Arc::new(Inner {
                fetches: fetches.collect(),
                aheads: Aheads::of(engine.dialect(), known.values()),
                engine,
                tables: known,
                context,
                objects,
                data: config.data.clone(),
                sealing: tokio::sync::Mutex::new(()),
                readings: Readings::default(),
            }),
        })
    }

    /// Commits a write. On return it is on disk, or nothing of it is stored.
    ///
    /// Errors: [`StoreError::Conflict`] when a record is not at the version expected,
    /// [`StoreError::Duplicate`], [`StoreError::StaleEpoch`], [`StoreError::KeyReused`];
    /// after [`StoreError::Unavailable`] it is not known whether the write landed.
    pub async fn commit(&self, write: Write) -> Result<Outcome, StoreError> {
        self.commit_each(vec![write])
            .await
            .pop()
            .unwrap_or_else(|| Err(StoreError::Engine("no outcome".to_owned())))
    }

    /// Hands a write over: when this returns, it stands in line behind all that this process handed
    /// over before, and before whatever comes later. What builds on a write that is still under way
    /// may so be handed over behind it: it holds only if that one does.
    pub fn submit(&self, write: Write) -> Result<Submitted, StoreError> {
        let prepared = prepare(write, &self.inner.tables, &self.inner.context)?;
        self.inner.engine.submit(prepared).map(Submitted)
    }

    /// Commits many writes that do not depend on each other, sharing transactions: the way
    /// of bulk imports. Each is indivisible by itself; outcomes come in order.
    pub async fn commit_each(&self, writes: Vec<Write>) -> Vec<Result<Outcome, StoreError>> {
        let mut results = Vec::with_capacity(writes.len());
        let mut places = Vec::with_capacity(writes.len());
        let mut group = Vec::with_capacity(writes.len());
        for write in writes {
            match prepare(write, &self.inner.tables, &self.inner.context) {
                Ok(prepared) => {
                    places.push(results.len());
                    group.push(prepared);
                    results.push(Err(StoreError::Engine("no outcome".to_owned())));
                }
                Err(error) => results.push(Err(error)),
            }
        }
        for (place, result) in places
            .into_iter()
            .zip(self.inner.engine.commit(group).await)
        {
            results[place] = result;
        }
        results
    }

    /// The number that an epoch stands at; 0 before its first bump.
    pub async fn epoch(&self, name: &str) -> Result<i64, StoreError> {
        let statement = Statement::new(
            "SELECT value FROM epoch WHERE name = ?1",
            vec![Param::from(name)],
        );
        let rows = self.inner.engine.query(&statement).await?;
        Ok(rows.first().and_then(|row| row[0].as_int()).unwrap_or(0))
    }

    /// The clock and randomness that this store works with.
    pub fn context(&self) -> &Context {
        &self.inner.context
    }

    /// The data folder.
    pub fn data_folder(&self) -> &Path {
        &self.inner.data
    }

    /// The declared tables, by name.
    pub fn tables(&self) -> Vec<Arc<TableSpec>> {
        let mut tables: Vec<_> = self.inner.tables.values().cloned().collect();
        tables.sort_by(|one, other| one.name.cmp(&other.name));
        tables
    }

    /// How surely an acknowledged write stays.
    pub async fn durability(&self) -> Result<Durability, StoreError> {
        self.inner.engine.durability().await
    }

    pub(crate) fn table(&self, name: &str) -> Result<Arc<TableSpec>, StoreError> {
        let table = self.inner.tables.get(name).cloned();
        table.ok_or_else(|| StoreError::Invalid(format!("no table {name} was declared")))
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.inner.engine.dialect()
    }
}

fn version_statement() -> Statement {
    Statement::new("SELECT value FROM meta WHERE key = 'schema'", Vec::new())
}

/// Whether this program may touch the store at all: asked before any table is made.
fn check_version(rows: &[Row]) -> Result<(), StoreError> {
    let stored = rows
        .first()
        .and_then(|row| row[0].as_text())
        .and_then(|text| text.parse().ok());
    let version: i64 = stored.unwrap_or(0);
    if version == schema::VERSION {
        return Ok(());
    }
    Err(StoreError::Invalid(format!(
        "this store has schema {version}, this program knows {}; use the program that made it, or a newer one",
        schema::VERSION
    )))
}

fn make_sqlite_tables<'a>(
    connection: &rusqlite::Connection,
    specs: impl Iterator<Item = &'a Arc<TableSpec>>,
) -> Result<(i64, Vec<Arc<TableSpec>>), StoreError> {
    sqlite::run_script(
        connection,
        &schema::meta(Dialect::Sqlite),
        &version_statement(),
        |rows| check_version(rows).map(|()| schema::fixed(Dialect::Sqlite)),
    )?;
    let growth = sqlite::begin_growth(connection, |rows| {
        declare::growth(Dialect::Sqlite, rows, specs)
    })?;
    sqlite::finish_growth(connection, &growth.grown)?;
    let era = era_of(&sqlite::query(connection, &era_statement())?)?;
    Ok((era, growth.tables))
}

/// Asks for the era, which counts restores.
pub(crate) fn era_statement() -> Statement {
    Statement::new("SELECT value FROM meta WHERE key = 'era'", Vec::new())
}

/// The era in the rows of [`era_statement`].
pub(crate) fn era_of(rows: &[Row]) -> Result<i64, StoreError> {
    rows.first()
        .and_then(|row| row[0].as_text())
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| StoreError::Corrupt("the store's era is missing".to_owned()))
}

/// Column values of rows, with errors that name the place.
pub(crate) trait Fields {
    fn int(&self, at: usize) -> Result<i64, StoreError>;
    fn text(&self, at: usize) -> Result<String, StoreError>;
    fn id(&self, at: usize) -> Result<Id, StoreError>;
    fn digest(&self, at: usize) -> Result<[u8; 32], StoreError>;
}

impl Fields for [Value] {
    fn int(&self, at: usize) -> Result<i64, StoreError> {
        self.get(at)
            .and_then(Value::as_int)
            .ok_or_else(|| misfit(at, "a whole number"))
    }

    fn text(&self, at: usize) -> Result<String, StoreError> {
        self.get(at)
            .and_then(Value::as_text)
            .map(str::to_owned)
            .ok_or_else(|| misfit(at, "text"))
    }

    fn id(&self, at: usize) -> Result<Id, StoreError> {
        self.get(at)
            .and_then(Value::as_id)
            .ok_or_else(|| misfit(at, "an identifier"))
    }

    fn digest(&self, at: usize) -> Result<[u8; 32], StoreError> {
        let bytes = self.get(at).and_then(Value::as_bytes);
        bytes
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or_else(|| misfit(at, "a digest"))
    }
}

fn misfit(at: usize, expected: &str) -> StoreError {
    StoreError::Corrupt(format!("column {at} of a stored row is not {expected}"))
}
