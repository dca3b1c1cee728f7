//! States and steps: whether every state can be come to and left, and every clock be counted.

use std::collections::BTreeSet;

use super::{Subject, unfit};
use crate::Code;
use crate::declaration::{Approval, Deadline, Lifecycle, Step};
use crate::diagnostic::{Diagnostic, Findings};
use crate::shape::{Word, is_set};
use crate::source::Span;
use crate::term::Term;

pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let declared = &subject.record.declared;
    let known: Vec<&str> = subject.record.state_ids().collect();
    let mut state = |name: &str, span: Span| {
        if !name.is_empty() && !known.contains(&name) {
            let finding = Diagnostic::new(Code::UnknownState, span)
                .with("name", name)
                .meant(name, known.iter().copied());
            findings.push(finding);
        }
    };
    for grant in &declared.grants {
        grant
            .states
            .iter()
            .for_each(|named| state(named, named.span));
    }
    for print in &declared.prints {
        print
            .states
            .iter()
            .for_each(|named| state(named, named.span));
    }
    if let Some(retention) = &declared.retention {
        retention
            .after
            .iter()
            .for_each(|named| state(named, named.span));
    }
    if let Some(migration) = &declared.migration {
        migration
            .states
            .iter()
            .for_each(|moved| state(&moved.to, moved.to.span));
    }
    let Some(life) = &declared.lifecycle else {
        return;
    };
    state(&life.initial, life.initial.span);
    for step in &life.steps {
        step.from.iter().for_each(|named| state(named, named.span));
        state(&step.to, step.to.span);
    }
    for deadline in &life.deadlines {
        let named = deadline.runs_in.iter().chain(&deadline.paused_in);
        named.for_each(|named| state(named, named.span));
    }
    for step in &life.steps {
        one_step(subject, life, step, findings);
    }
    for deadline in &life.deadlines {
        clock(life, deadline, findings);
        term(
            subject,
            deadline.within,
            deadline.calendar.as_ref(),
            findings,
        );
    }
    ways(life, &known, findings);
    automatic_cycle(life, findings);
}

/// Automatic steps that lead back to where they began would be taken for ever.
fn automatic_cycle(life: &Lifecycle, findings: &mut Findings) {
    let taken = || {
        let steps = life.steps.iter();
        steps.filter(|step| is_set(step.automatic.as_ref()))
    };
    for step in taken() {
        let mut reached = BTreeSet::from([step.to.text.as_str()]);
        loop {
            let before = reached.len();
            for next in taken() {
                if next.from.iter().any(|from| reached.contains(&*from.text)) {
                    reached.insert(&next.to.text);
                }
            }
            if reached.len() == before {
                break;
            }
        }
        if let Some(from) = step.from.iter().find(|from| reached.contains(&*from.text)) {
            let finding = Diagnostic::new(Code::AutomaticCycle, step.id.span)
                .with("name", &step.id.text)
                .with("state", &from.text);
            findings.push(finding);
            return;
        }
    }
}

