//! The type of every expression, and values that wait for one another.

use std::collections::{BTreeMap, BTreeSet};

use super::{Subject, figures, unfit};
use crate::Code;
use crate::declaration::{Field, FieldType};
use crate::diagnostic::{Diagnostic, Findings};
use crate::expression::infer::{Inferred, Scope, field_type, infer};
use crate::expression::types::{Type, of_field};
use crate::expression::{Expr, ExprNode, Expression, Operator};
use crate::shape::is_set;
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
    narrowing(subject, &scope, findings);
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

/// Conditions by which whole lists are narrowed: they must become a query.
fn narrowing(subject: Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    let declared = &subject.record.declared;
    let actor = Scope {
        also: vec![("actor", Type::Actor)],
        ..scope.clone()
    };
    for condition in declared
        .grants
        .iter()
        .filter_map(|grant| grant.when.as_ref())
    {
        for_lists(subject, condition, &actor, findings);
    }
    let public = declared
        .public
        .iter()
        .filter_map(|public| public.when.as_ref());
    let shares = declared
        .shares
        .iter()
        .filter_map(|share| share.when.as_ref());
    let views = declared.views.iter().filter_map(|view| view.when.as_ref());
    let lookups = declared
        .lookups
        .iter()
        .filter_map(|lookup| lookup.when.as_ref());
    let duplicates = declared
        .duplicates
        .iter()
        .filter_map(|like| like.when.as_ref());
    let indicators = &declared.indicators;
    let counted = indicators
        .iter()
        .flat_map(|one| [&one.when, &one.part])
        .flatten();
    for condition in public
        .chain(shares)
        .chain(views)
        .chain(lookups)
        .chain(duplicates)
        .chain(counted)
    {
        for_lists(subject, condition, scope, findings);
    }
    for rollup in &declared.rollups {
        let (Some(of), Some(when)) = (
            subject.catalog.find_record(subject.at.pack, &rollup.of),
            &rollup.when,
        ) else {
            continue;
        };
        let other = figures::seen_from(subject, of);
        for_lists(
            other,
            when,
            &Scope {
                record: of,
                ..scope.clone()
            },
            findings,
        );
    }
}

fn for_lists(
    subject: Subject<'_>,
    condition: &Expression,
    scope: &Scope<'_>,
    findings: &mut Findings,
) {
    let mut found = Findings::default();
    infer(condition, scope, Some(&Type::Flag), &mut found);
    let clean = found.passes();
    found
        .sorted()
        .into_iter()
        .for_each(|one| findings.push(one));
    if let (true, Some(tree)) = (clean, &condition.tree)
        && let Err(part) = is_query(subject, tree)
    {
        findings.push(Diagnostic::new(Code::NotForLists, condition.at(part)));
    }
}

/// Whether a condition compares columns with values known beforehand, joined by «and», «or» and
/// «not»; otherwise the part that does not.
fn is_query(subject: Subject<'_>, expr: &Expr) -> Result<(), (u32, u32)> {
    match &expr.node {
        ExprNode::Binary(Operator::And | Operator::Or, left, right) => {
            is_query(subject, left)?;
            is_query(subject, right)
        }
        ExprNode::Not(inner) => is_query(subject, inner),
        ExprNode::Flag(_) => Ok(()),
        ExprNode::Name(_) => column(subject, expr),
        ExprNode::Call(name, arguments) if name == "has" && arguments.len() == 1 => {
            column(subject, &arguments[0])
        }
        ExprNode::Binary(
            Operator::Equal
            | Operator::Unequal
            | Operator::Less
            | Operator::AtMost
            | Operator::Greater
            | Operator::AtLeast
            | Operator::In,
            left,
            right,
        ) => match (is_constant(left), is_constant(right)) {
            (true, true) => Ok(()),
            (false, true) => column(subject, left),
            (true, false) => column(subject, right),
            (false, false) => Err(expr.at),
        },
        _ => Err(expr.at),
    }
}

/// Whether a part is known before any record is looked at.
fn is_constant(expr: &Expr) -> bool {
    match &expr.node {
        ExprNode::Text(_) | ExprNode::Number(_) | ExprNode::Flag(_) | ExprNode::Null => true,
        ExprNode::Name(name) => name == "today" || name == "now",
        ExprNode::Member(target, _) => {
            matches!(&target.node, ExprNode::Name(name) if name == "actor")
        }
        ExprNode::Call(_, parts) | ExprNode::List(parts) => parts.iter().all(is_constant),
        ExprNode::Negative(inner) => is_constant(inner),
        ExprNode::Binary(_, left, right) => is_constant(left) && is_constant(right),
        _ => false,
    }
}

fn column(subject: Subject<'_>, expr: &Expr) -> Result<(), (u32, u32)> {
    let ExprNode::Name(name) = &expr.node else {
        return Err(expr.at);
    };
    let suits = match subject.record.field(name) {
        Some(field) => is_kept(subject, field),
        None => subject.own(name),
    };
    if suits { Ok(()) } else { Err(expr.at) }
}

/// Whether a field's value stands in a column: one value, that changes only when a record does.
pub(super) fn is_kept(subject: Subject<'_>, field: &Field) -> bool {
    field.kind.value.has_column()
        && !is_set(field.repeated.as_ref())
        && !subject
            .record
            .position(&field.id)
            .is_some_and(|place| subject.flow.moves(subject.at, place))
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

/// Whether a field can be computed with by a comparison: used by views and figures.
pub(super) const fn is_choice(kind: FieldType) -> bool {
    matches!(
        kind,
        FieldType::Code
            | FieldType::Flag
            | FieldType::Unit
            | FieldType::Area
            | FieldType::Reference
    )
}
