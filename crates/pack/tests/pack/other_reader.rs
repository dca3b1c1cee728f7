//! Another implementation of CEL, and whether it reads an expression as we do. The fuzz target of
//! expressions is built from this file too.

use cel_core::ast_to_string;
use cel_core::parser::{ParseOptions, parse_with_options};
use pack::expression::{Each, Expr, ExprNode, parse};

/// As the other implementation reads it, in its own words.
fn read_by_other(text: &str) -> Option<String> {
    let result = parse_with_options(text, ParseOptions::without_macros());
    let is_whole = result.errors.is_empty();
    result
        .ast
        .filter(|_| is_whole)
        .map(|ast| ast_to_string(&ast))
}

/// As we read it, every part in brackets.
fn bracketed(expr: &Expr) -> String {
    let list = |parts: &[Expr]| parts.iter().map(bracketed).collect::<Vec<_>>().join(", ");
    match &expr.node {
        ExprNode::Text(text) => {
            let text = text.replace('\\', "\\\\").replace('"', "\\\"");
            format!("\"{}\"", text.replace('\n', "\\n").replace('\t', "\\t"))
        }
        ExprNode::Number(number) => number.to_string(),
        ExprNode::Flag(flag) => flag.to_string(),
        ExprNode::Null => "null".to_owned(),
        ExprNode::Name(name) => name.clone(),
        ExprNode::Member(target, name) => format!("({}).{name}", bracketed(target)),
        ExprNode::Call(name, parts) => format!("{name}({})", list(parts)),
        ExprNode::Method(target, name, parts) => {
            format!("({}).{name}({})", bracketed(target), list(parts))
        }
        ExprNode::Each(target, each, variable, body) => {
            let name = match each {
                Each::Exists => "exists",
                Each::ExistsOne => "exists_one",
                Each::All => "all",
                Each::Filter => "filter",
                Each::Map => "map",
            };
            format!(
                "({}).{name}({variable}, {})",
                bracketed(target),
                bracketed(body)
            )
        }
        ExprNode::Not(inner) => format!("!({})", bracketed(inner)),
        ExprNode::Negative(inner) => format!("-({})", bracketed(inner)),
        ExprNode::Binary(operator, left, right) => {
            format!(
                "({}) {} ({})",
                bracketed(left),
                operator.sign(),
                bracketed(right)
            )
        }
        ExprNode::Choose(condition, yes, no) => {
            format!(
                "({}) ? ({}) : ({})",
                bracketed(condition),
                bracketed(yes),
                bracketed(no)
            )
        }
        ExprNode::List(parts) => format!("[{}]", list(parts)),
    }
}

/// Whether both read an expression the same; what only the other one reads is its own affair.
pub(crate) fn same(text: &str) -> Result<(), String> {
    let Some(tree) = parse(text) else {
        return Ok(());
    };
    let ours = bracketed(&tree);
    match (read_by_other(text), read_by_other(&ours)) {
        (Some(theirs), Some(of_ours)) if theirs == of_ours => Ok(()),
        (theirs, of_ours) => Err(format!("{text}\nours {ours}\n{theirs:?}\n{of_ours:?}")),
    }
}
