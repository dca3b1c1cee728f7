//! Who saw whose personal data (Personal Data Protection Law 91/2025/QH15; Decree
//! 13/2023/NĐ-CP before it): not a version for each look, but one row for each day, reader,
//! record and set of fields, with how often.
//!
//! [`Store::note_reading`] counts in memory and costs a hash and a lock;
//! [`Store::write_readings`] puts what was counted into the database, every few seconds and
//! once more when the program stops. A process that is killed loses what it counted since.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use vocab::{Id, Instant};

use crate::engine::{Param, Statement};
use crate::query::Conditions;
use crate::store::Fields;
use crate::{Store, StoreError, Value};

/// A look at somebody's personal data.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    /// Who looked: an account.
    pub reader: Id,
    /// Whose data it is: an account or a person.
    pub subject: Id,
    /// The table of the record.
    pub kind: &'static str,
    /// The record.
    pub record: Id,
    /// Which fields were shown unmasked, by name, in a fixed order.
    pub fields: &'static [&'static str],
    /// The way in: `page`, `api`, `export`.
    pub via: &'static str,
}

/// The looks of one day that have reader, record, fields and way in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingRow {
    /// Who looked.
    pub reader: Id,
    /// Whose data it is.
    pub subject: Id,
    /// The table of the record.
    pub kind: String,
    /// The record.
    pub record: Id,
    /// Which fields.
    pub fields: Vec<String>,
    /// The way in.
    pub via: String,
    /// The first look of the day.
    pub first: Instant,
    /// The last one.
    pub last: Instant,
    /// How many.
    pub times: i64,
}

impl ReadingRow {
    /// Where it stands, for [`ReadingQuery::after`].
    pub fn place(&self) -> ReadingPlace {
        ReadingPlace {
            last: self.last,
            record: self.record,
            reader: self.reader,
            kind: self.kind.clone(),
            fields: self.fields.join(","),
            via: self.via.clone(),
        }
    }
}

/// Where a row stands among the others: no two stand at one place, though many may have been
/// looked at in one instant. Its text is what [`FromStr`] reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingPlace {
    last: Instant,
    record: Id,
    reader: Id,
    kind: String,
    fields: String,
    via: String,
}

/// A text that is no place among looks at personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("reading a place among looks at personal data: open the list from its beginning")]
pub struct NoPlace;

impl fmt::Display for ReadingPlace {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { record, reader, .. } = self;
        let (last, kind) = (self.last.as_micros(), &self.kind);
        let (fields, via) = (&self.fields, &self.via);
        write!(out, "{last}.{record}.{reader}.{kind}.{via}.{fields}")
    }
}

impl FromStr for ReadingPlace {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let parts: Vec<&str> = text.splitn(6, '.').collect();
        let [last, record, reader, kind, via, fields] = parts[..] else {
            return Err(NoPlace);
        };
        let last = last.parse().map_err(|_| NoPlace)?;
        Ok(Self {
            last: Instant::from_micros(last),
            record: record.parse().map_err(|_| NoPlace)?,
            reader: reader.parse().map_err(|_| NoPlace)?,
            kind: kind.to_owned(),
            fields: fields.to_owned(),
            via: via.to_owned(),
        })
    }
}

/// Which rows, latest first.
#[derive(Clone, Debug, Default)]
pub struct ReadingQuery {
    /// Only of this one's data: an account's, or a person's.
    pub subject: Option<Id>,
    /// With `subject`, of this one's too: a person may get an account later.
    pub also: Option<Id>,
    /// Only by this account.
    pub reader: Option<Id>,
    /// Only what was last seen at this instant or later.
    pub from: Option<Instant>,
    /// Only what was last seen before this instant.
    pub until: Option<Instant>,
    /// Only after this row, the last of the page before.
    pub after: Option<ReadingPlace>,
    /// At most so many (1 to 500).
    pub limit: usize,
}

/// What was counted and not written yet.
#[derive(Debug, Default)]
pub(crate) struct Readings(Mutex<HashMap<(i64, Reading), Tally>>);

#[derive(Clone, Copy, Debug)]
struct Tally {
    first: Instant,
    last: Instant,
    times: i64,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.times += other.times;
    }
}

impl Readings {
    fn add(&self, counted: impl IntoIterator<Item = ((i64, Reading), Tally)>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, tally) in counted {
            match all.entry(key) {
                Entry::Occupied(mut known) => known.get_mut().add(tally),
                Entry::Vacant(free) => {
                    free.insert(tally);
                }
            }
        }
    }

    fn take(&self) -> HashMap<(i64, Reading), Tally> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *all)
    }
}

