//! The type of an expression, what it may cost, and which fields it reads.

mod calls;
mod names;
mod operators;

pub(crate) use names::own_names;

use super::functions::METHODS;
use super::types::{Type, of_field};
use super::{Expr, ExprNode, Expression};
use crate::Code;
use crate::catalog::{Catalog, RecordAt};
use crate::declaration::Field;
use crate::diagnostic::{Diagnostic, Findings};
use crate::source::Span;

/// The most that an expression may cost, in steps.
pub const DEAREST: u64 = 100_000;

/// What names in an expression mean.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    /// All packs.
    pub catalog: &'a Catalog,
    /// The record type whose fields are meant.
    pub record: RecordAt,
    /// The table whose columns are meant first; the record's own fields are then `record.…`.
    pub row: Option<usize>,
    /// Names beside those, such as `actor`.
    pub also: Vec<(&'static str, Type)>,
}

/// A field that an expression reads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// Whose.
    pub record: RecordAt,
    /// The table it is a column of, if it is one.
    pub table: Option<usize>,
    /// Which.
    pub field: String,
    /// Where.
    pub span: Span,
}

/// What is known of an expression.
#[derive(Clone, Debug)]
pub struct Inferred {
    /// Its type.
    pub kind: Type,
    /// What it costs at most, in steps.
    pub cost: u64,
    /// The fields that it reads.
    pub uses: Vec<Use>,
    /// Whether it changes though no record does: it reads `today` or `now`.
    pub moves: bool,
}

/// Infers the type of an expression, and checks that it is what is wanted.
pub fn infer(
    expression: &Expression,
    scope: &Scope<'_>,
    wanted: Option<&Type>,
    findings: &mut Findings,
) -> Inferred {
    let mut infer = Infer {
        expression,
        scope,
        locals: Vec::new(),
        uses: Vec::new(),
        moves: false,
        cost: 0,
        weight: 1,
        findings,
    };
    let Some(tree) = &expression.tree else {
        return Inferred {
            kind: Type::Unknown,
            cost: 0,
            uses: Vec::new(),
            moves: false,
        };
    };
    let kind = match wanted {
        Some(wanted) => infer.wanted(tree, wanted),
        None => infer.kind(tree),
    };
    let (cost, uses, moves) = (infer.cost, infer.uses, infer.moves);
    if cost > DEAREST {
        let finding = Diagnostic::new(Code::TooCostly, expression.at(tree.at))
            .with("cost", cost)
            .with("dearest", DEAREST);
        findings.push(finding);
    }
    Inferred {
        kind,
        cost,
        uses,
        moves,
    }
}

struct Infer<'a> {
    expression: &'a Expression,
    scope: &'a Scope<'a>,
    /// Variables of `exists` and the like.
    locals: Vec<(String, Type)>,
    uses: Vec<Use>,
    /// Whether `today` or `now` was read.
    moves: bool,
    cost: u64,
    /// How often the part at hand is asked.
    weight: u64,
    findings: &'a mut Findings,
}

