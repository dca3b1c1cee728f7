//! Numbers of records, one after another.
//!
//! Each series has a record of its own with the next number. A number is taken in the very
//! write that uses it, against the version of the series that was read: of two writes that took
//! the same number one does not happen and is tried again, so that no number stands twice and
//! none is missing, whichever process writes.
//!
//! Within a process nobody waits until the number before is durable: a write is handed over
//! right behind the one whose number comes before ([`Queue`]), over the version that this one
//! will leave. Where that one does not happen, neither do those behind it, and they try again.
//!
//! A series that may miss numbers is written once for all who stand in line at that moment: the
//! first of them takes a number for each of the others too. Should that one write not happen, the
//! series is written after it ([`Registry::give_up`]); what another process takes before that is
//! used already, which is seen, and passed over.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use directory::Act;
use jiff::civil::Date;
use pack::declaration::{Series, SeriesPer};
use pack::shape::is_set;
use pack::template::Part;
use serde_json::{Map, json};
use sha2::{Digest, Sha256};
use tokio::sync::MutexGuard;
use vocab::Id;

use crate::comment::object;
use crate::{
    Caller, Declaration, Field, FieldKind, Indexed, Lifecycle, Record, Registry, RegistryError,
};

/// The kind of a series' own record.
pub(crate) const KIND: &str = "series";
/// The most numbers that are taken for others.
const MOST_AHEAD: i64 = 64;
/// How often a number is tried for that other processes take meanwhile.
pub(crate) const TRIES: usize = 200;

pub(crate) fn declaration() -> Declaration {
    Declaration {
        kind: KIND,
        fields: vec![
            Field::required("key", FieldKind::Text(300)).indexed(Indexed::Unique),
            Field::required("next", FieldKind::Whole(1, i64::MAX)),
        ],
        order: &["key"],
        orders: Vec::new(),
        lifecycle: Lifecycle::kept(Act::Configure),
    }
}

/// The lines of this process, by the key of their series.
#[derive(Debug, Default)]
pub(crate) struct Queues(Mutex<HashMap<String, Arc<Queue>>>);

/// Where those stand in line who take numbers of one series.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    /// Held from taking a number until its write is handed over.
    line: tokio::sync::Mutex<Line>,
    /// How many wait for that.
    waiting: AtomicI64,
    /// Held by every write under way; whoever reads where the series stands waits for them.
    pub under_way: tokio::sync::RwLock<()>,
}

/// The head of the line.
#[derive(Debug, Default)]
pub(crate) struct Line {
    /// Where the series will stand.
    pub next: Next,
    /// Numbers that were taken for those who wait.
    ahead: Range<i64>,
}

impl Line {
    /// A write that takes a number was handed over.
    pub(crate) fn move_on(&mut self, taken: &Taken) {
        if let Some(series) = &taken.series {
            self.next = Next::Known(Box::new(series.clone()));
            self.ahead = taken.others.clone();
        }
    }

    /// What was handed over did not happen: where the series stands is to be read.
    pub(crate) fn lose(&mut self) {
        self.next = Next::Unknown;
        self.ahead = 0..0;
    }
}

impl Queue {
    /// Stands in line until it is one's turn.
    pub(crate) async fn turn(&self) -> MutexGuard<'_, Line> {
        let waiting = Waiting::among(&self.waiting);
        let line = self.line.lock().await;
        drop(waiting);
        line
    }
}

/// Somebody in line, who may leave before it is their turn.
struct Waiting<'a>(&'a AtomicI64);

