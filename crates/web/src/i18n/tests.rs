use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;
use jiff::civil::date;
use proptest::prelude::*;
use unicode_normalization::is_nfc;
use vocab::Lang;

use super::Translator;
use super::bundle::sources;
use vocab::Decimal;

const VI: Translator = Translator::new(Lang::Vi);
const EN: Translator = Translator::new(Lang::En);

/// Keys that are put together when a page is shown.
const COMPOSED: &[&str] = &[
    "action-",
    "entry-against-",
    "excel-how-",
    "excel-kind-",
    "excel-phusa-",
    "audit-finding-",
    "error-",
    "field-",
    "finding-",
    "personal-",
    "position-kind-",
    "problem-",
    "project-entry-",
    "duty-state-",
    "manual-act-",
    "manual-scope-",
    "manual-type-",
    "intake-change-",
    "intake-field-",
    "names-why-",
    "right-kind-",
    "right-reason-",
    "sheet-stage-",
    "sheet-told-",
    "standing-",
    "system-sector-",
    "unit-kind-",
    "units-change-",
    "units-hierarchy-",
    "units-state-",
    "measure-goal-",
    "measure-side-",
    "units-step-edit-",
    "units-touched-",
];

/// The text after each `key =`, with its continuation lines.
fn messages(lang: Lang) -> BTreeMap<String, String> {
    let mut messages = BTreeMap::new();
    for source in sources(lang) {
        let mut key = None;
        for line in source.lines() {
            match line.split_once(" =") {
                Some((name, text)) if !line.starts_with([' ', '#', '}']) => {
                    let twice = messages.insert(name.to_owned(), text.trim().to_owned());
                    assert!(twice.is_none(), "{name} is there twice in {}", lang.tag());
                    key = Some(name.to_owned());
                }
                _ if line.starts_with('#') || line.is_empty() => key = None,
                _ => {
                    let text = messages.get_mut(key.as_ref().unwrap()).unwrap();
                    text.push('\n');
                    text.push_str(line);
                }
            }
        }
    }
    messages
}

/// The variables that a message takes.
fn variables(text: &str) -> BTreeSet<&str> {
    text.split('$')
        .skip(1)
        .map(|rest| {
            let end = rest
                .find(|c: char| !c.is_alphanumeric())
                .unwrap_or(rest.len());
            &rest[..end]
        })
        .collect()
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|found| found == ending) {
            found.push(path);
        }
    }
}

/// Everything in quotes in templates and sources that could be a key.
fn quoted() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    files(&root.join("templates"), "html", &mut paths);
    files(&root.join("src"), "rs", &mut paths);
    let mut quoted = BTreeSet::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        quoted.extend(text.split('"').map(str::to_owned));
    }
    quoted
}

/// The keys handed straight to `t`, `t1` and `t_args`.
fn asked_for() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    files(&root.join("templates"), "html", &mut paths);
    files(&root.join("src/pages"), "rs", &mut paths);
    let mut keys = BTreeSet::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        for call in [".t(\"", ".t1(\"", ".t_args(\""] {
            for part in text.split(call).skip(1) {
                keys.insert(part[..part.find('"').unwrap()].to_owned());
            }
        }
    }
    keys.remove("key"); // the example in Shell's documentation
    keys
}

#[test]
fn every_file_parses() {
    for lang in Lang::ALL {
        for source in sources(lang) {
            let result = FluentResource::try_new((*source).to_owned());
            assert!(
                result.is_ok(),
                "{:?}",
                result.err().map(|(_, errors)| errors)
            );
        }
    }
}

#[test]
fn both_languages_say_the_same_things_with_the_same_variables() {
    let (vi, en) = (messages(Lang::Vi), messages(Lang::En));
    assert!(vi.len() > 250);
    assert_eq!(
        vi.keys().collect::<Vec<_>>(),
        en.keys().collect::<Vec<_>>(),
        "keys differ"
    );
    for (key, text) in &vi {
        assert_eq!(
            variables(text),
            variables(&en[key]),
            "variables of {key} differ"
        );
    }
}

#[test]
fn nothing_is_left_untranslated() {
    let (vi, en) = (messages(Lang::Vi), messages(Lang::En));
    for (key, text) in &vi {
        assert!(is_nfc(text), "{key} is not composed");
        assert!(!text.is_empty() && !en[key].is_empty(), "{key} is empty");
        assert_ne!(*text, en[key], "{key} reads the same in both languages");
    }
}

