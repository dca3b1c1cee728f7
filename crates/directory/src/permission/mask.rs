//! Which fields somebody is not shown.

use std::collections::BTreeSet;

use store::Head;

use super::{Act, Clause, Permissions};
use crate::Subject;

impl Permissions {
    /// Whether some grant to read things of a kind hides a field of them.
    pub fn hides(&self, kind: &str) -> bool {
        self.clauses(Act::Read, kind)
            .any(|clause| !clause.grant().masks.is_empty())
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
