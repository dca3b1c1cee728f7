//! Why somebody may do something, who may, and which fields they are not shown.

use std::collections::BTreeSet;

use store::Head;

use super::role::{RoleBook, RoleSpec};
use super::{Act, Clause, Decision, Permissions, may_head};
use crate::{Principal, Subject};

/// The answer with its reasons.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// Yes or no, and why not.
    pub decision: Decision,
    /// What allows it: which role, where and since when it is held, which of its grants.
    pub because: Vec<Clause>,
    /// The roles of which one, held in the right unit, would allow it; four eyes aside.
    pub would_allow: Vec<String>,
}

/// Why somebody may, or may not, do this to that.
pub fn explain(
    principal: &Principal,
    book: &RoleBook,
    act: Act,
    subject: &Subject<'_>,
    head: Option<&Head>,
) -> Explanation {
    let permissions = principal.permissions();
    let grants = |role: &&std::sync::Arc<RoleSpec>| {
        role.grants_of(act, subject.kind)
            .any(|grant| grant.in_state(subject.state))
    };
    Explanation {
        decision: may_head(principal, act, subject, head),
        because: permissions.allowing(act, subject, head).cloned().collect(),
        would_allow: book
            .iter()
            .filter(grants)
            .map(|role| role.code.clone())
            .collect(),
    }
}

/// Of these principals, each with what it may do, those who may do this to that.
pub fn who_may<'a>(
    principals: impl IntoIterator<Item = &'a Principal>,
    act: Act,
    subject: &Subject<'_>,
    head: Option<&Head>,
) -> Vec<&'a Principal> {
    let all = principals.into_iter();
    all.filter(|who| may_head(who, act, subject, head).is_allowed())
        .collect()
}

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
