//! Carrying out what is due, in batches.
//!
//! Each batch is one write with the count of its day, over the epoch of holds: of two processes
//! that do the same at once one fails and reads again, and what a power cut stops is found again
//! where it stands.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use directory::Principal;
use pack::declaration::{Field, FieldType, RetentionEnd};
use pack::shape::Choice;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use store::{ListQuery, Op, Redaction, Since, SinceQuery};
use vocab::{Id, Instant, canonical};

use super::confirm::{PAGE, Standing, is_meanwhile, mark_column};
use super::hold::{HOLD, hold_id, standing};
use super::{ARCHIVED, EPOCH, ERASED, RUN, Rule, everything, id_of, next};
use crate::record::parse_body;
use crate::system::files_in;
use crate::system::kind::{CODE, CREATED_ON, Kind};
use crate::{Batch, Caller, Record, Registry, RegistryError, mask};

/// How many records are written together.
const AT_ONCE: usize = 100;
/// How often a batch is tried again whose records somebody else changes.
const TRIES: usize = 20;
/// From this hour on, in Viet Nam: people are not at work then.
const FROM: jiff::civil::Time = jiff::civil::time(1, 0, 0, 0);

/// How many records of a unit it was, in one of the states.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Tally {
    pub unit: Id,
    pub state: String,
    pub count: u64,
}

#[derive(Serialize, Deserialize)]
pub(super) struct RunBody {
    pub kind: String,
    pub day: String,
    pub then: String,
    pub legal: String,
    pub counts: Vec<Tally>,
}

impl Registry {
    /// Carries out what is due for all record types, once a day in this process; gives for how
    /// many records it did.
    pub async fn run_retention(&self) -> Result<u64, RegistryError> {
        let now = self.store().context().now().in_vietnam();
        let epoch = self.store().epoch(EPOCH).await?;
        let turn = (now.date(), epoch);
        if now.time() < FROM || self.retention_turn(None) == Some(turn) {
            return Ok(0);
        }
        let count = self.retain_all().await?;
        self.retention_turn(Some(turn));
        Ok(count)
    }

    /// Carries out what is due for all record types now.
    pub async fn retain_all(&self) -> Result<u64, RegistryError> {
        let request = self.store().context().new_id();
        let caller = Caller::new(Principal::system(), "job", request);
        let systems = self.systems().clone();
        let mut count = 0;
        for kind in systems.kinds() {
            let Some(rule) = Rule::of(&systems.record(kind).declared) else {
                continue;
            };
            count += self.retain(&caller, kind, &rule).await?;
        }
        Ok(count)
    }

    /// Carries out what is due for one record type.
    async fn retain(
        &self,
        caller: &Caller,
        kind: &Kind,
        rule: &Rule<'_>,
    ) -> Result<u64, RegistryError> {
        if self.begin_rule(caller, kind, rule).await? != Standing::InForce {
            return Ok(0);
        }
        let everything = everything();
        let mut count = 0;
        for state in rule.after {
            let mut after = Id::NIL;
            loop {
                let query = SinceQuery {
                    table: kind.name,
                    scope: &everything,
                    state: &state.text,
                    empty: mark_column(kind, rule),
                    after,
                    limit: PAGE,
                };
                let page = self.store().standing_since(&query).await?;
                let now = self.store().context().now();
                let due: Vec<&Since> = page
                    .iter()
                    .filter(|one| {
                        let due = rule.due(one.since, self.calendar());
                        due.is_some_and(|due| due <= now)
                    })
                    .collect();
                for some in due.chunks(AT_ONCE) {
                    count += self.retain_these(caller, kind, rule, some).await?;
                }
                match page.last() {
                    Some(last) if page.len() == PAGE => after = last.id,
                    _ => break,
                }
            }
        }
        Ok(count)
    }

    async fn retain_these(
        &self,
        caller: &Caller,
        kind: &Kind,
        rule: &Rule<'_>,
        due: &[&Since],
    ) -> Result<u64, RegistryError> {
        for _ in 0..TRIES {
            match self.try_these(caller, kind, rule, due).await {
                Err(error) if is_meanwhile(&error) => {}
                done => return done,
            }
        }
        // Whoever changes them all the time leaves them for tomorrow.
        Ok(0)
    }

    async fn try_these(
        &self,
        caller: &Caller,
        kind: &Kind,
        rule: &Rule<'_>,
        due: &[&Since],
    ) -> Result<u64, RegistryError> {
        let epoch = self.store().epoch(EPOCH).await?;
        let ids = || due.iter().map(|one| one.id);
        let mut held = HashSet::new();
        for hold in self.find_these(HOLD, ids().map(hold_id)).await? {
            if standing(&hold)?.is_some() {
                held.insert(hold.id);
            }
        }
        let versions: BTreeMap<Id, i64> = due.iter().map(|one| (one.id, one.version)).collect();
        let mut records = self.find_these(kind.name, ids()).await?;
        // What was changed since it was looked for is looked at tomorrow.
        records.retain(|record| {
            versions.get(&record.id) == Some(&record.version) && !held.contains(&hold_id(record.id))
        });
        if records.is_empty() {
            return Ok(0);
        }
        records.sort_by_key(|record| record.id);
        let now = self.store().context().now();
        let mut batch = self.batch(caller);
        batch.over_epoch(EPOCH, epoch);
        for record in &records {
            match rule.then {
                RetentionEnd::Archive => batch.archive(kind, record, now).await?,
                RetentionEnd::Erase => batch.erase(kind, record).await?,
                RetentionEnd::ErasePersonal => batch.erase_personal(kind, record, now).await?,
            }
        }
        self.count_run(&mut batch, kind, rule, &records, now)
            .await?;
        batch.commit(String::new()).await?;
        Ok(records.len() as u64)
    }

