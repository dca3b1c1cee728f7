//! Jobs that work on imports: each does a batch of the pass that is on, and leaves the next.

use std::sync::Arc;

use directory::{Account, Principal};
use office::long::{LongError, LongRow};
use serde::{Deserialize, Serialize};
use serde_json::Map;
use store::jobs::{ATTEMPTS, Job};
use store::{NewJob, StoreError};
use tokio::task::JoinSet;
use vocab::{Id, Problem};

use super::cells::Rows;
use super::refusals::Refused;
use super::source::{Source, why};
use super::{Body, IMPORT, Import, ImportState, Pass, Which};
use crate::{Batch, Caller, Kind, Record, Registry, RegistryError};

/// The kind of the job that works on an import.
pub const WORK: &str = "import_work";

/// How often a batch is tried that others' writes come before.
const TRIES: usize = 20;

#[derive(Serialize, Deserialize)]
struct Payload {
    import: Id,
}

/// A job that goes on with an import.
pub(super) fn job(import: Id) -> Result<NewJob, RegistryError> {
    let payload = serde_json::to_string(&Payload { import })
        .map_err(|error| RegistryError::refused(500, "internal", error.to_string()))?;
    Ok(NewJob {
        kind: WORK.to_owned(),
        payload,
        unique_key: Some(format!("{WORK}/{import}")),
        run_at: None,
    })
}

/// A batch that is being done.
pub(super) struct Turn<'a> {
    pub registry: &'a Registry,
    pub import: Import,
    job: Id,
    worker: Id,
    /// How many rows it may have at most.
    pub most: usize,
}

/// What came of a batch of rows.
pub(super) struct Outcome {
    pub refused: Vec<Refused>,
    pub good: i64,
    pub rows: i64,
    /// Whether there are no more.
    pub ended: bool,
}

impl Registry {
    /// Does a batch of the import that a leased job works on, and ends the job with it. An error
    /// leaves the job with its worker.
    pub async fn work_on_import(&self, job: &Job, worker: Id) -> Result<(), RegistryError> {
        let payload: Payload = serde_json::from_str(&job.payload)
            .map_err(|error| RegistryError::refused(500, "internal", error.to_string()))?;
        let mut most = usize::MAX;
        for _ in 0..TRIES {
            let Some(record) = self.find(IMPORT, payload.import).await? else {
                return self.end_work(job.id, worker, payload.import).await;
            };
            let turn = Turn {
                registry: self,
                import: Import::of(record)?,
                job: job.id,
                worker,
                most,
            };
            let (import, state) = (turn.import.clone(), turn.import.state);
            let tried = match state {
                ImportState::Trying => turn.trial().await,
                ImportState::Running => turn.run(&mut most).await,
                ImportState::Undoing => turn.undo().await,
                _ => return self.end_work(job.id, worker, payload.import).await,
            };
            let error = match tried {
                Ok(()) => return Ok(()),
                Err(error) => error,
            };
            // What was read ahead may have been passed over: it is read anew.
            self.sources().drop_all(payload.import);
            match error {
                // Somebody else has the job, and did or does this.
                RegistryError::Store(StoreError::Conflict { table, .. }) if table == "job" => {
                    return Ok(());
                }
                // Somebody wrote the import, a number or a record meanwhile; or two values were
                // the same, and fewer rows are tried.
                RegistryError::Conflict { .. }
                | RegistryError::Store(
                    StoreError::Conflict { .. } | StoreError::Duplicate { .. },
                ) => {}
                error if job.attempts >= ATTEMPTS && !is_passing(&error) => {
                    let turn = Turn {
                        registry: self,
                        import,
                        job: job.id,
                        worker,
                        most,
                    };
                    turn.stop("system-import-why-failed").await?;
                    return Err(error);
                }
                error => return Err(error),
            }
        }
        Err(StoreError::Contended(format!("import {}", payload.import)).into())
    }

