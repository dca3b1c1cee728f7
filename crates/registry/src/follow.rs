//! What follows from a change that was permitted: records, tasks and reasons that it brings with
//! it.

use directory::Role;
use serde_json::{Map, Value};
use vocab::{Id, Instant};

use crate::batch::without_nulls;
use crate::task::{self, OpenTask};
use crate::{Batch, Draft, Record, RegistryError, comment};

impl Batch<'_> {
    /// Makes a record that a change of this batch brings with it: the permission was asked
    /// for that change, so ask for it first.
    pub async fn follow(&mut self, draft: Draft) -> Result<Record, RegistryError> {
        let kind = draft.kind;
        let record = self.begun(draft)?;
        self.put(kind, &record, "create", &Map::new()).await?;
        Ok(record)
    }

    /// The same of a record that repeats what another one says: its files are that one's, sent by
    /// whoever wrote it.
    pub async fn follow_from(
        &mut self,
        draft: Draft,
        source: &Record,
    ) -> Result<Record, RegistryError> {
        let kind = draft.kind;
        let record = self.begun(draft)?;
        self.put(kind, &record, "create", &source.body).await?;
        Ok(record)
    }

    /// Gives a record another body, as a change of this batch brings with it or as the
    /// program itself notes down. `action` is what the audit shows.
    pub async fn note(
        &mut self,
        kind: &'static str,
        current: &Record,
        body: Map<String, Value>,
        action: &str,
    ) -> Result<Record, RegistryError> {
        let record = Record {
            version: current.version + 1,
            body: without_nulls(body),
            ..current.clone()
        };
        self.put(kind, &record, action, &current.body).await?;
        Ok(record)
    }

    /// Keeps what was said of a record; `step` is the one whose reason it is, empty for none.
    pub(crate) async fn say(
        &mut self,
        record: &Record,
        step: &str,
        text: &str,
    ) -> Result<(), RegistryError> {
        let body = comment::body(record, step, text, &self.caller.principal)?;
        self.follow(beside("comment", record.unit, body)).await?;
        Ok(())
    }

    /// Gives whoever holds a role in a record's unit something to do with it.
    pub async fn open_task(
        &mut self,
        kind: &str,
        record: &Record,
        name: &str,
        role: Role,
        due: Instant,
    ) -> Result<(), RegistryError> {
        self.give_task(kind, record, name, role.value(), record.unit, due)
            .await
    }

    /// The same to whoever holds a role, named by its code, in any unit.
    pub(crate) async fn give_task(
        &mut self,
        kind: &str,
        record: &Record,
        name: &str,
        role: &str,
        unit: Id,
        due: Instant,
    ) -> Result<(), RegistryError> {
        let body = task::body(kind, record.id, name, role, due)?;
        self.follow(beside("task", unit, body)).await?;
        Ok(())
    }

    /// Ends what anybody was to do with a record.
    pub async fn end_tasks(&mut self, record: Id) -> Result<(), RegistryError> {
        for open in self.registry.open_tasks(record).await? {
            self.close_task(&open).await?;
        }
        Ok(())
    }

    pub(crate) async fn close_task(&mut self, open: &OpenTask) -> Result<(), RegistryError> {
        self.put("task", &open.done(), "close", &open.record().body)
            .await
    }
}

fn beside(kind: &'static str, unit: Id, body: Map<String, Value>) -> Draft {
    Draft {
        kind,
        id: None,
        unit,
        body,
    }
}
