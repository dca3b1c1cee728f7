//! What a commit made necessary, delivered at least once.
//!
//! A worker leases jobs for a while; one that dies loses its lease, and another takes over.
//! The effect and the job's end belong in one write ([`crate::Op::CompleteJob`]), so that an
//! effect in the store happens once however often the job is tried.

use std::collections::BTreeMap;

use vocab::{Id, Instant};

use crate::engine::{Dialect, Param, Row, Statement};
use crate::store::Fields;
use crate::{Store, StoreError, Value};

/// After so many attempts without an end a job is dead: somebody must look at it.
pub const ATTEMPTS: i64 = 10;

/// A job that a worker holds or that died.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its identity.
    pub id: Id,
    /// What kind of work.
    pub kind: String,
    /// What it needs to know, as JSON.
    pub payload: String,
    /// How often it was begun, this time included.
    pub attempts: i64,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When its turn came; of a dead one, when it gave up.
    pub run_at: Instant,
}

/// How many jobs stand where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobCounts {
    /// Waiting for their turn or to be tried again.
    pub waiting: i64,
    /// At work.
    pub leased: i64,
    /// Given up.
    pub dead: i64,
    /// Since when the one waits whose turn was first; an instant to come if none is due.
    pub first_turn: Option<Instant>,
}

/// Which jobs a worker takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinds<'a> {
    /// All.
    All,
    /// Those of one kind: it waits for others, who are slow, and shall keep nobody waiting.
    Only(&'a str),
    /// All but those of one kind.
    But(&'a str),
}

/// How a job that never ends is laid down until its next turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest<'a> {
    /// What it needs to know then, as JSON.
    pub payload: &'a str,
    /// Not before.
    pub run_at: Instant,
    /// What went wrong, if something did.
    pub error: Option<&'a str>,
}

const COLUMNS: &str = "id, kind, payload, attempts, last_error, run_at";

impl JobCounts {
    /// The counts of several kinds together.
    pub fn sum<'a>(counts: impl IntoIterator<Item = &'a Self>) -> Self {
        counts.into_iter().fold(Self::default(), |sum, one| Self {
            waiting: sum.waiting + one.waiting,
            leased: sum.leased + one.leased,
            dead: sum.dead + one.dead,
            first_turn: sum.first_turn.into_iter().chain(one.first_turn).min(),
        })
    }
}

impl Store {
    /// Takes up to `limit` jobs whose turn has come, for so many seconds. A job that ended
    /// each of its workers is dead after [`ATTEMPTS`] like one that failed.
    pub async fn lease_jobs(
        &self,
        worker: Id,
        limit: i64,
        seconds: i64,
    ) -> Result<Vec<Job>, StoreError> {
        self.lease_jobs_of(Kinds::All, worker, limit, seconds).await
    }

    /// The same of some kinds.
    pub async fn lease_jobs_of(
        &self,
        kinds: Kinds<'_>,
        worker: Id,
        limit: i64,
        seconds: i64,
    ) -> Result<Vec<Job>, StoreError> {
        let (which, kind) = match kinds {
            Kinds::All => ("", None),
            Kinds::Only(kind) => ("kind = ?5 AND ", Some(kind)),
            Kinds::But(kind) => ("kind <> ?5 AND ", Some(kind)),
        };
        let now = self.context().now();
        let skip = if self.dialect() == Dialect::Postgres {
            "FOR UPDATE SKIP LOCKED"
        } else {
            ""
        };
        let sql = format!(
            "UPDATE job SET state = 'leased', leased_by = ?1, leased_until = ?2, attempts = attempts + 1 \
             WHERE id IN (SELECT id FROM job WHERE {which}((state = 'waiting' AND run_at <= ?3) \
             OR (state = 'leased' AND leased_until <= ?3)) ORDER BY run_at, id LIMIT ?4 {skip}) RETURNING {COLUMNS}"
        );
        let mut params = vec![
            Param::from(worker),
            now.plus_seconds(seconds).as_micros().into(),
            now.as_micros().into(),
            limit.into(),
        ];
        params.extend(kind.map(Param::from));
        let deadly = "UPDATE job SET state = 'dead', run_at = ?1, leased_by = NULL, leased_until = NULL, \
                      last_error = coalesce(last_error, 'its worker was lost each time') \
                      WHERE state = 'leased' AND leased_until <= ?1 AND attempts >= ?2";
        let statements = vec![
            Statement::new(deadly, vec![now.as_micros().into(), ATTEMPTS.into()]),
            Statement::new(sql, params),
        ];
        let rows = self.inner.engine.execute(statements).await?.remove(1);
        let mut jobs = rows.iter().map(job_of).collect::<Result<Vec<_>, _>>()?;
        jobs.sort_by_key(|job| job.id);
        Ok(jobs)
    }