#[test]
fn no_key_is_missing_and_none_is_idle() {
    let known: BTreeSet<String> = messages(Lang::Vi).into_keys().collect();
    let missing: Vec<_> = asked_for().difference(&known).cloned().collect();
    assert!(missing.is_empty(), "asked for but not written: {missing:?}");
    let quoted = quoted();
    let idle: Vec<_> = known
        .iter()
        .filter(|key| {
            !quoted.contains(*key) && !COMPOSED.iter().any(|start| key.starts_with(start))
        })
        .collect();
    assert!(idle.is_empty(), "written but never used: {idle:?}");
}

/// The codes that refusals are made with, in the sources of this crate and the directory's.
fn problem_codes() -> BTreeSet<String> {
    let calls = [
        "Problem::new(",
        "Failure::new(",
        "Failure::denied(",
        "unreadable(",
        "refusal(",
        " at(",
        "refuse(",
    ];
    let kebab = |text: &&str| {
        text.contains('-')
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    files(&root.join("src/http"), "rs", &mut paths);
    files(&root.join("../directory/src"), "rs", &mut paths);
    let mut codes = BTreeSet::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        for call in calls {
            // A field's problem names its field first; the problem around it has the code.
            let own = text
                .match_indices(call)
                .filter(|(at, _)| !text[..*at].ends_with("Field"));
            for (at, _) in own {
                let rest = &text[at + call.len()..];
                let arguments = rest.split(';').next().unwrap_or_default();
                let literals = arguments.split('"').skip(1).step_by(2).take(2);
                codes.extend(literals.filter(kebab).take(1).map(str::to_owned));
            }
        }
    }
    codes
}

#[test]
fn every_refusal_has_its_words() {
    let known = messages(Lang::Vi);
    let codes = problem_codes();
    assert!(codes.len() > 30, "{codes:?}");
    let silent: Vec<_> = codes
        .iter()
        .filter(|code| !known.contains_key(&format!("problem-{code}")))
        .collect();
    assert!(silent.is_empty(), "refusals without words: {silent:?}");
}

#[test]
fn a_missing_message_is_marked() {
    assert_eq!(VI.t("no-such-key"), "⟦no-such-key⟧");
    assert_eq!(VI.t("targets-count"), "⟦targets-count: {$count} mục tiêu⟧");
}

#[test]
fn plurals_and_numbers_inside_messages() {
    assert_eq!(EN.t1("targets-count", "count", 1_u32), "1 target");
    assert_eq!(EN.t1("targets-count", "count", 1_480_u32), "1,480 targets");
    assert_eq!(VI.t1("targets-count", "count", 1_480_u32), "1.480 mục tiêu");
    assert_eq!(
        VI.t1("search-nothing", "query", "{$x}"),
        "Không tìm thấy “{$x}”"
    );
}

#[test]
fn numbers_as_each_language_writes_them() {
    let value = Decimal::new(12_345, 1).unwrap();
    assert_eq!(
        (VI.decimal(&value), EN.decimal(&value)),
        ("1.234,5".into(), "1,234.5".into())
    );
    assert_eq!(VI.decimal(&Decimal::new(-5, 2).unwrap()), "−0,05");
    assert_eq!(VI.decimal(&Decimal::new(110, 2).unwrap()), "1,10");
    assert_eq!(VI.number(i64::MIN), "−9.223.372.036.854.775.808");
    assert_eq!(VI.number(u64::MAX), "9.223.372.036.854.775.807");
    assert_eq!(
        (
            VI.percent(&Decimal::new(792, 1).unwrap()),
            EN.percent(&Decimal::new(792, 1).unwrap())
        ),
        ("79,2\u{a0}%".into(), "79.2%".into())
    );
    assert_eq!(VI.money(48_855_719_072_i64), "48.855.719.072\u{a0}đồng");
    assert_eq!(EN.money(48_855_719_072_i64), "VND\u{a0}48,855,719,072");
    assert_eq!(VI.millions(912_912_000_i64), "912,912");
    assert_eq!(VI.millions(82_237_000_000_i64), "82.237");
    assert_eq!(VI.millions(0_i64), "0");
    assert_eq!(VI.file_size(1_482_113_u64), "1,4\u{a0}MB");
    assert_eq!(VI.file_size(20_000_000_u64), "20\u{a0}MB");
    assert_eq!(VI.file_size(999_u64), "999\u{a0}B");
}

#[test]
fn days_as_each_language_writes_them() {
    let day = date(2023, 4, 14);
    assert_eq!(
        (VI.date(&day), EN.date(&day)),
        ("14/04/2023".into(), "14 April 2023".into())
    );
    assert_eq!(VI.moment(&day.at(9, 5, 59, 0)), "14/04/2023 09:05");
}

proptest! {
    #[test]
    fn grouping_keeps_every_digit(value in any::<i64>()) {
        let plain: String = VI.number(value).replace('−', "-").replace('.', "");
        prop_assert_eq!(plain, value.to_string());
    }
}
