//! How long checking takes, in the profile that tests are built in; `./dev bench packs` measures
//! the released program.

use std::time::{Duration, Instant};

use pack::check;
use pack::folder::PackFolder;

use crate::surroundings;

/// A pack of its own id, made from the one that `phusa pack new` begins with.
fn generated(number: usize) -> PackFolder {
    let id = format!("generated-{number}");
    let files = pack::starter::files(&id);
    let mut folder =
        PackFolder::in_memory(&id, files.iter().map(|(name, text)| (*name, text.as_str())));
    let request = folder
        .files
        .get_mut("request.toml")
        .unwrap()
        .as_mut()
        .unwrap();
    for field in 0..40 {
        let text = format!(
            "\n[[field]]\nid = \"extra_{field}\"\ntype = \"number\"\nwhen = \"quantity > {field}\"\n\
             title = {{ vi = \"Thêm {field}\", en = \"Extra {field}\" }}\n"
        );
        request.extend(text.bytes());
    }
    folder
}

#[test]
fn two_hundred_packs_are_checked_in_a_moment() {
    let folders: Vec<PackFolder> = (0..200).map(generated).collect();
    let start = Instant::now();
    let outcome = check(&folders, &surroundings());
    let took = start.elapsed();
    assert!(outcome.passes());
    println!("200 packs of 44 fields checked in {took:?}, unoptimised");
    // Ten times what the release is held to: a square of something would be far beyond.
    assert!(took < Duration::from_secs(30), "{took:?}");
}