fn one_step(subject: Subject<'_>, life: &Lifecycle, step: &Step, findings: &mut Findings) {
    let ids = || life.steps.iter().map(|step| step.id.text.as_str());
    for other in &step.other_than {
        if !other.is_empty() && !ids().any(|known| known == other.text) {
            let finding = Diagnostic::new(Code::UnknownStep, other.span)
                .with("name", &other.text)
                .meant(other, ids());
            findings.push(finding);
        }
    }
    for key in &step.needs {
        subject.field(key, findings);
    }
    if let Some(print) = step.print.as_ref().filter(|print| !print.is_empty()) {
        let known = || {
            subject
                .record
                .declared
                .prints
                .iter()
                .map(|print| print.id.text.as_str())
        };
        if !known().any(|known| known == print.text) {
            let finding = Diagnostic::new(Code::UnknownPrint, print.span)
                .with("name", &print.text)
                .meant(print, known());
            findings.push(finding);
        }
    }
    let missing = |key: &'static str| {
        Diagnostic::new(Code::MissingKey, step.id.span)
            .with("key", key)
            .with("place", "[[lifecycle.step]]")
    };
    if step.from.is_empty() {
        findings.push(missing("from"));
    }
    let takers = [
        !step.by.is_empty(),
        step.approval.is_some(),
        is_set(step.automatic.as_ref()),
    ];
    if takers.iter().filter(|taken| **taken).count() != 1 {
        let finding =
            Diagnostic::new(Code::OneOf, step.id.span).with("keys", "by, approval, automatic");
        findings.push(finding);
    }
    idle(step, takers[2], findings);
    if takers[2] && step.when.is_none() {
        findings.push(missing("when"));
    } else if step.when.is_some() && step.refusal.is_none() && !takers[2] {
        findings.push(missing("refusal"));
    }
    if let Some(approval) = &step.approval {
        quorum(approval, findings);
    }
    if let Some(within) = step.within {
        term(subject, within, step.calendar.as_ref(), findings);
    }
    if let Some(undo) = step.undo {
        term(subject, undo, step.calendar.as_ref(), findings);
        taken_back(subject, step, undo.span, findings);
    }
    for task in &step.tasks {
        if let Some(within) = task.within {
            term(subject, within, step.calendar.as_ref(), findings);
        }
        if let Some(key) = &task.unit
            && let Some(field) = subject.field(key, findings)
            && field.kind.value != crate::declaration::FieldType::Unit
        {
            unfit(key, "~fit-unit", findings);
        }
    }
}

/// A step that cannot be taken back by one person: several took it, or it gave a number.
fn taken_back(subject: Subject<'_>, step: &Step, span: Span, findings: &mut Findings) {
    let series = subject.record.declared.record.code.as_ref();
    let gives = series.and_then(|series| series.at.as_ref());
    let why = if step.approval.is_some() {
        "~why-approval"
    } else if gives.is_some_and(|at| **at == *step.id) {
        "~why-gives-number"
    } else {
        return;
    };
    let finding = Diagnostic::new(Code::Unsuited, span)
        .with("key", "undo")
        .with("kind", &*step.id)
        .with("why", why);
    findings.push(finding);
}

/// The most people whose approval can be asked for.
const MOST_PEOPLE: usize = 50;

/// No more approvals are needed than there are who give them.
fn quorum(approval: &Approval, findings: &mut Findings) {
    let roles: BTreeSet<&str> = approval.of.iter().map(|role| role.text.as_str()).collect();
    let people = is_set(approval.people.as_ref());
    // «All» of the holders of a role would change with every appointment.
    let asked = match (people, approval.need.number) {
        (true, None) => 0,
        (true, Some(_)) => MOST_PEOPLE,
        (false, _) => roles.len(),
    };
    let needed = approval
        .need
        .number
        .map_or(roles.len(), |number| number as usize);
    if needed == 0 || needed > asked {
        let finding = Diagnostic::new(Code::Quorum, approval.need.span)
            .with("needed", needed)
            .with("asked", asked);
        findings.push(finding);
    }
}

