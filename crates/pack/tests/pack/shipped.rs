//! The packs that ship, and the one that `phusa pack new` begins with.

use std::path::Path;

use pack::folder::PackFolder;
use pack::{check, starter};
use vocab::Lang;

use crate::surroundings;

fn packs() -> Vec<PackFolder> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    PackFolder::find(&folder).unwrap()
}

#[test]
fn the_packs_that_ship_check_without_a_word() {
    let packs = packs();
    assert!(packs.len() >= 3);
    let outcome = check(&packs, &surroundings());
    let said: Vec<String> = outcome
        .findings
        .iter()
        .map(|found| found.render(outcome.sources(), Lang::En))
        .collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
    let catalog = outcome.into_catalog().unwrap();
    assert!(
        catalog
            .find_record(0, "growing-area/growing-area")
            .is_some()
    );
}

#[test]
fn a_new_pack_checks_without_a_word() {
    let files = starter::files("flood-relief");
    let files = files.iter().map(|(name, text)| (*name, text.as_str()));
    let outcome = check(
        &[PackFolder::in_memory("flood-relief", files)],
        &surroundings(),
    );
    let said: Vec<String> = outcome
        .findings
        .iter()
        .map(|found| found.render(outcome.sources(), Lang::En))
        .collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn folders_are_searched_for_packs() {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("office/one");
    std::fs::create_dir_all(pack.join("lists")).unwrap();
    for (name, text) in starter::files("one") {
        std::fs::create_dir_all(pack.join(name).parent().unwrap()).unwrap();
        std::fs::write(pack.join(name), text).unwrap();
    }
    let found = PackFolder::find(folder.path()).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].path, pack);
    assert!(check(&found, &surroundings()).passes());
    let empty = tempfile::tempdir().unwrap();
    let outcome = check(&PackFolder::find(empty.path()).unwrap(), &surroundings());
    assert_eq!(outcome.findings[0].code, pack::Code::NoPack);
}
