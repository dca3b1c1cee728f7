//! Whose turn it is.

use std::sync::PoisonError;

use jiff::civil::{Date, Time, time};
use registry::{Record, RegistryError};
use serde::{Deserialize, Serialize};
use store::{ListQuery, NewJob, Scope};
use vocab::{Id, Instant};

use super::{DIGEST, DIGEST_MAIL, DigestBody, Rhythm};
use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::to_map;

/// Digests leave from this time on, so that they are there when offices open.
const FROM: Time = time(6, 30, 0, 0);

/// Whom a job of [`DIGEST_MAIL`] tells, and of which time.
#[derive(Serialize, Deserialize)]
pub(super) struct Payload {
    pub(super) account: Id,
    pub(super) lang: String,
    pub(super) since: Instant,
}

impl Plans {
    /// Has the digests mailed whose turn is today, each once, however many processes try and
    /// whenever they were started. Gives how many turns were taken. One that fails keeps no
    /// other from its turn; the error of the last one is given.
    pub async fn run_digests(&self) -> Result<usize, PlanError> {
        let at = self.registry().store().context().now();
        let (now, calendar) = (at.in_vietnam(), self.registry().calendar());
        let day = now.date();
        let done = || {
            let done = self.inner().digests_on.lock();
            done.unwrap_or_else(PoisonError::into_inner)
        };
        if now.time() < FROM || *done() == Some(day) {
            return Ok(0);
        }
        let (mut ran, mut failed) = (0, None);
        for rhythm in Rhythm::ALL {
            if !rhythm.is_due(day, calendar) {
                continue;
            }
            let why = Scope::bypass("digests are the program's own work");
            let query = ListQuery::new(DIGEST, why).filter("rhythm", rhythm.value());
            for record in self.registry().all(query).await? {
                match self.take_turn(&record, day, at).await {
                    Ok(true) => ran += 1,
                    // Taken before; or taken by another process, or chosen otherwise just now.
                    Ok(false) | Err(PlanError::Registry(RegistryError::Conflict { .. })) => {}
                    Err(error) => failed = Some(error),
                }
            }
        }
        if let Some(error) = failed {
            return Err(error);
        }
        *done() = Some(day);
        Ok(ran)
    }

    /// Takes a subscription's turn of a day: its mail is a job from then on. All turns of a run
    /// tell until the same instant `at`: what the plan was then is derived once for all next time.
    async fn take_turn(&self, record: &Record, day: Date, at: Instant) -> Result<bool, PlanError> {
        let before: DigestBody = record.read()?;
        if before.ran.is_some_and(|ran| ran >= day) {
            return Ok(false);
        }
        let payload = Payload {
            account: record.unit,
            lang: before.lang.clone(),
            since: Instant::from_micros(before.told),
        };
        let payload = serde_json::to_string(&payload)
            .map_err(|error| PlanError::Shape(format!("the job of a digest: {error}")))?;
        let body = DigestBody {
            told: at.as_micros(),
            ran: Some(day),
            ..before
        };
        let program = self.program();
        let mut batch = self.registry().batch(&program);
        let body = to_map("a subscription", &body)?;
        batch.note(DIGEST, record, body, "digest").await?;
        batch.enqueue(NewJob {
            kind: DIGEST_MAIL.to_owned(),
            payload,
            unique_key: None,
            run_at: None,
        });
        batch.commit(String::new()).await?;
        Ok(true)
    }
}
