//! Changes that happen together or not at all.

use std::collections::{BTreeSet, HashSet};

use directory::Principal;
use serde_json::{Map, Value};
use store::{IdempotencyKey, NewJob, Op, Outcome, Remove, Scope, StoreError, Submitted, Write};
use vocab::{Id, Instant};

use crate::check::{check, files};
use crate::system::applied;
use crate::{Caller, Record, Registry, RegistryError, comment, mask};

/// A record to be made.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its kind.
    pub kind: &'static str,
    /// Its identity; a fresh one if none is given.
    pub id: Option<Id>,
    /// Whose it will be.
    pub unit: Id,
    /// What it says.
    pub body: Map<String, Value>,
}

/// How a step is taken.
#[derive(Clone, Debug, Default)]
pub struct Taken<'a> {
    /// Why, in words.
    pub reason: Option<&'a str>,
    /// What the record says from then on; as before if none is given.
    pub body: Option<Map<String, Value>>,
    /// Whether a step of something larger takes it along, whose task stands for this one's.
    pub within: bool,
}

/// Changes by one caller, gathered and then committed in one transaction.
pub struct Batch<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) caller: &'a Caller,
    write: Write,
    /// Records that have no task, as far as was looked ahead.
    idle: HashSet<Id>,
}

impl<'a> Batch<'a> {
    pub(crate) fn registry(&self) -> &'a Registry {
        self.registry
    }
}

impl Registry {
    /// An empty batch.
    pub fn batch<'a>(&'a self, caller: &'a Caller) -> Batch<'a> {
        let actor = caller.principal.actor(caller.via, caller.request);
        Batch {
            registry: self,
            caller,
            write: Write::by(actor),
            idle: HashSet::new(),
        }
    }
}

impl<'a> Batch<'a> {
    /// Makes a record.
    pub async fn create(&mut self, draft: Draft) -> Result<Record, RegistryError> {
        let kind = draft.kind;
        let record = self.begun(draft)?;
        let editing = self.registry.declaration(kind)?.lifecycle.editing;
        self.registry
            .demand(&self.caller.principal, editing, kind, &record)?;
        self.put(kind, &record, "create", &Map::new()).await?;
        Ok(record)
    }

    /// Makes a record that takes a step of its lifecycle at once: one version says both. Whoever
    /// asks must be let do either.
    pub async fn create_to(
        &mut self,
        draft: Draft,
        step: &str,
        within: bool,
    ) -> Result<Record, RegistryError> {
        let kind = draft.kind;
        let begun = self.begun(draft)?;
        self.demand_both(kind, &begun, step)?;
        self.idle.insert(begun.id);
        let nothing = Record {
            version: 0,
            body: Map::new(),
            ..begun.clone()
        };
        let taken = Taken {
            reason: None,
            body: Some(begun.body),
            within,
        };
        self.follow_step(kind, &nothing, step, taken).await
    }

    /// Gives a record another body and has it take a step at once: one version says both.
    /// Whoever asks must be let do either. `current` is the record as it was read.
    pub async fn edit_to(
        &mut self,
        kind: &'static str,
        current: &Record,
        body: Map<String, Value>,
        step: &str,
        within: bool,
    ) -> Result<Record, RegistryError> {
        self.demand_editable(kind, current)?;
        let (current, unseen) = self.whole(kind, current).await?;
        self.demand_both(kind, &current, step)?;
        let mut body = without_nulls(body);
        unseen.keep_in(&mut body);
        let taken = Taken {
            reason: None,
            body: Some(body),
            within,
        };
        self.follow_step(kind, &current, step, taken).await
    }

    /// Refuses whoever may not edit a record, or not take this step with it.
    fn demand_both(
        &self,
        kind: &'static str,
        record: &Record,
        step: &str,
    ) -> Result<(), RegistryError> {
        let lifecycle = &self.registry.declaration(kind)?.lifecycle;
        let about = || format!("{step} of {kind} {}", record.id);
        let known = lifecycle.step(step);
        let known = known.ok_or_else(|| RegistryError::refused(404, "unknown-step", about()))?;
        let principal = &self.caller.principal;
        for act in [lifecycle.editing, known.act] {
            self.registry.demand(principal, act, kind, record)?;
        }
        Ok(())
    }

    fn demand_editable(&self, kind: &'static str, current: &Record) -> Result<(), RegistryError> {
        let lifecycle = &self.registry.declaration(kind)?.lifecycle;
        if lifecycle.editable.contains(&current.state.as_str()) {
            return Ok(());
        }
        let about = format!("{kind} {}", current.id);
        Err(RegistryError::refused(409, "not-editable", about))
    }

