//! A target under libFuzzer: `PHUSA_FUZZ_TARGET` names it; its seeds, and its words as `words.dict`, are
//! written into the folder `PHUSA_FUZZ_SEEDS` before anything else. Without a target their names are printed,
//! with how many inputs a bounded run tries and how long these are at most. `./dev fuzz` starts it.

#![no_main]
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "it is run by a script, which shows what it says"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::OnceLock;

use fuzz::{TARGETS, Target};
use libfuzzer_sys::fuzz_target;

static TARGET: OnceLock<&'static Target> = OnceLock::new();

fn begin() {
    let Ok(name) = std::env::var("PHUSA_FUZZ_TARGET") else {
        for target in TARGETS {
            println!("{} {} {}", target.name, target.runs, target.longest);
        }
        std::process::exit(0);
    };
    let target = Target::named(&name).unwrap();
    if let Some(folder) = std::env::var_os("PHUSA_FUZZ_SEEDS") {
        write_seeds(target, Path::new(&folder));
    }
    TARGET.set(target).unwrap();
}

fn write_seeds(target: &Target, folder: &Path) {
    let seeds = folder.join("seeds");
    std::fs::create_dir_all(&seeds).unwrap();
    for (number, seed) in (target.seeds)().into_iter().enumerate() {
        std::fs::write(seeds.join(format!("{number:04}")), seed).unwrap();
    }
    let mut words = String::new();
    for word in target.words {
        words.push('"');
        for byte in word.bytes() {
            write!(words, "\\x{byte:02X}").unwrap();
        }
        words.push_str("\"\n");
    }
    std::fs::write(folder.join("words.dict"), words).unwrap();
}

fuzz_target!(init: begin(), |bytes: &[u8]| {
    if let Some(target) = TARGET.get() {
        (target.body)(bytes);
    }
});
