//! Trying rows: everything is asked that taking them in asks, and nothing is kept.

use std::collections::HashSet;
use std::sync::Arc;

use vocab::Problem;

use super::cells::Rows;
use super::refusals::Refused;
use super::work::{Outcome, Turn, checked, taken};
use super::{Which, keys, may_import};
use crate::{Record, RegistryError};

/// How many rows are tried in one batch.
const AT_ONCE: usize = 2_000;

impl Turn<'_> {
    pub(super) async fn trial(self) -> Result<(), RegistryError> {
        let registry = self.registry;
        let systems = registry.systems().clone();
        let Some(kind) = systems.kind(self.import.kind()) else {
            return self.stop("system-import-why-gone").await;
        };
        let caller = self.caller(self.import.starter()).await?;
        let Some(caller) = caller.filter(|caller| may_import(&caller.principal, kind)) else {
            return self.stop("system-import-why-rights").await;
        };
        let Some(mut source) = self.source(Which::Trial).await? else {
            return self.stop("system-import-why-file").await;
        };
        let done = self.import.pass(Which::Trial).unwrap_or_default().rows;
        let rows = Rows::new(
            registry,
            self.import.id(),
            &self.import.body,
            kind,
            &caller,
            source.lists.clone(),
        )
        .await?;
        let rows = Arc::new(rows);
        if source.noted < done {
            self.note_before(&rows, &mut source, done).await?;
        }
        let table = match source.peek(AT_ONCE.min(self.most)).await {
            Ok(table) => table.to_vec(),
            Err(error) => return self.stop_reading(&error).await,
        };
        let first = done + 1;
        let made = checked(&rows, table.clone(), first).await?;
        let good: Vec<&Record> = made.iter().filter_map(|made| made.as_ref().ok()).collect();
        let mut held = taken(registry, kind, &good).await?.into_iter();
        let mut refused = Vec::new();
        for ((row, made), place) in table.iter().zip(&made).zip(first..) {
            let mut wrong = made.as_ref().err().cloned();
            if wrong.is_none() {
                wrong = held.next().flatten();
            }
            if wrong.is_none() {
                let keys = keys::of_row(&rows, kind, row, false);
                wrong = source.keys.shared(&keys).map(|key| {
                    let problem = Problem::new(422, "invalid-fields", "a row");
                    problem.at(key.problem.clone())
                });
                if wrong.is_none() {
                    source.keys.note(&keys);
                }
            }
            refused.extend(wrong.map(|problem| Refused {
                place,
                line: row.line,
                problem,
            }));
        }
        let count = i64::try_from(table.len()).unwrap_or(i64::MAX);
        source.pass(table.len());
        source.noted = done + count;
        let ended = match source.peek(1).await {
            Ok(next) => next.is_empty(),
            Err(error) => return self.stop_reading(&error).await,
        };
        let outcome = Outcome {
            good: count - i64::try_from(refused.len()).unwrap_or(i64::MAX),
            rows: count,
            refused,
            ended,
        };
        let batch = registry.batch(&caller);
        self.advance(batch, Which::Trial, &outcome).await?;
        if ended {
            registry.sources().drop_all(self.import.id());
        } else {
            self.keep(Which::Trial, source);
        }
        Ok(())
    }

    /// Reads once more what another process tried: what those of its rows have that were good.
    async fn note_before(
        &self,
        rows: &Arc<Rows>,
        source: &mut super::source::Source,
        done: i64,
    ) -> Result<(), RegistryError> {
        let systems = self.registry.systems().clone();
        let Some(kind) = systems.kind(self.import.kind()) else {
            return Ok(());
        };
        let mut refused = HashSet::new();
        let mut refusals = self.registry.refusals(&self.import, Which::Trial);
        while let Some(some) = refusals.more().await? {
            refused.extend(some.into_iter().map(|one| one.place));
        }
        let from = source.noted;
        let Some(mut again) = self.registry.opened(&self.import).await? else {
            return Ok(());
        };
        while again.next <= done {
            let wanted = usize::try_from(done + 1 - again.next).unwrap_or(1).min(500);
            let Ok(table) = again.peek(wanted).await.map(<[_]>::to_vec) else {
                break;
            };
            if table.is_empty() {
                break;
            }
            for (row, place) in table.iter().zip(again.next..) {
                if place > from && !refused.contains(&place) {
                    source.keys.note(&keys::of_row(rows, kind, row, false));
                }
            }
            again.pass(table.len());
        }
        source.noted = done;
        Ok(())
    }
}