impl Infer<'_> {
    fn pay(&mut self, steps: u64) {
        self.cost = self.cost.saturating_add(self.weight.saturating_mul(steps));
    }

    fn wrong(&self, code: Code, expr: &Expr) -> Diagnostic {
        Diagnostic::new(code, self.expression.at(expr.at))
    }

    /// Infers a part of which it is known what it must be.
    fn wanted(&mut self, expr: &Expr, wanted: &Type) -> Type {
        // A text where a code or state is wanted must be one of those.
        if let (ExprNode::Text(text), Type::Code(_) | Type::State(_)) = (&expr.node, wanted) {
            self.pay(1);
            self.value(expr, text, wanted);
            return wanted.clone();
        }
        if let (ExprNode::Choose(condition, yes, no), _) = (&expr.node, wanted) {
            self.pay(1);
            self.wanted(condition, &Type::Flag);
            self.wanted(yes, wanted);
            self.wanted(no, wanted);
            return wanted.clone();
        }
        if let (ExprNode::List(members), Type::List(member, _)) = (&expr.node, wanted) {
            self.pay(1);
            for one in members {
                self.wanted(one, member);
            }
            return wanted.clone();
        }
        if self.lacks_quotes(expr, wanted) {
            return Type::Unknown;
        }
        let kind = self.kind(expr);
        if !wanted.takes(&kind) {
            let code = match (wanted, &kind) {
                (Type::Number(_) | Type::Money, Type::Number(_)) => Code::UnitsDiffer,
                _ => Code::WrongType,
            };
            let unit = |kind: &Type| match kind {
                Type::Number(Some(unit)) => unit.clone(),
                Type::Money => "đồng".to_owned(),
                _ => "–".to_owned(),
            };
            let finding = self
                .wrong(code, expr)
                .with("wanted", wanted.term())
                .with("found", kind.term())
                .with("left", unit(wanted))
                .with("right", unit(&kind));
            self.findings.push(finding);
        }
        kind
    }

    /// Says so where a code or state stands without its quotes, which reads as a name.
    fn lacks_quotes(&mut self, expr: &Expr, wanted: &Type) -> bool {
        let ExprNode::Name(name) = &expr.node else {
            return false;
        };
        let catalog = self.scope.catalog;
        let is_value = match wanted {
            Type::Code(Some(list)) => catalog.list(*list).codes.contains(name),
            Type::State(record) => catalog
                .record(*record)
                .state_ids()
                .any(|state| state == name),
            _ => false,
        };
        if !is_value || self.means_something(name) {
            return false;
        }
        let mut finding = self.wrong(Code::UnknownName, expr).with("name", name);
        finding.meant = Some(format!("'{name}'"));
        self.findings.push(finding);
        true
    }

    /// A text that must be a code of a list or a state.
    fn value(&mut self, expr: &Expr, text: &str, wanted: &Type) {
        let catalog = self.scope.catalog;
        let known: Box<dyn Iterator<Item = &str>> = match wanted {
            Type::Code(Some(list)) => {
                let codes = &catalog.list(*list).codes;
                if codes.contains(text) {
                    return;
                }
                Box::new(codes.iter().map(String::as_str))
            }
            Type::State(record) => {
                let record = catalog.record(*record);
                if record.state_ids().any(|known| known == text) {
                    return;
                }
                Box::new(record.state_ids())
            }
            _ => return,
        };
        let finding = self
            .wrong(Code::UnknownValue, expr)
            .with("name", text)
            .with("kind", wanted.term())
            .meant(text, known);
        self.findings.push(finding);
    }

    fn kind(&mut self, expr: &Expr) -> Type {
        self.pay(1);
        match &expr.node {
            ExprNode::Text(_) => Type::Text,
            ExprNode::Number(_) => Type::NUMBER,
            ExprNode::Flag(_) => Type::Flag,
            ExprNode::Null => Type::Null,
            ExprNode::Name(name) => self.name(expr, name),
            ExprNode::Member(target, name) => self.member(expr, target, name),
            ExprNode::Call(name, arguments) => self.call(expr, name, arguments),
            ExprNode::Method(target, name, arguments) => {
                let mut all = vec![self.kind(target)];
                all.extend(arguments.iter().map(|argument| self.kind(argument)));
                if name == "matches" {
                    self.pattern(arguments.first());
                }
                self.apply(expr, name, &METHODS, &all)
            }
            ExprNode::Each(list, each, variable, body) => self.each(list, *each, variable, body),
            ExprNode::Not(inner) => self.wanted(inner, &Type::Flag),
            ExprNode::Negative(inner) => {
                let kind = self.kind(inner);
                match kind {
                    Type::Number(_) | Type::Money | Type::Unknown => kind,
                    _ => self.operands(expr, "-", &kind, &kind),
                }
            }
            ExprNode::Binary(operator, left, right) => self.binary(expr, *operator, left, right),
            ExprNode::Choose(condition, yes, no) => {
                self.wanted(condition, &Type::Flag);
                let kind = self.kind(yes);
                if kind == Type::Null {
                    return self.kind(no);
                }
                self.wanted(no, &kind);
                kind
            }
            ExprNode::List(members) => {
                let mut kind = Type::Unknown;
                for member in members {
                    if kind == Type::Unknown {
                        kind = self.kind(member);
                    } else {
                        self.wanted(member, &kind);
                    }
                }
                let bound = u32::try_from(members.len()).unwrap_or(u32::MAX);
                Type::List(Box::new(kind), bound)
            }
        }
    }
}

/// The type of a field, as expressions see it.
pub(crate) fn field_type(catalog: &Catalog, at: RecordAt, field: &Field) -> Type {
    of_field(field, at, catalog.record(at).position(&field.id), catalog)
}
