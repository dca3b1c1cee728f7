//! The type of every expression, and values that wait for one another.

use std::collections::{BTreeMap, BTreeSet};

use super::{Subject, queries, unfit};
use crate::Code;
use crate::declaration::Field;
use crate::diagnostic::{Diagnostic, Findings};
use crate::expression::Expression;
use crate::expression::infer::{Inferred, Scope, field_type, infer};
use crate::expression::types::{Type, of_field};
use crate::source::Span;

pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let declared = &subject.record.declared;
    let scope = scope(subject);
    let mut yes_or_no = |expression: &Expression| {
        infer(expression, &scope, Some(&Type::Flag), findings);
    };
    declared
        .sections
        .iter()
        .filter_map(|section| section.when.as_ref())
        .for_each(&mut yes_or_no);
    declared.rules.iter().for_each(|rule| yes_or_no(&rule.when));
    for step in declared.lifecycle.iter().flat_map(|life| &life.steps) {
        step.when.iter().for_each(&mut yes_or_no);
        step.tasks
            .iter()
            .filter_map(|task| task.when.as_ref())
            .for_each(&mut yes_or_no);
    }
    fields(subject, &scope, findings);
    for step in declared.lifecycle.iter().flat_map(|life| &life.steps) {
        if let Some(sets) = &step.sets {
            puts(subject, sets, &scope, findings);
        }
    }
    if let Some(filled) = declared
        .migration
        .as_ref()
        .and_then(|moved| moved.filled.as_ref())
    {
        puts(subject, filled, &scope, findings);
    }
    queries::check(subject, &scope, findings);
    waiting(subject, findings);
}

/// What names mean in the expressions of a record type.
pub(super) fn scope(subject: Subject<'_>) -> Scope<'_> {
    Scope {
        catalog: subject.catalog,
        record: subject.at,
        row: None,
        also: Vec::new(),
    }
}

fn fields(subject: Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    let declared = &subject.record.declared;
    for (place, field) in declared.fields.iter().enumerate() {
        let kind = field_type(subject.catalog, subject.at, field);
        one(field, &kind, scope, findings);
        let row = Scope {
            row: Some(place),
            ..scope.clone()
        };
        for column in &field.fields {
            let kind = of_field(column, subject.at, None, subject.catalog);
            one(column, &kind, &row, findings);
        }
    }
}

fn one(field: &Field, kind: &Type, scope: &Scope<'_>, findings: &mut Findings) {
    for condition in [&field.when, &field.required_when].into_iter().flatten() {
        infer(condition, scope, Some(&Type::Flag), findings);
    }
    for value in [&field.default, &field.compute].into_iter().flatten() {
        infer(value, scope, Some(kind), findings);
    }
}

fn puts(
    subject: Subject<'_>,
    sets: &crate::shape::Pairs<Expression>,
    scope: &Scope<'_>,
    findings: &mut Findings,
) {
    for (key, value) in &sets.0 {
        let Some(field) = subject.field(key, findings) else {
            continue;
        };
        if field.compute.is_some() {
            unfit(key, "~fit-typed", findings);
        }
        let kind = field_type(subject.catalog, subject.at, field);
        infer(value, scope, Some(&kind), findings);
    }
}

/// Fields that are asked for only when another is there, in a circle.
fn waiting(subject: Subject<'_>, findings: &mut Findings) {
    let scope = scope(subject);
    let fields = &subject.record.declared.fields;
    circle(fields, &scope, findings);
    for (place, table) in fields.iter().enumerate() {
        let row = Scope {
            row: Some(place),
            ..scope.clone()
        };
        circle(&table.fields, &row, findings);
    }
}

fn circle(fields: &[Field], scope: &Scope<'_>, findings: &mut Findings) {
    let mut waits: BTreeMap<&str, (Span, BTreeSet<String>)> = BTreeMap::new();
    for field in fields {
        if let Some(expression) = &field.when {
            let uses = own_uses(expression, scope);
            waits.insert(&field.id.text, (expression.span, uses));
        }
    }
    // What waits for nothing that still waits is taken away until nothing more can be.
    loop {
        let names: BTreeSet<String> = waits.keys().map(|name| (*name).to_owned()).collect();
        let free: Vec<&str> = waits
            .iter()
            .filter(|(_, (_, uses))| uses.is_disjoint(&names))
            .map(|(name, _)| *name)
            .collect();
        if free.is_empty() {
            break;
        }
        for name in free {
            waits.remove(name);
        }
    }
    let first = waits.values().map(|(span, _)| *span).min();
    if let Some(span) = first {
        let names: Vec<&str> = waits.keys().copied().collect();
        findings.push(Diagnostic::new(Code::Circular, span).with("names", names.join(", ")));
    }
}

/// The fields of the same record, or columns of the same row, that an expression reads.
fn own_uses(expression: &Expression, scope: &Scope<'_>) -> BTreeSet<String> {
    let Inferred { uses, .. } = infer(expression, scope, None, &mut Findings::default());
    uses.into_iter()
        .filter(|used| used.record == scope.record)
        .filter(|used| match scope.row {
            Some(place) => used.table == Some(place),
            None => true,
        })
        .map(|used| match used.table {
            // A column counts as its table, seen from outside.
            Some(place) if scope.row.is_none() => {
                let table = &scope.catalog.record(used.record).declared.fields[place];
                table.id.text.clone()
            }
            _ => used.field,
        })
        .collect()
}
