//! Webhooks of a province: reports are told of beside the records of systems, and whoever runs
//! the system hears of a receiver that was given up.

use directory::{Act, Subject, may, province};
use registry::hooks::{GivenUp, HookRun, Outlet, WEBHOOK};
use store::jobs::Job;
use vocab::Id;

use crate::declarations::OBSERVATION;
use crate::error::PlanError;
use crate::notices::{self, NoticeBody};
use crate::plans::{Plans, identity};

/// The kinds of records that may be told of beside those of systems.
pub const HOOK_KINDS: &[&str] = &[OBSERVATION];

/// What whoever runs the system is told of a hook begins so; why it was given up follows.
pub const HOOK_NOTICE: &str = "webhook-";

impl Plans {
    /// Does a leased job of a hook. An error leaves it with its worker, to be given back.
    pub async fn run_hook(&self, outlet: &Outlet, job: &Job, worker: Id) -> Result<(), PlanError> {
        match self.registry().run_hook(outlet, job, worker).await? {
            HookRun::Done => Ok(()),
            HookRun::GivenUp(given_up) => {
                self.tell_given_up(&given_up).await?;
                // A worker that dies before this finds the hook paused.
                let rested = self.registry().rest_given_up(job, worker, &given_up);
                Ok(rested.await?)
            }
        }
    }

    /// Pauses a hook and tells whoever may resume it, together.
    async fn tell_given_up(&self, given_up: &GivenUp) -> Result<(), PlanError> {
        let (hook, why) = (&given_up.hook, given_up.why);
        let program = self.program();
        let mut batch = self.registry().batch(&program);
        self.registry().give_hook_up(&mut batch, hook, why).await?;
        let version = hook.record.version + 1;
        for account in self.who_run_hooks().await? {
            let id = identity(&format!("{HOOK_NOTICE}{}/{version}/{account}", hook.id()));
            let body = NoticeBody::about(hook.id(), version, &format!("{HOOK_NOTICE}{why}"));
            notices::make_as(&mut batch, id, account, &body).await?;
        }
        batch.commit(String::new()).await?;
        Ok(())
    }

    async fn who_run_hooks(&self) -> Result<Vec<Id>, PlanError> {
        let directory = self.registry().directory();
        let today = self.registry().store().context().now().in_vietnam().date();
        let hooks = Subject {
            kind: WEBHOOK,
            unit: province(),
            state: "",
            author: None,
        };
        let mut who = Vec::new();
        for (account, _) in directory.accounts_acting_on(today).await? {
            let Some(principal) = directory.acting_today(&account).await? else {
                continue;
            };
            if may(&principal, Act::Operate, &hooks).is_allowed() {
                who.push(account.id);
            }
        }
        Ok(who)
    }
}
