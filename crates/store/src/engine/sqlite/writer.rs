//! The one thread that writes, and groups what waits into one commit.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::oneshot;

use super::statements::{insert, query, translate, update};
use crate::StoreError;
use crate::commit::{GroupResult, Prepared, decide, loading};
use crate::engine::{Dialect, Row, Statement};

/// The most writes that one transaction takes in: beyond, waiting grows faster than the
/// share of each in the one fsync shrinks.
const GROUP_WRITES: usize = 256;

/// What the writer is asked to do.
pub(super) enum Command {
    Commit(
        Box<Prepared>,
        oneshot::Sender<Result<crate::Outcome, StoreError>>,
    ),
    /// Many writes of one caller, none of which shares an idempotency key with another.
    Bulk(Vec<Prepared>, oneshot::Sender<GroupResult>),
    Execute(
        Vec<Statement>,
        oneshot::Sender<Result<Vec<Vec<Row>>, StoreError>>,
    ),
}

/// The one thread that writes.
pub(super) struct Writer {
    pub(super) connection: Connection,
    pub(super) era: i64,
}

impl Writer {
    pub(super) fn run(mut self, commands: &Receiver<Command>) {
        let mut waiting = None;
        loop {
            let command = match waiting
                .take()
                .map_or_else(|| commands.recv_timeout(Duration::from_secs(5)), Ok)
            {
                Ok(command) => command,
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            match command {
                Command::Execute(statements, reply) => {
                    let result = self.execute(&statements);
                    let _ = reply.send(result);
                }
                Command::Bulk(group, reply) => {
                    let _ = reply.send(self.commit(&group));
                }
                Command::Commit(prepared, reply) => {
                    let mut group = vec![*prepared];
                    let mut replies = vec![reply];
                    while group.len() < GROUP_WRITES {
                        match commands.try_recv() {
                            Ok(Command::Commit(prepared, reply))
                                if !same_key(&group, &prepared) =>
                            {
                                group.push(*prepared);
                                replies.push(reply);
                            }
                            Ok(other) => {
                                waiting = Some(other);
                                break;
                            }
                            Err(_) => break,
                        }
                    }
                    let results = self.commit(&group);
                    for (reply, result) in replies.into_iter().zip(results) {
                        let _ = reply.send(result);
                    }
                }
            }
        }
    }

    fn execute(&mut self, statements: &[Statement]) -> Result<Vec<Vec<Row>>, StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(translate)?;
        let rows = statements
            .iter()
            .map(|statement| query(&transaction, statement))
            .collect::<Result<_, _>>()?;
        transaction.commit().map_err(translate)?;
        Ok(rows)
    }

    fn commit(&mut self, group: &[Prepared]) -> GroupResult {
        let all: Vec<&Prepared> = group.iter().collect();
        match self.commit_together(&all) {
            Ok(results) => results,
            // Somebody in the group broke a rule of the tables: each alone, so that only the
            // one at fault is refused.
            Err(StoreError::Duplicate { .. }) if all.len() > 1 => all
                .iter()
                .map(|prepared| {
                    self.commit_together(&[prepared])?
                        .pop()
                        .unwrap_or_else(|| Err(gone()))
                })
                .collect(),
            Err(error) => all.iter().map(|_| Err(error.clone())).collect(),
        }
    }

    fn commit_together(&mut self, group: &[&Prepared]) -> Result<GroupResult, StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(translate)?;
        let loading = loading(group, Dialect::Sqlite);
        if let Some(claims) = &loading.claims {
            insert(&transaction, claims)?;
        }
        let rows = loading
            .statements
            .iter()
            .map(|statement| query(&transaction, statement))
            .collect::<Result<Vec<_>, _>>()?;
        let (results, batch) = decide(group, loading.collect(rows)?, self.era);
        let steps = batch.into_steps(Dialect::Sqlite);
        for statement in &steps.statements_before {
            query(&transaction, statement)?;
        }
        for rows in &steps.inserts {
            insert(&transaction, rows)?;
        }
        for rows in &steps.updates {
            update(&transaction, rows)?;
        }
        for statement in &steps.statements {
            query(&transaction, statement)?;
        }
        transaction.commit().map_err(translate)?;
        Ok(results)
    }
}

/// Whether a write in the group already claims this one's idempotency key: then it waits for
/// the next group, which sees how the first one ended.
pub(super) fn same_key(group: &[Prepared], next: &Prepared) -> bool {
    next.write.idempotency.as_ref().is_some_and(|key| {
        group
            .iter()
            .filter_map(|prepared| prepared.write.idempotency.as_ref())
            .any(|other| other.account == key.account && other.key == key.key)
    })
}

pub(super) fn gone() -> StoreError {
    StoreError::Unavailable("the writer has stopped".to_owned())
}
