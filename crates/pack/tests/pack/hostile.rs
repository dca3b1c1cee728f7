//! Whatever stands in the files, checking ends, says something or nothing, and never panics.

use pack::explain;
use pack::folder::PackFolder;
use pack::{Code, check, expression, starter};
use proptest::prelude::*;
use vocab::Lang;

use crate::surroundings;

fn survives(folders: &[PackFolder]) {
    let outcome = check(folders, &surroundings());
    for found in &outcome.findings {
        for lang in Lang::ALL {
            let text = found.render(outcome.sources(), lang);
            assert!(text.contains(found.code.number()));
        }
        found.to_json(outcome.sources(), Lang::Vi);
    }
    assert_eq!(outcome.passes(), outcome.into_catalog().is_some());
}

/// The files of packs that check, to be spoilt.
fn valid() -> Vec<(String, String)> {
    let mut texts: Vec<(String, String)> = starter::files("spoilt")
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text))
        .collect();
    for code in Code::ALL {
        for folder in explain::packs(&explain::page(*code).right) {
            for (name, text) in folder.files {
                texts.push((name, String::from_utf8(text.unwrap()).unwrap()));
            }
        }
    }
    texts
}

fn cut(text: &str, at: usize) -> usize {
    let mut at = at % (text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn spoilt_packs_are_told_apart_not_tripped_over(
        pick in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<usize>(), 0_usize..40, "[ -~à-ỹ\n\"'{}\\[\\]=.&|]{0,12}"), 1..6),
    ) {
        let texts = valid();
        let (name, text) = &texts[pick.index(texts.len())];
        let mut text = text.clone();
        for (at, length, new) in edits {
            let start = cut(&text, at);
            let end = cut(&text, start + length).max(start);
            text.replace_range(start..end, &new);
        }
        let base = explain::packs(&[]).remove(0);
        let mut folder = base;
        folder.files.insert(name.clone(), Ok(text.into_bytes()));
        survives(&[folder]);
    }

    #[test]
    fn lines_that_are_swapped_or_doubled_are_survived(
        first in any::<usize>(), second in any::<usize>(), doubled in any::<bool>(),
    ) {
        let files = starter::files("spoilt");
        let spoil = |text: &str| {
            let mut lines: Vec<&str> = text.lines().collect();
            let (one, other) = (first % lines.len(), second % lines.len());
            if doubled { lines.insert(one, lines[other]) } else { lines.swap(one, other) }
            lines.join("\n")
        };
        let spoilt: Vec<(&str, String)> = files.iter().map(|(name, text)| (*name, spoil(text))).collect();
        survives(&[PackFolder::in_memory("x", spoilt.iter().map(|(name, text)| (*name, text.as_str())))]);
    }

    #[test]
    fn random_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400), part in 0_usize..4) {
        let name = ["pack.toml", "thing.toml", "lists/x.csv", "print/x.typ"][part];
        let mut folder = explain::packs(&[]).remove(0);
        folder.files.insert(name.to_owned(), Ok(bytes));
        survives(&[folder]);
    }

    #[test]
    fn random_expressions_are_survived(text in "[a-z0-9 .,()\\[\\]!&|=<>+*/%?:'\"\\\\ạđ-]{0,120}") {
        let _ = expression::parse(&text);
    }
}

#[test]
fn deep_and_long_expressions_are_refused_and_nothing_overflows() {
    for text in [
        "(".repeat(1_900),
        "!".repeat(1_900),
        "-".repeat(1_900),
        "[".repeat(1_900),
        format!("a{}", ".b".repeat(900)),
        format!("a{}", " + a".repeat(400)),
        format!("a{}", " ? a : a".repeat(200)),
        "f(".repeat(900),
        "x".repeat(100_000),
    ] {
        assert!(expression::parse(&text).is_none(), "{}", &text[..20]);
    }
}

#[test]
fn deep_toml_is_survived() {
    for text in [
        "[".repeat(50_000),
        format!("a = {}", "[".repeat(50_000)),
        format!("a{} = 1", ".b".repeat(20_000)),
    ] {
        let mut folder = explain::packs(&[]).remove(0);
        folder
            .files
            .insert("deep.toml".to_owned(), Ok(text.into_bytes()));
        survives(&[folder]);
    }
}
