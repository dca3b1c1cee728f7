//! Packs as folders: which files there are, and what each of them declares.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use crate::catalog::{Catalog, Pack, RecordType, Told};
use crate::declaration::{PackFile, RecordFile, ScenarioFile};
use crate::diagnostic::{Diagnostic, Findings};
use crate::shape::{Reader, Shape};
use crate::source::Span;
use crate::{Code, list, syntax};

/// The largest file that is read, in bytes.
const LARGEST: u64 = 1 << 20;
/// The most files of a pack.
const MOST_FILES: usize = 500;
/// The most fields, columns, states, steps, rules and the like of a record type together.
const MOST_FIELDS: usize = 600;
/// How deep folders of packs may nest.
const DEEPEST: usize = 4;

/// The files of one pack, read or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackFolder {
    /// Where it is.
    pub path: PathBuf,
    /// Its files by their path in it, with `/` between folders, and why one could not be read.
    pub files: BTreeMap<String, Result<Vec<u8>, String>>,
}

impl PackFolder {
    /// A pack that stands in memory, for tests and examples.
    pub fn in_memory<'a>(path: &str, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let files = files
            .into_iter()
            .map(|(name, text)| (name.to_owned(), Ok(text.as_bytes().to_vec())));
        Self {
            path: path.into(),
            files: files.collect(),
        }
    }

    /// The packs in a folder: it is one itself, or holds some.
    pub fn find(path: &Path) -> std::io::Result<Vec<Self>> {
        let mut found = Vec::new();
        search(path, 0, &mut found)?;
        if found.is_empty() {
            found.push(Self {
                path: path.to_owned(),
                files: BTreeMap::new(),
            });
        }
        Ok(found)
    }
}

fn search(path: &Path, depth: usize, found: &mut Vec<PackFolder>) -> std::io::Result<()> {
    if path.join("pack.toml").is_file() {
        let mut folder = PackFolder {
            path: path.to_owned(),
            files: BTreeMap::new(),
        };
        gather(path, "", &mut folder.files)?;
        found.push(folder);
        return Ok(());
    }
    let mut below: Vec<PathBuf> = std::fs::read_dir(path)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir() && !is_hidden(path))
        .collect();
    below.sort();
    for path in below {
        if depth < DEEPEST {
            search(&path, depth + 1, found)?;
        }
    }
    Ok(())
}

fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

fn gather(
    folder: &Path,
    prefix: &str,
    files: &mut BTreeMap<String, Result<Vec<u8>, String>>,
) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if is_hidden(&path) || files.len() > MOST_FILES {
            continue;
        }
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy())
            .unwrap_or_default();
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            if prefix.is_empty() {
                gather(&path, &format!("{name}/"), files)?;
            } else {
                files.insert(name, Ok(Vec::new()));
            }
            continue;
        }
        let size = std::fs::metadata(&path).map(|data| data.len());
        let content = match size {
            Ok(size) if size > LARGEST => Ok(vec![b' '; usize::try_from(LARGEST).unwrap_or(0) + 1]),
            _ => std::fs::read(&path).map_err(|error| error.to_string()),
        };
        files.insert(name, content);
    }
    Ok(())
}

/// What a file of a pack is, by its path.
enum Part<'a> {
    Pack,
    Record,
    List(&'a str),
    Template,
    Test,
    Sample,
    Readme,
    Stray,
}

fn part(name: &str) -> Part<'_> {
    let inner = name.split_once('/');
    match inner.map_or(("", name), |(folder, file)| (folder, file)) {
        ("", "pack.toml") => Part::Pack,
        ("", "README.md") => Part::Readme,
        ("", file) if file.strip_suffix(".toml").is_some() => Part::Record,
        ("lists", file) => match file.strip_suffix(".csv") {
            Some(id) if !id.contains('/') => Part::List(id),
            _ => Part::Stray,
        },
        ("print", file) if file.strip_suffix(".typ").is_some() => Part::Template,
        ("tests", file) if file.strip_suffix(".toml").is_some() => Part::Test,
        ("sample", file) if file.strip_suffix(".toml").is_some() => Part::Sample,
        _ => Part::Stray,
    }
}

/// Reads all packs into a catalog, mistakes and all.
pub(crate) fn load(folders: &[PackFolder], findings: &mut Findings) -> Catalog {
    let mut catalog = Catalog::default();
    for folder in folders {
        let pack = read_pack(folder, &mut catalog, findings);
        catalog.packs.extend(pack);
    }
    catalog
}

