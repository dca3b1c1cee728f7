//! Making and changing records of systems.

use directory::Act;
use serde_json::{Map, Value};
use store::StoreError;
use vocab::{FieldProblem, Id};

use super::flow::Flow;
use super::kind::{CODE, CREATED_ON, FLOW, Kind};
use super::series::{self, TRIES, Taken};
use super::settle::{Settling, refuse};
use crate::{Batch, Caller, Done, Record, Registry, RegistryError};

/// What came of a change.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The record as it stands now.
    pub record: Record,
    /// What its rules say and do not hinder.
    pub warnings: Vec<FieldProblem>,
}

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
        let today = self.store().context().now().in_vietnam().date();
        let (mut record, warnings) = self.prepared(caller, kind, new).await?;
        let unit = record.unit;
        let mut flow = Flow::default();
        flow.enter(declared, &record.state, record.at);
        flow.keep(&mut record.body)?;
        let numbered = declared
            .record
            .code
            .as_ref()
            .filter(|series| series.at.is_none());
        let Some(numbered) = numbered else {
            let done = self.write_made(caller, kind, &record, None).await?;
            return self.kept(caller, kind, record, warnings, done).await;
        };
        let key = series::key(kind.name, numbered, unit, today);
        let unit_code = self.unit_code(unit).await?;
        let queue = self.queue(&key);
        let _turn = queue.lock().await;
        for _ in 0..TRIES {
            let taken = self.next_code(&key, numbered, &unit_code, today).await?;
            record
                .body
                .insert(CODE.to_owned(), Value::from(taken.code.clone()));
            match self.write_made(caller, kind, &record, Some(&taken)).await {
                Err(error) if is_other_number(&error, &taken) => {}
                Ok(done) => return self.kept(caller, kind, record, warnings, done).await,
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Contended(key).into())
    }

    /// Whether a record could be made: everything is asked but what only the writing shows, such
    /// as a unique value that is there already. Nothing is kept.
    pub async fn could_make(
        &self,
        caller: &Caller,
        kind: &Kind,
        new: NewRecord,
    ) -> Result<(), RegistryError> {
        self.prepared(caller, kind, new).await.map(|_| ())
    }

    /// A record that may be made, before it has a number, and what its rules say of it.
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

    async fn write_made(
        &self,
        caller: &Caller,
        kind: &Kind,
        record: &Record,
        taken: Option<&Taken>,
    ) -> Result<Done, RegistryError> {
        let mut batch = self.batch(caller);
        batch
            .put_kept(kind.name, record, "create", &Map::new())
            .await?;
        if let Some(taken) = taken {
            batch.put_series(taken).await?;
        }
        batch.open_tasks_of(kind, record).await?;
        let done = batch.commit(record.id.to_string()).await;
        done.map_err(|error| doubled(kind, error))
    }

    /// Gives a record of a system other fields, over the version that was read.
    pub async fn revise(
        &self,
        caller: &Caller,
        kind: &Kind,
        id: Id,
        version: i64,
        mut fields: Map<String, Value>,
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
        let mut batch = self.batch(caller);
        batch
            .put_kept(kind.name, &record, "edit", &current.body)
            .await?;
        let done = batch.commit(record.id.to_string()).await;
        let done = done.map_err(|error| doubled(kind, error))?;
        self.kept(caller, kind, record, settled.warnings, done)
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
        match version.filter(|version| *version != whole.version) {
            Some(expected) => Err(RegistryError::Conflict {
                kind: kind.name.to_owned(),
                expected,
                current: Box::new(seen),
            }),
            None => Ok(whole),
        }
    }

    /// Whose a new record is.
    fn owner(&self, caller: &Caller, kind: &Kind, new: &NewRecord) -> Result<Id, RegistryError> {
        let owner = &self
            .systems()
            .catalog()
            .record(kind.at)
            .declared
            .record
            .owner;
        if let Some(field) = &owner.field {
            let named = new.fields.get(&field.text).and_then(Value::as_str);
            let unit = named.and_then(|text| text.parse().ok());
            return unit.map_or_else(
                || {
                    refuse(
                        kind,
                        vec![FieldProblem::new(field.text.as_str(), "field-required")],
                    )?;
                    Ok(Id::NIL)
                },
                Ok,
            );
        }
        if let Some(unit) = new.unit {
            return Ok(unit);
        }
        let permissions = caller.principal.permissions();
        let mut held = permissions
            .clauses(Act::Create, kind.name)
            .filter_map(|clause| clause.held);
        let unit = held.next().map(|held| held.unit);
        unit.ok_or_else(|| {
            RegistryError::refused(403, "role-missing", format!("making a {}", kind.name))
        })
    }

    fn moved_owner(
        &self,
        kind: &Kind,
        current: &Record,
        body: &Map<String, Value>,
    ) -> Result<Id, RegistryError> {
        let owner = &self
            .systems()
            .catalog()
            .record(kind.at)
            .declared
            .record
            .owner;
        let Some(field) = &owner.field else {
            return Ok(current.unit);
        };
        let named = body.get(&field.text).and_then(Value::as_str);
        named.and_then(|text| text.parse().ok()).ok_or_else(|| {
            RegistryError::refused(
                422,
                "invalid-fields",
                format!("{} without its owner", kind.name),
            )
        })
    }

    pub(crate) async fn unit_code(&self, unit: Id) -> Result<String, RegistryError> {
        let tree = self.directory().units().await?;
        let code = tree.get(unit).and_then(|unit| unit.area_code.clone());
        Ok(code.unwrap_or_else(|| unit.to_string().chars().take(8).collect()))
    }

    /// What the same request did before, if this is a repetition.
    pub(crate) async fn made_before(
        &self,
        caller: &Caller,
        kind: &Kind,
    ) -> Result<Option<Kept>, RegistryError> {
        match self.answered(caller).await? {
            Some(answer) => self.before(caller, kind, &answer).await.map(Some),
            None => Ok(None),
        }
    }

    async fn before(
        &self,
        caller: &Caller,
        kind: &Kind,
        answer: &str,
    ) -> Result<Kept, RegistryError> {
        let id = answer
            .parse()
            .map_err(|_| RegistryError::refused(500, "internal", answer))?;
        let record = self.get(&caller.principal, kind.name, id).await?;
        Ok(Kept {
            record,
            warnings: Vec::new(),
        })
    }

    pub(crate) async fn kept(
        &self,
        caller: &Caller,
        kind: &Kind,
        mut record: Record,
        warnings: Vec<FieldProblem>,
        done: Done,
    ) -> Result<Kept, RegistryError> {
        match done {
            Done::Before(answer) => self.before(caller, kind, &answer).await,
            Done::Now(at) => {
                record.at = at;
                // It may have left the maker's reach: then they see no more of it than they sent.
                let shown = self.get(&caller.principal, kind.name, record.id).await;
                let record = match shown {
                    Ok(shown) => shown,
                    Err(RegistryError::NotFound { .. }) => record,
                    Err(error) => return Err(error),
                };
                Ok(Kept { record, warnings })
            }
        }
    }
}

