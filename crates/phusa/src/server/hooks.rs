//! Webhooks: the key that their secrets are derived from, and the worker that sends them.

use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use plan::Plans;
use registry::hooks::{Outlet, WEBHOOK};
use store::jobs::{Job, Kinds};
use tokio::sync::watch;
use tokio::task::JoinSet;
use vocab::{Context, Id};
use webhook::Key;

use crate::failure::Failure;

/// The file in the data folder that holds the key.
const KEY_FILE: &str = "webhook.key";

/// How often is looked whether something happened that is to be told.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How many hooks are told of something at once: one receiver that is slow keeps no other waiting.
const AT_ONCE: usize = 16;
/// How long a worker holds a job; one that dies loses it then. Longer than all that one turn of a
/// hook may wait for.
const LEASE_SECONDS: i64 = 180;

/// The key in the data folder, made up where there is none. Processes that share the folder share
/// it.
pub(crate) fn kept_key(data: &Path, context: &Context) -> Result<Key, Failure> {
    let path = data.join(KEY_FILE);
    let failed = |error: std::io::Error| {
        Failure::new("failure-data-not-writable")
            .with("folder", data.join(KEY_FILE).display())
            .with("why", error)
    };
    if !path.exists() {
        // It is there whole or not at all, for the program's own user alone, and stays as the
        // first process made it.
        let mut file = tempfile::NamedTempFile::new_in(data).map_err(failed)?;
        writeln!(file, "{}", Key::new(context.random()).to_hex()).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        match file.persist_noclobber(&path) {
            Err(error) if !path.exists() => return Err(failed(error.error)),
            _ => {}
        }
    }
    let text = std::fs::read_to_string(&path).map_err(failed)?;
    Key::from_hex(&text).map_err(|_| Failure::new("failure-webhook-key"))
}

/// Tells what happens, until it is asked to stop; what is under way then is ended.
pub(super) async fn work(plans: Plans, outlet: Outlet, mut stop: watch::Receiver<bool>) {
    let registry = plans.registry();
    let store = registry.store();
    let worker = store.context().new_id();
    let mut under_way = JoinSet::new();
    while !*stop.borrow() {
        if let Err(error) = registry.wake_hooks().await {
            tracing::warn!(%error, "webhooks could not be woken; it is tried again");
        }
        let room = i64::try_from(AT_ONCE - under_way.len()).unwrap_or(0);
        let jobs = store.lease_jobs_of(Kinds::Only(WEBHOOK), worker, room, LEASE_SECONDS);
        let jobs = if room == 0 {
            Ok(Vec::new())
        } else {
            jobs.await
        };
        match jobs {
            Ok(jobs) => {
                for job in jobs {
                    let (plans, outlet) = (plans.clone(), outlet.clone());
                    under_way.spawn(async move { perform(&plans, &outlet, &job, worker).await });
                }
            }
            Err(error) => {
                tracing::warn!(%error, "webhooks could not be taken; it is tried again");
            }
        }
        while under_way.try_join_next().is_some() {}
        tokio::select! {
            _ = stop.wait_for(|asked| *asked) => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            // There may be more to tell.
            Some(_) = under_way.join_next() => {}
        }
    }
    while under_way.join_next().await.is_some() {}
}

async fn perform(plans: &Plans, outlet: &Outlet, job: &Job, worker: Id) {
    let Err(error) = plans.run_hook(outlet, job, worker).await else {
        return;
    };
    tracing::warn!(job = %job.id, %error, "a webhook failed");
    let store = plans.registry().store();
    if let Err(error) = store.fail_job(job, worker, &error.to_string()).await {
        tracing::warn!(job = %job.id, %error, "a webhook could not be given back; its lease ends by itself");
    }
}
