//! Roles: whether they are known, and whether those who should act can see what to act on.

use super::Subject;
use crate::Code;
use crate::declaration::{Act, Grant};
use crate::diagnostic::{Diagnostic, Findings};
use crate::shape::{Choice, RoleName};

pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let declared = &subject.record.declared;
    for grant in &declared.grants {
        known(subject, &grant.role, findings);
        let step = grant.may.iter().find(|may| may.value == Act::Step);
        if let (None, Some(step)) = (&declared.lifecycle, step) {
            let finding = Diagnostic::new(Code::Unsuited, step.span)
                .with("key", step.value.word())
                .with("kind", "[[grant]]")
                .with("why", "~why-no-steps");
            findings.push(finding);
        }
        if grant.may.is_empty() {
            let finding = Diagnostic::new(Code::MissingKey, grant.span)
                .with("key", "may")
                .with("place", "[[grant]]");
            findings.push(finding);
        }
    }
    let makes = |act: &crate::source::Located<Act>| matches!(act.value, Act::Create | Act::Import);
    let grants = &declared.grants;
    if !grants.is_empty() && !grants.iter().any(|grant| grant.may.iter().any(makes)) {
        let finding = Diagnostic::new(Code::NobodyMakes, declared.record.id.span)
            .with("name", &*declared.record.id);
        findings.push(finding);
    }
    for sent in &declared.notifications {
        sent.to.role.iter().for_each(|role| {
            known(subject, role, findings);
        });
    }
    for step in declared.lifecycle.iter().flat_map(|life| &life.steps) {
        let approvers = step.approval.iter().flat_map(|approval| &approval.of);
        let takers: Vec<&RoleName> = step.by.iter().chain(approvers).collect();
        for role in &takers {
            if known(subject, role, findings) {
                acts(subject, role, &step.from, findings);
            }
        }
        for task in &step.tasks {
            if known(subject, &task.role, findings) {
                sees(subject, &task.role, &step.from, findings);
            }
        }
    }
}

/// Whether a role is known here; says so if it is not.
fn known(subject: Subject<'_>, role: &RoleName, findings: &mut Findings) -> bool {
    if role.is_empty() {
        return false;
    }
    let shipped = subject.surroundings.roles.iter().map(String::as_str);
    let mut all: Vec<&str> = shipped.collect();
    for pack in &subject.catalog.packs {
        let head = &pack.declared.pack;
        let brings = pack.declared.roles.iter().map(|role| role.id.text.as_str());
        let own = head.id.text == subject.pack.declared.pack.id.text;
        let needs = &subject.pack.declared.pack.needs;
        if own || needs.iter().any(|needed| needed.text == head.id.text) {
            all.extend(brings);
        } else if brings.into_iter().any(|brought| brought == role.text) {
            let finding = Diagnostic::new(Code::NotNeeded, role.span)
                .with("name", &role.text)
                .with("pack", &*head.id);
            findings.push(finding);
            return true;
        }
    }
    if all.contains(&role.text.as_str()) {
        return true;
    }
    let finding = Diagnostic::new(Code::UnknownRole, role.span)
        .with("name", &role.text)
        .meant(role, all);
    findings.push(finding);
    false
}

fn allows(grant: &Grant, role: &RoleName, act: Act, state: &str) -> bool {
    grant.role.text == role.text
        && grant.may.iter().any(|may| may.value == act)
        && (grant.states.is_empty() || grant.states.iter().any(|named| named.text == state))
}

/// A role that is to take a step must be granted `step` and `read` in every state it starts from.
fn acts(
    subject: Subject<'_>,
    role: &RoleName,
    from: &[crate::shape::Word],
    findings: &mut Findings,
) {
    lacking(subject, role, from, &[Act::Read, Act::Step], findings);
}

fn sees(
    subject: Subject<'_>,
    role: &RoleName,
    from: &[crate::shape::Word],
    findings: &mut Findings,
) {
    lacking(subject, role, from, &[Act::Read], findings);
}

fn lacking(
    subject: Subject<'_>,
    role: &RoleName,
    from: &[crate::shape::Word],
    acts: &[Act],
    findings: &mut Findings,
) {
    let grants = &subject.record.declared.grants;
    for act in acts {
        let state = from
            .iter()
            .find(|state| !grants.iter().any(|grant| allows(grant, role, *act, state)));
        if let Some(state) = state {
            let finding = Diagnostic::new(Code::NobodyCan, role.span)
                .with("role", &role.text)
                .with("act", act.word())
                .with("state", &state.text);
            findings.push(finding);
            return;
        }
    }
}