    /// A record with what its reader does not see of it, and that part.
    async fn whole(
        &self,
        kind: &'static str,
        current: &Record,
    ) -> Result<(Record, mask::Unseen), RegistryError> {
        let principal = &self.caller.principal;
        let unseen = self.registry.unseen(principal, kind, current.id).await?;
        let mut current = current.clone();
        unseen.keep_in(&mut current.body);
        Ok((current, unseen))
    }

    /// Gives a record another body. `current` is the record as it was read.
    pub async fn edit(
        &mut self,
        kind: &'static str,
        current: &Record,
        body: Map<String, Value>,
    ) -> Result<Record, RegistryError> {
        self.demand_editable(kind, current)?;
        let (current, unseen) = self.whole(kind, current).await?;
        let editing = self.registry.declaration(kind)?.lifecycle.editing;
        self.registry
            .demand(&self.caller.principal, editing, kind, &current)?;
        let mut record = Record {
            version: current.version + 1,
            body: without_nulls(body),
            ..current.clone()
        };
        unseen.keep_in(&mut record.body);
        self.put(kind, &record, "edit", &current.body).await?;
        Ok(record)
    }

    /// Moves a record on by a step of its lifecycle, with its tasks.
    pub async fn step(
        &mut self,
        kind: &'static str,
        current: &Record,
        step: &str,
        reason: Option<&str>,
    ) -> Result<Record, RegistryError> {
        let taken = Taken {
            reason,
            ..Taken::default()
        };
        self.step_as(kind, current, step, taken).await
    }

    /// The same where it is a part of something larger, or changes what the record says.
    pub async fn step_as(
        &mut self,
        kind: &'static str,
        current: &Record,
        step: &str,
        taken: Taken<'_>,
    ) -> Result<Record, RegistryError> {
        let lifecycle = &self.registry.declaration(kind)?.lifecycle;
        let about = || format!("{step} of {kind} {}", current.id);
        let known = lifecycle.step(step);
        let known = known.ok_or_else(|| RegistryError::refused(404, "unknown-step", about()))?;
        if !known.from.contains(&current.state.as_str()) {
            return Err(RegistryError::refused(409, "step-not-open", about()));
        }
        let (current, unseen) = self.whole(kind, current).await?;
        self.registry
            .demand(&self.caller.principal, known.act, kind, &current)?;
        let mut taken = taken;
        if let Some(body) = &mut taken.body {
            *body = without_nulls(std::mem::take(body));
            unseen.keep_in(body);
        }
        self.follow_step(kind, &current, step, taken).await
    }

    /// Moves a record on by a step that a change of this batch brings with it: the permission
    /// was asked for that change, so ask for it first.
    pub async fn follow_step(
        &mut self,
        kind: &'static str,
        current: &Record,
        step: &str,
        taken: Taken<'_>,
    ) -> Result<Record, RegistryError> {
        let lifecycle = &self.registry.declaration(kind)?.lifecycle;
        let about = || format!("{step} of {kind} {}", current.id);
        let known = lifecycle.step(step);
        let step = known.ok_or_else(|| RegistryError::refused(404, "unknown-step", about()))?;
        if !step.from.contains(&current.state.as_str()) {
            return Err(RegistryError::refused(409, "step-not-open", about()));
        }
        let reason = taken.reason.map(str::trim);
        let reason = reason.filter(|reason| !reason.is_empty());
        if step.needs_reason && reason.is_none() {
            return Err(comment::missing("reason"));
        }
        let author = if step.authors {
            self.caller.principal.account
        } else {
            current.author
        };
        let mut record = Record {
            version: current.version + 1,
            state: step.to.to_owned(),
            author,
            ..current.clone()
        };
        if let Some(body) = taken.body {
            record.body = without_nulls(body);
        }
        self.put(kind, &record, step.name, &current.body).await?;
        if let Some(reason) = reason {
            self.say(&record, step.name, reason).await?;
        }
        if !self.idle.contains(&current.id) {
            self.end_tasks(current.id).await?;
        }
        if let Some(rule) = step.opens.as_ref().filter(|_| !taken.within) {
            let due = rule.due(self.registry)?;
            self.open_task(kind, &record, rule.name, rule.role, due)
                .await?;
        }
        Ok(record)
    }