fn read_pack(folder: &PackFolder, catalog: &mut Catalog, findings: &mut Findings) -> Option<Pack> {
    let sources = &mut catalog.sources;
    if !folder.files.contains_key("pack.toml") {
        let file = sources.add(folder.path.clone(), "");
        findings.push(Diagnostic::new(Code::NoPack, Span::new(file, 0..0)));
        return None;
    }
    let mut pack = Pack {
        folder: folder.path.clone(),
        file: 0,
        is_whole: true,
        declared: PackFile::hole(Span::default()),
        records: Vec::new(),
        lists: Vec::new(),
        templates: BTreeMap::new(),
        tests: Vec::new(),
        samples: Vec::new(),
    };
    for (index, (name, content)) in folder.files.iter().enumerate() {
        let path = folder.path.join(name);
        let known = part(name);
        let (text, problem) = match (&known, content) {
            (Part::Readme, _) => continue,
            (Part::Stray, _) => (String::new(), Some((Code::StrayFile, name.clone()))),
            (_, Err(why)) => (String::new(), Some((Code::CannotRead, why.clone()))),
            (_, Ok(bytes)) if bytes.len() as u64 > LARGEST || index >= MOST_FILES => {
                (String::new(), Some((Code::TooLarge, name.clone())))
            }
            (_, Ok(bytes)) => match std::str::from_utf8(bytes) {
                Ok(text) => (text.trim_start_matches('\u{feff}').to_owned(), None),
                Err(_) => (
                    String::new(),
                    Some((Code::CannotRead, "~file-encoding".to_owned())),
                ),
            },
        };
        let file = sources.add(path, text.clone());
        if let Some((code, name)) = problem {
            let finding = Diagnostic::new(code, Span::new(file, 0..0))
                .with("name", name)
                .with("most", LARGEST >> 10);
            findings.push(finding);
            continue;
        }
        match known {
            Part::Pack => {
                pack.file = file;
                (pack.declared, pack.is_whole) = read_file(file, &text, findings);
            }
            Part::Record => {
                let (mut declared, mut is_whole) = read_file::<RecordFile>(file, &text, findings);
                if let Some(span) = beyond(&declared) {
                    // Nothing of it is looked at: checks may then take the square of what there is.
                    let finding = Diagnostic::new(Code::TooLarge, span).with("most", MOST_FIELDS);
                    findings.push(finding);
                    let record = declared.record;
                    declared = RecordFile {
                        record,
                        ..RecordFile::hole(span)
                    };
                    is_whole = false;
                }
                pack.records.push(RecordType {
                    file,
                    is_whole,
                    declared,
                });
            }
            Part::List(id) => pack
                .lists
                .push(list::read(id.to_owned(), file, &text, findings)),
            Part::Template => {
                pack.templates.insert(name.clone(), file);
            }
            Part::Test => {
                let (declared, _) = read_file::<ScenarioFile>(file, &text, findings);
                pack.tests.push(Told { file, declared });
            }
            Part::Sample => {
                let (declared, _) = read_file::<ScenarioFile>(file, &text, findings);
                pack.samples.push(Told { file, declared });
            }
            Part::Readme | Part::Stray => {}
        }
    }
    Some(pack)
}

/// Where a record type goes beyond what anybody could fill in.
fn beyond(declared: &RecordFile) -> Option<Span> {
    let columns = declared.fields.iter().flat_map(|field| &field.fields);
    let fields = declared
        .fields
        .iter()
        .chain(columns)
        .map(|field| field.span);
    let steps = declared
        .lifecycle
        .iter()
        .flat_map(|life| &life.steps)
        .map(|step| step.span);
    let states = declared
        .lifecycle
        .iter()
        .flat_map(|life| &life.states)
        .map(|state| state.span);
    let others = declared
        .rules
        .iter()
        .map(|rule| rule.span)
        .chain(declared.grants.iter().map(|grant| grant.span))
        .chain(declared.views.iter().map(|view| view.span))
        .chain(declared.rollups.iter().map(|rollup| rollup.span))
        .chain(declared.indicators.iter().map(|indicator| indicator.span));
    fields
        .chain(steps)
        .chain(states)
        .chain(others)
        .nth(MOST_FIELDS)
}

/// Reads a file of TOML; every mistake of it is said, and what can be read is. Whether all could be.
fn read_file<T: Shape>(file: u32, text: &str, findings: &mut Findings) -> (T, bool) {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let range = error.span().unwrap_or(0..0);
        let finding = Diagnostic::new(Code::Syntax, Span::new(file, range))
            .with("why", syntax::word(error.message()));
        findings.push(finding);
    }
    // What follows from a file that is not TOML would only confuse.
    let mut unused = Findings::default();
    let findings = if errors.is_empty() {
        findings
    } else {
        &mut unused
    };
    let mut reader = Reader {
        file,
        text,
        findings,
    };
    let first = text.lines().next().map_or(0, str::len);
    let node = toml::Spanned::new(0..first, toml::de::DeValue::Table(table.into_inner()));
    (T::read(&node, &mut reader), errors.is_empty())
}
