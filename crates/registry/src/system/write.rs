//! Making and changing records of systems.

use directory::Act;
use serde_json::{Map, Value};
use vocab::{FieldProblem, Id};

use super::flow::Flow;
use super::keep::{Keeping, Kept, Tasks};
use super::kind::{CREATED_ON, Kind};
use super::settle::Settling;
use crate::{Caller, Record, Registry, RegistryError, mask};

/// A record to be made.
#[derive(Clone, Debug, Default)]
pub struct NewRecord {
    /// Its identity; a fresh one if none is given.
    pub id: Option<Id>,
    /// Whose it will be, where no field says so; the first unit in which the maker may make one.
    pub unit: Option<Id>,
    /// Its fields.
    pub fields: Map<String, Value>,
}

/// What a record is to say.
enum Revised {
    /// All of it.
    Whole(Map<String, Value>),
    /// What its sender was shown, as they would have it.
    Shown(Map<String, Value>),
}

impl Registry {
    /// Makes a record of a system.
    ///
    /// A repetition of the same request gives the record that the first one made.
    pub async fn make(
        &self,
        caller: &Caller,
        kind: &Kind,
        new: NewRecord,
    ) -> Result<Kept, RegistryError> {
        if let Some(before) = self.made_before(caller, kind).await? {
            return Ok(before);
        }
        let systems = self.systems().clone();
        let declared = &systems.catalog().record(kind.at).declared;
        let (record, warnings) = self.begin(caller, kind, new).await?;
        let keeping = Keeping {
            kind,
            action: "create",
            before: &Map::new(),
            reason: None,
            tasks: Tasks::Begin,
            series: declared
                .record
                .code
                .as_ref()
                .filter(|series| series.at.is_none()),
        };
        let kept = self.keep(caller, &keeping, record, warnings).await?;
        self.moved_on(caller, kind, &Map::new(), kept).await
    }

    /// A record that may be made, as it begins, before it has a number, and what its rules say of
    /// it. Everything is asked but what only the writing shows, such as a unique value that is
    /// there already.
    pub(crate) async fn begin(
        &self,
        caller: &Caller,
        kind: &Kind,
        new: NewRecord,
    ) -> Result<(Record, Vec<FieldProblem>), RegistryError> {
        let systems = self.systems().clone();
        let declared = &systems.catalog().record(kind.at).declared;
        let (mut record, warnings) = self.prepared(caller, kind, new).await?;
        let mut flow = Flow::default();
        flow.enter(declared, &record.state, record.at);
        flow.keep(&mut record.body)?;
        Ok((record, warnings))
    }

    /// What is asked of it, and what follows from that.
    async fn prepared(
        &self,
        caller: &Caller,
        kind: &Kind,
        new: NewRecord,
    ) -> Result<(Record, Vec<FieldProblem>), RegistryError> {
        let context = self.store().context();
        let now = context.now();
        let today = now.in_vietnam().date();
        let unit = self.owner(caller, kind, &new)?;
        let mut record = Record {
            id: new.id.unwrap_or_else(|| context.new_id()),
            version: 1,
            unit,
            state: kind.initial().to_owned(),
            author: caller.principal.account,
            at: now,
            body: Map::from_iter([(CREATED_ON.to_owned(), Value::from(today.to_string()))]),
        };
        let settling = Settling {
            kind,
            principal: &caller.principal,
            record: &record,
            is_new: true,
            step: None,
        };
        let settled = self.settle(&settling, new.fields).await?;
        record.body = settled.body;
        self.demand(&caller.principal, Act::Create, kind.name, &record)?;
        self.refuse_doubles(kind, &record).await?;
        Ok((record, settled.warnings))
    }

    /// Gives a record of a system other fields, over the version that was read: what is not named
    /// is empty.
    pub async fn revise(
        &self,
        caller: &Caller,
        kind: &Kind,
        id: Id,
        version: i64,
        fields: Map<String, Value>,
    ) -> Result<Kept, RegistryError> {
        self.revise_as(caller, kind, id, version, Revised::Whole(fields))
            .await
    }

