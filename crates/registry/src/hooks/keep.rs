//! Declaring hooks and changing them.

use directory::{Act, province};
use serde_json::{Map, Value};
use store::{ListQuery, NewJob, Scope};
use vocab::{FieldProblem, Id, Problem};
use webhook::{Allow, Key, Secret};

use super::WEBHOOK;
use super::kept::{Hook, HookBody, HookSecret, NewHook};
use super::lane::{Lane, Work};
use crate::{Batch, Caller, Draft, Record, Registry, RegistryError, Taken};

impl Registry {
    /// All hooks, by name.
    pub async fn hooks(&self) -> Result<Vec<Hook>, RegistryError> {
        let why = "hooks are the program's own; who may see them is asked of the page";
        let query = ListQuery::new(WEBHOOK, Scope::bypass(why));
        self.all(query).await?.into_iter().map(Hook::of).collect()
    }

    /// A hook.
    pub async fn hook(&self, id: Id) -> Result<Option<Hook>, RegistryError> {
        self.find(WEBHOOK, id).await?.map(Hook::of).transpose()
    }

    /// The same, which must be there.
    pub async fn hook_there(&self, id: Id) -> Result<Hook, RegistryError> {
        self.hook(id).await?.ok_or_else(|| RegistryError::NotFound {
            kind: WEBHOOK.to_owned(),
            id,
        })
    }

    /// Declares a hook. Its secret is told this once. A repetition of the same request is told
    /// the same again.
    pub async fn declare_hook(
        &self,
        caller: &Caller,
        key: &Key,
        allow: &Allow,
        offered: &[&str],
        new: &NewHook,
    ) -> Result<(Hook, Secret), RegistryError> {
        if let Some(before) = self.answered(caller).await? {
            let id = before.parse();
            let id = id.map_err(|_| RegistryError::refused(500, "internal", before))?;
            let hook = self.hook_there(id).await?;
            let secret = newest(key, &hook);
            return Ok((hook, secret));
        }
        let address = new.check(self, allow, offered);
        let address = address.map_err(RegistryError::Refused)?;
        let account = self.reads_by(caller, new).await?;
        let id = self.store().context().new_id();
        let body = HookBody {
            name: new.name.trim().to_owned(),
            address: address.text(),
            account,
            kinds: new.kinds.clone(),
            happenings: new.happenings.clone(),
            whole: new.whole,
            secrets: vec![HookSecret {
                generation: 1,
                check: key.check(),
                until: None,
            }],
            why: None,
            from: None,
        };
        let mut batch = self.batch(caller);
        let record = batch
            .create(Draft {
                kind: WEBHOOK,
                id: Some(id),
                unit: province(),
                body: written(&body)?,
            })
            .await?;
        self.begin_lane(&mut batch, &record).await?;
        batch.commit(id.to_string()).await?;
        let hook = self.hook_there(id).await?;
        let secret = newest(key, &hook);
        Ok((hook, secret))
    }

    /// The lane of a hook that has none, from now on.
    pub(super) async fn begin_lane(
        &self,
        batch: &mut Batch<'_>,
        record: &Record,
    ) -> Result<(), RegistryError> {
        let lane = Lane {
            since: self.store().context().now(),
            ..Lane::new(record.id, self.store().changes_end().await?)
        };
        batch.enqueue(NewJob {
            kind: WEBHOOK.to_owned(),
            payload: Work::Lane(lane).written()?,
            unique_key: Some(format!("{WEBHOOK}/{}", record.id)),
            run_at: None,
        });
        Ok(())
    }

    /// Changes what a hook tells, and to whom. Its secrets stay.
    pub async fn revise_hook(
        &self,
        caller: &Caller,
        allow: &Allow,
        offered: &[&str],
        (id, version): (Id, i64),
        new: &NewHook,
    ) -> Result<Hook, RegistryError> {
        let hook = self.hook_there(id).await?;
        let address = new.check(self, allow, offered);
        let address = address.map_err(RegistryError::Refused)?;
        let account = self.reads_by(caller, new).await?;
        let body = HookBody {
            name: new.name.trim().to_owned(),
            address: address.text(),
            account,
            kinds: new.kinds.clone(),
            happenings: new.happenings.clone(),
            whole: new.whole,
            ..hook.body()
        };
        let read = Record {
            version,
            ..hook.record
        };
        self.rewrite(caller, &read, &body).await
    }

    /// Gives a hook another secret. The one before it signs for so many seconds more, beside it.
    pub async fn rotate_hook(
        &self,
        caller: &Caller,
        key: &Key,
        id: Id,
        overlap_seconds: i64,
    ) -> Result<(Hook, Secret), RegistryError> {
        let hook = self.hook_there(id).await?;
        if self.answered(caller).await?.is_some() {
            let secret = newest(key, &hook);
            return Ok((hook, secret));
        }
        let now = self.store().context().now();
        let before = hook.secrets.first().cloned();
        let mut secrets = vec![HookSecret {
            generation: before.as_ref().map_or(0, |before| before.generation) + 1,
            check: key.check(),
            until: None,
        }];
        // What was derived from a key that is gone can sign nothing.
        let lasts = before.filter(|before| overlap_seconds > 0 && before.check == key.check());
        secrets.extend(lasts.map(|before| HookSecret {
            until: Some(now.plus_seconds(overlap_seconds)),
            ..before
        }));
        let body = HookBody {
            secrets,
            ..hook.body()
        };
        let hook = self.rewrite(caller, &hook.record, &body).await?;
        let secret = newest(key, &hook);
        Ok((hook, secret))
    }

