//! Taking a step back: whoever took one that its pack lets be taken back does so for as long as it
//! says, while nobody has done anything with the record since.
//!
//! The record says and stands again what it said and where it stood before, in a version of its
//! own: the step stays in its history and in the audit. The tasks that the step ended wait again,
//! until the day that they were given.

use directory::Principal;
use pack::declaration::{RecordFile, Step};
use store::{Scope, Version};
use vocab::{Id, Instant};

use super::flow::due;
use super::keep::{Kept, doubled};
use super::kind::{CODE, Kind};
use super::open_steps::roles_of;
use crate::record::parse_body;
use crate::{Batch, Caller, Record, Registry, RegistryError};

/// What a step that is taken back is called in the audit begins so, then comes its id.
pub const UNDO: &str = "undo.";

/// A step that its taker may take back.
#[derive(Clone, Debug, PartialEq)]
pub struct Undoable {
    /// The step's id.
    pub step: String,
    /// Until when.
    pub until: Instant,
    /// When it was taken.
    taken: Instant,
    /// The record as it stood before.
    before: Record,
}

impl Registry {
    /// The step that brought a record where it stands, if this principal may take it back now.
    pub async fn undoable(
        &self,
        principal: &Principal,
        kind: &Kind,
        record: &Record,
    ) -> Result<Option<Undoable>, RegistryError> {
        let systems = self.systems().clone();
        let declared = &systems.catalog().record(kind.at).declared;
        let steps = declared.lifecycle.iter().flat_map(|life| &life.steps);
        if !steps.clone().any(|step| step.undo.is_some()) || record.version < 2 {
            return Ok(None);
        }
        let told = Scope::bypass("who took the step that may be taken back, and what was before");
        let versions = self.store().history(kind.name, &told, record.id, 2).await?;
        let [taken, before] = &versions[..] else {
            return Ok(None);
        };
        let newest = taken.version == record.version && taken.body.is_some();
        let own = principal.account == Some(taken.actor) && taken.on_behalf.is_none();
        let Some(step) = step_between(declared, taken, before).filter(|_| newest && own) else {
            return Ok(None);
        };
        let (Some(term), Some(body)) = (step.undo, &before.body) else {
            return Ok(None);
        };
        let until = due(term, taken.at, self.calendar());
        let now = self.store().context().now();
        let Some(until) = until.filter(|until| now < *until) else {
            return Ok(None);
        };
        let before = Record {
            version: before.version,
            unit: before.unit,
            state: before.state.clone(),
            at: before.at,
            body: parse_body(record.id, body)?,
            ..record.clone()
        };
        // A number that was given is not given again.
        if record.body.get(CODE) != before.body.get(CODE) {
            return Ok(None);
        }
        // Whoever lost the role since takes nothing back.
        let roles = roles_of(step).unwrap_or_default();
        let may = Self::role_for(principal, kind, &before, &roles, true).is_some();
        Ok(may.then(|| Undoable {
            step: step.id.text.clone(),
            until,
            taken: taken.at,
            before,
        }))
    }

    /// Takes back the step that brought a record where it stands. `version` is the one that was
    /// read.
    ///
    /// Refused with `step-not-undoable` where nobody may, or this caller may not, or not any more.
    pub async fn undo_step(
        &self,
        caller: &Caller,
        kind: &Kind,
        id: Id,
        version: i64,
    ) -> Result<Kept, RegistryError> {
        if let Some(before) = self.made_before(caller, kind).await? {
            return Ok(before);
        }
        let current = self.to_change(caller, kind, id, Some(version)).await?;
        let undoable = self.undoable(&caller.principal, kind, &current).await?;
        let refused =
            || RegistryError::refused(409, "step-not-undoable", format!("{} {id}", kind.name));
        let undoable = undoable.ok_or_else(refused)?;
        let record = Record {
            version: current.version + 1,
            ..undoable.before
        };
        let action = format!("{UNDO}{}", undoable.step);
        let mut batch = self.batch(caller);
        batch
            .put_kept(kind.name, &record, &action, &current.body)
            .await?;
        batch.restore_tasks(record.id, undoable.taken).await?;
        batch.tell_followers(kind, &record).await?;
        let done = batch.commit(record.id.to_string()).await;
        let done = done.map_err(|error| doubled(kind, error))?;
        self.kept(caller, kind, record, Vec::new(), done).await
    }
}

impl Batch<'_> {
    /// Ends the tasks that wait, and has those wait again that ended at an instant.
    async fn restore_tasks(&mut self, record: Id, ended: Instant) -> Result<(), RegistryError> {
        let registry = self.registry();
        let told = Scope::bypass("the tasks of a record whose step is taken back");
        self.end_tasks(record).await?;
        for task in registry.done_tasks(record).await? {
            if task.at != ended {
                continue;
            }
            let store = registry.store();
            let before = store.fetch_version("task", &told, task.id, task.version - 1);
            if let Some(body) = before.await?.and_then(|version| version.body) {
                let body = parse_body(task.id, &body)?;
                self.note("task", &task, body, "reopen").await?;
            }
        }
        Ok(())
    }
}

/// The step that led from one version to the next, if it may be taken back at all.
fn step_between<'a>(
    declared: &'a RecordFile,
    taken: &Version,
    before: &Version,
) -> Option<&'a Step> {
    let mut steps = declared.lifecycle.iter().flat_map(|life| &life.steps);
    steps.find(|step| {
        *step.id.text == *taken.action
            && step.undo.is_some()
            && *step.to.text == *taken.state
            && step.from.iter().any(|from| **from == *before.state)
            && before.version + 1 == taken.version
    })
}
