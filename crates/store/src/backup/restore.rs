//! Restoring a backup.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use sha2::{Digest, Sha256};
use vocab::{Context, hex};

use super::manifest::{Count, FORMAT, Manifest, Opening};
use super::tables::{ADDED_LATER, Table, tables};
use super::target::{Target, object_of};
use super::unpack::{Part, Unpack};
use super::{ArchiveFault, refused, rows, unreadable};
use crate::audit::{AuditHead, Report};
use crate::files::ObjectStore;
use crate::{ColumnKind, Config, Store, StoreError, TableSpec, declare, schema};

/// What was restored, and whether it proves itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoreReport {
    /// How many rows of each table.
    pub rows: BTreeMap<String, i64>,
    /// How many files.
    pub files: i64,
    /// Digests of files that were damaged before the backup was made: they are not here.
    pub damaged: Vec<String>,
    /// The audit head that the backup was made with; the restored store goes through it.
    pub head: AuditHead,
    /// What a check of the whole restored store found. Findings here were in the store that
    /// the backup was made of: the archive itself came out as it was written.
    pub audit: Report,
}

impl Store {
    /// Restores a backup into an empty place of either engine, then checks it whole. Stop
    /// whatever else uses that place before.
    ///
    /// Errors: [`StoreError::Archive`] when the archive was cut or altered or is of another
    /// version, [`StoreError::Invalid`] when the place is not empty,
    /// [`StoreError::Declaration`] when `declared` does not follow from what the archive
    /// holds. Nothing is left behind then.
    pub async fn restore(
        config: &Config,
        from: &Path,
        declared: Vec<TableSpec>,
        context: Context,
    ) -> Result<RestoreReport, StoreError> {
        let made_folder = !config.data.exists();
        let restored = Restore::run(config, from, &declared, &context).await;
        if restored.is_err() && made_folder {
            // Only as long as it is empty.
            let _ = std::fs::remove_dir(&config.data);
        }
        let manifest = restored?;
        let store = Self::open(config, declared, context).await?;
        Ok(RestoreReport {
            audit: store.verify(Some(&manifest.head)).await?,
            rows: manifest
                .tables
                .into_iter()
                .map(|(name, count)| (name, count.rows))
                .collect(),
            files: manifest.files,
            damaged: manifest.damaged,
            head: manifest.head,
        })
    }
}

struct Restore<'a> {
    from: &'a Path,
    parts: Unpack,
    tables: BTreeMap<String, Table>,
    /// What has come so far, by table.
    came: BTreeMap<String, (i64, Sha256)>,
    files: i64,
    /// Files come in the order of their digests, so that none can come twice.
    last_file: Option<[u8; 32]>,
    file_bytes: u64,
    /// Files whose content is not what their digest says.
    altered: Vec<String>,
}

impl<'a> Restore<'a> {
    async fn run(
        config: &Config,
        from: &'a Path,
        declared: &[TableSpec],
        context: &Context,
    ) -> Result<Manifest, StoreError> {
        let mut parts = Unpack::open(from).await?;
        let opening = match parts.next().await? {
            Some(Part::Entry { name, content }) if name == "archive.json" => {
                opening(from, &content, declared)?
            }
            _ => return Err(refused(from, ArchiveFault::NoSeal)),
        };
        // Later than any era and any epoch before, even after the clock was set back.
        let new_era = context.now().as_micros().max(opening.era + 1);
        let mut target = Target::open(config, &opening, new_era).await?;
        let mut restore = Restore {
            from,
            parts,
            tables: opening
                .tables
                .iter()
                .map(|table| (table.name.clone(), table.clone()))
                .collect(),
            came: opening
                .tables
                .iter()
                .map(|table| (table.name.clone(), (0, Sha256::new())))
                .collect(),
            files: 0,
            last_file: None,
            file_bytes: 0,
            altered: Vec::new(),
        };
        let manifest = restore.fill(&mut target).await?;
        restore.compare(&manifest)?;
        target.keep(&opening).await?;
        Ok(manifest)
    }

    fn refused(&self, fault: ArchiveFault) -> StoreError {
        refused(self.from, fault)
    }

    /// Takes everything up to the manifest, which must be the last.
    async fn fill(&mut self, target: &mut Target) -> Result<Manifest, StoreError> {
        let manifest = loop {
            match self.parts.next().await? {
                Some(Part::Entry { name, content }) if name == "manifest.json" => {
                    break serde_json::from_slice(&content)
                        .map_err(|error| unreadable(self.from, error))?;
                }
                Some(Part::Entry { name, content }) => self.rows(target, &name, &content).await?,
                Some(Part::File(digest)) => self.file(target, digest).await?,
                Some(Part::Data(_) | Part::FileEnd) | None => {
                    return Err(self.refused(ArchiveFault::NoManifest));
                }
            }
        };
        match self.parts.next().await? {
            None => Ok(manifest),
            Some(_) => Err(self.refused(ArchiveFault::AfterManifest)),
        }
    }

