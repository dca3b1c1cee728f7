//! Word to whoever wrote an obstacle down: a notice in the inbox.

use registry::Record;
use store::NewJob;
use vocab::Id;

use crate::error::PlanError;
use crate::notices;

/// The head of the unit sent it back.
pub(super) const SENT_BACK: &str = "obstacle-sent-back";
/// It was passed up.
pub(super) const ESCALATED: &str = "obstacle-escalated";
/// It was answered.
pub(super) const ANSWERED: &str = "obstacle-answered";

/// The job that tells an account what became of an obstacle.
pub(super) fn job(account: Id, obstacle: &Record, what: &str) -> Result<NewJob, PlanError> {
    notices::job(account, obstacle, what)
}
