//! Conditions by which whole lists are narrowed: they must become a query.

use super::{Subject, figures};
use crate::Code;
use crate::declaration::{Field, FieldType};
use crate::diagnostic::{Diagnostic, Findings};
use crate::expression::infer::{Scope, infer};
use crate::expression::types::Type;
use crate::expression::{Expr, ExprNode, Expression, Operator};
use crate::shape::is_set;

/// Conditions by which whole lists are narrowed: they must become a query.
pub(super) fn check(subject: Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
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
    for condition in declared.list_conditions() {
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
