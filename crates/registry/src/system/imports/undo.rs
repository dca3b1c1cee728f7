//! Taking out again what an import brought in, from its last row to its first: what a later row
//! says of an earlier one goes before it.

use std::collections::{BTreeSet, HashMap, HashSet};

use directory::Act;
use pack::declaration::{Field, FieldType};
use serde_json::{Map, Value};
use store::{ListQuery, Scope};
use vocab::{Id, Problem};

use super::refusals::Refused;
use super::work::{Outcome, Turn};
use super::{Which, id_of_row};
use crate::system::settle::ids;
use crate::{Caller, Kind, Record, Registry, RegistryError};

/// How many rows are gone through in one batch.
const AT_ONCE: i64 = 500;

/// A record that names another: its kind and itself.
type Namer = (&'static str, Id);

impl Turn<'_> {
    pub(super) async fn undo(self) -> Result<(), RegistryError> {
        let registry = self.registry;
        let systems = registry.systems().clone();
        let Some(kind) = systems.kind(self.import.kind()) else {
            return self.stop("system-import-why-gone").await;
        };
        let undoer = self.import.body.undoer.unwrap_or(self.import.starter());
        let Some(caller) = self.caller(undoer).await? else {
            return self.stop("system-import-why-rights").await;
        };
        let all = self.import.body.run.unwrap_or_default().rows;
        let done = self.import.pass(Which::Undo).unwrap_or_default().rows;
        let last = all - done;
        let first = (last - AT_ONCE + 1).max(1);
        let places: HashMap<Id, i64> = (first..=last)
            .map(|place| (id_of_row(self.import.id(), place), place))
            .collect();
        let mut found = registry
            .find_these(kind.name, places.keys().copied())
            .await?;
        found.sort_by_key(|record| std::cmp::Reverse(places.get(&record.id).copied()));
        let here: BTreeSet<Id> = found.iter().map(|record| record.id).collect();
        let named = registry.named_by(kind, &here).await?;
        let said = registry.beside("comment", &here).await?;
        let tasked = registry.beside("task", &here).await?;

        let mut batch = registry.batch(&caller);
        let mut gone: HashSet<Id> = HashSet::new();
        let mut refused = Vec::new();
        for record in &found {
            let by = named.get(&record.id).into_iter().flatten();
            let by = by.copied().find(|(_, one)| !gone.contains(one));
            let is_said_of = said.contains(&record.id);
            match self.hindered(&caller, kind, record, is_said_of, by) {
                None => {
                    batch.remove(kind.name, record, "undo");
                    if tasked.contains(&record.id) {
                        batch.end_tasks(record.id).await?;
                    }
                    gone.insert(record.id);
                }
                Some(problem) => refused.push(Refused {
                    place: places.get(&record.id).copied().unwrap_or_default(),
                    line: 0,
                    problem: problem.with("record", record.id),
                }),
            }
        }
        let outcome = Outcome {
            good: i64::try_from(gone.len()).unwrap_or(i64::MAX),
            rows: (last - first + 1).max(0),
            refused,
            ended: first <= 1,
        };
        self.advance(batch, Which::Undo, &outcome).await
    }

    /// Why a record stays.
    fn hindered(
        &self,
        caller: &Caller,
        kind: &Kind,
        record: &Record,
        is_said_of: bool,
        by: Option<Namer>,
    ) -> Option<Problem> {
        let registry = self.registry;
        let may = |act| registry.may(&caller.principal, act, kind.name, record);
        let own = caller.principal.account == Some(self.import.starter());
        let problem = |status, code: &str| Some(Problem::new(status, code, kind.name));
        // Whoever brought a record in may take it out again as long as it is as it came.
        if !(may(Act::Delete) || (own && may(Act::Import))) {
            return problem(403, "import-undo-denied");
        }
        if record.version != 1 {
            return problem(409, "import-undo-changed");
        }
        if is_said_of {
            return problem(409, "import-undo-commented");
        }
        by.and_then(|(by_kind, by)| {
            let problem = problem(409, "import-undo-named")?;
            Some(problem.with("kind", by_kind).with("by", by))
        })
    }
}

/// Fields of a record type that name records of another: each with its table, if it is a column.
fn references<'a>(
    registry: &Registry,
    other: &Kind,
    kind: &Kind,
    fields: &'a [Field],
) -> Vec<(Option<&'a Field>, &'a Field)> {
    let systems = registry.systems();
    let is_named = |field: &Field| {
        let to = field.to.as_ref();
        let to = to.and_then(|to| systems.referred(other, to));
        *field.kind == FieldType::Reference && to.is_some_and(|to| to.name == kind.name)
    };
    let own = fields.iter().map(|field| (None, field));
    let columns = fields
        .iter()
        .flat_map(|table| table.fields.iter().map(move |field| (Some(table), field)));
    own.chain(columns)
        .filter(|(_, field)| is_named(field))
        .collect()
}

impl Registry {
    /// Which of some records have comments, or tasks, whoever asks.
    async fn beside(&self, kind: &str, here: &BTreeSet<Id>) -> Result<HashSet<Id>, RegistryError> {
        let asked = here.iter().map(|id| store::Value::from(*id)).collect();
        let why = "what stands beside a record is asked of all, whoever removes it";
        let held = self.store().holding(kind, "record", asked, why).await?;
        Ok(held
            .iter()
            .filter_map(|(_, record)| record.as_id())
            .collect())
    }

    /// Which records name some of a kind, whoever asks.
    async fn named_by(
        &self,
        kind: &Kind,
        here: &BTreeSet<Id>,
    ) -> Result<HashMap<Id, Vec<Namer>>, RegistryError> {
        let systems = self.systems().clone();
        let mut named: HashMap<Id, Vec<Namer>> = HashMap::new();
        if here.is_empty() {
            return Ok(named);
        }
        for other in systems.kinds() {
            let fields = &systems.catalog().record(other.at).declared.fields;
            let mut unlisted = Vec::new();
            for (table, field) in references(self, other, kind, fields) {
                let column = other.column(&field.id.text).filter(|_| table.is_none());
                let Some(column) = column else {
                    unlisted.push((table, field));
                    continue;
                };
                let asked = here.iter().map(|id| store::Value::from(*id)).collect();
                let why = "what names a record hinders its removal, whoever asks";
                let held = self.store().holding(other.name, column, asked, why).await?;
                for (by, value) in held {
                    if let Some(id) = value.as_id() {
                        named.entry(id).or_default().push((other.name, by));
                    }
                }
            }
            if unlisted.is_empty() {
                continue;
            }
            // No list knows them: every record is looked at.
            let scope = Scope::bypass("what names a record hinders its removal, whoever asks");
            let mut query = ListQuery::new(other.name, scope).limit(1_000);
            loop {
                let page = self.list_all(&query).await?;
                for record in &page.items {
                    for id in mentioned(&record.body, &unlisted) {
                        if here.contains(&id) {
                            named.entry(id).or_default().push((other.name, record.id));
                        }
                    }
                }
                match page.next {
                    Some(next) => query.after = Some(next),
                    None => break,
                }
            }
        }
        Ok(named)
    }
}

fn mentioned(body: &Map<String, Value>, fields: &[(Option<&Field>, &Field)]) -> BTreeSet<Id> {
    let mut all = BTreeSet::new();
    for (table, field) in fields {
        match table {
            None => all.extend(ids(body.get(&field.id.text))),
            Some(table) => {
                let rows = body.get(&table.id.text).and_then(Value::as_array);
                for row in rows.into_iter().flatten() {
                    all.extend(ids(row.get(&field.id.text)));
                }
            }
        }
    }
    all
}
