//! People as somebody is shown them: within what they reach, without what is hidden from them.

use std::collections::BTreeSet;

use store::{Actor, Head, Record};
use vocab::Id;

use super::{PERSON, Person, Position};
use crate::permission::{Giving, reach};
use crate::{Act, Directory, DirectoryError, Grant, Principal, Role, Subject};

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

    /// A position in a unit whose people somebody keeps, of a person whom they see.
    pub async fn position_for(
        &self,
        principal: &Principal,
        id: Id,
    ) -> Result<Option<(ShownPerson, Position)>, DirectoryError> {
        let position = self.position(id).await?;
        let permissions = principal.permissions();
        let kept = position.filter(|position| permissions.keep_unit(position.draft.unit));
        let Some(position) = kept else {
            return Ok(None);
        };
        let person = self.person_for(principal, Act::Read, position.person);
        Ok(person.await?.map(|person| (person, position)))
    }

    /// The roles that somebody may give others in one of some units.
    pub async fn roles_to_give(
        &self,
        actor: &Actor,
        units: &[Id],
    ) -> Result<Vec<Role>, DirectoryError> {
        let mut giver = self.giver(actor.account).await?;
        let book = self.roles().await?;
        let mut roles = Vec::new();
        for (role, _) in book.givable() {
            for unit in units {
                let gift = [Grant::new(role, *unit)];
                if self.may_give(&mut giver, &gift, None).await? == Giving::Held {
                    roles.push(role);
                    break;
                }
            }
        }
        Ok(roles)
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
