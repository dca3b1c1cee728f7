//! What packs call CEL is CEL: another implementation reads every expression the same.

use std::fmt::Write as _;

use pack::expression::parse;
use pack::folder::PackFolder;
use proptest::prelude::*;

use crate::other_reader::same;

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

#[test]
fn words_that_cel_keeps_for_itself_are_no_names() {
    for text in [
        "as == 1",
        "f(package)",
        "rows.exists(r, r < while)",
        "rows.exists(as, true)",
        "a.in",
        "a.true",
    ] {
        assert!(parse(text).is_none(), "{text}");
    }
    // A member may be called so.
    same("a.package == b.import").unwrap();
    assert!(parse("a.package == b.import").is_some());
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
