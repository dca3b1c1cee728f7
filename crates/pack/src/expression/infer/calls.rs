//! Functions, methods, and what is asked of every member of a list.

use super::Infer;
use crate::Code;
use crate::expression::functions::{FUNCTIONS, Function, METHODS};
use crate::expression::types::Type;
use crate::expression::{Each, Expr, ExprNode};
use crate::shape::compile_pattern;

impl Infer<'_> {
    pub(super) fn call(&mut self, expr: &Expr, name: &str, arguments: &[Expr]) -> Type {
        if let ("has", [only]) = (name, arguments) {
            self.kind(only);
            return Type::Flag;
        }
        if let (
            "date",
            [
                Expr {
                    node: ExprNode::Text(day),
                    ..
                },
            ],
        ) = (name, arguments)
            && day.parse::<jiff::civil::Date>().is_err()
        {
            let finding = self
                .wrong(Code::WrongArguments, &arguments[0])
                .with("name", name)
                .with("shown", "date('2026-12-31')");
            self.findings.push(finding);
            return Type::Date;
        }
        let kinds: Vec<Type> = arguments
            .iter()
            .map(|argument| self.kind(argument))
            .collect();
        self.apply(expr, name, &FUNCTIONS, &kinds)
    }

    pub(super) fn apply(
        &mut self,
        expr: &Expr,
        name: &str,
        known: &[Function],
        given: &[Type],
    ) -> Type {
        let Some(function) = known.iter().find(|function| function.name == name) else {
            let names = FUNCTIONS
                .iter()
                .chain(&METHODS)
                .map(|function| function.name);
            let also = ["has", "exists", "all", "exists_one", "filter", "map"];
            let finding = self
                .wrong(Code::UnknownFunction, expr)
                .with("name", name)
                .meant(name, names.chain(also));
            self.findings.push(finding);
            return Type::Unknown;
        };
        self.pay(function.cost);
        (function.gives)(given).unwrap_or_else(|| {
            let finding = self
                .wrong(Code::WrongArguments, expr)
                .with("name", name)
                .with("shown", function.shown);
            self.findings.push(finding);
            Type::Unknown
        })
    }

    /// A pattern is read when the pack is checked, so that it can fail nobody later.
    pub(super) fn pattern(&mut self, argument: Option<&Expr>) {
        let Some(argument) = argument else { return };
        match &argument.node {
            ExprNode::Text(pattern) if compile_pattern(pattern).is_ok() => {}
            _ => {
                let text = match &argument.node {
                    ExprNode::Text(pattern) => pattern.as_str(),
                    _ => "…",
                };
                let finding = self.wrong(Code::BadPattern, argument).with("name", text);
                self.findings.push(finding);
            }
        }
    }

    pub(super) fn each(&mut self, list: &Expr, each: Each, variable: &str, body: &Expr) -> Type {
        let (member, bound) = match self.kind(list) {
            Type::List(member, bound) => (*member, bound),
            Type::Unknown => (Type::Unknown, 1),
            kind => {
                let finding = self
                    .wrong(Code::WrongType, list)
                    .with("wanted", "~type-list")
                    .with("found", kind.term());
                self.findings.push(finding);
                (Type::Unknown, 1)
            }
        };
        let weight = self.weight;
        self.weight = weight.saturating_mul(u64::from(bound.max(1)));
        self.locals.push((variable.to_owned(), member.clone()));
        let kind = if each == Each::Map {
            self.kind(body)
        } else {
            self.wanted(body, &Type::Flag)
        };
        self.locals.pop();
        self.weight = weight;
        match each {
            Each::Exists | Each::ExistsOne | Each::All => Type::Flag,
            Each::Filter => Type::List(Box::new(member), bound),
            Each::Map => Type::List(Box::new(kind), bound),
        }
    }
}
