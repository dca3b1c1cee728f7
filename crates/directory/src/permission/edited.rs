//! A role as an administrator left it. What it says stands; of kinds that were not there yet
//! when it was edited, it grants what the role with its code grants as it comes: else a role
//! that was edited once would open nothing that came with a later program or pack.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value};

use super::role::{RoleBook, RoleSpec};
use crate::{DirectoryError, error};

const WHAT: &str = "a role";
/// Where a body says which kinds were there.
const KNOWN: &str = "known_kinds";

/// The kinds that roles spoke of before edits said which were there.
const FIRST: [&str; 10] = [
    "account",
    "indicator",
    "notice",
    "observation",
    "plan",
    "project",
    "role",
    "target",
    "task",
    "unit",
];

/// A role and the kinds that whoever edited it could have granted.
#[derive(Clone, Debug, Serialize)]
pub(super) struct EditedRole {
    #[serde(flatten)]
    pub(super) role: RoleSpec,
    known_kinds: BTreeSet<String>,
}

impl EditedRole {
    /// A role as it is left now.
    pub(super) fn now(role: &RoleSpec, given: &RoleBook) -> Self {
        Self {
            role: role.clone(),
            known_kinds: given.kinds().into_iter().map(str::to_owned).collect(),
        }
    }

    pub(super) fn body(&self) -> Result<String, DirectoryError> {
        error::body(WHAT, self)
    }

    pub(super) fn read(body: &str) -> Result<Self, DirectoryError> {
        let corrupt = |error: serde_json::Error| DirectoryError::corrupt(WHAT, error);
        let mut said: Map<String, Value> = error::read_body(WHAT, body)?;
        let known_kinds = match said.remove(KNOWN) {
            Some(kinds) => serde_json::from_value(kinds).map_err(corrupt)?,
            None => FIRST.into_iter().map(str::to_owned).collect(),
        };
        let role = serde_json::from_value(Value::Object(said)).map_err(corrupt)?;
        Ok(Self { role, known_kinds })
    }

    /// The role with what its edit could not know of.
    pub(super) fn completed(self, given: &RoleBook) -> RoleSpec {
        let Self {
            mut role,
            mut known_kinds,
        } = self;
        if let Some(as_given) = given.iter().find(|given| given.code == role.code) {
            let said = role.grants.iter().flat_map(|grant| &grant.kinds);
            known_kinds.extend(said.cloned());
            let new = as_given.grants.iter().cloned().filter_map(|mut grant| {
                grant.kinds.retain(|kind| !known_kinds.contains(kind));
                (!grant.kinds.is_empty()).then_some(grant)
            });
            role.grants.extend(new);
        }
        role
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(code: &str) -> RoleSpec {
        let book = RoleBook::shipped();
        let role = book.iter().find(|role| role.code == code);
        RoleSpec::clone(role.expect("it ships"))
    }

    fn without(mut role: RoleSpec, kind: &str) -> RoleSpec {
        for grant in &mut role.grants {
            grant.kinds.retain(|known| known != kind);
        }
        role.grants.retain(|grant| !grant.kinds.is_empty());
        role
    }

    fn speaks_of(role: &RoleSpec, kind: &str) -> bool {
        role.grants
            .iter()
            .any(|grant| grant.kinds.iter().any(|known| known == kind))
    }

    #[test]
    fn an_edit_from_before_a_kind_was_there_grants_it_as_it_comes() {
        let book = RoleBook::shipped();
        // As an earlier program kept it: neither people nor which kinds were there.
        let edited = without(without(given("administrator"), "person"), "task");
        let body = error::body(WHAT, &edited).unwrap();
        let completed = EditedRole::read(&body).unwrap().completed(&book);
        assert!(speaks_of(&completed, "person"));
        // What was there and was taken away stays away.
        assert!(!speaks_of(&completed, "task"));
        let mask = |role: &RoleSpec| {
            let mut grants = role.grants.iter();
            let person = grants.find(|grant| grant.kinds == ["person"]);
            person.map(|grant| grant.masks.clone())
        };
        assert_eq!(mask(&completed), mask(&given("administrator")));
    }

    #[test]
    fn what_is_taken_away_now_does_not_come_back() {
        let book = RoleBook::shipped();
        let edited = without(given("officer"), "sheet");
        let body = EditedRole::now(&edited, &book).body().unwrap();
        let read = EditedRole::read(&body).unwrap();
        assert_eq!(read.completed(&book), edited);
        // A kind that comes later does, of a grant on several kinds it alone.
        let later = RoleSpec {
            grants: vec![super::super::RoleGrant {
                kinds: vec!["sheet".to_owned(), "well".to_owned()],
                ..given("officer").grants[0].clone()
            }],
            ..given("officer")
        };
        let read = EditedRole::read(&body).unwrap();
        let completed = read.completed(&book.with([later]));
        assert!(speaks_of(&completed, "well") && !speaks_of(&completed, "sheet"));
    }
}