    /// Has nothing go out. What happens meanwhile is told once it is resumed.
    pub async fn pause_hook(&self, caller: &Caller, id: Id) -> Result<Hook, RegistryError> {
        let hook = self.hook_there(id).await?;
        if self.answered(caller).await?.is_some() {
            return Ok(hook);
        }
        let mut batch = self.batch(caller);
        batch.step(WEBHOOK, &hook.record, "pause", None).await?;
        batch.commit(id.to_string()).await?;
        self.hook_there(id).await
    }

    /// Has messages go out again: from where it was paused, or only what happens from now on.
    pub async fn resume_hook(
        &self,
        caller: &Caller,
        id: Id,
        from_now: bool,
    ) -> Result<Hook, RegistryError> {
        let hook = self.hook_there(id).await?;
        if self.answered(caller).await?.is_some() {
            return Ok(hook);
        }
        let from = if from_now {
            Some(self.store().changes_end().await?)
        } else {
            hook.from.clone()
        };
        let body = HookBody {
            why: None,
            from,
            ..hook.body()
        };
        let taken = Taken {
            body: Some(written(&body)?),
            ..Taken::default()
        };
        let mut batch = self.batch(caller);
        let resumed = batch.step_as(WEBHOOK, &hook.record, "resume", taken);
        resumed.await?;
        batch.commit(id.to_string()).await?;
        // Whatever it waited for after a failure it waits no longer.
        if let Some((job, _)) = self.lane_of(id).await? {
            self.store().wake_job(job.id).await?;
        }
        self.hook_there(id).await
    }

    /// Pauses a hook for what went wrong, in a batch of the program.
    pub async fn give_hook_up(
        &self,
        batch: &mut Batch<'_>,
        hook: &Hook,
        why: &str,
    ) -> Result<(), RegistryError> {
        let body = HookBody {
            why: Some(why.to_owned()),
            ..hook.body()
        };
        let taken = Taken {
            body: Some(written(&body)?),
            ..Taken::default()
        };
        let given_up = batch.step_as(WEBHOOK, &hook.record, "give_up", taken);
        given_up.await?;
        Ok(())
    }

    /// Removes a hook: nothing is told any more, what was not told yet neither.
    pub async fn remove_hook(&self, caller: &Caller, id: Id) -> Result<(), RegistryError> {
        if self.answered(caller).await?.is_some() {
            return Ok(());
        }
        let hook = self.hook_there(id).await?;
        self.demand(&caller.principal, Act::Operate, WEBHOOK, &hook.record)?;
        let mut batch = self.batch(caller);
        batch.remove(WEBHOOK, &hook.record, "delete");
        batch.commit(id.to_string()).await?;
        if let Some((job, _)) = self.lane_of(id).await? {
            self.store().wake_job(job.id).await?;
        }
        Ok(())
    }

    async fn rewrite(
        &self,
        caller: &Caller,
        read: &Record,
        body: &HookBody,
    ) -> Result<Hook, RegistryError> {
        let mut batch = self.batch(caller);
        batch.edit(WEBHOOK, read, written(body)?).await?;
        batch.commit(read.id.to_string()).await?;
        self.hook_there(read.id).await
    }

    /// The account by whose rights a hook is to read: one that whoever declares it could act by.
    async fn reads_by(&self, caller: &Caller, new: &NewHook) -> Result<Id, RegistryError> {
        let refused = |code: &str| {
            let problem = Problem::new(422, "invalid-fields", "declaring a webhook");
            RegistryError::Refused(problem.at(FieldProblem::new("account", code)))
        };
        let account = new.account.ok_or_else(|| refused("webhook-account"))?;
        let directory = self.directory();
        let known = directory.account(account).await?;
        let known = known.ok_or_else(|| refused("webhook-account"))?;
        let by = caller.principal.account.unwrap_or(Id::NIL);
        match directory.require_over(by, &known).await {
            Err(directory::DirectoryError::Refused(problem)) if problem.status != 500 => {
                Err(refused("webhook-account-above"))
            }
            other => Ok(other.map(|()| account)?),
        }
    }
}

fn newest(key: &Key, hook: &Hook) -> Secret {
    let generation = hook.secrets.first().map_or(1, |secret| secret.generation);
    key.secret(&hook.id().to_string(), generation)
}

fn written(body: &HookBody) -> Result<Map<String, Value>, RegistryError> {
    match serde_json::to_value(body) {
        Ok(Value::Object(map)) => Ok(map),
        other => Err(RegistryError::refused(
            500,
            "internal",
            format!("{other:?}"),
        )),
    }
}