impl<'a> Waiting<'a> {
    fn among(waiting: &'a AtomicI64) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Where a series will stand once all that is under way has landed.
#[derive(Debug, Default)]
pub(crate) enum Next {
    /// It is to be read.
    #[default]
    Unknown,
    /// Nobody has taken a number of it yet.
    Unbegun,
    /// As this record says.
    Known(Box<Record>),
}

impl Queues {
    pub(crate) fn of(&self, key: &str) -> Arc<Queue> {
        let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody waits there any more: there is a series for each year, day or unit.
        queues.retain(|_, queue| Arc::strong_count(queue) > 1);
        queues.entry(key.to_owned()).or_default().clone()
    }
}

impl Next {
    fn record(&self) -> Option<&Record> {
        match self {
            Self::Unknown | Self::Unbegun => None,
            Self::Known(record) => Some(record),
        }
    }
}

/// A number that may be taken.
pub(crate) struct Taken {
    pub code: String,
    /// The series as it will stand, where this write says so; else another one did.
    pub series: Option<Record>,
    /// The numbers that this write takes for others.
    pub others: Range<i64>,
}

/// The key of the series that a record counts in.
pub(crate) fn key(kind: &str, series: &Series, unit: Id, day: Date) -> String {
    let mut key = kind.to_owned();
    for per in &series.per {
        let part = match **per {
            SeriesPer::Year => format!("/{}", day.year()),
            SeriesPer::Day => format!("/{day}"),
            SeriesPer::Unit => format!("/{unit}"),
        };
        key.push_str(&part);
    }
    key
}

impl Registry {
    /// The next number of a series, after so many that are passed over. `unit_code` stands for
    /// `{unit}`.
    ///
    /// Holding the line, so that nobody takes the same.
    pub(crate) async fn next_code(
        &self,
        (queue, line): (&Queue, &mut Line),
        key: &str,
        series: &Series,
        (unit_code, day): (&str, Date),
        passed: i64,
    ) -> Result<Taken, RegistryError> {
        let code = |number| written(series, number, unit_code, day);
        let gapless = is_set(series.gapless.as_ref());
        if let (false, 0, Some(number)) = (gapless, passed, line.ahead.next()) {
            return Ok(Taken {
                code: code(number),
                series: None,
                others: 0..0,
            });
        }
        let others = if gapless {
            0
        } else {
            queue.waiting.load(Ordering::Relaxed).clamp(0, MOST_AHEAD)
        };
        let at = (queue, &mut line.next);
        let (first, record) = self.next_numbers(at, key, passed + 1 + others).await?;
        let own = first + passed;
        Ok(Taken {
            code: code(own),
            series: Some(record),
            others: own + 1..own + 1 + others,
        })
    }

    /// After a write that took a number and did not happen: the numbers that it took for others are
    /// theirs all the same.
    pub(crate) async fn give_up(
        &self,
        caller: &Caller,
        queue: &Queue,
        key: &str,
        taken: &Taken,
    ) -> Result<(), RegistryError> {
        let mut line = queue.turn().await;
        line.lose();
        let number = |series: &Record| series.body.get("next")?.as_i64();
        let Some(until) = taken.series.as_ref().and_then(number) else {
            return Ok(());
        };
        if taken.others.is_empty() {
            return Ok(());
        }
        let (stands, _) = self.next_numbers((queue, &mut line.next), key, 0).await?;
        if stands < until {
            let at = (queue, &mut line.next);
            let (_, series) = self.next_numbers(at, key, until - stands).await?;
            // Not as the caller's request, which was not done.
            let mut apart = caller.clone();
            apart.idempotency = None;
            let mut batch = self.batch(&apart);
            batch.put_kept(KIND, &series, "number", &Map::new()).await?;
            line.lose();
            match batch.commit(String::new()).await {
                // Another process took numbers meanwhile.
                Err(error) if error.is_conflict() => {}
                done => {
                    done?;
                }
            }
        }
        Ok(())
    }

    /// The first of so many numbers of a series that come next, and the series as it will stand.
    ///
    /// Holding the line, so that nobody takes the same.
    pub(crate) async fn next_numbers(
        &self,
        (queue, line): (&Queue, &mut Next),
        key: &str,
        count: i64,
    ) -> Result<(i64, Record), RegistryError> {
        let digest = Sha256::digest(format!("series/{key}"));
        let (half, _) = digest.split_first_chunk().unwrap_or((&[0; 16], &[]));
        let id = Id::from_digest(*half);
        if matches!(line, Next::Unknown) {
            let _landed = queue.under_way.write().await;
            let stored = self.find(KIND, id).await?;
            *line = stored.map_or(Next::Unbegun, |stored| Next::Known(Box::new(stored)));
        }
        let known = line.record();
        let next = known
            .and_then(|known| known.body.get("next")?.as_i64())
            .unwrap_or(1);
        let body: Map<_, _> = object(json!({ "key": key, "next": next + count }))?;
        let series_record = Record {
            id,
            version: known.map_or(1, |known| known.version + 1),
            unit: Id::NIL,
            state: "kept".to_owned(),
            author: None,
            at: self.store().context().now(),
            body,
        };
        Ok((next, series_record))
    }
}

pub(crate) fn written(series: &Series, number: i64, unit_code: &str, day: Date) -> String {
    let mut code = String::new();
    for part in &series.format.parts {
        match part {
            Part::Text(text) => code.push_str(text),
            Part::Name { name, width, .. } => {
                let width = usize::from(width.unwrap_or(1));
                let part = match name.as_str() {
                    "seq" => format!("{number:0width$}"),
                    "year" => day.year().to_string(),
                    "month" => format!("{:02}", day.month()),
                    "day" => format!("{:02}", day.day()),
                    _ => unit_code.to_owned(),
                };
                code.push_str(&part);
            }
        }
    }
    code
}