    /// Adds to what was done today, in the same write.
    async fn count_run(
        &self,
        batch: &mut Batch<'_>,
        kind: &Kind,
        rule: &Rule<'_>,
        records: &[Record],
        now: Instant,
    ) -> Result<(), RegistryError> {
        let day = now.in_vietnam().date().to_string();
        let id = id_of(
            "retention/run",
            &format!("{}/{}/{day}", kind.name, rule.text),
        );
        let before = self.find(RUN, id).await?;
        let mut counts: BTreeMap<(Id, String), u64> = BTreeMap::new();
        if let Some(before) = &before {
            let body: RunBody = before.read()?;
            for known in body.counts {
                counts.insert((known.unit, known.state), known.count);
            }
        }
        for record in records {
            *counts
                .entry((record.unit, record.state.clone()))
                .or_default() += 1;
        }
        let counts: Vec<Tally> = counts
            .into_iter()
            .map(|((unit, state), count)| Tally { unit, state, count })
            .collect();
        let body = json!({
            "kind": kind.name,
            "day": day,
            "then": rule.then.word(),
            "legal": rule.cited(),
            "counts": counts,
        });
        let run = next(id, before.as_ref(), Id::NIL, now, body)?;
        batch.put(RUN, &run, "count", &Map::new()).await
    }
}

/// What of a body is not personal. Earlier versions may hold fields that are not declared any more:
/// nobody can tell what stood there, so they go too.
fn impersonal(
    fields: &[Field],
    personal: &BTreeSet<String>,
    mut body: Map<String, Value>,
) -> Map<String, Value> {
    let known = |fields: &[Field], name: &str| fields.iter().any(|field| field.id.text == name);
    body.retain(|name, _| {
        name.starts_with('_') || [CODE, CREATED_ON].contains(&name.as_str()) || known(fields, name)
    });
    for field in fields
        .iter()
        .filter(|field| *field.kind == FieldType::Table)
    {
        let rows = body.get_mut(&field.id.text).and_then(Value::as_array_mut);
        for row in rows.into_iter().flatten().filter_map(Value::as_object_mut) {
            row.retain(|name, _| known(&field.fields, name));
        }
    }
    mask::leave_out(&mut body, personal);
    body
}

impl Batch<'_> {
    /// Keeps a record apart: lists leave it out, and nobody changes it.
    async fn archive(
        &mut self,
        kind: &Kind,
        record: &Record,
        now: Instant,
    ) -> Result<(), RegistryError> {
        let mut archived = record.clone();
        archived.version += 1;
        let today = now.in_vietnam().date().to_string();
        archived
            .body
            .insert(ARCHIVED.to_owned(), Value::from(today));
        self.put_kept(kind.name, &archived, "archive", &record.body)
            .await?;
        self.end_tasks(record.id).await
    }

    /// Erases all that a record and its versions say, and what was said about it.
    async fn erase(&mut self, kind: &Kind, record: &Record) -> Result<(), RegistryError> {
        self.erase_record(kind.name, record);
        let said = ListQuery::new("comment", everything()).filter("record", record.id);
        for comment in self.registry().all(said).await? {
            self.erase_record("comment", &comment);
        }
        self.end_tasks(record.id).await
    }

    /// Takes the personal fields out of a record, of all its versions, and of its files.
    async fn erase_personal(
        &mut self,
        kind: &Kind,
        record: &Record,
        now: Instant,
    ) -> Result<(), RegistryError> {
        let registry = self.registry();
        let systems = registry.systems().clone();
        let fields = &systems.record(kind).declared.fields;
        let personal: BTreeSet<String> = kind
            .personal
            .iter()
            .map(|name| (*name).to_owned())
            .collect();
        let store = registry.store();
        let everything = everything();
        let history = store.history(kind.name, &everything, record.id, usize::MAX);
        let (mut versions, mut named, mut left) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        for version in history.await? {
            let Some(text) = &version.body else {
                continue;
            };
            let before = parse_body(record.id, text)?;
            let body = impersonal(fields, &personal, before.clone());
            files_in(fields, &before, &mut named);
            files_in(fields, &body, &mut left);
            if body != before {
                let body = canonical::to_text(&Value::Object(body))
                    .map_err(|error| RegistryError::refused(500, "internal", error.to_string()))?;
                versions.push((version.version, body));
            }
        }
        let mut erased = record.clone();
        erased.version += 1;
        erased.body = impersonal(fields, &personal, erased.body);
        let today = now.in_vietnam().date().to_string();
        erased.body.insert(ERASED.to_owned(), Value::from(today));
        erased.body.remove(store::REDACTED);
        self.put_kept(kind.name, &erased, "edit", &record.body)
            .await?;
        let files = named.difference(&left).copied().collect();
        self.redact_last(versions, files);
        Ok(())
    }

    /// Has the record that was put last take what it lacks out of its earlier versions too.
    fn redact_last(&mut self, versions: Vec<(i64, String)>, files: Vec<[u8; 32]>) {
        let ops = self.ops();
        if let Some(place) = ops.iter().rposition(|op| matches!(op, Op::Put(_)))
            && let Op::Put(put) = ops.remove(place)
        {
            let redaction = Redaction {
                put,
                versions,
                files,
            };
            ops.insert(place, Op::Redact(Box::new(redaction)));
        }
    }
}
