//! What a message says of a change, to whoever may know it.

use directory::permission::reach;
use directory::{Act, Principal};
use serde::Serialize;
use serde_json::{Map, Value};
use store::Scope;
use store::reads::Reading;
use vocab::{Id, Instant};

use super::delivery::What;
use super::{Happening, Hook, LinkTo};
use crate::record::parse_body;
use crate::system::applied::ARRANGE;
use crate::system::{geojson, shared};
use crate::{Kind, Record, Registry, RegistryError, mask};

/// The body of a version that removed its record.
const REMOVED: &str = "null";

/// A change as it is told.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Event {
    /// `record.step`, …
    pub name: String,
    /// JSON.
    pub body: String,
    /// Personal fields that it shows, by kind and record.
    pub shown: Option<(&'static str, Id, Vec<&'static str>)>,
}

#[derive(Serialize)]
struct Envelope<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    name: &'a str,
    timestamp: String,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Map<String, Value>>,
}

impl Registry {
    /// The name of a kind outside: `pack/record` of a system, its own of any other.
    pub fn hook_name(&self, kind: &str) -> String {
        let systems = self.systems();
        match systems.kind(kind) {
            Some(known) => {
                let pack = &systems.pack(known).declared.pack.id;
                let record = &systems.record(known).declared.record.id;
                format!("{}/{}", &**pack, &**record)
            }
            None => kind.to_owned(),
        }
    }

    /// What is told of a change; nothing where the hook does not tell of it, or its account may
    /// not read the record as it then stood, or as it stands.
    pub(super) async fn event(
        &self,
        hook: &Hook,
        principal: &Principal,
        message: &str,
        what: &What,
        link: &LinkTo,
    ) -> Result<Option<Event>, RegistryError> {
        let What::Change {
            kind,
            record: id,
            version,
            action,
            at,
        } = what
        else {
            let data = Data {
                kind: None,
                record: None,
                version: None,
                state: None,
                step: None,
                link: None,
                fields: None,
            };
            return written(message, "webhook.test", what.at(), data, None).map(Some);
        };
        // Who is only arranged says what they said before.
        if !hook.kinds.contains(kind) || action == ARRANGE {
            return Ok(None);
        }
        // A pack that is not there any more has nothing to tell.
        let Ok(declaration) = self.declaration(kind) else {
            return Ok(None);
        };
        let Some((record, is_removal)) = self.stood(kind, *id, *version).await? else {
            return Ok(None);
        };
        let happened = Happening::of(declaration, action, *version, is_removal);
        let mut wanted = happened.iter().filter(|one| hook.happenings.contains(one));
        let Some(happening) = wanted.next() else {
            return Ok(None);
        };
        let is_step = happened.contains(&Happening::Step);
        let Some(record) = self.told(principal, kind, record).await? else {
            return Ok(None);
        };
        let name = format!("record.{}", happening.value());
        let outside = self.hook_name(kind);
        let system = self.systems().kind(kind);
        let fields = (hook.whole && !is_removal).then(|| self.fields(system, &record));
        let shown = system.filter(|_| fields.is_some()).and_then(|system| {
            let personal = personal(system, &record);
            (!personal.is_empty()).then_some((system.name, record.id, personal))
        });
        let data = Data {
            link: Some(link(&outside, *id)),
            kind: Some(outside),
            record: Some(id.to_string()),
            version: Some(*version),
            state: Some(&record.state),
            step: is_step.then_some(action.as_str()),
            fields,
        };
        written(message, &name, *at, data, shown).map(Some)
    }

    /// A record as one of its versions had it; of a removal as it last stood, under the
    /// removal's number. And whether it is one.
    async fn stood(
        &self,
        kind: &str,
        id: Id,
        version: i64,
    ) -> Result<Option<(Record, bool)>, RegistryError> {
        let all = Scope::bypass("what may be told is asked for each receiver");
        let store = self.store();
        let Some(found) = store.fetch_version(kind, &all, id, version).await? else {
            return Ok(None);
        };
        let is_removal = found.body.as_deref() == Some(REMOVED);
        let text = if is_removal {
            let last = store.fetch_version(kind, &all, id, version - 1).await?;
            last.and_then(|last| last.body)
        } else {
            found.body
        };
        // What the law had erased is told of without a word of it.
        let body = parse_body(id, text.as_deref().unwrap_or("{}"))?;
        let stands = store.fetch(kind, &all, id).await?;
        let author = stands.and_then(|stands| {
            let columns = &stands.head.columns;
            columns.first().and_then(store::Value::as_id)
        });
        let record = Record {
            id,
            version,
            unit: found.unit,
            state: found.state,
            author,
            at: found.at,
            body,
        };
        Ok(Some((record, is_removal)))
    }

    /// A record as somebody may see it who may read it as it stood and, while it is there, as it
    /// stands: without what either hides.
    async fn told(
        &self,
        principal: &Principal,
        kind: &str,
        record: Record,
    ) -> Result<Option<Record>, RegistryError> {
        let id = record.id;
        let Some(mut record) = self.shown(principal, kind, record)? else {
            return Ok(None);
        };
        if let Some(stands) = self.find(kind, id).await? {
            let reached = reach(principal, Act::Read, kind);
            if self.store().fetch(kind, &reached, id).await?.is_none() {
                return Ok(None);
            }
            let hidden = mask::hidden(principal, kind, &self.head(kind, &stands)?);
            mask::leave_out(&mut record.body, &hidden);
        }
        Ok(Some(record))
    }

    /// What a record says, as the API shows it.
    fn fields(&self, system: Option<&Kind>, record: &Record) -> Map<String, Value> {
        let Some(system) = system else {
            return record.body.clone();
        };
        let mut fields = Map::new();
        for field in &self.systems().record(system).declared.fields {
            if let Some(value) = record.body.get(&field.id.text) {
                let value = if field.kind.is_geometry() {
                    geojson(value)
                } else {
                    value.clone()
                };
                fields.insert(field.id.text.clone(), value);
            }
        }
        fields
    }

    /// Notes that a receiver was shown personal data.
    pub(super) fn note_told(&self, hook: &Hook, event: &Event) {
        if let Some((kind, record, fields)) = &event.shown {
            self.store().note_reading(Reading {
                reader: hook.account,
                subject: *record,
                kind,
                record: *record,
                fields: shared(fields),
                via: "webhook",
            });
        }
    }
}

fn personal(kind: &Kind, record: &Record) -> Vec<&'static str> {
    let names = kind.personal.iter().copied();
    let shown = names.filter(|name| match name.split_once('.') {
        None => record.body.contains_key(*name),
        Some((table, column)) => {
            let rows = record.body.get(table).and_then(Value::as_array);
            let mut rows = rows.into_iter().flatten();
            rows.any(|row| row.get(column).is_some())
        }
    });
    shown.collect()
}

fn written(
    id: &str,
    name: &str,
    at: Instant,
    data: Data<'_>,
    shown: Option<(&'static str, Id, Vec<&'static str>)>,
) -> Result<Event, RegistryError> {
    let envelope = Envelope {
        id,
        name,
        timestamp: at.to_string(),
        data,
    };
    let body = serde_json::to_string(&envelope)
        .map_err(|error| RegistryError::refused(500, "internal", error.to_string()))?;
    Ok(Event {
        name: name.to_owned(),
        body,
        shown,
    })
}
