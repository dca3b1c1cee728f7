//! PostgreSQL: a few writing connections that group commits, and shared reading ones whose
//! statements are pipelined.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::try_join_all;
use tokio::sync::{mpsc, oneshot};
use vocab::Id;

use super::pg_link::Link;
use super::pg_queue::{Queue, Waiting};
use super::pg_session::Session;
use super::pg_together::{Answer, Together};
use super::pg_writer::Writer;
use super::{Landing, ReadRow, Row, Statement};
use crate::commit::{GroupResult, Prepared};
use crate::{Durability, StoreError};

const WRITERS: usize = 3;
const READERS: usize = 4;

/// The engine.
pub(crate) struct Postgres {
    url: String,
    writers: mpsc::UnboundedSender<Waiting>,
    readers: Vec<Link>,
    turn: AtomicUsize,
    control: Arc<Link>,
    /// Holds the lock of whoever seals.
    sealer: Link,
    together: Together,
}

impl Postgres {
    /// Connects, and has the tables made by `schema`, which gives the era back.
    pub(crate) async fn open(url: &str) -> Result<Self, StoreError> {
        let (sender, queue) = Queue::new();
        let queue = Arc::new(queue);
        let engine = Self {
            url: url.to_owned(),
            writers: sender,
            readers: (0..READERS).map(|_| Link::new(url)).collect(),
            turn: AtomicUsize::new(0),
            control: Arc::new(Link::new(url)),
            sealer: Link::new(url),
            together: Together::begin(url),
        };
        engine.control.session().await?;
        for _ in 0..WRITERS {
            tokio::spawn(Writer::new(url).run(queue.clone()));
        }
        Ok(engine)
    }

    /// Where the server is.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// The turn to seal, if no other process has it.
    pub(crate) async fn seal_turn(&self) -> Result<Option<Arc<Session>>, StoreError> {
        let session = self.sealer.session().await?;
        Ok(session.try_lock(83_320_230_415).await?.then_some(session))
    }

    /// A connection of its own, in a read-only transaction that holds one snapshot.
    pub(crate) async fn snapshot(&self) -> Result<Session, StoreError> {
        let session = Session::open(&self.url).await?;
        session
            .batch("SET statement_timeout = 0; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            .await?;
        Ok(session)
    }

    /// Runs statements without parameters, then those that follow from what `look` finds,
    /// in one transaction.
    pub(crate) async fn run_script(
        &self,
        first: &[String],
        look: &Statement,
        then: impl FnOnce(&[Row]) -> Result<Vec<String>, StoreError>,
    ) -> Result<(), StoreError> {
        let session = self.control.session().await?;
        // Two processes that start at once would otherwise both make the same table.
        let turn = session
            .begin("BEGIN; SELECT pg_advisory_xact_lock(83320230414)")
            .await?;
        let run = async {
            session.script(first).await?;
            session.script(&then(&session.query(look).await?)?).await
        };
        let done = run.await;
        session.end(turn, done).await
    }

    /// The connection whose turn it is to read.
    fn reader(&self) -> &Link {
        &self.readers[self.turn.fetch_add(1, Ordering::Relaxed) % self.readers.len()]
    }

    pub(crate) async fn query(&self, statement: &Statement) -> Result<Vec<Row>, StoreError> {
        let link = self.reader();
        match link.session().await?.query(statement).await {
            // A reading statement may be repeated after the server came back.
            Err(StoreError::Unavailable(_)) => link.session().await?.query(statement).await,
            result => result,
        }
    }

    pub(crate) async fn read_rows<T>(
        &self,
        statement: &Statement,
        read: ReadRow<T>,
    ) -> Result<Vec<T>, StoreError> {
        let link = self.reader();
        match link.session().await?.read_rows(statement, read).await {
            // A reading statement may be repeated after the server came back.
            Err(StoreError::Unavailable(_)) => {
                link.session().await?.read_rows(statement, read).await
            }
            result => result,
        }
    }

    pub(crate) async fn ahead(
        &self,
        statement: &Arc<str>,
        id: Option<Id>,
    ) -> Result<Answer, StoreError> {
        self.together.ask(statement, id).await
    }

    pub(crate) async fn query_all(
        &self,
        statements: &[Statement],
    ) -> Result<Vec<Vec<Row>>, StoreError> {
        if let [statement] = statements {
            return Ok(vec![self.query(statement).await?]);
        }
        let session = self.control.session().await?;
        let turn = session
            .begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            .await?;
        let rows = try_join_all(statements.iter().map(|statement| session.query(statement))).await;
        session.end(turn, rows).await
    }

    pub(crate) async fn execute(
        &self,
        statements: Vec<Statement>,
    ) -> Result<Vec<Vec<Row>>, StoreError> {
        let control = self.control.clone();
        // In a task of its own, so that it comes to its end even when the caller gives up:
        // an open transaction would hold its locks until the next one.
        let task = tokio::spawn(async move {
            let session = control.session().await?;
            let turn = session.begin("BEGIN").await?;
            let run = async {
                let mut rows = Vec::with_capacity(statements.len());
                for statement in &statements {
                    rows.push(session.query(statement).await?);
                }
                Ok(rows)
            };
            let rows = run.await;
            session.end(turn, rows).await
        });
        task.await
            .map_err(|error| StoreError::Engine(format!("a writing task ended early: {error}")))?
    }

    /// Puts a write into the writers' line, behind all that stands there.
    pub(crate) fn submit(&self, prepared: Prepared) -> Result<Landing, StoreError> {
        let (reply, answer) = oneshot::channel();
        let sent = self.writers.send((prepared, reply));
        sent.map(|()| answer).map_err(|_| gone())
    }

    pub(crate) async fn commit(&self, group: Vec<Prepared>) -> GroupResult {
        let group = group.into_iter();
        let answers: Vec<_> = group.map(|prepared| self.submit(prepared)).collect();
        let mut results = Vec::with_capacity(answers.len());
        for answer in answers {
            results.push(match answer {
                Ok(answer) => answer.await.unwrap_or_else(|_| Err(gone())),
                Err(error) => Err(error),
            });
        }
        results
    }

    pub(crate) async fn durability(&self) -> Result<Durability, StoreError> {
        let setting =
            |name: &str| Statement::new(format!("SELECT current_setting('{name}')"), Vec::new());
        let rows = self
            .execute(vec![
                setting("server_version"),
                setting("fsync"),
                setting("synchronous_commit"),
            ])
            .await?;
        let text = |rows: &[Row]| {
            rows.first()
                .and_then(|row| row[0].as_text().map(str::to_owned))
                .unwrap_or_default()
        };
        Ok(Durability {
            engine: format!("PostgreSQL {}", text(&rows[0])),
            before_answer: text(&rows[1]) == "on" && text(&rows[2]) != "off",
        })
    }
}

pub(super) fn gone() -> StoreError {
    StoreError::Unavailable("the writer has stopped".to_owned())
}
