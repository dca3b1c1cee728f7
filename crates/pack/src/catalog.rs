//! Packs that belong together.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::declaration::{Field, PackFile, RecordFile, ScenarioFile};
use crate::list::CodeList;
use crate::source::Sources;

/// A record type's place: which pack, which of its types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordAt {
    /// Among the catalog's packs.
    pub pack: usize,
    /// Among the pack's record types.
    pub record: usize,
}

/// A code list's place: which pack, which of its lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListAt {
    /// Among the catalog's packs.
    pub pack: usize,
    /// Among the pack's lists.
    pub list: usize,
}

/// All packs that run together.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// The packs.
    pub packs: Vec<Pack>,
    /// The text of their files.
    pub sources: Sources,
}

/// One pack.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The folder it was read from.
    pub folder: PathBuf,
    /// The file `pack.toml`.
    pub file: u32,
    /// Whether all of that could be read.
    pub is_whole: bool,
    /// What that says.
    pub declared: PackFile,
    /// Its record types, by the names of their files.
    pub records: Vec<RecordType>,
    /// Its code lists, by the names of their files.
    pub lists: Vec<CodeList>,
    /// The templates of its print-outs by their path in the folder, and their files.
    pub templates: BTreeMap<String, u32>,
    /// What its scenarios say, by the names of their files.
    pub tests: Vec<Told>,
    /// What its made-up records come from, by the names of their files.
    pub samples: Vec<Told>,
}

/// A file of scenarios.
#[derive(Clone, Debug)]
pub struct Told {
    /// Its file.
    pub file: u32,
    /// What it says.
    pub declared: ScenarioFile,
}

/// One record type.
#[derive(Clone, Debug)]
pub struct RecordType {
    /// Its file.
    pub file: u32,
    /// Whether all of that could be read; what is missing is then no mistake of others.
    pub is_whole: bool,
    /// What that says.
    pub declared: RecordFile,
}

impl RecordType {
    /// The place of a field among the record's fields.
    pub fn position(&self, id: &str) -> Option<usize> {
        let wanted = |field: &Field| !id.is_empty() && field.id.text == id;
        self.declared.fields.iter().position(wanted)
    }

    /// A field by its id.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.position(id).map(|place| &self.declared.fields[place])
    }

    /// The ids of its fields.
    pub fn field_ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.declared
            .fields
            .iter()
            .map(|field| field.id.text.as_str())
    }

    /// The ids of its states.
    pub fn state_ids(&self) -> impl Iterator<Item = &str> + Clone {
        let states = self.declared.lifecycle.iter().flat_map(|life| &life.states);
        states.map(|state| state.id.text.as_str())
    }
}

impl Catalog {
    /// A record type.
    pub fn record(&self, at: RecordAt) -> &RecordType {
        &self.packs[at.pack].records[at.record]
    }

    /// A code list.
    pub fn list(&self, at: ListAt) -> &CodeList {
        &self.packs[at.pack].lists[at.list]
    }

    /// Every record type.
    pub fn records(&self) -> impl Iterator<Item = (RecordAt, &RecordType)> {
        self.packs.iter().enumerate().flat_map(|(pack, declared)| {
            let records = declared.records.iter().enumerate();
            records.map(move |(record, declared)| (RecordAt { pack, record }, declared))
        })
    }

    /// The pack of this id.
    pub fn pack(&self, id: &str) -> Option<usize> {
        let wanted = |pack: &Pack| !id.is_empty() && pack.declared.pack.id.text == id;
        self.packs.iter().position(wanted)
    }

    /// Splits `pack/name` and finds the pack; a name alone is of the same pack.
    pub(crate) fn scope<'n>(&self, from: usize, name: &'n str) -> Option<(usize, &'n str)> {
        match name.split_once('/') {
            None => Some((from, name)),
            Some((pack, name)) => self.pack(pack).map(|pack| (pack, name)),
        }
    }

    /// The record type of this name, seen from a pack.
    pub fn find_record(&self, from: usize, name: &str) -> Option<RecordAt> {
        let (pack, name) = self.scope(from, name)?;
        let wanted = |known: &RecordType| !name.is_empty() && known.declared.record.id.text == name;
        let record = self.packs[pack].records.iter().position(wanted)?;
        Some(RecordAt { pack, record })
    }

    /// The code list of this name, seen from a pack.
    pub fn find_list(&self, from: usize, name: &str) -> Option<ListAt> {
        let (pack, name) = self.scope(from, name)?;
        let list = self.packs[pack]
            .lists
            .iter()
            .position(|known| known.id == name)?;
        Some(ListAt { pack, list })
    }
}
