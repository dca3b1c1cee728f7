//! What is done again and again while the program serves.

use std::future::Future;
use std::time::Duration;

use plan::Plans;
use registry::hooks::{Outlet, WEBHOOK};
use store::jobs::{Job, Kinds};
use store::{Store, StoreError};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval_at};
use vocab::Id;

use super::hooks;
use super::mails::Post;

/// How soon after a commit its audit entry is sealed.
const SEAL_EVERY: Duration = Duration::from_secs(5);
/// How often is looked whether a reminder's turn has come.
const REMIND_EVERY: Duration = Duration::from_mins(1);
/// How often expired sessions and drafts are swept away.
const SWEEP_EVERY: Duration = Duration::from_mins(10);
/// How often files that no record refers to are removed, and how old they must be: an upload
/// may be older than the report that will name it.
const REMOVE_ORPHANS_EVERY: Duration = Duration::from_hours(24);
const ORPHANS_OLDER_THAN_SECONDS: i64 = 24 * 60 * 60;
/// Not at once: a program that is restarted often shall still come to it.
const FIRST_AFTER: Duration = Duration::from_mins(5);

/// How long everybody else has to themselves between two rounds of arranging records.
const ARRANGE_AFTER: Duration = Duration::from_millis(200);

/// How long to wait when there was no job to do.
const IDLE: Duration = Duration::from_secs(1);
/// How many jobs a worker holds at once, and for how long: one that dies loses them then.
const LEASE_JOBS: i64 = 8;
const LEASE_SECONDS: i64 = 120;

/// The tasks at work.
pub(crate) struct Background {
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
    store: Store,
}

impl Background {
    pub(crate) fn start(plans: &Plans, post: Post, outlet: Outlet) -> Self {
        let store = plans.registry().store();
        let mut background = Self {
            stop: watch::Sender::new(false),
            tasks: JoinSet::new(),
            store: store.clone(),
        };
        background.every(
            "sealing the audit log",
            SEAL_EVERY,
            SEAL_EVERY,
            |store| async move { store.seal().await.map(drop) },
        );
        background.every(
            "writing down who saw personal data",
            SEAL_EVERY,
            SEAL_EVERY,
            |store| async move { store.write_readings().await.map(drop) },
        );
        background.every(
            "sweeping expired rows",
            FIRST_AFTER,
            SWEEP_EVERY,
            |store| async move { store.sweep().await },
        );
        background.every(
            "removing files without a record",
            FIRST_AFTER,
            REMOVE_ORPHANS_EVERY,
            |store| async move {
                let before = store
                    .context()
                    .now()
                    .plus_seconds(-ORPHANS_OLDER_THAN_SECONDS);
                store.remove_orphans(before).await.map(drop)
            },
        );
        let registry = plans.registry().clone();
        background.every(
            "letting go of what old imports hold",
            FIRST_AFTER,
            REMOVE_ORPHANS_EVERY,
            move |_| {
                let registry = registry.clone();
                async move {
                    if let Err(error) = registry.let_go_of_old_imports().await {
                        tracing::warn!(%error, "old imports still hold their files; it is tried again");
                    }
                    Ok(())
                }
            },
        );
        let reminding = plans.clone();
        background.every(
            "reminding units of calls for reports",
            REMIND_EVERY,
            REMIND_EVERY,
            move |_| {
                let plans = reminding.clone();
                async move {
                    if let Err(error) = plans.run_reminders().await {
                        tracing::warn!(%error, "units could not be reminded; it is tried again");
                    }
                    Ok(())
                }
            },
        );
        let (digesting, mails) = (plans.clone(), post.mailer.is_some());
        background.every(
            "sending digests by subscription",
            REMIND_EVERY,
            REMIND_EVERY,
            move |_| {
                let plans = digesting.clone();
                async move {
                    // Where no mail goes out no turn is taken: nothing is told of as sent.
                    if mails && let Err(error) = plans.run_digests().await {
                        tracing::warn!(%error, "digests could not be sent; it is tried again");
                    }
                    Ok(())
                }
            },
        );
        background.arrange(plans);
        let moving = plans.clone();
        background.every(
            "taking steps that the program takes",
            REMIND_EVERY,
            REMIND_EVERY,
            move |_| {
                let plans = moving.clone();
                async move {
                    if let Err(error) = plans.registry().run_automatic().await {
                        tracing::warn!(%error, "steps could not be taken by the program; it is tried again");
                    }
                    Ok(())
                }
            },
        );
        let keeping = plans.clone();
        background.every(
            "archiving and erasing what is due",
            FIRST_AFTER,
            REMIND_EVERY,
            move |_| {
                let plans = keeping.clone();
                async move {
                    match plans.registry().run_retention().await {
                        Ok(0) => {}
                        Ok(records) => tracing::info!(records, "records were archived or erased as packs say"),
                        Err(error) => {
                            tracing::warn!(%error, "what is due could not be archived or erased; it is tried again");
                        }
                    }
                    Ok(())
                }
            },
        );
        let worker = work(plans.clone(), post, background.stop.subscribe());
        background.tasks.spawn(worker);
        // A worker of its own: receivers are slow, and shall keep nobody's mail waiting.
        let hooks = hooks::work(plans.clone(), outlet, background.stop.subscribe());
        background.tasks.spawn(hooks);
        background
    }

