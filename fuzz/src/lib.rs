//! Fuzz targets for whatever reads what people hand in: each a function of any bytes that must come to an
//! end, take little memory and panic at nothing, whatever the bytes are.
//!
//! The bytes are always such that an editor can look at them: a file that is made of several is written as
//! `parts` of one text, so that whoever changes bytes at random changes what a reader reads, not its zip.
//!
//! To add a target: a file in `targets/` with its body and the `seeds` it begins from, a line in
//! [`TARGETS`].

#![expect(
    clippy::unwrap_used,
    reason = "what goes wrong here is a fault of the targets, and stops them"
)]

// Pure parts of crates that bring a database with them: built from their files, a second time, so that the
// targets are built in a minute.
#[expect(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "not all of it is used by targets"
)]
#[path = "../../crates/plan/src/import/mod.rs"]
mod import;
#[expect(dead_code, reason = "not all of it is used by targets")]
#[path = "../../crates/directory/src/units/import/rows.rs"]
mod rows;

mod parts;
mod seeds;
mod targets;

use targets::{decision, expression, files, lists, packs, shapes, words};

/// A target.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// What is done with bytes.
    pub body: fn(&[u8]),
    /// What it begins from: the repository's own data.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Words of the language that is read, which chance would not come upon.
    pub words: &'static [&'static str],
    /// The longest input that is tried, in bytes.
    pub longest: usize,
    /// How many inputs a bounded run tries: about three seconds' worth.
    pub runs: u32,
}

/// All targets, those that take longest first.
pub const TARGETS: &[Target] = &[
    decision::TEXT,
    decision::TABLES,
    decision::HTML,
    decision::DOCX,
    decision::XLSX,
    packs::PACK,
    expression::EXPRESSION,
    files::ANY,
    files::TEXT,
    files::HTML,
    files::DOCX,
    files::XLSX,
    lists::CSV,
    shapes::GEOMETRY,
    words::WORDS,
];

impl Target {
    /// The target of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        TARGETS.iter().find(|target| target.name == name)
    }
}