    /// Says something about a record.
    pub async fn comment(
        &mut self,
        kind: &'static str,
        record: &Record,
        text: &str,
    ) -> Result<(), RegistryError> {
        let principal = &self.caller.principal;
        self.registry
            .demand(principal, directory::Act::Comment, kind, record)?;
        self.registry.refuse_archived(kind, record)?;
        let text = text.trim();
        if text.is_empty() {
            return Err(comment::missing("text"));
        }
        self.say(record, "", text).await
    }

    /// Has all of it happen only if this epoch stands there still.
    pub(crate) fn over_epoch(&mut self, name: &str, epoch: i64) {
        let asked = (name.to_owned(), epoch);
        if !self.write.epochs.contains(&asked) {
            self.write.epochs.push(asked);
        }
    }

    /// Has records of packs be written only by the declaration that is applied.
    fn by_applied(&mut self, kind: &str) {
        let systems = self.registry.systems();
        if let (Some(epoch), Some(_)) = (systems.epoch(), systems.kind(kind)) {
            self.over_epoch(applied::EPOCH, epoch);
        }
    }

    /// Has every process derive again what depends on this epoch.
    pub fn bump(&mut self, epoch: &str) {
        self.write.ops.push(Op::Bump(epoch.to_owned()));
    }

    /// Has something done after the commit, at least once.
    pub fn enqueue(&mut self, job: NewJob) {
        self.write.ops.push(Op::Enqueue(job));
    }

    /// Ends the job whose effect this batch is, with it: the effect then happens once,
    /// however often the job is tried.
    pub fn complete(&mut self, job: Id, worker: Id) {
        self.write.ops.push(Op::CompleteJob { id: job, worker });
    }

    /// Whether nothing was gathered.
    pub fn is_empty(&self) -> bool {
        self.write.ops.is_empty()
    }

    /// Commits everything gathered. `answer` is what a repetition of the request is told.
    ///
    /// Gives the answer of the first time if this request was done before.
    pub async fn commit(self, answer: String) -> Result<Done, RegistryError> {
        self.submit(answer)?.done().await
    }

