//! What follows from a change that was permitted: records and tasks that it brings with it.

use directory::Role;
use serde_json::{Map, Value, json};
use vocab::{Id, Instant};

use crate::batch::without_nulls;
use crate::comment::object;
use crate::{Batch, Draft, Record, RegistryError};

impl Batch<'_> {
    /// Makes a record that a change of this batch brings with it: the permission was asked
    /// for that change, so ask for it first.
    pub async fn follow(&mut self, draft: Draft) -> Result<Record, RegistryError> {
        let declaration = self.registry.declaration(draft.kind)?;
        let context = self.registry.store().context();
        let record = Record {
            id: draft.id.unwrap_or_else(|| context.new_id()),
            version: 1,
            unit: draft.unit,
            state: declaration.lifecycle.initial.to_owned(),
            author: None,
            at: context.now(),
            body: without_nulls(draft.body),
        };
        self.put(draft.kind, &record, "create", &Map::new()).await?;
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

    /// Gives whoever holds a role in a record's unit something to do with it.
    pub async fn open_task(
        &mut self,
        kind: &str,
        record: &Record,
        name: &str,
        role: Role,
        due: Instant,
    ) -> Result<(), RegistryError> {
        let body = object(json!({
            "name": name,
            "queue": role.value(),
            "kind": kind,
            "record": record.id.to_string(),
            "due": due.as_micros(),
        }))?;
        self.create_unasked("task", record.unit, body).await
    }

    /// Ends what anybody was to do with a record.
    pub async fn end_tasks(&mut self, record: Id) -> Result<(), RegistryError> {
        for open in self.registry.open_tasks(record).await? {
            self.put_task(&open.done(), "close").await?;
        }
        Ok(())
    }
}
