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

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use directory::Act;
use jiff::civil::Date;
use pack::declaration::{Series, SeriesPer};
use pack::template::Part;
use serde_json::{Map, json};
use sha2::{Digest, Sha256};
use vocab::Id;

use crate::comment::object;
use crate::{Declaration, Field, FieldKind, Indexed, Lifecycle, Record, Registry, RegistryError};

/// The kind of a series' own record.
pub(crate) const KIND: &str = "series";
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
    pub line: tokio::sync::Mutex<Next>,
    /// Held by every write under way; whoever reads where the series stands waits for them.
    pub under_way: tokio::sync::RwLock<()>,
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

/// A number that may be taken, and the series as it will stand.
pub(crate) struct Taken {
    pub code: String,
    pub series: Record,
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
    /// The next number of a series, and the series as it will stand. `unit_code` stands for `{unit}`.
    ///
    /// Holding the line, so that nobody takes the same.
    pub(crate) async fn next_code(
        &self,
        at: (&Queue, &mut Next),
        key: &str,
        series: &Series,
        unit_code: &str,
        day: Date,
    ) -> Result<Taken, RegistryError> {
        let (first, series_record) = self.next_numbers(at, key, 1).await?;
        Ok(Taken {
            code: written(series, first, unit_code, day),
            series: series_record,
        })
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
