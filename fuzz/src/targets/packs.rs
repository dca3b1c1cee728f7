//! Packs: declarations in TOML, lists of codes, templates, scenarios, through the whole check.

use std::sync::OnceLock;

use pack::catalog::Catalog;
use pack::folder::PackFolder;
use pack::{Code, Surroundings, change, check, explain, starter};
use vocab::Lang;

use crate::{Target, parts, seeds};

/// Packs, by their files; those of a small pack stand in for what is missing.
pub(crate) const PACK: Target = Target {
    name: "pack",
    body: pack,
    seeds: || {
        let mut seeds: Vec<Vec<u8>> = Vec::new();
        for files in seeds::packs() {
            let all = files.iter().map(|(name, text)| (&**name, &**text));
            // Whole, and each record type by itself: small inputs are changed where it matters.
            seeds.push(parts::join(all.clone()));
            for record in files.iter().filter(|(name, _)| is_record(name)) {
                seeds.push(parts::join([(&*record.0, &*record.1)]));
            }
        }
        for code in Code::ALL {
            let page = explain::page(*code);
            for example in [page.wrong, page.right] {
                for folder in explain::packs(&example) {
                    let texts: Vec<(String, Vec<u8>)> = folder
                        .files
                        .into_iter()
                        .map(|(name, text)| (name, text.unwrap()))
                        .collect();
                    seeds.push(parts::join(
                        texts.iter().map(|(name, text)| (&**name, &**text)),
                    ));
                }
            }
        }
        seeds.sort();
        seeds.dedup();
        seeds
    },
    words: &[
        "[[field]]\n",
        "[record]\n",
        "[lifecycle]\n",
        "[[rule]]\n",
        "[[grant]]\n",
        "[[view]]\n",
        "[[rollup]]\n",
        "[[indicator]]\n",
        "[[lifecycle.step]]\n",
        "[[lifecycle.state]]\n",
        "[[field.field]]\n",
        "[public]\n",
        "[migration]\n",
        "[[print]]\n",
        "id = \"",
        "type = \"",
        "title = { vi = \"",
        ", en = \"",
        "required = true\n",
        "repeated = true\n",
        "at_most = 99999999999\n",
        "compute = \"",
        "when = \"",
        "\"\"\"",
        "'''",
        "list = \"",
        "to = \"",
        "pattern = \"",
        "label = \"",
        "unit = \"",
        "valid_from",
        "parent",
        "9999-12-31",
        "-9223372036854775808",
        "1e400",
        "true",
        "[[",
        "]]",
        "\\u0000",
        "\\U0010FFFF",
        "== lists/kinds.csv ==\n",
        "== print/answer.typ ==\n",
        "== tests/a.toml ==\n",
        "== sample/a.toml ==\n",
    ],
    longest: 56 << 10,
    runs: 500,
};

fn is_record(name: &str) -> bool {
    name != "pack.toml"
        && !name.contains('/')
        && std::path::Path::new(name)
            .extension()
            .is_some_and(|ending| ending == "toml")
}

fn surroundings() -> Surroundings {
    let roles = [
        "officer",
        "head",
        "coordinator",
        "viewer",
        "unit_officer",
        "unit_head",
    ];
    Surroundings {
        roles: roles.map(str::to_owned).into(),
        calendars: ["vn".to_owned()].into(),
    }
}

fn small() -> PackFolder {
    let files = starter::files("example");
    PackFolder::in_memory("x", files.iter().map(|(name, text)| (*name, text.as_str())))
}

/// What is compared with what was read.
fn earlier() -> &'static Catalog {
    static EARLIER: OnceLock<Catalog> = OnceLock::new();
    EARLIER.get_or_init(|| check(&[small()], &surroundings()).into_catalog().unwrap())
}

fn pack(bytes: &[u8]) {
    let mut folder = PackFolder {
        path: "x".into(),
        files: parts::split(bytes)
            .into_iter()
            .map(|(name, text)| (name, Ok(text)))
            .collect(),
    };
    if !folder.files.contains_key("pack.toml") {
        folder.files.extend(small().files);
        folder.files.extend(
            parts::split(bytes)
                .into_iter()
                .map(|(name, text)| (name, Ok(text))),
        );
    }
    let outcome = check(&[folder], &surroundings());
    for found in &outcome.findings {
        for lang in Lang::ALL {
            let text = found.render(outcome.sources(), lang);
            assert!(text.contains(found.code.number()));
        }
        found.to_json(outcome.sources(), Lang::Vi);
    }
    assert_eq!(
        outcome.passes(),
        outcome
            .findings
            .iter()
            .all(|found| found.code.severity() == pack::Severity::Warning)
    );
    if let Some(catalog) = outcome.into_catalog() {
        assert_eq!(change::compare(&catalog, &catalog), []);
        let _ = change::compare(earlier(), &catalog);
        let _ = change::compare(&catalog, earlier());
    }
}
