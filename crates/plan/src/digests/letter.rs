//! What a digest tells.

use directory::permission::queues;
use registry::RegistryError;
use store::jobs::Job;
use vocab::{Instant, Lang};

use super::run::Payload;
use crate::error::PlanError;
use crate::plans::Plans;
use crate::view::{TargetChange, changed};

/// So many tasks of a role are looked at.
const MOST_TASKS: usize = 1_000;

/// A digest, before it is put into words. Of tasks it has numbers alone: what they are about may
/// be personal, and a mail leaves the system.
#[derive(Clone, Debug, PartialEq)]
pub struct DigestLetter {
    /// The address.
    pub to: String,
    /// Who gets it.
    pub name: String,
    /// The language that they chose it in.
    pub lang: Lang,
    /// From when on it tells.
    pub since: Instant,
    /// How many tasks wait.
    pub tasks: usize,
    /// How many of them are late.
    pub late: usize,
    /// The targets that are not what they were, as the reader sees them; none where too much
    /// changed to look through.
    pub changes: Option<Vec<TargetChange>>,
}

impl DigestLetter {
    /// Whether there is nothing to tell.
    fn is_empty(&self) -> bool {
        self.tasks == 0 && self.changes.as_ref().is_some_and(Vec::is_empty)
    }
}

impl Plans {
    /// What a job of [`super::DIGEST_MAIL`] mails, as its reader may see it now; nothing where
    /// nobody gets a mail any more, or where nothing happened and nothing waits.
    pub async fn digest_letter(&self, job: &Job) -> Result<Option<DigestLetter>, PlanError> {
        let payload: Payload = serde_json::from_str(&job.payload)
            .map_err(|error| PlanError::Shape(format!("the job of a digest: {error}")))?;
        let directory = self.registry().directory();
        let account = directory.account(payload.account).await?;
        let Some(account) = account.filter(|found| !found.email.is_empty()) else {
            return Ok(None);
        };
        let Some(reader) = directory.acting_today(&account).await? else {
            return Ok(None);
        };
        let now = self.registry().store().context().now();
        let (mut tasks, mut late) = (0, 0);
        for role in queues(&reader) {
            let waiting = self.registry().tasks(&reader, role, None, MOST_TASKS);
            let waiting = waiting.await?.items;
            tasks += waiting.len();
            late += waiting.iter().filter(|task| task.due < now).count();
        }
        let changes = match self.view_for(&reader).await? {
            None => Some(Vec::new()),
            Some(view) => match self.view_at(payload.since).await {
                Ok(before) => Some(changed(before.as_deref(), &view, payload.since)),
                Err(PlanError::Registry(RegistryError::Refused(problem)))
                    if problem.code == "too-much-changed" =>
                {
                    None
                }
                Err(error) => return Err(error),
            },
        };
        let letter = DigestLetter {
            to: account.email,
            name: account.name,
            lang: Lang::lookup(&payload.lang).unwrap_or_default(),
            since: payload.since,
            tasks,
            late,
            changes,
        };
        Ok(Some(letter).filter(|letter| !letter.is_empty()))
    }
}
