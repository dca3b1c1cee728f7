//! What targets begin from: the decision that ships and the packs, as they are and cut small.

use std::path::{Path, PathBuf};

use office::{Block, Document, Paragraph, Table};

// How the importer's tests write the decision as files of every kind.
#[path = "../../crates/plan/tests/import/slow/corpus/write.rs"]
pub(crate) mod write;

/// The decision that ships.
pub(crate) const DECISION: &str = include_str!("../../data/plan/decision-833-2023.txt");

/// The longest paragraph that is kept where the decision is cut small, in letters.
const LONGEST_PARAGRAPH: usize = 160;

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Some file of it.
pub(crate) fn file(path: &str) -> Vec<u8> {
    std::fs::read(root().join(path)).unwrap()
}

/// The decision as its reader sees it, so many rows of each table, and of the rest what is short.
pub(crate) fn decision(rows: usize) -> Document {
    let whole = office::text::read(DECISION).unwrap();
    let cut = |block: Block| match block {
        Block::Table(table) => Block::Table(Table {
            rows: table.rows.into_iter().take(rows).collect(),
        }),
        Block::Paragraph(paragraph) => Block::Paragraph(Paragraph {
            text: paragraph.text.chars().take(LONGEST_PARAGRAPH).collect(),
            ..paragraph
        }),
    };
    // Everything around tables, and the opening of the body.
    let tables: Vec<usize> = (0..whole.blocks.len())
        .filter(|at| matches!(whole.blocks[*at], Block::Table(_)))
        .collect();
    let is_near = |at: usize| at < 45 || tables.iter().any(|table| table.abs_diff(at) <= 5);
    let blocks = whole.blocks.into_iter().enumerate();
    Document {
        blocks: blocks
            .filter(|(at, _)| is_near(*at))
            .map(|(_, block)| cut(block))
            .collect(),
    }
}

/// The decision cut small in several ways.
pub(crate) fn decisions() -> Vec<Document> {
    [3, 8, 20].map(decision).into()
}

/// The packs that ship, each with its files by path.
pub(crate) fn packs() -> Vec<Vec<(String, Vec<u8>)>> {
    let found = pack::folder::PackFolder::find(&root().join("packs")).unwrap();
    let files = |folder: pack::folder::PackFolder| {
        let files = folder.files.into_iter();
        files.map(|(name, text)| (name, text.unwrap())).collect()
    };
    found.into_iter().map(files).collect()
}
