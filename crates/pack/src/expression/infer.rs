//! The type of an expression, what it may cost, and which fields it reads.

use super::functions::{FUNCTIONS, Function, METHODS};
use super::types::{Type, of_field, units_fit};
use super::{Each, Expr, ExprNode, Expression, Operator};
use crate::Code;
use crate::catalog::{Catalog, RecordAt};
use crate::declaration::Field;
use crate::diagnostic::{Diagnostic, Findings};
use crate::shape::compile_pattern;
use crate::source::Span;

/// The most that an expression may cost, in steps.
pub const DEAREST: u64 = 100_000;
/// Steps to follow a reference to another record.
const REFERENCE: u64 = 100;
/// Steps to ask for a figure from other records.
const ROLLUP: u64 = 500;

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
            for one in members {
                self.wanted(one, member);
            }
            return wanted.clone();
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

    fn name(&mut self, expr: &Expr, name: &str) -> Type {
        if let Some((_, kind)) = self.locals.iter().rev().find(|(known, _)| known == name) {
            return kind.clone();
        }
        if let Some((_, kind)) = self.scope.also.iter().find(|(known, _)| *known == name) {
            return kind.clone();
        }
        let record = self.scope.record;
        self.moves |= matches!(name, "today" | "now");
        if let Some(place) = self.scope.row {
            if name == "record" {
                return Type::Record(record);
            }
            return self.column(expr, record, place, name);
        }
        self.field(expr, record, name)
    }

    /// A name of a record: a field, a figure from others, or what every record has.
    fn field(&mut self, expr: &Expr, at: RecordAt, name: &str) -> Type {
        let catalog = self.scope.catalog;
        let record = catalog.record(at);
        if let Some(place) = record.position(name) {
            let field = &record.declared.fields[place];
            self.note(expr, at, None, name);
            return of_field(field, at, Some(place), catalog);
        }
        let rollups = &record.declared.rollups;
        if let Some(rollup) = rollups.iter().find(|rollup| rollup.id.text == name) {
            self.pay(ROLLUP);
            if let (Some(of), Some(value)) =
                (catalog.find_record(at.pack, &rollup.of), &rollup.value)
            {
                self.note(expr, of, None, value);
            }
            return crate::check::figures::rollup_type(catalog, at, rollup);
        }
        let own = own_names(catalog, at);
        if let Some((_, kind)) = own.iter().find(|(known, _)| *known == name) {
            return kind.clone();
        }
        let rollups = rollups.iter().map(|rollup| rollup.id.text.as_str());
        let locals = self.locals.iter().map(|(name, _)| name.as_str());
        let also = self.scope.also.iter().map(|(name, _)| *name);
        let known = record
            .field_ids()
            .chain(rollups)
            .chain(own.iter().map(|(name, _)| *name))
            .chain(locals)
            .chain(also);
        let finding = self
            .wrong(Code::UnknownName, expr)
            .with("name", name)
            .meant(name, known);
        self.findings.push(finding);
        Type::Unknown
    }

    /// A column of a table's row.
    fn column(&mut self, expr: &Expr, at: RecordAt, place: usize, name: &str) -> Type {
        let catalog = self.scope.catalog;
        let columns = &catalog.record(at).declared.fields[place].fields;
        if let Some(column) = columns.iter().find(|column| column.id.text == name) {
            self.note(expr, at, Some(place), name);
            return of_field(column, at, None, catalog);
        }
        if let Some(kind) = moments().into_iter().find(|(known, _)| *known == name) {
            return kind.1;
        }
        let known = columns
            .iter()
            .map(|column| column.id.text.as_str())
            .chain(["record", "today"]);
        let finding = self
            .wrong(Code::UnknownName, expr)
            .with("name", name)
            .meant(name, known);
        self.findings.push(finding);
        Type::Unknown
    }

    fn note(&mut self, expr: &Expr, record: RecordAt, table: Option<usize>, field: &str) {
        self.uses.push(Use {
            record,
            table,
            field: field.to_owned(),
            span: self.expression.at(expr.at),
        });
    }

    fn member(&mut self, expr: &Expr, target: &Expr, name: &str) -> Type {
        match self.kind(target) {
            Type::Record(record) => {
                self.pay(REFERENCE);
                self.field(expr, record, name)
            }
            Type::Row(record, place) => self.column(expr, record, place, name),
            Type::Actor => match name {
                "id" => Type::Account,
                "units" => Type::List(Box::new(Type::Unit), 200),
                _ => {
                    let finding = self.wrong(Code::UnknownName, expr).with("name", name);
                    self.findings.push(finding.meant(name, ["id", "units"]));
                    Type::Unknown
                }
            },
            Type::Unknown => Type::Unknown,
            kind => {
                let finding = self
                    .wrong(Code::WrongType, target)
                    .with("wanted", "~type-record")
                    .with("found", kind.term());
                self.findings.push(finding);
                Type::Unknown
            }
        }
    }

    fn call(&mut self, expr: &Expr, name: &str, arguments: &[Expr]) -> Type {
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

    fn apply(&mut self, expr: &Expr, name: &str, known: &[Function], given: &[Type]) -> Type {
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
    fn pattern(&mut self, argument: Option<&Expr>) {
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

    fn each(&mut self, list: &Expr, each: Each, variable: &str, body: &Expr) -> Type {
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

    fn binary(&mut self, expr: &Expr, operator: Operator, left: &Expr, right: &Expr) -> Type {
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
    fn contained(&mut self, expr: &Expr, left: &Expr, member: &Type, right: &Expr) {
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

    fn same(&mut self, expr: &Expr, operator: Operator, expr_of: &Expr, kind: &Type) {
        if let (ExprNode::Text(text), Type::Code(_) | Type::State(_)) = (&expr_of.node, kind) {
            self.pay(1);
            self.value(expr_of, text, kind);
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

    fn units(&mut self, expr: &Expr, one: Option<&str>, other: Option<&str>) {
        let finding = self
            .wrong(Code::UnitsDiffer, expr)
            .with("left", one.unwrap_or("–"))
            .with("right", other.unwrap_or("–"));
        self.findings.push(finding);
    }

    fn operands(&mut self, expr: &Expr, sign: &str, one: &Type, other: &Type) -> Type {
        let finding = self
            .wrong(Code::WrongOperands, expr)
            .with("sign", sign)
            .with("left", one.term())
            .with("right", other.term());
        self.findings.push(finding);
        Type::Unknown
    }

    fn arithmetic(&mut self, expr: &Expr, operator: Operator, one: &Type, other: &Type) -> Type {
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
            (Type::Money, Type::Number(None)) | (Type::Number(None), Type::Money) if compares => {
                Type::Flag
            }
            (Type::Money, Type::Number(_)) if operator != Operator::Remainder => Type::Money,
            (Type::Number(_), Type::Money) if operator == Operator::Multiply => Type::Money,
            (Type::Date, Type::Date) | (Type::DateTime, Type::DateTime) if compares => Type::Flag,
            (Type::Date, Type::Date) if operator == Operator::Subtract => Type::NUMBER,
            (Type::Date, Type::Number(_)) if adds => Type::Date,
            (Type::Text, Type::Text) if operator == Operator::Add => Type::Text,
            _ => self.operands(expr, operator.sign(), one, other),
        }
    }
}

/// What is known without any record.
fn moments() -> [(&'static str, Type); 2] {
    [("today", Type::Date), ("now", Type::DateTime)]
}

/// The names that every record of a type has beside its fields.
pub(crate) fn own_names(catalog: &Catalog, at: RecordAt) -> Vec<(&'static str, Type)> {
    let record = &catalog.record(at).declared;
    let mut names = vec![("unit", Type::Unit), ("created_on", Type::Date)];
    names.push(("author", Type::Account));
    names.extend(moments());
    if record.lifecycle.is_some() {
        names.push(("state", Type::State(at)));
    }
    if record.record.code.is_some() {
        names.push(("code", Type::Text));
    }
    names
}

/// The type of a field, as expressions see it.
pub(crate) fn field_type(catalog: &Catalog, at: RecordAt, field: &Field) -> Type {
    of_field(field, at, catalog.record(at).position(&field.id), catalog)
}
