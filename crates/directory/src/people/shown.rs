//! People as somebody is shown them: within what they reach, without what is hidden from them.

use std::collections::BTreeSet;

use store::{Head, Record};
use vocab::Id;

use super::{PERSON, Person};
use crate::permission::reach;
use crate::{Act, Directory, DirectoryError, Principal, Subject};

/// A person, and which of their personal fields somebody is not shown.
#[derive(Clone, Debug)]
pub struct ShownPerson {
    /// The person, whole: whoever prints it leaves out what is hidden.
    pub person: Person,
    /// The fields of [`crate::permission::personal_fields`] that are hidden.
    pub hidden: BTreeSet<String>,
}

impl Directory {
    /// A person whom somebody may do this to, with what is hidden from them.
    pub async fn person_for(
        &self,
        principal: &Principal,
        act: Act,
        id: Id,
    ) -> Result<Option<ShownPerson>, DirectoryError> {
        let reached = reach(principal, act, PERSON);
        let record = self.store().fetch(PERSON, &reached, id).await?;
        record.map(|record| shown(principal, &record)).transpose()
    }
}

fn shown(principal: &Principal, record: &Record) -> Result<ShownPerson, DirectoryError> {
    let permissions = principal.permissions();
    let subject = subject(&record.head);
    Ok(ShownPerson {
        person: Person::read(record)?,
        hidden: permissions.hidden_personal(&subject, Some(&record.head)),
    })
}

fn subject(head: &Head) -> Subject<'_> {
    Subject {
        kind: PERSON,
        unit: head.unit,
        state: &head.state,
        author: None,
    }
}