const COLUMNS: &str =
    "reader, subject, kind, record, fields, via, first_at, last_at, times FROM personal_read";

impl Store {
    /// Counts a look at personal data, to be written soon. Whoever looks at what is their own
    /// is not counted.
    pub fn note_reading(&self, reading: Reading) {
        if reading.reader == reading.subject {
            return;
        }
        let now = self.context().now();
        let tally = Tally {
            first: now,
            last: now,
            times: 1,
        };
        self.inner.readings.add([((day_of(now), reading), tally)]);
    }

    /// Writes what was counted, durable on return, and says how many rows that took. On an
    /// error it stays counted, for the next time.
    pub async fn write_readings(&self) -> Result<usize, StoreError> {
        let counted = self.inner.readings.take();
        if counted.is_empty() {
            return Ok(0);
        }
        // Two processes that write the same rows take them in the same order.
        let mut rows: Vec<_> = counted.into_iter().collect();
        rows.sort_by_key(|((day, reading), _)| (*day, reading.reader, reading.record));
        let statements = rows
            .iter()
            .map(|((day, reading), tally)| adding(*day, reading, tally))
            .collect();
        if let Err(error) = self.inner.engine.execute(statements).await {
            self.inner.readings.add(rows);
            return Err(error);
        }
        Ok(rows.len())
    }

    /// Who looked at whose data, latest first; what is only counted yet is not among it.
    pub async fn readings(&self, query: &ReadingQuery) -> Result<Vec<ReadingRow>, StoreError> {
        let statement = asking(query);
        let rows = self
            .inner
            .engine
            .query_all(vec![statement])
            .await?
            .remove(0);
        rows.iter().map(|row| row_of(row)).collect()
    }
}

/// The day in Vietnam, counted from 1970.
fn day_of(at: Instant) -> i64 {
    const HANOI: i64 = 7 * 3_600;
    at.plus_seconds(HANOI)
        .as_micros()
        .div_euclid(86_400_000_000)
}

fn adding(day: i64, reading: &Reading, tally: &Tally) -> Statement {
    let sql = "INSERT INTO personal_read (day, reader, subject, kind, record, fields, via, first_at, last_at, times) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) \
               ON CONFLICT (day, reader, record, kind, fields, via) DO UPDATE SET \
               first_at = CASE WHEN excluded.first_at < personal_read.first_at \
               THEN excluded.first_at ELSE personal_read.first_at END, \
               last_at = CASE WHEN excluded.last_at > personal_read.last_at \
               THEN excluded.last_at ELSE personal_read.last_at END, \
               times = personal_read.times + excluded.times";
    let params = vec![
        Param::from(day),
        reading.reader.into(),
        reading.subject.into(),
        reading.kind.into(),
        reading.record.into(),
        reading.fields.join(",").as_str().into(),
        reading.via.into(),
        tally.first.as_micros().into(),
        tally.last.as_micros().into(),
        tally.times.into(),
    ];
    Statement::new(sql, params)
}

fn asking(query: &ReadingQuery) -> Statement {
    let mut asked = Conditions::default();
    match (query.subject, query.also) {
        (Some(one), Some(other)) => asked.demand(|params| {
            params.extend([one.into(), other.into()]);
            let last = params.len();
            Some(format!("subject IN (?{}, ?{last})", last - 1))
        }),
        (one, _) => asked.add("subject =", one),
    }
    asked.add("reader =", query.reader);
    asked.add("last_at >=", query.from.map(Instant::as_micros));
    asked.add("last_at <", query.until.map(Instant::as_micros));
    let place = query.after.as_ref();
    asked.before(
        "last_at, record, reader, kind, via, fields",
        place.map(|place| {
            [
                place.last.as_micros().into(),
                place.record.into(),
                place.reader.into(),
                place.kind.as_str().into(),
                place.via.as_str().into(),
                place.fields.as_str().into(),
            ]
        }),
    );
    let order = "last_at DESC, record DESC, reader DESC, kind DESC, via DESC, fields DESC";
    asked.select(COLUMNS, order, query.limit)
}

fn row_of(row: &[Value]) -> Result<ReadingRow, StoreError> {
    Ok(ReadingRow {
        reader: row.id(0)?,
        subject: row.id(1)?,
        kind: row.text(2)?,
        record: row.id(3)?,
        fields: row.text(4)?.split(',').map(str::to_owned).collect(),
        via: row.text(5)?,
        first: Instant::from_micros(row.int(6)?),
        last: Instant::from_micros(row.int(7)?),
        times: row.int(8)?,
    })
}
