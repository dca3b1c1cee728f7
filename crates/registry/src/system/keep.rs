//! Keeping what was settled: one write with its number, its reason and its tasks, and what is told
//! of it.

use pack::declaration::Series;
use serde_json::{Map, Value};
use store::StoreError;
use vocab::{FieldProblem, Id};

use super::kind::{CODE, Kind};
use super::series::{self, TRIES, Taken};
use crate::{Batch, Caller, Done, Record, Registry, RegistryError, mask};

/// The most numbers that are passed over at once.
const MOST_PASSED: i64 = 256;

/// What came of a change.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The record as it stands now.
    pub record: Record,
    /// What its rules say and do not hinder.
    pub warnings: Vec<FieldProblem>,
}

/// What becomes of the tasks of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tasks {
    /// They stay as they are.
    Stay,
    /// Those of the state in which it begins are given.
    Begin,
    /// Those of the state that it left end, and those of its new one are given.
    Renew,
}

/// How a record is kept.
pub(super) struct Keeping<'a> {
    pub kind: &'a Kind,
    /// What the audit shows.
    pub action: &'a str,
    /// What it said before.
    pub before: &'a Map<String, Value>,
    /// A step, and why it is taken.
    pub reason: Option<(&'a str, &'a str)>,
    pub tasks: Tasks,
    /// The series that it takes a number of.
    pub series: Option<&'a Series>,
}

impl Registry {
    /// Keeps a record that was settled, with the next number of its series if it takes one.
    pub(super) async fn keep(
        &self,
        caller: &Caller,
        keeping: &Keeping<'_>,
        mut record: Record,
        warnings: Vec<FieldProblem>,
    ) -> Result<Kept, RegistryError> {
        let kind = keeping.kind;
        let Some(series) = keeping.series else {
            let batch = self.write(caller, keeping, &record, None).await?;
            let done = batch.commit(record.id.to_string()).await;
            let done = done.map_err(|error| doubled(kind, error))?;
            return self.kept(caller, kind, record, warnings, done).await;
        };
        let today = self.store().context().now().in_vietnam().date();
        let key = series::key(kind.name, series, record.unit, today);
        let unit_code = self.unit_code(record.unit).await?;
        let queue = self.queue(&key);
        // Numbers that are used already are passed over, ever more of them at once.
        let mut passed = 0;
        for _ in 0..TRIES {
            let mut line = queue.turn().await;
            let at = (&*queue, &mut *line);
            let taken = self
                .next_code(at, &key, series, (&unit_code, today), passed)
                .await?;
            record
                .body
                .insert(CODE.to_owned(), Value::from(taken.code.clone()));
            let batch = self.write(caller, keeping, &record, Some(&taken)).await?;
            let landing = queue.under_way.read().await;
            let under_way = batch.submit(record.id.to_string())?;
            line.move_on(&taken);
            drop(line);
            let done = under_way.done().await;
            drop(landing);
            if taken.series.is_some() && !matches!(done, Ok(Done::Now(_))) {
                // The number was not used.
                self.give_up(caller, &queue, &key, &taken).await?;
            }
            if matches!(&done, Err(error) if is_used(kind, error)) {
                passed = (passed * 2).clamp(1, MOST_PASSED);
                continue;
            }
            match done.map_err(|error| doubled(kind, error)) {
                Err(error) if is_other_number(&error, &taken) => {}
                done => return self.kept(caller, kind, record, warnings, done?).await,
            }
        }
        Err(StoreError::Contended(key).into())
    }

