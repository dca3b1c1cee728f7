//! What packs call CEL is CEL: another implementation reads every expression the same.

use std::fmt::Write as _;

use cel_core::ast_to_string;
use cel_core::parser::{ParseOptions, parse_with_options};
use pack::expression::{Each, Expr, ExprNode, parse};
use pack::folder::PackFolder;
use proptest::prelude::*;

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

fn same(text: &str) -> Result<(), String> {
    let Some(tree) = parse(text) else {
        return Ok(());
    };
    let ours = bracketed(&tree);
    match (read_by_other(text), read_by_other(&ours)) {
        (Some(theirs), Some(of_ours)) if theirs == of_ours => Ok(()),
        (theirs, of_ours) => Err(format!("{text}\nours {ours}\n{theirs:?}\n{of_ours:?}")),
    }
}

#[test]
fn every_expression_that_ships_is_read_the_same() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let mut seen = 0;
    for pack in PackFolder::find(&folder).unwrap() {
        for (_, text) in pack.files {
            let text = String::from_utf8(text.unwrap()).unwrap();
            for key in [
                "\nwhen = \"",
                "\ncompute = \"",
                "\nrequired_when = \"",
                "\npart = \"",
                "\ndefault = \"",
            ] {
                for piece in text
                    .split(key)
                    .skip(1)
                    .filter(|piece| !piece.starts_with("\"\""))
                {
                    let expression = piece.split("\"\n").next().unwrap();
                    assert!(parse(expression).is_some(), "{expression}");
                    same(expression).unwrap();
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 80, "{seen}");
}

const SIGNS: [&str; 14] = [
    "||", "&&", "==", "!=", "<", "<=", ">", ">=", "in", "+", "-", "*", "/", "%",
];

/// Expressions without a bracket too many: precedence decides.
fn expressions() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("a".to_owned()),
        Just("b.c".to_owned()),
        Just("'x'".to_owned()),
        Just("12".to_owned()),
        Just("2.5".to_owned()),
        Just("has(d)".to_owned()),
        Just("['p', 'q']".to_owned()),
    ];
    leaf.prop_recursive(5, 40, 3, |inner| {
        prop_oneof![
            (
                inner.clone(),
                prop::sample::select(&SIGNS[..]),
                inner.clone()
            )
                .prop_map(|(left, sign, right)| format!("{left} {sign} {right}")),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(one, two, three)| format!("{one} ? {two} : {three}")),
            inner.clone().prop_map(|inner| format!("!{inner}")),
            inner.clone().prop_map(|inner| format!("-{inner}")),
            inner.clone().prop_map(|inner| format!("({inner})")),
            inner
                .clone()
                .prop_map(|inner| format!("rows.exists(r, {inner})")),
            (inner.clone(), inner).prop_map(|(one, two)| format!("max({one}, {two})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_we_read_reads_the_same_elsewhere(text in expressions()) {
        prop_assert_eq!(same(&text), Ok(()));
    }

    #[test]
    fn what_we_read_of_anything_typed_reads_the_same_elsewhere(
        words in prop::collection::vec(prop::sample::select(&[
            "a", "b", ".c", "(", ")", "[", "]", ",", "!", "-", "+", "*", "<", "==", "&&", "||", "?",
            ":", "in", "1", "2.5", "'x'", "\"y\"", "has", "true", "null", " ", "// z\n",
        ][..]), 1..14)
    ) {
        let mut text = String::new();
        for word in words {
            let _ = write!(text, "{word} ");
        }
        prop_assert_eq!(same(&text), Ok(()));
    }
}
