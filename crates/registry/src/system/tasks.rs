//! Tasks that a system's lifecycle gives: to whoever must take a step by a term, and to others
//! whom a step waits for.

use directory::permission::reach_as;
use directory::{Act, Principal, Role};
use pack::declaration::{RecordFile, Step, SubTask};
use serde_json::Value;
use store::ListQuery;
use vocab::{Id, Instant};

use super::facts::Ground;
use super::flow;
use super::kind::Kind;
use super::open_steps::{roles_of, steps_from};
use super::settle::Settling;
use crate::task::OpenTask;
use crate::{Batch, Caller, Record, Registry, RegistryError};

/// What a task is called: its step, or what is to be done before it.
pub(crate) fn name(step: &Step, task: Option<&SubTask>) -> String {
    match task {
        None => step.id.text.clone(),
        Some(task) => format!("{}.{}", &*step.id, &*task.id),
    }
}

impl Batch<'_> {
    /// Opens the tasks that wait in the state in which a record stands now.
    pub(crate) async fn open_tasks_of(
        &mut self,
        kind: &Kind,
        record: &Record,
    ) -> Result<(), RegistryError> {
        let registry = self.registry();
        let systems = registry.systems().clone();
        let declared = &systems.catalog().record(kind.at).declared;
        let now = registry.store().context().now();
        for step in steps_from(declared, &record.state) {
            let Some(roles) = roles_of(step) else {
                continue;
            };
            if let Some(term) = step.within
                && let Some(due) = flow::due(term, now, registry.calendar())
            {
                for role in roles {
                    self.give_task(kind.name, record, &name(step, None), role, record.unit, due)
                        .await?;
                }
            }
            for task in &step.tasks {
                self.open_sub_task(kind, declared, record, step, task, now)
                    .await?;
            }
        }
        Ok(())
    }

    async fn open_sub_task(
        &mut self,
        kind: &Kind,
        declared: &RecordFile,
        record: &Record,
        step: &Step,
        task: &SubTask,
        now: Instant,
    ) -> Result<(), RegistryError> {
        let registry = self.registry();
        if let Some(when) = &task.when {
            let principal = Principal::system();
            let settling = Settling {
                kind,
                principal: &principal,
                record,
                is_new: false,
                step: None,
            };
            let ground: Ground = registry.ground(&settling, declared, &record.body).await?;
            if !ground.holds(when, None) {
                return Ok(());
            }
        }
        let named = task
            .unit
            .as_ref()
            .and_then(|field| record.body.get(&field.text)?.as_str()?.parse().ok());
        let unit: Id = named.unwrap_or(record.unit);
        // Without a term of its own it has the step's, or a month.
        let term = task.within.or(step.within);
        let due = term.and_then(|term| flow::due(term, now, registry.calendar()));
        let due = due.unwrap_or_else(|| now.plus_seconds(30 * 86_400));
        self.give_task(
            kind.name,
            record,
            &name(step, Some(task)),
            &task.role,
            unit,
            due,
        )
        .await
    }
}

/// A task of a record that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its identity.
    pub id: Id,
    /// What to do: a step, or `step.task`.
    pub name: String,
    /// The role that is to do it.
    pub role: String,
    /// The unit in which it is held.
    pub unit: Id,
    /// Until when.
    pub due: Instant,
    /// Whether the reader may say that it is done.
    pub mine: bool,
}

impl Registry {
    /// What waits to be done with a record, for those who may read it.
    pub async fn waiting(
        &self,
        principal: &Principal,
        record: Id,
    ) -> Result<Vec<Waiting>, RegistryError> {
        let mut waiting = Vec::new();
        for open in self.open_tasks(record).await? {
            let task = open.record();
            let text = |name: &str| {
                task.body
                    .get(name)
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned()
            };
            let queue = text("queue");
            // A step is taken in its own form; only what it waits for is said to be done.
            let mine = open.name().contains('.') && self.does(principal, &queue, task).await?;
            waiting.push(Waiting {
                id: task.id,
                name: text("name"),
                mine,
                role: queue,
                unit: task.unit,
                due: Instant::from_micros(
                    task.body
                        .get("due")
                        .and_then(Value::as_i64)
                        .unwrap_or_default(),
                ),
            });
        }
        Ok(waiting)
    }

    /// Whether a task of a role reaches somebody who holds it.
    async fn does(
        &self,
        principal: &Principal,
        queue: &str,
        task: &Record,
    ) -> Result<bool, RegistryError> {
        let Some(role) = Role::coded(queue) else {
            return Ok(false);
        };
        let scope = reach_as(principal, role, Act::Read, "task");
        let query = ListQuery::new("task", scope).filter("record", record_of(task));
        let page = self.store().list(&query).await?;
        Ok(page.items.iter().any(|head| head.id == task.id))
    }

    /// Says that what a step waited for is done.
    pub async fn finish_task(
        &self,
        caller: &Caller,
        kind: &Kind,
        record: Id,
        task: Id,
    ) -> Result<(), RegistryError> {
        if self.answered(caller).await?.is_some() {
            return Ok(());
        }
        let seen = self.get(&caller.principal, kind.name, record).await?;
        self.refuse_archived(kind.name, &seen)?;
        let missing = || RegistryError::NotFound {
            kind: "task".to_owned(),
            id: task,
        };
        let open = self
            .open_tasks(record)
            .await?
            .into_iter()
            .find(|open: &OpenTask| open.record().id == task);
        let open = open.ok_or_else(missing)?;
        let queue = open
            .record()
            .body
            .get("queue")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if !open.name().contains('.') || !self.does(&caller.principal, queue, open.record()).await?
        {
            return Err(RegistryError::refused(
                403,
                "role-missing",
                format!("the task {task}"),
            ));
        }
        let mut batch = self.batch(caller);
        batch.close_task(&open).await?;
        batch.commit(task.to_string()).await?;
        Ok(())
    }
}

fn record_of(task: &Record) -> Id {
    let named = task.body.get("record").and_then(Value::as_str);
    named.and_then(|id| id.parse().ok()).unwrap_or(Id::NIL)
}
