//! A request about a report that is repeated is done once and answered as the first time.

use registry::{Caller, Done, Record, RegistryError};
use serde::{Deserialize, Serialize};
use store::Scope;
use vocab::Id;

use super::Report;
use crate::declarations::OBSERVATION;
use crate::error::PlanError;
use crate::plans::Plans;

/// What a repetition of a request is told: the report as the request left it.
#[derive(Serialize, Deserialize)]
struct Answer {
    id: Id,
    version: i64,
    author: Option<Id>,
}

/// The answer that is kept for a request that left a report so.
pub(super) fn answer(record: &Record) -> String {
    let answer = Answer {
        id: record.id,
        version: record.version,
        author: record.author,
    };
    serde_json::to_string(&answer).unwrap_or_default()
}

impl Plans {
    /// Does what a request asks for, unless it was done for this very request before. Two
    /// that come at once may both find no answer, and the later one then finds things as the
    /// earlier one left them: whatever stops it, the answer is looked for again. A change and
    /// the answer kept for its key are written together.
    pub(super) async fn once(
        &self,
        by: &Caller,
        work: impl Future<Output = Result<Report, PlanError>>,
    ) -> Result<Report, PlanError> {
        if let Some(report) = self.repeated(by).await? {
            return Ok(report);
        }
        match work.await {
            Ok(report) => Ok(report),
            Err(error) => self.repeated(by).await?.ok_or(error),
        }
    }

    /// The report that this very request led to before.
    async fn repeated(&self, by: &Caller) -> Result<Option<Report>, PlanError> {
        match self.registry().answered(by).await? {
            Some(answer) => self.answered_report(by, &answer).await.map(Some),
            None => Ok(None),
        }
    }

    /// The report as this request left it, whatever others made of it since: whoever goes on
    /// from there is told that it changed.
    pub(super) async fn after(
        &self,
        by: &Caller,
        done: Done,
        record: &Record,
    ) -> Result<Report, PlanError> {
        match done {
            Done::Now(_) => self.answered_report(by, &answer(record)).await,
            Done::Before(answer) => self.answered_report(by, &answer).await,
        }
    }

    pub(super) async fn answered_report(
        &self,
        by: &Caller,
        answer: &str,
    ) -> Result<Report, PlanError> {
        let answer: Answer = serde_json::from_str(answer)
            .map_err(|error| PlanError::Shape(format!("a kept answer: {error}")))?;
        let hidden = || RegistryError::NotFound {
            kind: OBSERVATION.to_owned(),
            id: answer.id,
        };
        let registry = self.registry();
        let told = Scope::bypass("the answer that this very account was given before");
        let version = registry
            .store()
            .fetch_version(OBSERVATION, &told, answer.id, answer.version)
            .await?;
        // What the law had erased since is not answered again.
        let version = version.ok_or_else(hidden)?;
        let body = version.body.ok_or_else(hidden)?;
        let record = Record {
            id: version.id,
            version: version.version,
            unit: version.unit,
            state: version.state,
            author: answer.author,
            at: version.at,
            body: serde_json::from_str(&body)
                .map_err(|error| PlanError::Shape(format!("a kept report: {error}")))?,
        };
        let shown = registry.shown(&by.principal, OBSERVATION, record)?;
        Report::of(shown.ok_or_else(hidden)?)
    }
}
