//! `docs/packs.md` names every key and word of the language, and its examples are read.

use std::collections::BTreeSet;
use std::path::Path;

use pack::schema::{SchemaOf, schema};
use serde_json::Value;

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/packs.md");
    std::fs::read_to_string(path).unwrap()
}

/// Every key of a table and every word of a choice.
fn words(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                match (key.as_str(), value) {
                    ("properties", Value::Object(keys)) => {
                        found.extend(keys.keys().cloned());
                    }
                    ("enum", Value::Array(choices)) => {
                        found.extend(choices.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    _ => {}
                }
                words(value, found);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| words(value, found)),
        _ => {}
    }
}

#[test]
fn every_key_and_word_is_described() {
    let mut found = BTreeSet::new();
    words(&schema(SchemaOf::Pack), &mut found);
    words(&schema(SchemaOf::Record), &mut found);
    assert!(found.len() > 150, "{}", found.len());
    let page = page();
    let missing: Vec<&String> = found
        .iter()
        .filter(|word| {
            let forms = [
                format!("`{word}"),
                format!("\"{word}\""),
                format!("[{word}"),
                format!(".{word}]"),
                format!("\n{word} = "),
                format!("{{ {word} = "),
                format!(", {word} = "),
            ];
            !forms.iter().any(|form| page.contains(form.as_str()))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_example_is_toml_with_known_keys() {
    let page = page();
    let examples: Vec<&str> = page
        .split("```toml\n")
        .skip(1)
        .filter_map(|piece| piece.split("```").next())
        .collect();
    assert!(examples.len() >= 9);
    for example in examples {
        let name = if example.contains("[pack]") {
            "pack.toml"
        } else if example.contains("[[scenario]]") {
            "tests/thing.toml"
        } else {
            "thing.toml"
        };
        let mut folder = pack::explain::packs(&[]).remove(0);
        folder
            .files
            .insert(name.to_owned(), Ok(example.as_bytes().to_vec()));
        let outcome = pack::check(&[folder], &crate::surroundings());
        // Pieces name fields of other pieces: only what each says by itself is looked at. A piece
        // without its record, or its lifecycle's beginning, lacks just that;
        // so does a grant of steps.
        for found in &outcome.findings {
            let said = found.render(outcome.sources(), vocab::Lang::En);
            let number = found.code.number();
            let shape = number.starts_with("P00") || number.starts_with("P01");
            let lacks = number == "P0102" || (number == "P0109" && example.contains("[[grant]]"));
            assert!(!shape || lacks, "{said}\n{example}");
        }
    }
}