    /// Lets each task finish what it is at, then writes down and seals what came last.
    pub(crate) async fn end(mut self) {
        self.stop.send_replace(true);
        while self.tasks.join_next().await.is_some() {}
        if let Err(error) = self.store.write_readings().await {
            tracing::error!(%error, "who saw personal data in the last seconds could not be written down");
        }
        if let Err(error) = self.store.seal().await {
            tracing::warn!(%error, "sealing the audit log failed; it is done at the next start");
        }
    }

    /// Brings what lists go by up to date, until nothing is left of what an application asked for.
    /// Another application would have this process write no more.
    fn arrange(&mut self, plans: &Plans) {
        let registry = plans.registry().clone();
        let mut stop = self.stop.subscribe();
        self.tasks.spawn(async move {
            let caller = crate::province::caller(&registry);
            while !*stop.borrow() {
                let pause = match registry.arrange_some(&caller).await {
                    Ok(round) if round.is_done => return,
                    Ok(_) => ARRANGE_AFTER,
                    Err(error) => {
                        tracing::warn!(%error, "records could not be arranged as packs say; it is tried again");
                        REMIND_EVERY
                    }
                };
                let _ = tokio::time::timeout(pause, stop.wait_for(|asked| *asked)).await;
            }
        });
    }

    fn every<F>(
        &mut self,
        what: &'static str,
        first: Duration,
        period: Duration,
        act: impl Fn(Store) -> F + Send + 'static,
    ) where
        F: Future<Output = Result<(), StoreError>> + Send,
    {
        let store = self.store.clone();
        let mut stop = self.stop.subscribe();
        self.tasks.spawn(async move {
            let mut ticks = interval_at(Instant::now() + first, period);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                tokio::select! {
                    _ = ticks.tick() => {}
                    _ = stop.wait_for(|asked| *asked) => return,
                }
                if let Err(error) = act(store.clone()).await {
                    tracing::warn!(%error, "{what} failed; it is tried again");
                }
            }
        });
    }
}

/// Takes jobs whose turn has come and does them, one after another.
async fn work(plans: Plans, post: Post, mut stop: watch::Receiver<bool>) {
    let store = plans.registry().store();
    let worker = store.context().new_id();
    while !*stop.borrow() {
        let jobs = match store
            .lease_jobs_of(Kinds::But(WEBHOOK), worker, LEASE_JOBS, LEASE_SECONDS)
            .await
        {
            Ok(jobs) => jobs,
            Err(error) => {
                tracing::warn!(%error, "jobs could not be taken; it is tried again");
                Vec::new()
            }
        };
        if jobs.is_empty() {
            let _ = tokio::time::timeout(IDLE, stop.wait_for(|asked| *asked)).await;
            continue;
        }
        for job in jobs {
            perform(&plans, &post, &job, worker).await;
        }
    }
}

/// Does one job. One of an unknown kind came from a newer program, and waits for it, or for
/// somebody to look at it.
async fn perform(plans: &Plans, post: &Post, job: &Job, worker: Id) {
    let done = match job.kind.as_str() {
        plan::NOTIFY => plans
            .notify(job, worker)
            .await
            .map_err(|error| error.to_string()),
        plan::SHEET_NOTIFY => plans
            .notify_of_sheet(job, worker, post.mailer.is_some())
            .await
            .map_err(|error| error.to_string()),
        plan::SHEET_MAIL => post.mail_of_sheet(plans, job, worker).await,
        plan::SHEET_LINK_MAIL => post.mail_sheet_link(plans, job, worker).await,
        registry::system::imports::WORK => plans
            .registry()
            .work_on_import(job, worker)
            .await
            .map_err(|error| error.to_string()),
        registry::system::TELL => plans
            .tell(job, worker, post.mailer.is_some())
            .await
            .map_err(|error| error.to_string()),
        plan::TOLD_MAIL => post.mail_told(plans, job, worker).await,
        plan::DIGEST_MAIL => post.mail_digest(plans, job, worker).await,
        kind if Post::does(kind) => {
            post.perform(plans.registry().directory(), job, worker)
                .await
        }
        kind => Err(format!(
            "no part of this program does jobs of the kind {kind}"
        )),
    };
    let Err(error) = done else {
        return;
    };
    tracing::warn!(job = %job.id, %error, "a job failed");
    let store = plans.registry().store();
    if let Err(error) = store.fail_job(job, worker, &error).await {
        tracing::warn!(job = %job.id, %error, "a job could not be given back; its lease ends by itself");
    }
}