/// A value that may not stand twice and does, said at its field.
pub(crate) fn doubled(kind: &Kind, error: RegistryError) -> RegistryError {
    let RegistryError::Store(StoreError::Duplicate { constraint }) = &error else {
        return error;
    };
    let unique = kind.declaration.fields.iter();
    let mut unique = unique.filter(|field| field.indexed == crate::Indexed::Unique);
    match unique.find(|field| constraint.contains(field.column)) {
        None => error,
        Some(field) => {
            let problem = vocab::Problem::new(422, "invalid-fields", kind.name);
            RegistryError::Refused(problem.at(FieldProblem::new(field.name, "value-taken")))
        }
    }
}

/// Whether another write took the number meanwhile.
pub(crate) fn is_other_number(error: &RegistryError, taken: &Taken) -> bool {
    let other = |table: &str| table == series::KIND;
    // Two writes may begin the same series: then its record itself is there twice.
    let is_first = taken.series.version == 1;
    match error {
        RegistryError::Store(StoreError::Duplicate { constraint }) => {
            let of_series = ["record_version", "head_series"];
            is_first && of_series.iter().any(|name| constraint.contains(name))
        }
        RegistryError::Store(StoreError::Conflict { table, .. }) => other(table),
        RegistryError::Conflict { kind, .. } => other(kind),
        _ => false,
    }
}

impl Batch<'_> {
    pub(crate) async fn put_series(&mut self, taken: &Taken) -> Result<(), RegistryError> {
        self.put_kept(series::KIND, &taken.series, "number", &Map::new())
            .await
    }
}

/// What of a body is for people: everything but its way.
pub fn fields_of(body: &Map<String, Value>) -> Map<String, Value> {
    let shown = body.iter().filter(|(name, _)| *name != FLOW);
    shown
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