    async fn rows(
        &mut self,
        target: &mut Target,
        name: &str,
        content: &[u8],
    ) -> Result<(), StoreError> {
        let table = name
            .strip_prefix("tables/")
            .and_then(|rest| rest.split_once('/'))
            .and_then(|(table, _)| self.tables.get(table))
            .ok_or_else(|| self.refused(ArchiveFault::Entry(name.to_owned())))?;
        let kinds: Vec<ColumnKind> = table.columns.iter().map(|(_, kind)| *kind).collect();
        let lines = content.split_inclusive(|byte| *byte == b'\n');
        let rows = lines
            .map(|line| rows::decode(line, &kinds))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| {
                self.refused(ArchiveFault::Row {
                    entry: name.to_owned(),
                    why: error.to_string(),
                })
            })?;
        if let Some((count, hasher)) = self.came.get_mut(&table.name) {
            *count += i64::try_from(rows.len()).unwrap_or(0);
            hasher.update(content);
        }
        target.rows(table, rows).await
    }

    /// Takes a file in; one that is not what its digest says is left out.
    async fn file(&mut self, target: &Target, digest: [u8; 32]) -> Result<(), StoreError> {
        if self.last_file.is_some_and(|last| last >= digest) {
            return Err(self.refused(ArchiveFault::FileOutOfOrder(hex::encode(&digest))));
        }
        self.last_file = Some(digest);
        let mut pending = target.objects.begin(object_of(&digest)).await?;
        let mut hasher = Sha256::new();
        let mut size = 0;
        loop {
            match self.parts.next().await? {
                Some(Part::Data(chunk)) => {
                    hasher.update(&chunk);
                    size += chunk.len() as u64;
                    pending.write(&chunk).await?;
                }
                Some(Part::FileEnd) => break,
                Some(Part::Entry { .. } | Part::File(_)) | None => {
                    return Err(self.refused(ArchiveFault::FileCut(hex::encode(&digest))));
                }
            }
        }
        if hasher.finalize()[..] == digest {
            self.files += 1;
            self.file_bytes += size;
            pending.finish().await?;
        } else {
            self.altered.push(hex::encode(&digest));
        }
        Ok(())
    }

    /// What came against what must have come.
    fn compare(&mut self, manifest: &Manifest) -> Result<(), StoreError> {
        let came: BTreeMap<String, Count> = std::mem::take(&mut self.came)
            .into_iter()
            .map(|(name, (rows, hasher))| {
                let sha256 = hex::encode(&hasher.finalize());
                (name, Count { rows, sha256 })
            })
            .collect();
        if came != manifest.tables {
            let differs = came
                .iter()
                .find(|(name, count)| manifest.tables.get(*name) != Some(count));
            let name = differs.map_or("?", |(name, _)| name).to_owned();
            return Err(self.refused(ArchiveFault::Rows(name)));
        }
        if let Some(digest) = self
            .altered
            .iter()
            .find(|one| !manifest.damaged.contains(one))
        {
            return Err(self.refused(ArchiveFault::FileAltered(digest.clone())));
        }
        if (self.files, self.file_bytes) != (manifest.files, manifest.file_bytes) {
            return Err(self.refused(ArchiveFault::Files));
        }
        Ok(())
    }
}

/// The tables that an archive with these declarations holds: all that there are, but those
/// that did not exist yet when it was made. They come out empty.
fn tables_of(opening: &Opening) -> Vec<Table> {
    let held = |name: &str| opening.tables.iter().any(|table| table.name == name);
    let mut tables = tables(&opening.declarations);
    tables.retain(|table| !ADDED_LATER.contains(&table.name.as_str()) || held(&table.name));
    tables
}

/// Reads the opening and refuses what this program cannot restore. The archive's own words
/// never become SQL unchecked: its tables must be those that its declarations give.
fn opening(from: &Path, content: &[u8], declared: &[TableSpec]) -> Result<Opening, StoreError> {
    let opening: Opening =
        serde_json::from_slice(content).map_err(|error| unreadable(from, error))?;
    if opening.format != FORMAT || opening.schema != schema::VERSION {
        return Err(refused(
            from,
            ArchiveFault::Version {
                form: opening.format,
                schema: opening.schema,
            },
        ));
    }
    let contradicts = |what: String| refused(from, ArchiveFault::Opening(what));
    let mut names = HashSet::new();
    for spec in &opening.declarations {
        spec.check()
            .map_err(|error| contradicts(error.to_string()))?;
        if !names.insert(&spec.name) {
            return Err(contradicts(format!("table {} is there twice", spec.name)));
        }
    }
    if opening.tables != tables_of(&opening) {
        return Err(contradicts(
            "its tables are not those of its declarations".to_owned(),
        ));
    }
    if !(1..i64::MAX / 4).contains(&opening.era) {
        return Err(contradicts("its era makes no sense".to_owned()));
    }
    for spec in declared {
        spec.check()?;
        if let Some(stored) = opening
            .declarations
            .iter()
            .find(|known| known.name == spec.name)
        {
            declare::check_growth(stored, spec)?;
        }
    }
    Ok(opening)
}
