//! Tasks: what somebody is to do with a record, until when.

use std::collections::HashSet;

use directory::permission::{queue, queues};
use directory::{Act, Principal, Role};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use store::{Cursor, ListQuery, Page, Scope};
use vocab::calendar::end_of_day;
use vocab::{Id, Instant};

use crate::comment::object;
use crate::lifecycle::{Lifecycle, TaskRule};
use crate::{Declaration, Field, FieldKind, Indexed, Record, Registry, RegistryError};

/// Where done tasks wait for nobody.
const DONE: &str = "done";

/// A task that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its identity.
    pub id: Id,
    /// What to do: `approve`.
    pub name: String,
    /// Who is to do it.
    pub role: Role,
    /// The unit whose record it is.
    pub unit: Id,
    /// The kind of the record.
    pub kind: String,
    /// The record.
    pub record: Id,
    /// Until when.
    pub due: Instant,
    /// Since when.
    pub since: Instant,
}

#[derive(Deserialize)]
struct Body {
    name: String,
    queue: String,
    kind: String,
    record: Id,
    due: i64,
}

pub(crate) fn declaration() -> Declaration {
    Declaration {
        kind: "task",
        fields: vec![
            Field::required("name", FieldKind::Text(90)),
            Field::required("queue", FieldKind::Text(40)).indexed(Indexed::Filtered),
            Field::required("kind", FieldKind::Text(40)),
            Field::required("record", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("due", FieldKind::Whole(0, i64::MAX)),
        ],
        order: &["due"],
        orders: Vec::new(),
        lifecycle: Lifecycle::kept(Act::Draft),
    }
}

impl TaskRule {
    /// Until when, if it is given now.
    pub(crate) fn due(&self, registry: &Registry) -> Result<Instant, RegistryError> {
        let today = registry.store().context().now().in_vietnam().date();
        let last = registry.calendar().term_end(today, self.term);
        let last =
            last.map_err(|error| RegistryError::refused(500, "no-deadline", error.to_string()))?;
        Ok(end_of_day(last))
    }
}

pub(crate) fn body(
    kind: &str,
    record: Id,
    name: &str,
    role: &str,
    due: Instant,
) -> Result<Map<String, Value>, RegistryError> {
    object(json!({
        "name": name,
        "queue": role,
        "kind": kind,
        "record": record.to_string(),
        "due": due.as_micros(),
    }))
}

/// A task record that is still open.
pub(crate) struct OpenTask(Record);

impl OpenTask {
    /// The record of the task.
    pub(crate) fn record(&self) -> &Record {
        &self.0
    }

    /// What is to be done.
    pub(crate) fn name(&self) -> &str {
        let name = self.0.body.get("name");
        name.and_then(Value::as_str).unwrap_or_default()
    }

    /// The same task, done.
    pub(crate) fn done(&self) -> Record {
        let mut task = self.0.clone();
        task.version += 1;
        task.body.insert("queue".to_owned(), Value::from(DONE));
        task
    }
}

impl Registry {
    /// What waits for this principal, by deadline: the tasks of a role that their grants of
    /// this role let them read, those of the units that theirs came from among them.
    pub async fn tasks(
        &self,
        principal: &Principal,
        role: Role,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page<Task>, RegistryError> {
        let query = ListQuery {
            after,
            ..task_query(principal, role).limit(limit)
        };
        let page = self.store().list_records(&query).await?;
        let items = page.items.into_iter().map(|record| {
            let record = Record::from_store(record)?;
            let body: Body = record.read()?;
            Ok(Task {
                id: record.id,
                name: body.name,
                role: Role::coded(&body.queue).unwrap_or(role),
                unit: record.unit,
                kind: body.kind,
                record: body.record,
                due: Instant::from_micros(body.due),
                since: record.at,
            })
        });
        Ok(Page {
            items: items.collect::<Result<_, RegistryError>>()?,
            next: page.next,
        })
    }

    /// How many tasks wait for this principal in all their roles, counted up to a bound.
    pub async fn count_tasks(
        &self,
        principal: &Principal,
        bound: usize,
    ) -> Result<usize, RegistryError> {
        let mut count = 0;
        for role in queues(principal) {
            if count < bound {
                let query = task_query(principal, role);
                count += self.store().count_up_to(&query, bound - count).await?;
            }
        }
        Ok(count)
    }

    /// Which of these records ever had a task.
    pub(crate) async fn with_tasks(
        &self,
        records: &HashSet<Id>,
    ) -> Result<HashSet<Id>, RegistryError> {
        let values = records.iter().map(|id| store::Value::from(*id)).collect();
        let reason = "the tasks of records that are being changed";
        let found = self.store().holding("task", "record", values, reason);
        let found = found.await?;
        Ok(found.iter().filter_map(|(_, of)| of.as_id()).collect())
    }

    pub(crate) async fn open_tasks(&self, record: Id) -> Result<Vec<OpenTask>, RegistryError> {
        let all = self.tasks_of(record).await?.into_iter();
        Ok(all.filter(|task| !is_done(task)).map(OpenTask).collect())
    }

    /// The tasks of a record that are done.
    pub(crate) async fn done_tasks(&self, record: Id) -> Result<Vec<Record>, RegistryError> {
        let all = self.tasks_of(record).await?.into_iter();
        Ok(all.filter(is_done).collect())
    }

    async fn tasks_of(&self, record: Id) -> Result<Vec<Record>, RegistryError> {
        let query = ListQuery::new(
            "task",
            Scope::bypass("the tasks of a record that is being changed"),
        )
        .filter("record", record)
        .limit(1_000);
        let page = self.store().list_records(&query).await?;
        page.items.into_iter().map(Record::from_store).collect()
    }
}

fn is_done(task: &Record) -> bool {
    task.body.get("queue").and_then(Value::as_str) == Some(DONE)
}

fn task_query(principal: &Principal, role: Role) -> ListQuery {
    ListQuery::new("task", queue(principal, role)).filter("queue", role.value())
}
