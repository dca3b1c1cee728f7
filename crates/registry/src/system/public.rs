//! What anyone may see of a system's records: what its pack says in `[public]` and `[[lookup]]`,
//! and nothing beside it.
//!
//! The condition goes into the scope, so that the store itself leaves out what is not public; the
//! fields that are not named are taken away here, before anybody above sees them.

use std::collections::BTreeSet;

use pack::declaration::Lookup;
use pack::expression::Expression;
use pack::shape::Key;
use serde_json::{Map, Value};
use store::{ListQuery, Scope};
use vocab::{Id, Instant};

use super::condition;
use super::kind::{CODE, Kind};
use crate::record::parse_body;
use crate::{Record, Registry, RegistryError};

/// How many records one look-up finds at most: it is for whoever knows which one they look for.
pub const FOUND_AT_MOST: usize = 20;

/// What is known publicly of a record that somebody has the address of.
#[derive(Clone, Debug)]
pub enum Known {
    /// There is none.
    Nothing,
    /// There is one, and nobody is shown it as it stands.
    Withheld,
    /// There is one that anyone may see: its public fields.
    Public(Box<Record>),
}

/// A version of a public record.
#[derive(Clone, Debug)]
pub struct PublicVersion {
    /// Where it stood.
    pub state: String,
    /// When it was made.
    pub at: Instant,
    /// Its public fields.
    pub body: Map<String, Value>,
}

impl Registry {
    /// What is known publicly of a record.
    pub async fn publicly_known(&self, kind: &Kind, id: Id) -> Result<Known, RegistryError> {
        let systems = self.systems().clone();
        let Some(public) = &systems.record(kind).declared.public else {
            return Ok(Known::Nothing);
        };
        let scope = self.public_scope(kind, public.when.as_ref())?;
        if let Some(found) = self.store().fetch(kind.name, &scope, id).await? {
            let record = only(Record::from_store(found)?, &public.fields);
            return Ok(Known::Public(Box::new(record)));
        }
        let is_there = self.find(kind.name, id).await?.is_some();
        Ok(if is_there {
            Known::Withheld
        } else {
            Known::Nothing
        })
    }

    /// The public fields of a public record as one of its versions had them; none if there is no
    /// such version.
    pub async fn public_version(
        &self,
        kind: &Kind,
        id: Id,
        version: i64,
    ) -> Result<Option<PublicVersion>, RegistryError> {
        let systems = self.systems().clone();
        let Some(public) = &systems.record(kind).declared.public else {
            return Ok(None);
        };
        let scope = self.public_scope(kind, public.when.as_ref())?;
        let found = self.store().fetch_version(kind.name, &scope, id, version);
        let Some(found) = found.await? else {
            return Ok(None);
        };
        let mut body = parse_body(id, found.body.as_deref().unwrap_or("{}"))?;
        keep(&mut body, &public.fields);
        Ok(Some(PublicVersion {
            state: found.state,
            at: found.at,
            body,
        }))
    }

    /// The public records among these, with their public fields.
    pub async fn public_these(
        &self,
        kind: &Kind,
        ids: BTreeSet<Id>,
    ) -> Result<Vec<Record>, RegistryError> {
        let systems = self.systems().clone();
        let Some(public) = &systems.record(kind).declared.public else {
            return Ok(Vec::new());
        };
        let scope = self.public_scope(kind, public.when.as_ref())?;
        let found = self.store().fetch_these(kind.name, &scope, ids).await?;
        let shown = found
            .into_iter()
            .map(|found| Ok(only(Record::from_store(found)?, &public.fields)));
        shown.collect()
    }

    /// The records that a look-up finds by what it asks for, each value as a body says it, with
    /// the fields that it shows.
    pub async fn look_up(
        &self,
        kind: &Kind,
        lookup: &Lookup,
        by: &[(String, Value)],
    ) -> Result<Vec<Record>, RegistryError> {
        let scope = self.public_scope(kind, lookup.when.as_ref())?;
        let mut query = ListQuery::new(kind.name, scope).limit(FOUND_AT_MOST);
        for (name, value) in by {
            let field = kind.column_field(name).filter(|_| kind.has_filter(name));
            let field =
                field.ok_or_else(|| RegistryError::refused(422, "filter-unknown", name.clone()))?;
            query = query.filter(field.column, field.column_value(Some(value)));
        }
        let found = self.store().list_records(&query).await?.items;
        let shown = found
            .into_iter()
            .map(|found| Ok(only(Record::from_store(found)?, &lookup.shows)));
        shown.collect()
    }

    pub(super) fn public_scope(
        &self,
        kind: &Kind,
        when: Option<&Expression>,
    ) -> Result<Scope, RegistryError> {
        let all = Scope::bypass("what a pack says anyone may see");
        let Some(when) = when else { return Ok(all) };
        let today = self.store().context().now().in_vietnam().date();
        // Packs in which it cannot be asked do not start.
        let condition = condition::compiled(kind, when, Some(today))
            .ok_or_else(|| RegistryError::refused(500, "internal", when.text.clone()))?;
        Ok(all.and(&condition))
    }
}

/// A record with these fields alone, and without whose it is to change.
pub(super) fn only(mut record: Record, fields: &[Key]) -> Record {
    keep(&mut record.body, fields);
    record.author = None;
    record
}

/// What is not named goes; so does what a record remembers of its way.
fn keep(body: &mut Map<String, Value>, fields: &[Key]) {
    let named = |name: &str| fields.iter().any(|field| &**field == name);
    body.retain(|name, _| named(name) && (name == CODE || !name.starts_with('_')));
}
