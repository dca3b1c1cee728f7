//! What the coordinator shows to everybody.

use registry::{Caller, RegistryError};

use crate::declarations::TARGET;
use crate::error::PlanError;
use crate::plans::{EPOCH, Plans};
use crate::records::{TargetBody, to_map};

impl Plans {
    /// Publishes the figures of these targets, by their numbers, or holds them back; each is a
    /// version of the target's record, all at once or none. Gives how many changed.
    ///
    /// Refused as every change of a target is, to whoever may not configure it, and with
    /// `target-unknown` for a number that the plan does not have.
    pub async fn publish(
        &self,
        by: &Caller,
        numbers: &[u16],
        published: bool,
    ) -> Result<usize, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let mut batch = self.registry().batch(by);
        let mut changed = 0;
        let mut seen = std::collections::BTreeSet::new();
        for number in numbers.iter().filter(|number| seen.insert(**number)) {
            let target = view.target(*number).ok_or_else(|| {
                RegistryError::refused(422, "target-unknown", format!("publishing target {number}"))
            })?;
            let current = self
                .registry()
                .get(&by.principal, TARGET, target.id)
                .await?;
            let body: TargetBody = current.read()?;
            if body.published.unwrap_or(view.rule.published) == published {
                continue;
            }
            let body = TargetBody {
                published: Some(published),
                ..body
            };
            batch
                .edit(TARGET, &current, to_map("a target", &body)?)
                .await?;
            changed += 1;
        }
        if changed > 0 {
            batch.bump(EPOCH);
            batch.commit(String::new()).await?;
            self.stale();
        }
        Ok(changed)
    }
}