    /// Gives a leased job back after a failure: it waits twice as long each time, from two
    /// seconds up to an hour, and is dead after [`ATTEMPTS`].
    pub async fn fail_job(&self, job: &Job, worker: Id, error: &str) -> Result<(), StoreError> {
        let (state, pause) = if job.attempts >= ATTEMPTS {
            ("dead", 0)
        } else {
            ("waiting", (1_i64 << job.attempts.clamp(1, 12)).min(3_600))
        };
        let sql = "UPDATE job SET state = ?1, run_at = ?2, last_error = ?3, leased_by = NULL, leased_until = NULL \
                   WHERE id = ?4 AND leased_by = ?5";
        let error: String = error.chars().filter(|ch| *ch != '\0').take(2_000).collect();
        let params = vec![
            Param::from(state),
            self.context().now().plus_seconds(pause).as_micros().into(),
            error.into(),
            job.id.into(),
            worker.into(),
        ];
        match self
            .inner
            .engine
            .execute(vec![Statement::new(sql, params.clone())])
            .await
        {
            // A like job came to wait meanwhile: it does this one's work too.
            Err(StoreError::Duplicate { .. }) => {
                let sql = "DELETE FROM job WHERE id = ?1 AND leased_by = ?2";
                let params = vec![Param::from(job.id), worker.into()];
                self.inner
                    .engine
                    .execute(vec![Statement::new(sql, params)])
                    .await
                    .map(|_| ())
            }
            result => result.map(|_| ()),
        }
    }

    /// Lays a leased job down until its next turn, with what it needs to know then. False if
    /// its lease was lost: nothing is changed, whoever has it now goes on from what they found.
    ///
    /// Unless something went wrong its attempts are counted anew. It never dies of what went
    /// wrong, only of workers that were lost each time: when to give up is for its owner to say.
    pub async fn rest_job(
        &self,
        job: &Job,
        worker: Id,
        rest: &Rest<'_>,
    ) -> Result<bool, StoreError> {
        let attempts = match rest.error {
            None => 0,
            Some(_) => job.attempts.min(ATTEMPTS / 2),
        };
        let error: Option<String> = rest
            .error
            .map(|error| error.chars().filter(|ch| *ch != '\0').take(2_000).collect());
        let sql = format!(
            "UPDATE job SET state = 'waiting', payload = ?1, run_at = ?2, attempts = ?3, last_error = ?4, \
             leased_by = NULL, leased_until = NULL WHERE id = ?5 AND leased_by = ?6 RETURNING {COLUMNS}"
        );
        let params = vec![
            Param::from(rest.payload),
            rest.run_at.as_micros().into(),
            attempts.into(),
            error.into(),
            job.id.into(),
            worker.into(),
        ];
        let laid_down = self.jobs_of(Statement::new(sql, params)).await?;
        Ok(!laid_down.is_empty())
    }

    /// Has the turn of a job that waits come now.
    pub async fn wake_job(&self, id: Id) -> Result<(), StoreError> {
        let now = self.context().now().as_micros();
        let sql = "UPDATE job SET run_at = ?1 WHERE id = ?2 AND state = 'waiting' AND run_at > ?1";
        let params = vec![Param::from(now), id.into()];
        let statement = Statement::new(sql, params);
        self.inner.engine.execute(vec![statement]).await.map(drop)
    }

