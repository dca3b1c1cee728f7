//! Lanes that have something to tell are woken.

use std::collections::BTreeMap;

use directory::Principal;
use vocab::Id;

use super::WEBHOOK;
use super::lane::IDLE;
use crate::{Caller, Registry, RegistryError};

impl Registry {
    /// Wakes the lanes of hooks for which something happened since they were laid down, and gives
    /// one to a hook whose lane is missing. Cheap where there is no hook: called every second.
    pub async fn wake_hooks(&self) -> Result<(), RegistryError> {
        let hooks = self.hooks().await?;
        if !hooks.iter().any(super::Hook::is_active) {
            return Ok(());
        }
        let store = self.store();
        // The feed shows what is sealed.
        store.seal().await?;
        let count = store.changes_count().await?;
        let lanes: BTreeMap<Id, _> = self
            .lanes()
            .await?
            .into_iter()
            .map(|(job, lane)| (lane.hook, (job, lane)))
            .collect();
        let now = store.context().now();
        for hook in hooks.iter().filter(|hook| hook.is_active()) {
            let Some((job, lane)) = lanes.get(&hook.id()) else {
                self.mend(hook).await?;
                continue;
            };
            // One that failed waits for its time.
            if lane.failing.is_some() || job.run_at <= now {
                continue;
            }
            let asleep = job.run_at > now.plus_seconds(2 * IDLE);
            if lane.position.taken < count || asleep {
                store.wake_job(job.id).await?;
            }
        }
        Ok(())
    }

    /// A lane for a hook that has none. One that died, its workers lost each time, waits for
    /// somebody to look at it.
    async fn mend(&self, hook: &super::Hook) -> Result<(), RegistryError> {
        let dead = self.store().dead_jobs(1_000).await?;
        let id = hook.id().to_string();
        let is_its = |job: &store::jobs::Job| job.kind == WEBHOOK && job.payload.contains(&id);
        if dead.iter().any(is_its) {
            return Ok(());
        }
        let request = self.store().context().new_id();
        let program = Caller::new(Principal::system(), "job", request);
        let mut batch = self.batch(&program);
        self.begin_lane(&mut batch, &hook.record).await?;
        batch.commit(String::new()).await?;
        Ok(())
    }
}
