//! Why somebody may do something, who may, and what an edit of a role would change.

use std::collections::BTreeSet;

use jiff::civil::Date;
use store::Head;
use vocab::Id;

use super::role::{Reach, RoleBook, RoleGrant, RoleSpec};
use super::{Act, Clause, Decision, Permissions, may_head};
use crate::{Principal, Role, Subject};

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

/// What an edit of a role would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impact {
    /// The accounts that would be allowed something more.
    pub gain: BTreeSet<Id>,
    /// The accounts that would be allowed something less.
    pub lose: BTreeSet<Id>,
}

/// Who of these principals would gain and who would lose on a day, if a role granted this
/// from now on. What is compared is what each grant says, not which records there are.
pub fn impact<'a>(
    principals: impl IntoIterator<Item = &'a Principal>,
    book: &RoleBook,
    edited: &RoleSpec,
    day: Date,
) -> Impact {
    let mut impact = Impact::default();
    let Some(code) = Role::coded(&edited.code) else {
        return impact;
    };
    let before = book
        .get(code)
        .map(|role| said(role, day))
        .unwrap_or_default();
    let after = said(edited, day);
    let more = |these: &[Said], those: &[Said]| {
        let covered = |one: &Said| those.iter().any(|other| other.covers(one));
        !these.iter().all(covered)
    };
    let (gains, loses) = (more(&after, &before), more(&before, &after));
    for who in principals {
        let holds = who
            .grants
            .iter()
            .any(|grant| grant.role == code && grant.holds_on(day));
        let Some(account) = who.account.filter(|_| holds) else {
            continue;
        };
        if gains {
            impact.gain.insert(account);
        }
        if loses {
            impact.lose.insert(account);
        }
    }
    impact
}

/// One single thing that a role says: on one kind, one verb, in one state or in any.
struct Said<'a> {
    kind: &'a str,
    verb: Act,
    state: Option<&'a str>,
    grant: &'a RoleGrant,
}

impl Said<'_> {
    /// Whether it allows all that the other allows.
    fn covers(&self, other: &Self) -> bool {
        let (own, its) = (self.grant, other.grant);
        let reaches = own.reach == its.reach
            || match own.reach {
                Reach::All => true,
                Reach::Subtree | Reach::Line => its.reach == Reach::Unit,
                Reach::Own | Reach::Unit => false,
            };
        reaches
            && self.verb == other.verb
            && (self.kind == "*" || self.kind == other.kind)
            && (self.state.is_none() || self.state == other.state)
            && (own.condition.is_none() || own.condition == its.condition)
            && own.masks.iter().all(|field| its.masks.contains(field))
            && (its.four_eyes || !own.four_eyes)
    }
}

/// All that a role says on a day.
fn said(role: &RoleSpec, day: Date) -> Vec<Said<'_>> {
    let mut said = Vec::new();
    for grant in role.grants.iter().filter(|_| role.holds_on(day)) {
        let mut states: Vec<Option<&str>> = grant.states.iter().map(|at| Some(&**at)).collect();
        if states.is_empty() {
            states.push(None);
        }
        for kind in &grant.kinds {
            for verb in &grant.verbs {
                said.extend(states.iter().map(|state| Said {
                    kind,
                    verb: *verb,
                    state: *state,
                    grant,
                }));
            }
        }
    }
    said
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
