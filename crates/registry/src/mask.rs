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
fn hidden(principal: &Principal, kind: &str, head: &Head) -> BTreeSet<String> {
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

fn leave_out(body: &mut Map<String, Value>, hidden: &BTreeSet<String>) {
    body.retain(|name, _| !hidden.contains(name));
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