    /// The same by somebody who goes by the record as they are shown it: what is hidden from them
    /// and not named stays as it is.
    pub async fn revise_shown(
        &self,
        caller: &Caller,
        kind: &Kind,
        id: Id,
        version: i64,
        fields: Map<String, Value>,
    ) -> Result<Kept, RegistryError> {
        self.revise_as(caller, kind, id, version, Revised::Shown(fields))
            .await
    }

    async fn revise_as(
        &self,
        caller: &Caller,
        kind: &Kind,
        id: Id,
        version: i64,
        revised: Revised,
    ) -> Result<Kept, RegistryError> {
        if let Some(before) = self.made_before(caller, kind).await? {
            return Ok(before);
        }
        let principal = &caller.principal;
        let current = self.to_change(caller, kind, id, Some(version)).await?;
        if !kind.is_editable(&current.state) {
            return Err(RegistryError::refused(
                409,
                "not-editable",
                format!("{} {id}", kind.name),
            ));
        }
        self.demand(principal, Act::Edit, kind.name, &current)?;
        let mut fields = match revised {
            Revised::Whole(fields) => fields,
            Revised::Shown(fields) => {
                let masked = self.masked(principal, kind, &current);
                mask::with_unshown(fields, &current.body, &masked)
            }
        };
        // What an administrator hides from somebody stays as it is; what a pack calls personal
        // is shown to whoever may correct it.
        for field in Self::hidden_from_editors(principal, kind, &current) {
            fields.remove(&field);
            fields.extend(
                current
                    .body
                    .get(&field)
                    .map(|value| (field.clone(), value.clone())),
            );
        }
        let settling = Settling {
            kind,
            principal,
            record: &current,
            is_new: false,
            step: None,
        };
        let settled = self.settle(&settling, fields).await?;
        let record = Record {
            version: current.version + 1,
            unit: self.moved_owner(kind, &current, &settled.body)?,
            body: settled.body,
            ..current.clone()
        };
        self.demand(principal, Act::Edit, kind.name, &record)?;
        self.refuse_doubles(kind, &record).await?;
        let keeping = Keeping {
            kind,
            action: "edit",
            before: &current.body,
            reason: None,
            tasks: Tasks::Stay,
            series: None,
        };
        let kept = self.keep(caller, &keeping, record, settled.warnings);
        self.moved_on(caller, kind, &current.body, kept.await?)
            .await
    }

    /// Deletes a record that is still where it began.
    pub async fn discard(
        &self,
        caller: &Caller,
        kind: &Kind,
        id: Id,
        version: i64,
    ) -> Result<(), RegistryError> {
        if self.answered(caller).await?.is_some() {
            return Ok(());
        }
        let current = self.to_change(caller, kind, id, Some(version)).await?;
        if current.state != kind.initial() {
            return Err(RegistryError::refused(
                409,
                "not-a-draft",
                format!("{} {id}", kind.name),
            ));
        }
        self.demand(&caller.principal, Act::Delete, kind.name, &current)?;
        let mut batch = self.batch(caller);
        batch.remove(kind.name, &current, "delete");
        batch.end_tasks(id).await?;
        batch.commit(id.to_string()).await?;
        Ok(())
    }

    /// The whole record, for a change by somebody who may read it.
    pub(crate) async fn to_change(
        &self,
        caller: &Caller,
        kind: &Kind,
        id: Id,
        version: Option<i64>,
    ) -> Result<Record, RegistryError> {
        let seen = self.get(&caller.principal, kind.name, id).await?;
        let whole = self.find(kind.name, id).await?;
        let whole = whole.ok_or_else(|| RegistryError::NotFound {
            kind: kind.name.to_owned(),
            id,
        })?;
        self.refuse_archived(kind.name, &whole)?;
        match version.filter(|version| *version != whole.version) {
            Some(seen)
                if self
                    .only_arranged(kind.name, id, seen, whole.version)
                    .await? =>
            {
                Ok(whole)
            }
            Some(expected) => Err(RegistryError::Conflict {
                kind: kind.name.to_owned(),
                expected,
                current: Box::new(seen),
            }),
            None => Ok(whole),
        }
    }
}
