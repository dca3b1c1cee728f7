//! Taking rows in.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use pack::declaration::Series;
use serde_json::{Map, Value};
use store::StoreError;
use vocab::Id;

use super::cells::Rows;
use super::keys::Keys;
use super::refusals::Refused;
use super::work::{Outcome, Turn, checked, taken};
use super::{Which, keys, may_import};
use crate::system::kind::CODE;
use crate::system::{keep, series};
use crate::{Batch, Kind, Record, Registry, RegistryError};

/// How many rows are taken in in one batch.
const AT_ONCE: usize = 1_000;

impl Turn<'_> {
    /// `most` becomes how many rows are to be tried the next time, where some of these have the
    /// same.
    pub(super) async fn run(self, most: &mut usize) -> Result<(), RegistryError> {
        let registry = self.registry;
        let systems = registry.systems().clone();
        let Some(kind) = systems.kind(self.import.kind()) else {
            return self.stop("system-import-why-gone").await;
        };
        let caller = self.caller(self.import.starter()).await?;
        let Some(caller) = caller.filter(|caller| may_import(&caller.principal, kind)) else {
            return self.stop("system-import-why-rights").await;
        };
        let Some(mut source) = self.source(Which::Run).await? else {
            return self.stop("system-import-why-file").await;
        };
        let done = self.import.pass(Which::Run).unwrap_or_default().rows;
        let table = match source.peek(AT_ONCE.min(self.most)).await {
            Ok(table) => table.to_vec(),
            Err(error) => return self.stop_reading(&error).await,
        };
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
        // Rows that have the same are looked at one after another, each when those before it
        // are in.
        let mut seen = Keys::default();
        let count = table.iter().take_while(|row| {
            let keys = keys::of_row(&rows, kind, row, true);
            let alone = seen.shared(&keys).is_none();
            seen.note(&keys);
            alone
        });
        let count = count.count();
        let table = &table[..count];

        let first = done + 1;
        let made = checked(&rows, table.to_vec(), first).await?;
        let good: Vec<&Record> = made.iter().filter_map(|made| made.as_ref().ok()).collect();
        let mut held = taken(registry, kind, &good).await?.into_iter();
        let (mut refused, mut records) = (Vec::new(), Vec::new());
        for ((row, made), place) in table.iter().zip(made).zip(first..) {
            let made = match made {
                Ok(record) => held.next().flatten().map_or(Ok(record), Err),
                wrong => wrong,
            };
            match made {
                Ok(record) => records.push(record),
                Err(problem) => refused.push(Refused {
                    place,
                    line: row.line,
                    problem,
                }),
            }
        }
        let line = table.first().map_or(0, |row| row.line);
        source.pass(count);
        let ended = match source.peek(1).await {
            Ok(next) => next.is_empty(),
            Err(error) => return self.stop_reading(&error).await,
        };
        let mut outcome = Outcome {
            good: i64::try_from(records.len()).unwrap_or(i64::MAX),
            rows: i64::try_from(count).unwrap_or(i64::MAX),
            refused,
            ended,
        };
        match self.take_in(&caller, kind, records, &outcome).await {
            Ok(()) => {}
            Err(error @ RegistryError::Store(StoreError::Duplicate { .. })) => {
                if count > 1 {
                    // Another's write came between: which row it was shows when they are fewer.
                    *most = count / 2;
                    return Err(error);
                }
                let RegistryError::Refused(problem) = keep::doubled(kind, error.clone()) else {
                    return Err(error);
                };
                outcome.good = 0;
                outcome.refused = vec![Refused {
                    place: first,
                    line,
                    problem,
                }];
                let batch = registry.batch(&caller);
                self.advance(batch, Which::Run, &outcome).await?;
            }
            Err(error) => return Err(error),
        }
        if ended {
            registry.sources().drop_all(self.import.id());
        } else {
            self.keep(Which::Run, source);
        }
        Ok(())
    }

    /// Writes records with their numbers, their tasks and what is told of them, and how far the
    /// import came, in one.
    async fn take_in(
        &self,
        caller: &crate::Caller,
        kind: &Kind,
        mut records: Vec<Record>,
        outcome: &Outcome,
    ) -> Result<(), RegistryError> {
        let registry = self.registry;
        let systems = registry.systems().clone();
        let declared = &systems.catalog().record(kind.at).declared;
        let numbered = declared.record.code.as_ref();
        let mut batch = registry.batch(caller);
        let Some(numbered) = numbered.filter(|series| series.at.is_none()) else {
            gather(&mut batch, kind, &records).await?;
            return self.advance(batch, Which::Run, outcome).await;
        };
        let numbers = Numbers::of(registry, kind, numbered, &records).await?;
        // In the order of their keys, so that no two wait for each other.
        let mut lines = Vec::new();
        for (key, (queue, count)) in &numbers.series {
            let mut line = queue.turn().await;
            let at = (&**queue, &mut line.next);
            let (next, series) = registry.next_numbers(at, key, *count).await?;
            batch
                .put_kept(series::KIND, &series, "number", &Map::new())
                .await?;
            lines.push((line, series, next));
        }
        let mut next: Vec<i64> = lines.iter().map(|(_, _, next)| *next).collect();
        let today = registry.store().context().now().in_vietnam().date();
        for record in &mut records {
            let Some((place, code)) = numbers.units.get(&record.unit) else {
                continue;
            };
            let code = series::written(numbered, next[*place], code, today);
            next[*place] += 1;
            record.body.insert(CODE.to_owned(), Value::from(code));
        }
        gather(&mut batch, kind, &records).await?;
        let done = self.advance(batch, Which::Run, outcome).await;
        for (mut line, series, _) in lines {
            line.next = match &done {
                Ok(()) => series::Next::Known(Box::new(series)),
                Err(_) => series::Next::Unknown,
            };
        }
        done
    }
}

async fn gather(
    batch: &mut Batch<'_>,
    kind: &Kind,
    records: &[Record],
) -> Result<(), RegistryError> {
    let before = Map::new();
    for record in records {
        batch.put_kept(kind.name, record, "create", &before).await?;
        batch.open_tasks_of(kind, record).await?;
        batch.tell(kind, record, &before, None)?;
    }
    Ok(())
}

/// Which series some records count in.
struct Numbers {
    /// By their keys, each with how many count in it.
    series: BTreeMap<String, (Arc<series::Queue>, i64)>,
    /// Each unit's series, by its place among them, and what stands for the unit in a number.
    units: HashMap<Id, (usize, String)>,
}

impl Numbers {
    async fn of(
        registry: &Registry,
        kind: &Kind,
        numbered: &Series,
        records: &[Record],
    ) -> Result<Self, RegistryError> {
        let today = registry.store().context().now().in_vietnam().date();
        let key = |unit| series::key(kind.name, numbered, unit, today);
        let mut all = BTreeMap::new();
        for record in records {
            let key = key(record.unit);
            let queue = || (registry.queue(&key), 0);
            all.entry(key.clone()).or_insert_with(queue).1 += 1;
        }
        let mut units = HashMap::new();
        for record in records {
            if units.contains_key(&record.unit) {
                continue;
            }
            let key = key(record.unit);
            let place = all.keys().position(|known| *known == key).unwrap_or(0);
            let code = registry.unit_code(record.unit).await?;
            units.insert(record.unit, (place, code));
        }
        Ok(Self { series: all, units })
    }
}
