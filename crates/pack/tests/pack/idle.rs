//! Nothing that is written may do nothing: keys in places where they have no effect.

use pack::folder::PackFolder;
use pack::{Code, check, explain, starter};

use crate::surroundings;

/// Adds to a file of the pack that one begins with, or changes it, and says what is found.
fn with(file: &str, old: &str, new: &str) -> Vec<Code> {
    let files: Vec<(&str, String)> = starter::files("idle")
        .into_iter()
        .map(|(name, text)| {
            assert!(name != file || text.contains(old), "{old}");
            let text = if name == file {
                text.replacen(old, new, 1)
            } else {
                text
            };
            (name, text)
        })
        .collect();
    let files = files.iter().map(|(name, text)| (*name, text.as_str()));
    let outcome = check(&[PackFolder::in_memory("idle", files)], &surroundings());
    outcome.findings.iter().map(|found| found.code).collect()
}

#[test]
fn keys_that_would_do_nothing_are_refused() {
    let step = "by = \"idle.officer\"";
    let automatic = "automatic = true\nwhen = \"has(answer)\"";
    for (old, new) in [
        (
            step,
            &*format!("{step}\nrefusal = {{ vi = \"A\", en = \"B\" }}"),
        ),
        (step, &*format!("{step}\ncalendar = \"vn\"")),
        (step, &*format!("{automatic}\nreason = true")),
        (step, &*format!("{automatic}\ndelegable = true")),
        (step, &*format!("{automatic}\nwithin = \"2 days\"")),
        (step, &*format!("{automatic}\nundo = \"2 days\"")),
        (
            step,
            "approval = { of = \"idle.officer\", need = 1 }\nundo = \"2 days\"",
        ),
        ("kind = \"list\"", "kind = \"list\"\nchart = \"bar\""),
        ("kind = \"list\"", "kind = \"list\"\nby = \"state\""),
        (
            "kind = \"list\"",
            "kind = \"board\"\nby = \"state\"\norder = \"code\"",
        ),
        (
            "[[print]]",
            "[retention]\nthen = \"erase\"\nlegal = { symbol = \"1\" }\n\n[[print]]",
        ),
        (
            "[[print]]",
            "[retention]\nkeep = \"1 year\"\nafter = \"answered\"\nthen = \"erase-personal\"\nlegal = { symbol = \"1\" }\n\n[[print]]",
        ),
        ("min = 1\n", "min = 1\ndecimals = 2\n"),
        ("min = 1\n", "min = 1\nat_most = 2\n"),
    ] {
        assert_eq!(with("request.toml", old, new), [Code::Unsuited], "{new}");
    }
}

#[test]
fn a_rule_of_retention_is_whole() {
    let with_rule = |rule: &str| {
        let retention = format!("[retention]\n{rule}\nlegal = {{ symbol = \"1\" }}\n\n[[print]]");
        with("request.toml", "[[print]]", &retention)
    };
    let missing = [Code::MissingKey];
    assert_eq!(with_rule("keep = \"1 year\"\nthen = \"erase\""), missing);
    assert_eq!(
        with_rule("keep = \"1 year\"\nafter = \"answered\""),
        missing
    );
    let whole = "after = \"answered\"\nthen = \"archive\"";
    assert_eq!(with_rule(&format!("keep = \"1 year\"\n{whole}")), []);
}

#[test]
fn what_every_record_has_suits_some_places_only() {
    let list = "kind = \"list\"\ncolumns = [\"code\", \"subject\", \"kind\", \"state\"]";
    for (view, told) in [
        ("kind = \"board\"\nby = \"state\"", &[][..]),
        ("kind = \"board\"\nby = \"code\"", &[Code::UnfitField]),
        ("kind = \"chart\"\nby = \"unit\"", &[]),
        ("kind = \"chart\"\nby = \"unit\"\nsum = \"quantity\"", &[]),
        (
            "kind = \"chart\"\nby = \"unit\"\nsum = \"code\"",
            &[Code::UnfitField],
        ),
        ("kind = \"calendar\"\ndate = \"created_on\"", &[]),
        ("kind = \"calendar\"\ndate = \"state\"", &[Code::UnfitField]),
        ("kind = \"map\"\nshape = \"unit\"", &[Code::UnfitField]),
        ("kind = \"list\"\ncolumns = \"answer\"", &[Code::UnfitField]),
    ] {
        assert_eq!(with("request.toml", list, view), told, "{view}");
    }
}

#[test]
fn approvals_are_counted_by_role_or_by_person() {
    let step = "by = \"idle.approver\"\nneeds";
    for (approval, told) in [
        ("need = 1", &[][..]),
        ("need = \"all\"", &[]),
        ("need = 2", &[Code::Quorum]),
        ("need = 0", &[Code::Quorum]),
        ("need = 5, people = true", &[]),
        ("need = 51, people = true", &[Code::Quorum]),
        ("need = \"all\", people = true", &[Code::Quorum]),
    ] {
        let new = format!("approval = {{ of = \"idle.approver\", {approval} }}\nneeds");
        assert_eq!(with("request.toml", step, &new), told, "{approval}");
    }
}

#[test]
fn roles_come_from_the_product_or_from_packs_that_are_needed() {
    let role = "id = \"idle.officer\"";
    let found = with("pack.toml", role, "id = \"viewer\"");
    assert!(found.contains(&Code::Reserved), "{found:?}");
    let grant = "[[grant]]\nrole = \"idle.approver\"\nmay = \"create\"\nscope = \"unit\"\n";
    let borrowing = |needs: &str| {
        let mut folders = explain::packs(&[]);
        let thing = folders[0]
            .files
            .get_mut("thing.toml")
            .unwrap()
            .as_mut()
            .unwrap();
        thing.extend(format!("\n{grant}").bytes());
        let pack = folders[0]
            .files
            .get_mut("pack.toml")
            .unwrap()
            .as_mut()
            .unwrap();
        pack.extend(needs.bytes());
        let files = starter::files("idle");
        let files = files.iter().map(|(name, text)| (*name, text.as_str()));
        folders.push(PackFolder::in_memory("idle", files));
        let outcome = check(&folders, &surroundings());
        outcome
            .findings
            .iter()
            .map(|found| found.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(borrowing(""), [Code::NotNeeded]);
    assert_eq!(borrowing("needs = \"idle\"\n"), []);
}
