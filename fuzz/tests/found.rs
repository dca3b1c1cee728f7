//! Every target over what it begins from, and over what it once fell over: `found/<target>/`.

use std::path::Path;

use fuzz::TARGETS;

#[test]
fn targets_have_names_of_their_own_and_stand_for_what_was_found() {
    let mut names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), TARGETS.len());
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("found");
    for folder in std::fs::read_dir(found).unwrap() {
        let name = folder.unwrap().file_name().into_string().unwrap();
        assert!(names.contains(&&*name), "found/{name} is no target's");
    }
}

#[test]
fn what_targets_begin_from_is_short_enough_and_survived() {
    for target in TARGETS {
        let seeds = (target.seeds)();
        assert!(!seeds.is_empty(), "{}", target.name);
        for seed in seeds {
            assert!(
                seed.len() <= target.longest,
                "{}: {} bytes",
                target.name,
                seed.len()
            );
            (target.body)(&seed);
        }
        (target.body)(b"");
    }
}

#[test]
fn what_was_found_is_survived() {
    for target in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("found")
            .join(target.name);
        let Ok(files) = std::fs::read_dir(folder) else {
            continue;
        };
        for file in files {
            (target.body)(&std::fs::read(file.unwrap().path()).unwrap());
        }
    }
}