/// Keys of a step that would do nothing.
fn idle(step: &Step, is_automatic: bool, findings: &mut Findings) {
    let unsuited = |key: &'static str, span: Span, why: &'static str| {
        Diagnostic::new(Code::Unsuited, span)
            .with("key", key)
            .with("kind", &*step.id)
            .with("why", why)
    };
    let of_people = [
        ("refusal", step.refusal.as_ref().map(|key| key.span)),
        ("reason", step.reason.as_ref().map(|key| key.span)),
        ("other_than", step.other_than.first().map(|key| key.span)),
        ("delegable", step.delegable.as_ref().map(|key| key.span)),
        ("within", step.within.map(|key| key.span)),
        ("task", step.tasks.first().map(|key| key.span)),
        ("undo", step.undo.map(|key| key.span)),
    ];
    if is_automatic {
        for (key, span) in of_people
            .into_iter()
            .filter_map(|(key, span)| Some((key, span?)))
        {
            findings.push(unsuited(key, span, "~why-automatic"));
        }
    } else if let (None, Some(refusal)) = (&step.when, &step.refusal) {
        findings.push(unsuited("refusal", refusal.span, "~why-no-when"));
    }
    let is_timed = step.within.is_some()
        || step.undo.is_some()
        || step.tasks.iter().any(|task| task.within.is_some());
    if let (false, Some(calendar)) = (is_timed, &step.calendar) {
        findings.push(unsuited("calendar", calendar.span, "~why-no-within"));
    }
}

/// Working time is counted by a calendar that the product knows.
pub(super) fn term(
    subject: Subject<'_>,
    term: Term,
    calendar: Option<&Word>,
    findings: &mut Findings,
) {
    let calendar = calendar.or(subject.pack.declared.pack.calendar.as_ref());
    match calendar {
        None if term.is_working_time() => {
            findings.push(Diagnostic::new(Code::NoCalendar, term.span));
        }
        Some(name) if !name.is_empty() && !subject.surroundings.calendars.contains(&name.text) => {
            let known = subject.surroundings.calendars.iter().map(String::as_str);
            let finding = Diagnostic::new(Code::UnknownCalendar, name.span)
                .with("name", &name.text)
                .meant(name, known);
            findings.push(finding);
        }
        _ => {}
    }
}

fn clock(life: &Lifecycle, deadline: &Deadline, findings: &mut Findings) {
    if deadline.runs_in.is_empty() {
        let finding = Diagnostic::new(Code::MissingKey, deadline.id.span)
            .with("key", "runs_in")
            .with("place", "[[lifecycle.deadline]]");
        findings.push(finding);
        return;
    }
    let wrong = |span: Span, name: &str| Diagnostic::new(Code::Clock, span).with("name", name);
    for paused in &deadline.paused_in {
        if deadline
            .runs_in
            .iter()
            .any(|state| state.text == paused.text)
        {
            findings.push(wrong(paused.span, &paused.text));
        }
    }
    for state in life
        .states
        .iter()
        .filter(|state| is_set(state.done.as_ref()))
    {
        let mut named = deadline.runs_in.iter().chain(&deadline.paused_in);
        if let Some(named) = named.find(|named| named.text == state.id.text) {
            findings.push(wrong(named.span, &named.text));
        }
    }
}

/// Whether every state can be come to, and left unless it is an end.
fn ways(life: &Lifecycle, known: &[&str], findings: &mut Findings) {
    if !known.contains(&life.initial.text.as_str()) {
        return;
    }
    let mut reached = BTreeSet::from([life.initial.text.as_str()]);
    loop {
        let before = reached.len();
        for step in &life.steps {
            if step
                .from
                .iter()
                .any(|from| reached.contains(from.text.as_str()))
            {
                reached.insert(&step.to.text);
            }
        }
        if reached.len() == before {
            break;
        }
    }
    for state in life.states.iter().filter(|state| !state.id.is_empty()) {
        let id = state.id.text.as_str();
        let leaves = life
            .steps
            .iter()
            .find(|step| step.from.iter().any(|from| from.text == id));
        let done = is_set(state.done.as_ref());
        let told = |code: Code, span: Span| Diagnostic::new(code, span).with("name", id);
        if !reached.contains(id) {
            findings.push(told(Code::Unreachable, state.id.span));
        }
        match leaves {
            None if !done => findings.push(told(Code::DeadEnd, state.id.span)),
            Some(step) if done => {
                let finding = told(Code::AfterFinal, step.id.span).with("step", &step.id.text);
                findings.push(finding.also(state.id.span));
            }
            _ => {}
        }
    }
}