    /// Hands everything gathered over to be written behind all that was handed over before.
    pub(crate) fn submit(mut self, answer: String) -> Result<UnderWay<'a>, RegistryError> {
        self.write.idempotency = self.caller.idempotency.as_ref().map(|key| IdempotencyKey {
            account: self.write.actor.account,
            key: key.key.clone(),
            request_digest: key.digest,
            answer,
        });
        Ok(UnderWay {
            registry: self.registry,
            principal: &self.caller.principal,
            submitted: self.registry.store().submit(self.write)?,
        })
    }

    /// Looks ahead at the tasks of records that will take steps: one question for all of them
    /// instead of one for each. A task that is given meanwhile comes with another version of its
    /// record, and the step is refused.
    pub async fn look_ahead(
        &mut self,
        records: impl IntoIterator<Item = Id>,
    ) -> Result<(), RegistryError> {
        let records: HashSet<Id> = records.into_iter().collect();
        let busy = self.registry.with_tasks(&records).await?;
        self.idle.extend(records.difference(&busy));
        Ok(())
    }

    /// A record as it begins.
    pub fn begun(&self, draft: Draft) -> Result<Record, RegistryError> {
        let declaration = self.registry.declaration(draft.kind)?;
        let context = self.registry.store().context();
        Ok(Record {
            id: draft.id.unwrap_or_else(|| context.new_id()),
            version: 1,
            unit: draft.unit,
            state: declaration.lifecycle.initial.to_owned(),
            author: None,
            at: context.now(),
            body: without_nulls(draft.body),
        })
    }

    pub(crate) async fn put(
        &mut self,
        kind: &'static str,
        record: &Record,
        action: &str,
        before: &Map<String, Value>,
    ) -> Result<(), RegistryError> {
        let declaration = self.registry.declaration(kind)?;
        check(declaration, &record.body).map_err(RegistryError::Refused)?;
        let known = files(declaration, before);
        let files = files(declaration, &record.body);
        self.put_checked(kind, record, action, &known, files).await
    }

    /// Puts a record whose body was settled (`system`), or one of the program's own.
    pub(crate) async fn put_kept(
        &mut self,
        kind: &'static str,
        record: &Record,
        action: &str,
        before: &Map<String, Value>,
    ) -> Result<(), RegistryError> {
        let systems = self.registry.systems();
        let fields = systems.kind(kind).map_or(&[][..], |known| {
            systems.record(known).declared.fields.as_slice()
        });
        let mut known = BTreeSet::new();
        let mut named = BTreeSet::new();
        crate::system::files_in(fields, before, &mut known);
        crate::system::files_in(fields, &record.body, &mut named);
        let known: Vec<[u8; 32]> = known.into_iter().collect();
        let named = named.into_iter().collect();
        self.put_checked(kind, record, action, &known, named).await
    }

    /// Has maps of a kind be made anew, once for all that this batch changes.
    fn redraw(&mut self, kind: &str) {
        let is_drawn = self.registry.declaration(kind);
        if !is_drawn.is_ok_and(crate::Declaration::has_shapes) {
            return;
        }
        let epoch = crate::shapes::epoch(kind);
        let moved = |op: &Op| matches!(op, Op::Bump(name) if *name == epoch);
        if !self.write.ops.iter().any(moved) {
            self.write.ops.push(Op::Bump(epoch));
        }
    }

    /// Takes a record out of the lists; its versions stay.
    pub(crate) fn remove(&mut self, kind: &str, record: &Record, action: &str) {
        self.by_applied(kind);
        self.redraw(kind);
        self.write.ops.push(Op::Remove(Remove {
            table: kind.to_owned(),
            id: record.id,
            version: record.version,
            action: action.to_owned(),
        }));
    }

    /// Erases a record with all that its versions say; the audit still verifies.
    pub(crate) fn erase_record(&mut self, kind: &str, record: &Record) {
        self.by_applied(kind);
        self.redraw(kind);
        self.write.ops.push(Op::Erase(Remove {
            table: kind.to_owned(),
            id: record.id,
            version: record.version,
            action: "erase".to_owned(),
        }));
    }

    /// What was gathered so far.
    pub(crate) fn ops(&mut self) -> &mut Vec<Op> {
        &mut self.write.ops
    }

    async fn put_checked(
        &mut self,
        kind: &'static str,
        record: &Record,
        action: &str,
        known: &[[u8; 32]],
        files: Vec<[u8; 32]>,
    ) -> Result<(), RegistryError> {
        let declaration = self.registry.declaration(kind)?;
        for digest in files.iter().filter(|digest| !known.contains(digest)) {
            self.registry.demand_receipt(self.caller, digest).await?;
        }
        let put = declaration.put(record, action, files);
        let put =
            put.map_err(|error| RegistryError::refused(422, "not-canonical", error.to_string()))?;
        self.by_applied(kind);
        self.redraw(kind);
        self.write.ops.push(Op::Put(put));
        Ok(())
    }
}

/// A batch that waits to be written.
pub(crate) struct UnderWay<'a> {
    registry: &'a Registry,
    principal: &'a Principal,
    submitted: Submitted,
}

impl UnderWay<'_> {
    /// How it ended.
    pub(crate) async fn done(self) -> Result<Done, RegistryError> {
        match self.submitted.outcome().await {
            Ok(Outcome::Done(at)) => Ok(Done::Now(at)),
            Ok(Outcome::Repeated(answer)) => Ok(Done::Before(answer)),
            Err(error) => Err(self.registry.explain(self.principal, error).await),
        }
    }
}

/// How a batch ended well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// It is durable; the instant that its versions carry.
    Now(Instant),
    /// The same request was done before; this was its answer.
    Before(String),
}

impl Registry {
    /// A stale edit is answered with the record as it stands.
    async fn explain(&self, principal: &Principal, error: StoreError) -> RegistryError {
        if matches!(&error, StoreError::StaleEpoch { name } if name == applied::EPOCH) {
            return RegistryError::refused(503, "packs-applied", error.to_string());
        }
        let StoreError::Conflict {
            table,
            id,
            expected: Some(expected),
            current: Some(_),
        } = &error
        else {
            return error.into();
        };
        let told = Scope::bypass("who changes a record read it before");
        let current = self.store().fetch(table, &told, *id).await;
        let current = current.map_err(RegistryError::from);
        let current = current.and_then(|current| {
            let current = current.map(|current| mask::shown(principal, table, current));
            current.transpose()
        });
        match current {
            Ok(Some(current)) => RegistryError::Conflict {
                kind: table.clone(),
                expected: *expected,
                current: Box::new(current),
            },
            Ok(None) => error.into(),
            Err(other) => other,
        }
    }
}

pub(crate) fn without_nulls(body: Map<String, Value>) -> Map<String, Value> {
    body.into_iter()
        .filter(|(_, value)| !value.is_null())
        .collect()
}
