//! Personal data: where it must not come to.

use std::collections::BTreeSet;

use super::Subject;
use super::expressions::scope;
use crate::Code;
use crate::catalog::RecordAt;
use crate::declaration::Field;
use crate::diagnostic::{Diagnostic, Findings};
use crate::expression::Expression;
use crate::expression::infer::{Scope, infer};
use crate::shape::{Key, is_set};
use crate::source::Span;

/// How many steps of computing and references are followed.
const DEEPEST: usize = 16;

pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let declared = &subject.record.declared;
    for field in &declared.fields {
        one(field, findings);
        field.fields.iter().for_each(|column| one(column, findings));
        searched(subject, field, findings);
    }
    label(subject, findings);
    if let Some(public) = &declared.public {
        hidden(subject, &public.fields, Code::PersonalPublic, findings);
        condition(subject, public.when.as_ref(), findings);
    }
    for lookup in &declared.lookups {
        hidden(subject, &lookup.shows, Code::PersonalPublic, findings);
    }
    for indicator in &declared.indicators {
        hidden(subject, &indicator.by, Code::PersonalPublic, findings);
    }
    for share in declared.shares.iter().filter(|share| share.legal.is_none()) {
        hidden(subject, &share.fields, Code::PersonalShared, findings);
    }
}

/// Kinds of data that say who somebody is must say whether they do.
fn one(field: &Field, findings: &mut Findings) {
    if field.kind.value.is_often_personal() && field.personal.is_none() && field.compute.is_none() {
        let finding = Diagnostic::new(Code::PersonalUnsaid, field.id.span).with("name", &*field.id);
        findings.push(finding);
    }
}

fn searched(subject: Subject<'_>, field: &Field, findings: &mut Findings) {
    if let Some(search) = &field.search
        && search.value
        && source(subject, field, DEEPEST).is_some()
    {
        let finding = Diagnostic::new(Code::PersonalSearched, search.span).with("name", &*field.id);
        findings.push(finding);
    }
}

/// A label is shown wherever the record is named, to whoever sees that it is there.
fn label(subject: Subject<'_>, findings: &mut Findings) {
    let declared = &subject.record.declared.record;
    for (name, span) in declared.label.names() {
        let personal = subject
            .record
            .field(name)
            .and_then(|field| source(subject, field, DEEPEST));
        if let Some((from, _)) = personal {
            let finding = Diagnostic::new(Code::PersonalLabel, span)
                .with("name", name)
                .with("from", from);
            findings.push(finding);
        }
    }
}

fn hidden(subject: Subject<'_>, keys: &[Key], code: Code, findings: &mut Findings) {
    for key in keys {
        let Some(field) = subject.record.field(key) else {
            continue;
        };
        if let Some((from, span)) = source(subject, field, DEEPEST) {
            let finding = Diagnostic::new(code, key.span)
                .with("name", &**key)
                .with("from", from)
                .also(span);
            findings.push(finding);
        }
    }
}

/// Which records are public must not tell what a personal field holds.
fn condition(subject: Subject<'_>, when: Option<&Expression>, findings: &mut Findings) {
    let Some(when) = when else { return };
    if let Some((from, span)) = read_by(subject, when, &scope(subject), DEEPEST) {
        let finding = Diagnostic::new(Code::PersonalPublic, when.span)
            .with("name", &from)
            .with("from", &from)
            .also(span);
        findings.push(finding);
    }
}

/// The personal field that a field's value comes from, itself or what it is computed from.
fn source(subject: Subject<'_>, field: &Field, left: usize) -> Option<(String, Span)> {
    if is_set(field.personal.as_ref()) {
        return Some((field.id.text.clone(), field.id.span));
    }
    if let Some(column) = field
        .fields
        .iter()
        .find(|column| is_set(column.personal.as_ref()))
    {
        return Some((column.id.text.clone(), column.id.span));
    }
    let own = scope(subject);
    if let Some(compute) = &field.compute
        && let found @ Some(_) = read_by(subject, compute, &own, left)
    {
        return found;
    }
    let place = subject.record.position(&field.id)?;
    let row = Scope {
        row: Some(place),
        ..own
    };
    let computed = field
        .fields
        .iter()
        .filter_map(|column| column.compute.as_ref());
    computed
        .into_iter()
        .find_map(|compute| read_by(subject, compute, &row, left))
}

/// The personal field that an expression reads.
fn read_by(
    subject: Subject<'_>,
    expression: &Expression,
    scope: &Scope<'_>,
    left: usize,
) -> Option<(String, Span)> {
    let left = left.checked_sub(1)?;
    let uses = infer(expression, scope, None, &mut Findings::default()).uses;
    let mut seen: BTreeSet<(RecordAt, Option<usize>, String)> = BTreeSet::new();
    for used in uses {
        if !seen.insert((used.record, used.table, used.field.clone())) {
            continue;
        }
        let record = subject.catalog.record(used.record);
        let there = Subject {
            at: used.record,
            record,
            ..subject
        };
        let found = match used.table {
            None => record
                .field(&used.field)
                .and_then(|field| source_of_use(there, field, left)),
            Some(place) => record.declared.fields[place]
                .fields
                .iter()
                .find(|column| column.id.text == used.field)
                .filter(|column| is_set(column.personal.as_ref()))
                .map(|column| (column.id.text.clone(), column.id.span)),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// A table as such (`size(members)`) tells nothing of its columns.
fn source_of_use(subject: Subject<'_>, field: &Field, left: usize) -> Option<(String, Span)> {
    if is_set(field.personal.as_ref()) {
        return Some((field.id.text.clone(), field.id.span));
    }
    let compute = field.compute.as_ref()?;
    read_by(subject, compute, &scope(subject), left)
}
