//! The tasks that write to PostgreSQL: each takes what waits and commits it as one group.

use std::collections::HashSet;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{join, try_join, try_join_all};
use tokio::time::timeout;

use super::Dialect;
use super::pg_link::Link;
use super::pg_queue::Queue;
use super::pg_session::Session;
use super::postgres::gone;
use crate::commit::{GroupResult, Loaded, Loading, Prepared, Steps, decide, loading};
use crate::{Outcome, StoreError};

/// How long a group has its turn to itself.
const PATIENCE: Duration = Duration::from_millis(100);

/// One of the tasks that write.
pub(super) struct Writer {
    link: Link,
}

impl Writer {
    pub(super) fn new(url: &str) -> Self {
        Self {
            link: Link::new(url),
        }
    }

    /// Writes until nobody sends any more.
    pub(super) async fn run(mut self, queue: Arc<Queue>) {
        while let Some((group, mut turn)) = queue.next().await {
            let (group, replies): (Vec<_>, Vec<_>) = group.into_iter().unzip();
            let mut work = pin!(self.commit(group));
            let results = if let Ok(results) = timeout(PATIENCE, &mut work).await {
                results
            } else {
                // It waits for another process, or for a slow disk: others go by.
                turn.let_by();
                work.await
            };
            for (reply, result) in replies.into_iter().zip(results) {
                let _ = reply.send(result);
            }
            // Only now: those who were answered come along with the next group.
            drop(turn);
        }
    }

    async fn commit(&mut self, group: Vec<Prepared>) -> GroupResult {
        let all: Vec<&Prepared> = group.iter().collect();
        // Writes that share an idempotency key go one after the other, so that the second
        // sees how the first one ended.
        let mut seen = HashSet::new();
        let keys = group
            .iter()
            .filter_map(|prepared| prepared.write.idempotency.as_ref());
        let distinct = keys
            .map(|key| (key.account, key.key.as_str()))
            .all(|key| seen.insert(key));
        if distinct {
            match self.commit_together(&all).await {
                Ok(results) => return results,
                // Somebody broke a rule of the tables, or two processes locked each other
                // out: each alone, so that only the one at fault is refused.
                Err(StoreError::Duplicate { .. } | StoreError::Contended(_)) => {}
                Err(error) => return all.iter().map(|_| Err(error.clone())).collect(),
            }
        }
        let mut results = Vec::with_capacity(all.len());
        for prepared in all {
            results.push(self.commit_alone(prepared).await);
        }
        results
    }

    async fn commit_alone(&mut self, prepared: &Prepared) -> Result<Outcome, StoreError> {
        let mut attempts = 0;
        loop {
            attempts += 1;
            match self.commit_together(&[prepared]).await {
                Err(StoreError::Contended(_)) if attempts < 5 => {}
                result => {
                    return result
                        .and_then(|mut results| results.pop().unwrap_or_else(|| Err(gone())));
                }
            }
        }
    }

    async fn commit_together(&mut self, group: &[&Prepared]) -> Result<GroupResult, StoreError> {
        let session = self.link.session().await?;
        let era = session.era().await?;
        let mut transaction = Transaction {
            session: &session,
            open: false,
        };
        let result = transaction.carry_out(group, era).await;
        if result.is_err() && transaction.abandon().await.is_err() {
            // The connection is gone, and the transaction with it.
            self.link.let_go().await;
        }
        result
    }
}

/// A transaction that begins with the first thing it sends.
struct Transaction<'a> {
    session: &'a Session,
    /// Whether the server may hold one that has not ended.
    open: bool,
}

impl Transaction<'_> {
    async fn carry_out(
        &mut self,
        group: &[&Prepared],
        era: i64,
    ) -> Result<GroupResult, StoreError> {
        let loading = loading(group, Dialect::Postgres);
        // New records alone depend on nothing that is stored.
        let loaded = if loading.is_empty() {
            Loaded::default()
        } else {
            self.load(&loading).await?
        };
        let (results, batch) = decide(group, loaded, era);
        self.put(&batch.into_steps(Dialect::Postgres)).await?;
        Ok(results)
    }

    /// Claims and reads, sent in one go: the server works through it in this order.
    async fn load(&mut self, loading: &Loading) -> Result<Loaded, StoreError> {
        let mut claims = Vec::new();
        if let Some(rows) = &loading.claims {
            claims.push(self.session.insertion(rows).await?);
        }
        let mut reads = Vec::new();
        for statement in &loading.statements {
            reads.push(self.session.request(statement).await?);
        }
        self.open = true;
        let claimed = self.session.run(true, &claims);
        let rows = try_join_all(reads.iter().map(|read| self.session.rows(read)));
        let ((), rows) = try_join(claimed, rows).await?;
        loading.collect(rows)
    }

    /// Puts a group's rows and commits, in one round trip where that is safe.
    async fn put(&mut self, steps: &Steps) -> Result<(), StoreError> {
        let mut requests = Vec::new();
        for statement in &steps.statements_before {
            requests.push(self.session.request(statement).await?);
        }
        for rows in &steps.inserts {
            requests.push(self.session.insertion(rows).await?);
        }
        for rows in &steps.updates {
            requests.push(self.session.change(rows).await?);
        }
        for statement in &steps.statements {
            requests.push(self.session.request(statement).await?);
        }
        if requests.is_empty() && !self.open {
            return Ok(());
        }
        let begin = !std::mem::replace(&mut self.open, true);
        let mut work = pin!(self.session.run(begin, &requests));
        if steps.updates.is_empty() {
            // Polled once, everything is on its way, and the commit follows without waiting:
            // the server turns it into a rollback after anything that failed there.
            // What could not even be sent would be missing from what it keeps.
            if let Some(done) = work.as_mut().now_or_never() {
                done?;
                self.commit().await
            } else {
                let (done, committed) = join(work, self.commit()).await;
                done.and(committed)
            }
        } else {
            // How many rows were updated must be known before they are kept.
            work.await?;
            self.commit().await
        }
    }

    /// Ends the transaction: it is kept unless something in it has failed.
    async fn commit(&mut self) -> Result<(), StoreError> {
        self.session.batch("COMMIT").await?;
        self.open = false;
        Ok(())
    }

    /// Undoes what was begun, if anything was.
    async fn abandon(&mut self) -> Result<(), StoreError> {
        if self.open {
            self.session.batch("ROLLBACK").await?;
        }
        Ok(())
    }
}
