//! Every reason for which the floors below refuse a report has its words.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use vocab::Lang;
use web::i18n::Translator;

/// The Rust files in a folder, or the file itself.
fn sources(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            sources(&entry.unwrap().path(), found);
        }
    } else if path.extension().is_some_and(|ending| ending == "rs") {
        found.push(path.to_owned());
    }
}

/// The codes that a part of another crate names, such as `numerator-above-denominator`.
fn codes(part: &str) -> BTreeSet<String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    sources(&crates.join(part), &mut files);
    assert!(!files.is_empty(), "nothing at {part}");
    let mut codes = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        let is_code = |text: &&str| {
            text.contains('-')
                && text.starts_with(|ch: char| ch.is_ascii_lowercase())
                && text.chars().all(|ch| ch.is_ascii_lowercase() || ch == '-')
        };
        codes.extend(text.split('"').filter(is_code).map(str::to_owned));
    }
    codes
}

fn unworded(codes: &BTreeSet<String>, prefixes: &[&str]) -> Vec<String> {
    let mut missing = Vec::new();
    for lang in Lang::ALL {
        let words = Translator::new(lang);
        for code in codes {
            let known = prefixes
                .iter()
                .any(|prefix| words.lookup(&format!("{prefix}{code}"), &[]).is_some());
            if !known {
                missing.push(format!("{code} in {}", lang.tag()));
            }
        }
    }
    missing
}

#[test]
fn no_refusal_is_without_words() {
    for (part, least) in [
        ("registry/src/check.rs", 10),
        ("registry/src", 15),
        ("plan/src/reports", 5),
        ("vocab/src/number.rs", 3),
    ] {
        let mut codes = codes(part);
        assert!(codes.len() >= least, "{part}: {codes:?}");
        // Why a number was read so is no refusal, nor is what was done or why an import stopped.
        for other in ["same-either-way", "one-reading", "let-go"] {
            codes.remove(other);
        }
        codes.retain(|code| !code.starts_with("system-import-why-"));
        let prefixes = ["field-", "problem-", "problem-denied-"];
        assert_eq!(unworded(&codes, &prefixes), [""; 0], "{part}");
    }
    // Fields of a record are refused beside the field.
    let fields = codes("registry/src/check.rs");
    let fields = fields.into_iter().filter(|code| code != "invalid-fields");
    assert_eq!(unworded(&fields.collect(), &["field-"]), [""; 0]);
    let reasons = codes("directory/src/permission");
    assert!(reasons.contains("own-submission"), "{reasons:?}");
    // What a role may not say is refused like any other form.
    assert_eq!(
        unworded(&reasons, &["problem-denied-", "problem-"]),
        [""; 0]
    );
}
