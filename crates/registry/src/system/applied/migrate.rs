//! Records brought to a later declaration, as its `[migration]` says.
//!
//! What is to be done to a record shows in the record: one that says nothing under an earlier name
//! any more is done. So work that was cut off goes on from the beginning and does nothing twice.

use std::collections::BTreeMap;

use directory::Principal;
use pack::Catalog;
use pack::RecordType;
use pack::change::{dropped, filled, moved, renames};
use pack::expression::Expression;
use serde_json::{Map, Value};
use store::ListQuery;

use super::everything;
use crate::system::facts;
use crate::system::fill::compute;
use crate::system::flow::Flow;
use crate::system::kind::Kind;
use crate::system::settle::Settling;
use crate::{Caller, Record, Registry, RegistryError};

/// How many records are written together.
const AT_ONCE: usize = 200;
/// How often a page is tried again whose records somebody else changes.
const TRIES: usize = 20;

/// What is done to the records of a type.
struct Plan<'a> {
    renamed: BTreeMap<&'a str, &'a str>,
    dropped: Vec<&'a str>,
    moved: BTreeMap<&'a str, &'a str>,
    filled: Vec<(&'a str, &'a Expression)>,
}

impl<'a> Plan<'a> {
    fn of(old: &'a RecordType, new: &'a RecordType) -> Self {
        Self {
            renamed: renames(old, new).collect(),
            dropped: dropped(old, new).collect(),
            moved: moved(old, new).collect(),
            filled: filled(old, new).collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.renamed.is_empty()
            && self.dropped.is_empty()
            && self.moved.is_empty()
            && self.filled.is_empty()
    }

    /// Names and states as they are called later.
    fn names(&self, record: &mut Record) {
        for (from, to) in &self.renamed {
            if let Some(value) = record.body.remove(*from) {
                record.body.insert((*to).to_owned(), value);
            }
        }
        for name in &self.dropped {
            record.body.remove(*name);
        }
        if let Some(to) = self.moved.get(record.state.as_str()) {
            record.state = (*to).to_owned();
        }
    }
}

impl Registry {
    /// Brings every record to this registry's declaration from an earlier one; says after each
    /// batch how many are done, and gives their number.
    ///
    /// The application must have begun, so that nobody writes by the earlier one meanwhile.
    pub async fn migrate(
        &self,
        caller: &Caller,
        earlier: &Catalog,
        told: &mut (dyn FnMut(u64) + Send),
    ) -> Result<u64, RegistryError> {
        let systems = self.systems().clone();
        let mut count = 0;
        for (at, old) in earlier.records() {
            let pack = &earlier.packs[at.pack].declared.pack.id;
            let Some(kind) = systems.find(pack, &old.declared.record.id) else {
                continue;
            };
            let plan = Plan::of(old, systems.record(kind));
            if plan.is_empty() {
                continue;
            }
            let mut query = ListQuery::new(kind.name, everything()).limit(AT_ONCE);
            let mut tries = 0;
            loop {
                let page = self.list_all(&query).await?;
                match self.migrate_page(caller, kind, &plan, page.items).await {
                    Ok(done) => {
                        count += done;
                        if done > 0 {
                            told(count);
                        }
                    }
                    // Somebody else brings the same records on: read them again.
                    Err(error) if error.is_conflict() && tries < TRIES => {
                        tries += 1;
                        continue;
                    }
                    Err(error) => return Err(error),
                }
                tries = 0;
                match page.next {
                    Some(next) => query.after = Some(next),
                    None => break,
                }
            }
        }
        Ok(count)
    }

    async fn migrate_page(
        &self,
        caller: &Caller,
        kind: &Kind,
        plan: &Plan<'_>,
        records: Vec<Record>,
    ) -> Result<u64, RegistryError> {
        let mut batch = self.batch(caller);
        let mut count = 0;
        for before in records {
            let mut record = before.clone();
            plan.names(&mut record);
            self.fill_in(kind, plan, &mut record).await?;
            let has_moved = record.state != before.state;
            if !has_moved && record.body == before.body {
                continue;
            }
            if has_moved {
                self.enter(kind, &mut record)?;
            }
            record.version += 1;
            batch
                .put_kept(kind.name, &record, "migrate", &before.body)
                .await?;
            if has_moved {
                batch.end_tasks(record.id).await?;
                batch.open_tasks_of(kind, &record).await?;
                batch.tell(kind, &record, &before.body, None)?;
            }
            count += 1;
        }
        if count > 0 {
            batch.commit(String::new()).await?;
        }
        Ok(count)
    }

    /// Gives a record what it lacks, and what is computed from that.
    async fn fill_in(
        &self,
        kind: &Kind,
        plan: &Plan<'_>,
        record: &mut Record,
    ) -> Result<(), RegistryError> {
        let lacks = |body: &Map<String, Value>| {
            let filled = plan.filled.iter();
            filled.filter(|(name, _)| !body.contains_key(*name)).count()
        };
        if lacks(&record.body) == 0 {
            return Ok(());
        }
        let systems = self.systems().clone();
        let declared = &systems.record(kind).declared;
        let principal = Principal::system();
        let settling = Settling {
            kind,
            principal: &principal,
            record,
            is_new: false,
            step: None,
        };
        let mut ground = self.ground(&settling, declared, &record.body).await?;
        let mut changed = false;
        for (name, value) in &plan.filled {
            let field = declared.fields.iter().find(|field| field.id.text == **name);
            let Some(field) = field.filter(|_| !record.body.contains_key(*name)) else {
                continue;
            };
            let value = facts::kept(field, &ground.evaluate(value, None));
            changed |= value.is_some();
            ground.put(field, value, &mut record.body);
        }
        if changed {
            compute(declared, &mut record.body, &mut ground);
        }
        Ok(())
    }

    /// Starts and stops the clocks of the state in which a record stands now; approvals of steps
    /// that it left are void.
    fn enter(&self, kind: &Kind, record: &mut Record) -> Result<(), RegistryError> {
        let systems = self.systems().clone();
        let declared = &systems.record(kind).declared;
        let mut flow = Flow::of(&record.body);
        flow.approvals.clear();
        flow.enter(declared, &record.state, self.store().context().now());
        flow.keep(&mut record.body)
    }
}
