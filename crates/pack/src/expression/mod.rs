//! Expressions: the part of CEL (Common Expression Language) that packs are written in.
//!
//! Every number is exact, whole or decimal, never binary floating point. Nothing loops but over
//! lists whose length the declaration bounds; what an expression may cost at most is known when
//! the pack is checked. Strings of bytes, maps, messages, `duration()` and user macros of CEL are
//! left out; everything else reads as CEL does (`docs/packs.md`).
//!
//! [`Expression`] is what stands in a pack, [`Expr`] its tree, [`types`] what values there are,
//! [`infer`] the type of a tree.

pub mod evaluate;
mod functions;
pub mod infer;
mod lex;
mod parse;
pub mod types;

use serde_json::{Value, json};
use toml::de::DeValue;
use vocab::Decimal;

use crate::Code;
use crate::diagnostic::Diagnostic;
use crate::shape::{Definitions, Node, Reader, Shape};
use crate::source::Span;

/// The longest expression, in bytes.
pub(crate) const LONGEST: usize = 2_000;
/// How deep operators and brackets may nest.
pub(crate) const DEEPEST: usize = 32;

/// An expression of a pack.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// As it is written.
    pub text: String,
    /// Where its value stands in the file, quotes included.
    pub span: Span,
    /// Where its text begins in the file, if it stands there letter for letter.
    begins: Option<u32>,
    /// What it says; none where it could not be read.
    pub tree: Option<Expr>,
}

impl Expression {
    /// An expression that stands in no file.
    pub fn alone(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            span: Span::default(),
            begins: None,
            tree: parse(text),
        }
    }

    /// The place in the file of a part of it.
    pub fn at(&self, part: (u32, u32)) -> Span {
        self.begins.map_or(self.span, |begins| Span {
            file: self.span.file,
            start: begins + part.0,
            end: begins + part.1,
        })
    }
}

/// A part of an expression, and the bytes of its text that it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// From which byte up to which.
    pub at: (u32, u32),
    /// What it is.
    pub node: ExprNode,
}

/// What a part of an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprNode {
    /// `'granted'`.
    Text(String),
    /// `10` or `2.5`.
    Number(Decimal),
    /// `true` or `false`.
    Flag(bool),
    /// `null`.
    Null,
    /// `area_ha`.
    Name(String),
    /// `area.crop`.
    Member(Box<Expr>, String),
    /// `size(markets)`, `has(area_ha)`.
    Call(String, Vec<Expr>),
    /// `name.startsWith('A')`.
    Method(Box<Expr>, String, Vec<Expr>),
    /// `markets.exists(m, m == 'CN')`: the list, which, the variable, what is asked of each.
    Each(Box<Expr>, Each, String, Box<Expr>),
    /// `!late`.
    Not(Box<Expr>),
    /// `-x`.
    Negative(Box<Expr>),
    /// `a && b`, `a + b`, `a in b`.
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// `a ? b : c`.
    Choose(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `['CN', 'US']`.
    List(Vec<Expr>),
}

/// What is asked of every member of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Each {
    /// Whether any.
    Exists,
    /// Whether just one.
    ExistsOne,
    /// Whether all.
    All,
    /// Those that.
    Filter,
    /// What comes of each.
    Map,
}

impl Each {
    /// As it is written.
    pub(crate) fn lookup(name: &str) -> Option<Self> {
        Some(match name {
            "exists" => Self::Exists,
            "exists_one" => Self::ExistsOne,
            "all" => Self::All,
            "filter" => Self::Filter,
            "map" => Self::Map,
            _ => return None,
        })
    }
}

/// An operator between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is what its sign says")]
pub enum Operator {
    Or,
    And,
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Operator {
    /// As it is written.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Or => "||",
            Self::And => "&&",
            Self::Equal => "==",
            Self::Unequal => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::In => "in",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }
}

/// Why an expression cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misread {
    pub(crate) at: (u32, u32),
    pub(crate) code: Code,
    /// What was wanted there, as a word of the language.
    pub(crate) wanted: &'static str,
}

/// Reads an expression alone, outside any file.
pub fn parse(text: &str) -> Option<Expr> {
    parse::parse(text).ok()
}

impl Shape for Expression {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Self {
        let span = reader.span(node);
        let text = match node.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Boolean(flag) => flag.to_string(),
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Float(number) => number.as_str().to_owned(),
            _ => {
                reader.wrong_shape(node, "~shape-expression");
                return Self::hole(span);
            }
        };
        let begins = text_begins(reader.text, span, &text);
        let mut expression = Self {
            text,
            span,
            begins,
            tree: None,
        };
        match parse::parse(&expression.text) {
            Ok(tree) => expression.tree = Some(tree),
            Err(misread) => {
                let at = expression.at(misread.at);
                let found: String = expression.text[misread.at.0 as usize..]
                    .chars()
                    .take(12)
                    .collect();
                let found = if found.is_empty() {
                    "~expr-end".to_owned()
                } else {
                    found
                };
                let finding = Diagnostic::new(misread.code, at)
                    .with("wanted", misread.wanted)
                    .with("found", found)
                    .with("longest", LONGEST)
                    .with("deepest", DEEPEST);
                reader.findings.push(finding);
            }
        }
        expression
    }

    fn hole(span: Span) -> Self {
        Self {
            text: String::new(),
            span,
            begins: None,
            tree: None,
        }
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": ["string", "boolean", "number"], "maxLength": LONGEST })
    }
}

/// Where a string's text begins in its file, unless escapes make it differ from what is written.
pub(crate) fn text_begins(file: &str, span: Span, text: &str) -> Option<u32> {
    let written = file.get(span.range())?;
    let quotes = ["\"\"\"", "'''", "\"", "'", ""];
    let quote = quotes.iter().find(|quote| written.starts_with(**quote))?;
    let mut inner = written.strip_prefix(quote)?;
    if quote.len() == 3 {
        inner = inner
            .strip_prefix("\r\n")
            .or_else(|| inner.strip_prefix('\n'))
            .unwrap_or(inner);
    }
    let before = u32::try_from(written.len() - inner.len()).ok()?;
    (inner.strip_suffix(quote)? == text).then_some(span.start + before)
}
