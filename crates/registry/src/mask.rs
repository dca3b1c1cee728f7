//! Fields that somebody is not shown: left out of what they read, kept in what they write.

use std::collections::BTreeSet;

use directory::{Act, Principal, Subject};
use serde_json::{Map, Value};
use store::{Head, Scope};
use vocab::Id;

use crate::record::parse_body;
use crate::{Kind, Record, Registry, RegistryError};

/// The fields of a record that a principal is not shown: those that every grant hides by which
/// they may read it.
pub(crate) fn hidden(principal: &Principal, kind: &str, head: &Head) -> BTreeSet<String> {
    let permissions = principal.permissions();
    if !permissions.hides(kind) {
        return BTreeSet::new();
    }
    let subject = Subject {
        kind,
        unit: head.unit,
        state: &head.state,
        author: head.columns.first().and_then(store::Value::as_id),
    };
    permissions.masks(&subject, Some(head))
}

/// A record without the fields that a principal is not shown.
pub(crate) fn shown(
    principal: &Principal,
    kind: &str,
    record: store::Record,
) -> Result<Record, RegistryError> {
    let hidden = hidden(principal, kind, &record.head);
    let mut record = Record::from_store(record)?;
    leave_out(&mut record.body, &hidden);
    Ok(record)
}

pub(crate) fn leave_out(body: &mut Map<String, Value>, hidden: &BTreeSet<String>) {
    body.retain(|name, _| !hidden.contains(name));
    // `table.column` hides a column of the rows of a table.
    for (table, column) in hidden.iter().filter_map(|name| name.split_once('.')) {
        let rows = body.get_mut(table).and_then(Value::as_array_mut);
        for row in rows.into_iter().flatten().filter_map(Value::as_object_mut) {
            row.remove(column);
        }
    }
}

/// Fields as somebody sends them who was shown a record without the masked ones: those that they
/// do not name stay, and so do the masked columns of a table that comes back as it was shown.
pub(crate) fn with_unshown(
    mut fields: Map<String, Value>,
    stands: &Map<String, Value>,
    masked: &BTreeSet<String>,
) -> Map<String, Value> {
    let mut shown = stands.clone();
    leave_out(&mut shown, masked);
    for name in masked {
        let name = name
            .split_once('.')
            .map_or(name.as_str(), |(table, _)| table);
        let (Some(whole), seen) = (stands.get(name), shown.get(name)) else {
            continue;
        };
        let is_untouched = match seen {
            None => !fields.contains_key(name),
            Some(seen) => fields.get(name) == Some(seen),
        };
        if is_untouched {
            fields.insert(name.to_owned(), whole.clone());
        }
    }
    fields
}

/// What a principal is not shown of a record as it stands.
#[derive(Default)]
pub(crate) struct Unseen {
    fields: BTreeSet<String>,
    said: Map<String, Value>,
}

impl Unseen {
    /// Takes these fields out of a body.
    pub(crate) fn leave_out(&self, body: &mut Map<String, Value>) {
        leave_out(body, &self.fields);
    }

    /// Has a body say in these fields what the record says there, nothing where it says
    /// nothing, whatever the body said.
    pub(crate) fn keep_in(&self, body: &mut Map<String, Value>) {
        self.leave_out(body);
        body.extend(self.said.clone());
    }
}

impl Registry {
    /// The fields of a record of a system that a principal is not shown.
    pub fn masked(&self, principal: &Principal, kind: &Kind, record: &Record) -> BTreeSet<String> {
        hidden(principal, kind.name, &Self::head_of(kind, record))
    }

    /// A record as one of its versions had it, without the fields that a principal is not shown
    /// of it; none where they may not read it.
    pub fn shown(
        &self,
        principal: &Principal,
        kind: &str,
        mut record: Record,
    ) -> Result<Option<Record>, RegistryError> {
        if !self.may(principal, Act::Read, kind, &record) {
            return Ok(None);
        }
        let hidden = hidden(principal, kind, &self.head(kind, &record)?);
        leave_out(&mut record.body, &hidden);
        Ok(Some(record))
    }

    /// A record of a system with its personal fields, for somebody who may correct them.
    pub async fn for_editing(
        &self,
        principal: &Principal,
        kind: &Kind,
        record: &Record,
    ) -> Result<Record, RegistryError> {
        self.demand(principal, Act::Edit, kind.name, record)?;
        let whole = self.find(kind.name, record.id).await?;
        let mut whole = whole.unwrap_or_else(|| record.clone());
        for field in Self::hidden_from_editors(principal, kind, &whole) {
            whole.body.remove(&field);
        }
        Ok(whole)
    }

    /// The fields that somebody who may edit a record of a system is not shown all the same:
    /// those that are hidden and no personal data of its pack, which editors correct.
    pub(crate) fn hidden_from_editors(
        principal: &Principal,
        kind: &Kind,
        record: &Record,
    ) -> Vec<String> {
        let fields = hidden(principal, kind.name, &Self::head_of(kind, record));
        let own = |name: &String| {
            let table = name
                .split_once('.')
                .map_or(name.as_str(), |(table, _)| table);
            table.to_owned()
        };
        let hidden = fields.iter().filter(|name| !kind.is_personal(name));
        hidden.map(own).collect()
    }

    /// What a principal is not shown of a record as it stands: a change by them leaves it as
    /// it is.
    pub(crate) async fn unseen(
        &self,
        principal: &Principal,
        kind: &str,
        id: Id,
    ) -> Result<Unseen, RegistryError> {
        if !principal.permissions().hides(kind) {
            return Ok(Unseen::default());
        }
        let kept = Scope::bypass("what somebody does not see stays as it is when they write");
        let Some(record) = self.store().fetch(kind, &kept, id).await? else {
            return Ok(Unseen::default());
        };
        let fields = hidden(principal, kind, &record.head);
        let mut said = parse_body(id, &record.body)?;
        said.retain(|name, _| fields.contains(name));
        Ok(Unseen { fields, said })
    }
}
