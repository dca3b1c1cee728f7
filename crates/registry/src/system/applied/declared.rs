//! What packs declare, as it is kept: the texts of the files that say what records are.

use std::collections::BTreeMap;

use pack::Catalog;
use pack::folder::PackFolder;
use sha2::{Digest, Sha256};
use vocab::hex;

use super::Files;

/// A file's text and its digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub digest: String,
    pub text: String,
}

/// The files of packs that say what records are, by pack and name: without what is for people
/// alone, scenarios and made-up records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared(BTreeMap<String, BTreeMap<String, Text>>);

/// Whether a file says what records are.
fn counts(name: &str) -> bool {
    name != "README.md" && !name.starts_with("tests/") && !name.starts_with("sample/")
}

impl Declared {
    /// What these folders declare, which were read into this catalog.
    pub fn of(folders: &[PackFolder], catalog: &Catalog) -> Self {
        let packs = catalog.packs.iter().map(|pack| {
            let folder = folders.iter().find(|folder| folder.path == pack.folder);
            let files = folder.into_iter().flat_map(|folder| &folder.files);
            let files = files.filter(|(name, _)| counts(name));
            let files = files.filter_map(|(name, content)| {
                let bytes = content.as_ref().ok()?;
                // Packs that were checked are text; a mark of its order says nothing.
                let text = std::str::from_utf8(bytes).ok()?;
                let text = text.trim_start_matches('\u{feff}').to_owned();
                let digest = hex::encode(&Sha256::digest(&text));
                Some((name.clone(), Text { digest, text }))
            });
            (pack.declared.pack.id.text.clone(), files.collect())
        });
        Self(packs.collect())
    }

    /// The same read back; none if a text is missing.
    pub(super) fn of_files(files: &Files, text: impl Fn(&String) -> Option<Text>) -> Option<Self> {
        let mut packs = BTreeMap::new();
        for (pack, files) in files {
            let mut texts = BTreeMap::new();
            for (name, digest) in files {
                texts.insert(name.clone(), text(digest)?);
            }
            packs.insert(pack.clone(), texts);
        }
        Some(Self(packs))
    }

    pub(super) fn files(&self) -> Files {
        let digests = |files: &BTreeMap<String, Text>| {
            let files = files.iter();
            files
                .map(|(name, text)| (name.clone(), text.digest.clone()))
                .collect()
        };
        let packs = self.0.iter();
        packs
            .map(|(pack, files)| (pack.clone(), digests(files)))
            .collect()
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.0.values().flat_map(BTreeMap::values)
    }

    /// Tells one declaration from another: 64 hexadecimal digits.
    pub fn digest(&self) -> String {
        let mut hasher = Sha256::new();
        for (pack, files) in &self.0 {
            for (name, text) in files {
                hasher.update(format!("{pack}/{name}\n{}\n", text.digest));
            }
        }
        hex::encode(&hasher.finalize())
    }

    /// The folders as they were, under a name of their own.
    pub fn folders(&self, under: &str) -> Vec<PackFolder> {
        let packs = self.0.iter().map(|(pack, files)| {
            let files = files.iter();
            let files = files.map(|(name, text)| (name.as_str(), text.text.as_str()));
            PackFolder::in_memory(&format!("{under}/{pack}"), files)
        });
        packs.collect()
    }
}