    /// The jobs of a kind that are not dead, in the order of their turns.
    pub async fn jobs_of_kind(&self, kind: &str) -> Result<Vec<Job>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM job WHERE state IN ('waiting', 'leased') AND kind = ?1 ORDER BY run_at, id"
        );
        self.read_jobs(sql, vec![kind.into()]).await
    }

    /// Jobs that died, oldest first.
    pub async fn dead_jobs(&self, limit: i64) -> Result<Vec<Job>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM job WHERE state = 'dead' ORDER BY run_at, id LIMIT ?1");
        self.read_jobs(sql, vec![limit.into()]).await
    }

    /// Jobs that died, latest first; `before` is the last one of the page before.
    pub async fn latest_dead_jobs(
        &self,
        before: Option<(Instant, Id)>,
        limit: i64,
    ) -> Result<Vec<Job>, StoreError> {
        let (at, id) = before.unwrap_or((Instant::from_micros(i64::MAX), Id::NIL));
        let sql = format!(
            "SELECT {COLUMNS} FROM job WHERE state = 'dead' AND (run_at, id) < (?1, ?2) \
             ORDER BY run_at DESC, id DESC LIMIT ?3"
        );
        let params = vec![Param::from(at.as_micros()), id.into(), limit.into()];
        self.read_jobs(sql, params).await
    }

    /// How many jobs stand where, by their kinds: for metrics and the page of jobs. It costs
    /// as much as there are jobs, and those that are done are gone.
    pub async fn job_counts(&self) -> Result<BTreeMap<String, JobCounts>, StoreError> {
        let sql = "SELECT kind, state, count(*), min(run_at) FROM job GROUP BY kind, state";
        let statement = Statement::new(sql, Vec::new());
        let rows = self
            .inner
            .engine
            .query_all(vec![statement])
            .await?
            .remove(0);
        let mut kinds: BTreeMap<String, JobCounts> = BTreeMap::new();
        for row in rows {
            let counts = kinds.entry(row.text(0)?).or_default();
            match row.text(1)?.as_str() {
                "waiting" => {
                    counts.waiting = row.int(2)?;
                    counts.first_turn = Some(Instant::from_micros(row.int(3)?));
                }
                "leased" => counts.leased = row.int(2)?,
                "dead" => counts.dead = row.int(2)?,
                other => return Err(StoreError::Corrupt(format!("a job's state is {other:?}"))),
            }
        }
        Ok(kinds)
    }

    async fn read_jobs(&self, sql: String, params: Vec<Param>) -> Result<Vec<Job>, StoreError> {
        let rows = self
            .inner
            .engine
            .query(&Statement::new(sql, params))
            .await?;
        rows.iter().map(job_of).collect()
    }

    /// Has a dead job tried again from the start. False if it is not there or not dead, or
    /// a like job waits already.
    pub async fn run_again(&self, id: Id) -> Result<bool, StoreError> {
        let sql = format!(
            "UPDATE job SET state = 'waiting', attempts = 0, run_at = ?1 WHERE id = ?2 AND state = 'dead' \
             RETURNING {COLUMNS}"
        );
        let params = vec![Param::from(self.context().now().as_micros()), id.into()];
        match self.jobs_of(Statement::new(sql, params)).await {
            Ok(jobs) => Ok(!jobs.is_empty()),
            Err(StoreError::Duplicate { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn jobs_of(&self, statement: Statement) -> Result<Vec<Job>, StoreError> {
        self.inner
            .engine
            .execute(vec![statement])
            .await?
            .remove(0)
            .iter()
            .map(job_of)
            .collect()
    }
}

fn job_of(row: &Row) -> Result<Job, StoreError> {
    Ok(Job {
        id: row.id(0)?,
        kind: row.text(1)?,
        payload: row.text(2)?,
        attempts: row.int(3)?,
        last_error: row.get(4).and_then(Value::as_text).map(str::to_owned),
        run_at: Instant::from_micros(row.int(5)?),
    })
}
