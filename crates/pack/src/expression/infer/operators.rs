//! Operators between two values.

use super::Infer;
use crate::Code;
use crate::expression::types::{Type, units_fit};
use crate::expression::{Expr, ExprNode, Operator};

impl Infer<'_> {
    pub(super) fn binary(
        &mut self,
        expr: &Expr,
        operator: Operator,
        left: &Expr,
        right: &Expr,
    ) -> Type {
        match operator {
            Operator::And | Operator::Or => {
                self.wanted(left, &Type::Flag);
                self.wanted(right, &Type::Flag);
                Type::Flag
            }
            Operator::In => {
                let member = self.kind(left);
                match (&right.node, &member) {
                    (ExprNode::List(members), _) => {
                        self.pay(1);
                        for one in members {
                            self.wanted(one, &member);
                        }
                    }
                    _ => self.contained(expr, left, &member, right),
                }
                Type::Flag
            }
            Operator::Equal | Operator::Unequal => {
                // The side that is a plain text is read as what the other side is.
                if matches!(left.node, ExprNode::Text(_)) {
                    let kind = self.kind(right);
                    self.same(expr, operator, left, &kind);
                } else {
                    let kind = self.kind(left);
                    self.same(expr, operator, right, &kind);
                }
                Type::Flag
            }
            _ => {
                let (one, other) = (self.kind(left), self.kind(right));
                self.arithmetic(expr, operator, &one, &other)
            }
        }
    }

    /// `x in list`, where the list is a field.
    pub(super) fn contained(&mut self, expr: &Expr, left: &Expr, member: &Type, right: &Expr) {
        match self.kind(right) {
            Type::List(inner, _) => {
                if let (ExprNode::Text(text), Type::Code(_)) = (&left.node, &*inner) {
                    self.value(left, text, &inner);
                } else if !inner.takes(member) {
                    self.operands(expr, "in", member, &inner);
                }
            }
            Type::Unknown => {}
            kind => {
                self.operands(expr, "in", member, &kind);
            }
        }
    }

    pub(super) fn same(&mut self, expr: &Expr, operator: Operator, expr_of: &Expr, kind: &Type) {
        if let (ExprNode::Text(text), Type::Code(_) | Type::State(_)) = (&expr_of.node, kind) {
            self.pay(1);
            self.value(expr_of, text, kind);
            return;
        }
        if self.lacks_quotes(expr_of, kind) {
            return;
        }
        let other = self.kind(expr_of);
        if kind.takes(&other) || other.takes(kind) {
            return;
        }
        match (kind, &other) {
            (Type::Number(one), Type::Number(two)) => {
                self.units(expr, one.as_deref(), two.as_deref());
            }
            _ => {
                self.operands(expr, operator.sign(), kind, &other);
            }
        }
    }

    pub(super) fn units(&mut self, expr: &Expr, one: Option<&str>, other: Option<&str>) {
        let finding = self
            .wrong(Code::UnitsDiffer, expr)
            .with("left", one.unwrap_or("–"))
            .with("right", other.unwrap_or("–"));
        self.findings.push(finding);
    }

    pub(super) fn operands(&mut self, expr: &Expr, sign: &str, one: &Type, other: &Type) -> Type {
        let finding = self
            .wrong(Code::WrongOperands, expr)
            .with("sign", sign)
            .with("left", one.term())
            .with("right", other.term());
        self.findings.push(finding);
        Type::Unknown
    }

    pub(super) fn arithmetic(
        &mut self,
        expr: &Expr,
        operator: Operator,
        one: &Type,
        other: &Type,
    ) -> Type {
        let compares = matches!(
            operator,
            Operator::Less | Operator::AtMost | Operator::Greater | Operator::AtLeast
        );
        let adds = matches!(operator, Operator::Add | Operator::Subtract);
        match (one, other) {
            (Type::Unknown, _) | (_, Type::Unknown) => {
                if compares {
                    Type::Flag
                } else {
                    Type::Unknown
                }
            }
            (Type::Number(left), Type::Number(right)) => {
                if (compares || adds) && !units_fit(left.as_deref(), right.as_deref()) {
                    self.units(expr, left.as_deref(), right.as_deref());
                }
                match operator {
                    _ if compares => Type::Flag,
                    _ if adds => Type::Number(left.clone().or_else(|| right.clone())),
                    _ => Type::NUMBER,
                }
            }
            (Type::Money, Type::Money) => match operator {
                _ if compares => Type::Flag,
                _ if adds => Type::Money,
                Operator::Divide => Type::NUMBER,
                _ => self.operands(expr, operator.sign(), one, other),
            },
            (Type::Money, Type::Number(unit)) | (Type::Number(unit), Type::Money)
                if compares || adds =>
            {
                // A bare number is an amount too; hectares are none.
                if let Some(unit) = unit {
                    self.units(expr, Some("đồng"), Some(unit.as_str()));
                }
                if compares { Type::Flag } else { Type::Money }
            }
            (Type::Money, Type::Number(_))
                if matches!(operator, Operator::Multiply | Operator::Divide) =>
            {
                Type::Money
            }
            (Type::Number(_), Type::Money) if operator == Operator::Multiply => Type::Money,
            (Type::Date, Type::Date) | (Type::DateTime, Type::DateTime) if compares => Type::Flag,
            (Type::Date, Type::Date) if operator == Operator::Subtract => Type::NUMBER,
            (Type::Date, Type::Number(_)) if adds => Type::Date,
            (Type::Text, Type::Text) if operator == Operator::Add => Type::Text,
            _ => self.operands(expr, operator.sign(), one, other),
        }
    }
}
