//! Which fields somebody is not shown.

use std::collections::BTreeSet;

use store::Head;

use super::{Act, Clause, Permissions};
use crate::Subject;

/// The fields of people and accounts that are personal data and can be hidden: an account's
/// `sessions` are where somebody is signed in and from what. Names and logins are what
/// people call each other by at work; a citizen's number is hidden but for its end.
pub fn personal_fields(kind: &str) -> &'static [&'static str] {
    match kind {
        "person" => &["citizen_id", "phone", "email"],
        "account" => &["email", "sessions"],
        _ => &[],
    }
}

impl Permissions {
    /// Whether some grant allows an act on some things of a kind.
    pub fn ever(&self, act: Act, kind: &str) -> bool {
        self.clauses(act, kind).next().is_some()
    }

    /// The personal fields of a person or an account that are not shown: all of them to
    /// whoever may not read it.
    pub fn hidden_personal(&self, subject: &Subject<'_>, head: Option<&Head>) -> BTreeSet<String> {
        let reads = self.allowing(Act::Read, subject, head).next().is_some();
        let masks = self.masks(subject, head);
        let personal = personal_fields(subject.kind).iter();
        personal
            .filter(|field| !reads || masks.contains(**field))
            .map(|field| (*field).to_owned())
            .collect()
    }

    /// Whether some grant to read things of a kind hides a field of them.
    pub fn hides(&self, kind: &str) -> bool {
        self.clauses(Act::Read, kind)
            .any(|clause| !clause.grant().masks.is_empty())
    }

    /// Whether some grant to read things of a kind hides this field of them.
    pub fn hides_any(&self, kind: &str, field: &str) -> bool {
        self.clauses(Act::Read, kind)
            .any(|clause| clause.grant().masks.iter().any(|hidden| hidden == field))
    }

    /// The fields of a thing that are not shown: those that every grant hides by which it is
    /// read. Where none reads it, all that any hides.
    pub fn masks(&self, subject: &Subject<'_>, head: Option<&Head>) -> BTreeSet<String> {
        let of = |clause: &Clause| -> BTreeSet<String> {
            clause.grant().masks.iter().cloned().collect()
        };
        self.allowing(Act::Read, subject, head)
            .map(of)
            .reduce(|one, other| one.intersection(&other).cloned().collect())
            .unwrap_or_else(|| {
                let clauses = self.clauses(Act::Read, subject.kind);
                clauses.flat_map(of).collect()
            })
    }
}