    async fn end_work(&self, job: Id, worker: Id, import: Id) -> Result<(), RegistryError> {
        self.sources().drop_all(import);
        let program = Caller::new(Principal::system(), "job", job);
        let mut batch = self.batch(&program);
        batch.complete(job, worker);
        match batch.commit(String::new()).await {
            Err(RegistryError::Store(StoreError::Conflict { table, .. })) if table == "job" => {
                Ok(())
            }
            done => done.map(|_| ()),
        }
    }
}

/// Whether an error passes by itself: another declaration of the packs is being applied.
fn is_passing(error: &RegistryError) -> bool {
    matches!(error, RegistryError::Refused(problem) if problem.status == 503)
}

impl Turn<'_> {
    /// The account whose rights this batch has, and those rights as of now; none if it has none
    /// any more.
    pub(super) async fn caller(&self, account: Id) -> Result<Option<Caller>, RegistryError> {
        let directory = self.registry.directory();
        let account: Option<Account> = directory.account(account).await?;
        let Some(account) = account else {
            return Ok(None);
        };
        let principal = directory.acting_today(&account).await?;
        // Every batch belongs to the one request that the import is.
        Ok(principal.map(|principal| Caller::new(principal, "import", self.import.id())))
    }

    /// The table, at the first row that this pass did not go through; none if the file is gone.
    pub(super) async fn source(&self, which: Which) -> Result<Option<Source>, RegistryError> {
        let import = &self.import;
        let done = import.pass(which).unwrap_or_default().rows;
        let now = self.registry.store().context().now();
        let held = self.registry.sources().take(import.id(), which, now);
        let held = held.filter(|source| source.next <= done + 1);
        let source = match held {
            Some(source) => Some(source),
            None => self.registry.opened(import).await?,
        };
        let Some(mut source) = source else {
            return Ok(None);
        };
        while source.next <= done {
            let wanted = usize::try_from(done + 1 - source.next)
                .unwrap_or(1)
                .min(500);
            // What was read before is as it was: an end or a break comes again where it is read on.
            match source.peek(wanted).await.map(<[LongRow]>::len) {
                Ok(count) if count > 0 => source.pass(count),
                _ => break,
            }
        }
        Ok(Some(source))
    }

    /// Keeps a table for the batch that comes next.
    pub(super) fn keep(&self, which: Which, source: Source) {
        let now = self.registry.store().context().now();
        let sources = self.registry.sources();
        sources.keep(self.import.id(), which, now, source);
    }

    /// Writes what a batch did, in one, with the end of the job.
    pub(super) async fn advance(
        &self,
        mut batch: Batch<'_>,
        which: Which,
        outcome: &Outcome,
    ) -> Result<(), RegistryError> {
        let (running, ended) = match which {
            Which::Trial => (ImportState::Trying, ImportState::Tried),
            Which::Run => (ImportState::Running, ImportState::Done),
            Which::Undo => (ImportState::Undoing, ImportState::Undone),
        };
        let state = if outcome.ended { ended } else { running };
        let now = self.registry.store().context().now().as_micros();
        let next = self.import.next(state, |body| {
            let pass = pass_of(body, which);
            pass.rows += outcome.rows;
            pass.good += outcome.good;
            pass.refused += i64::try_from(outcome.refused.len()).unwrap_or(i64::MAX);
            pass.at = now;
            body.why = None;
        });
        let before = self.import.pass(which).unwrap_or_default();
        batch
            .keep_refused(&next, which, before.rows, &outcome.refused)
            .await?;
        let action = if outcome.ended {
            state.value()
        } else {
            "progress"
        };
        self.write(&mut batch, &next, action).await?;
        if !outcome.ended {
            batch.enqueue(job(self.import.id())?);
        }
        batch.commit(String::new()).await.map(|_| ())
    }

    /// Ends the work on an import before its end, and says why.
    pub(super) async fn stop(&self, why: &str) -> Result<(), RegistryError> {
        let program = Caller::new(Principal::system(), "import", self.import.id());
        let next = self.import.next(ImportState::Stopped, |body| {
            body.why = Some(why.to_owned());
        });
        let mut batch = self.registry.batch(&program);
        self.write(&mut batch, &next, "stop").await?;
        batch.commit(String::new()).await?;
        self.registry.sources().drop_all(self.import.id());
        Ok(())
    }

    /// The same where the file cannot be read on.
    pub(super) async fn stop_reading(&self, error: &LongError) -> Result<(), RegistryError> {
        self.stop(match why(error) {
            "people-file-large" => "system-import-why-large",
            "system-import-too-long" => "system-import-why-long",
            _ => "system-import-why-broken",
        })
        .await
    }

    async fn write(
        &self,
        batch: &mut Batch<'_>,
        next: &Import,
        action: &str,
    ) -> Result<(), RegistryError> {
        batch
            .put(IMPORT, &next.written()?, action, &Map::new())
            .await?;
        batch.complete(self.job, self.worker);
        Ok(())
    }
}