    /// All that is written for a record, gathered.
    async fn write<'a>(
        &'a self,
        caller: &'a Caller,
        keeping: &Keeping<'_>,
        record: &Record,
        taken: Option<&Taken>,
    ) -> Result<Batch<'a>, RegistryError> {
        let kind = keeping.kind;
        let mut batch = self.batch(caller);
        batch
            .put_kept(kind.name, record, keeping.action, keeping.before)
            .await?;
        if let Some(series) = taken.and_then(|taken| taken.series.as_ref()) {
            batch
                .put_kept(series::KIND, series, "number", &Map::new())
                .await?;
        }
        if let Some((step, reason)) = keeping.reason {
            batch.say(record, step, reason).await?;
        }
        if keeping.tasks == Tasks::Renew {
            batch.end_tasks(record.id).await?;
        }
        if keeping.tasks != Tasks::Stay {
            batch.open_tasks_of(kind, record).await?;
        }
        let step = (keeping.tasks == Tasks::Renew).then_some(keeping.action);
        batch.tell(kind, record, keeping.before, step)?;
        if record.version > 1 {
            batch.tell_followers(kind, record).await?;
        }
        Ok(batch)
    }

    pub(crate) async fn unit_code(&self, unit: Id) -> Result<String, RegistryError> {
        let tree = self.directory().units().await?;
        let code = tree.get(unit).and_then(|unit| unit.area_code.clone());
        Ok(code.unwrap_or_else(|| unit.to_string().chars().take(8).collect()))
    }

    /// What the same request did before, if this is a repetition.
    pub(crate) async fn made_before(
        &self,
        caller: &Caller,
        kind: &Kind,
    ) -> Result<Option<Kept>, RegistryError> {
        match self.answered(caller).await? {
            Some(answer) => self.before(caller, kind, &answer).await.map(Some),
            None => Ok(None),
        }
    }

    async fn before(
        &self,
        caller: &Caller,
        kind: &Kind,
        answer: &str,
    ) -> Result<Kept, RegistryError> {
        let id = answer
            .parse()
            .map_err(|_| RegistryError::refused(500, "internal", answer))?;
        let record = self.get(&caller.principal, kind.name, id).await?;
        Ok(Kept {
            record,
            warnings: Vec::new(),
        })
    }

    pub(super) async fn kept(
        &self,
        caller: &Caller,
        kind: &Kind,
        mut record: Record,
        warnings: Vec<FieldProblem>,
        done: Done,
    ) -> Result<Kept, RegistryError> {
        match done {
            Done::Before(answer) => self.before(caller, kind, &answer).await,
            Done::Now(at) => {
                record.at = at;
                let principal = &caller.principal;
                if let Some(shown) = self.shown(principal, kind.name, record.clone())? {
                    record = shown;
                } else {
                    // It left the reach of whoever changed it: what others typed and they never
                    // saw is not told now.
                    let masked = self.masked(principal, kind, &record);
                    mask::leave_out(&mut record.body, &masked);
                }
                Ok(Kept { record, warnings })
            }
        }
    }
}

/// A value that may not stand twice and does, said at its field.
pub(crate) fn doubled(kind: &Kind, error: RegistryError) -> RegistryError {
    let RegistryError::Store(StoreError::Duplicate { constraint }) = &error else {
        return error;
    };
    let unique = kind.declaration.fields.iter();
    let mut unique = unique.filter(|field| field.indexed == crate::Indexed::Unique);
    match unique.find(|field| constraint.contains(field.column)) {
        None => error,
        Some(field) => {
            let problem = vocab::Problem::new(422, "invalid-fields", kind.name);
            RegistryError::Refused(problem.at(FieldProblem::new(field.name, "value-taken")))
        }
    }
}

/// Whether a number stands in a record already: it was taken for others by a write that then did
/// not happen.
fn is_used(kind: &Kind, error: &RegistryError) -> bool {
    let RegistryError::Store(StoreError::Duplicate { constraint }) = error else {
        return false;
    };
    // SQLite names the column, PostgreSQL the index over it.
    kind.column(CODE).is_some_and(|column| {
        let index = format!("_{column}_once");
        let mut words = constraint.split(|ch: char| !ch.is_ascii_alphanumeric() && ch != '_');
        words.any(|word| word == column || word.ends_with(&index))
    })
}

/// Whether another write took the number meanwhile.
fn is_other_number(error: &RegistryError, taken: &Taken) -> bool {
    let other = |table: &str| table == series::KIND;
    // Two writes may begin the same series: then its record itself is there twice.
    let series = taken.series.as_ref();
    let is_first = series.is_some_and(|series| series.version == 1);
    match error {
        RegistryError::Store(StoreError::Duplicate { constraint }) => {
            let of_series = ["record_version", "head_series"];
            is_first && of_series.iter().any(|name| constraint.contains(name))
        }
        RegistryError::Store(StoreError::Conflict { table, .. }) => other(table),
        RegistryError::Conflict { kind, .. } => other(kind),
        _ => false,
    }
}
