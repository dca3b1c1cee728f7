//! Fields that somebody is not shown: left out of what they read, kept in what they write.

use std::collections::BTreeSet;

use directory::{Principal, Subject};
use serde_json::{Map, Value};
use store::{Head, Scope};
use vocab::Id;

use crate::record::parse_body;
use crate::{Record, Registry, RegistryError};

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
}

impl Registry {
    /// What a record says in the fields that a principal is not shown: a change by them leaves
    /// these as they are.
    pub(crate) async fn unseen(
        &self,
        principal: &Principal,
        kind: &str,
        id: Id,
    ) -> Result<Map<String, Value>, RegistryError> {
        if !principal.permissions().hides(kind) {
            return Ok(Map::new());
        }
        let kept = Scope::bypass("what somebody does not see stays as it is when they write");
        let Some(record) = self.store().fetch(kind, &kept, id).await? else {
            return Ok(Map::new());
        };
        let hidden = hidden(principal, kind, &record.head);
        let mut body = parse_body(id, &record.body)?;
        body.retain(|name, _| hidden.contains(name));
        Ok(body)
    }

    /// The fields that a principal is not shown of a record as it stands.
    pub(crate) async fn hidden_now(
        &self,
        principal: &Principal,
        kind: &str,
        id: Id,
    ) -> Result<BTreeSet<String>, RegistryError> {
        if !principal.permissions().hides(kind) {
            return Ok(BTreeSet::new());
        }
        let asked = Scope::bypass("what is hidden of a record follows from how it stands");
        let record = self.store().fetch(kind, &asked, id).await?;
        Ok(record.map_or_else(BTreeSet::new, |record| {
            hidden(principal, kind, &record.head)
        }))
    }
}