pub(super) fn pass_of(body: &mut Body, which: Which) -> &mut Pass {
    match which {
        Which::Trial => &mut body.trial,
        Which::Run => body.run.get_or_insert_default(),
        Which::Undo => body.undo.get_or_insert_default(),
    }
}

/// What each of some rows makes, or what is wrong with it. Several are asked about at once.
pub(super) async fn checked(
    rows: &Arc<Rows>,
    table: Vec<LongRow>,
    first: i64,
) -> Result<Vec<Result<Record, Problem>>, RegistryError> {
    let lanes = std::thread::available_parallelism().map_or(1, |lanes| lanes.get().min(4));
    let table = Arc::new(table);
    let share = table.len().div_ceil(lanes).max(1);
    let mut set = JoinSet::new();
    for lane in 0..lanes {
        let (rows, table) = (rows.clone(), table.clone());
        set.spawn(async move {
            let mut found = Vec::new();
            let of_lane = table.iter().zip(first..).skip(lane * share).take(share);
            for (row, place) in of_lane {
                found.push(rows.record(row, place).await?);
            }
            Ok::<_, RegistryError>((lane, found))
        });
    }
    let mut lanes = Vec::new();
    while let Some(lane) = set.join_next().await {
        let lane = lane.map_err(|error| {
            RegistryError::refused(500, "internal", format!("rows of an import: {error}"))
        })?;
        lanes.push(lane?);
    }
    lanes.sort_by_key(|(lane, _)| *lane);
    Ok(lanes.into_iter().flat_map(|(_, found)| found).collect())
}

/// Which of some records have a unique value that another has already: the number in the order
/// given, with what is said.
pub(super) async fn taken(
    registry: &Registry,
    kind: &Kind,
    records: &[&Record],
) -> Result<Vec<Option<Problem>>, RegistryError> {
    let mut found = vec![None; records.len()];
    let fields = kind.declaration.fields.iter();
    for field in fields.filter(|field| field.indexed == crate::Indexed::Unique) {
        let values: Vec<store::Value> = records
            .iter()
            .map(|record| field.column_value(record.body.get(field.name)))
            .collect();
        let asked: Vec<store::Value> = values
            .iter()
            .filter(|value| **value != store::Value::Null)
            .cloned()
            .collect();
        let why = "whether a value is taken is asked of all records";
        let held = registry
            .store()
            .holding(kind.name, field.column, asked, why)
            .await?;
        for (place, value) in values.iter().enumerate() {
            if held.iter().any(|(_, held)| held == value) {
                let problem = Problem::new(422, "invalid-fields", kind.name);
                let at = vocab::FieldProblem::new(field.name, "value-taken");
                found[place] = Some(problem.at(at));
            }
        }
    }
    Ok(found)
}
