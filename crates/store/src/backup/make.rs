//! Making a backup.

use std::collections::BTreeMap;
use std::path::Path;
use vocab::hex;

use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;

use super::manifest::{Count, FORMAT, Manifest, Opening};
use super::pack::Pack;
use super::reading::Reading;
use super::rows;
use super::tables::{Source, sources};
use crate::audit::AuditHead;
use crate::engine::{Param, Row, Snapshot, Statement};
use crate::files::Files;
use crate::store::Fields;
use crate::{Store, StoreError, TableSpec, declare, schema};

const FILE_CHUNK: usize = 1 << 18;

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupReport {
    /// The size of the archive.
    pub bytes: u64,
    /// How many rows of each table.
    pub rows: BTreeMap<String, i64>,
    /// How many files.
    pub files: i64,
    /// Their sizes together.
    pub file_bytes: u64,
    /// Digests of files whose content is gone or altered in the store: the backup is made
    /// all the same, without them.
    pub damaged: Vec<String>,
    /// The audit head: kept elsewhere, it proves later that the restored store ends where
    /// this one did.
    pub head: AuditHead,
}

impl Store {
    /// Writes everything into one archive, as it stands at one instant, while others write.
    /// The archive appears under its name when it is complete and on disk, in the place of
    /// one that was there; only its owner may read it. Memory does not grow with the store. A
    /// process that is killed meanwhile leaves a hidden `.partial` file in that folder.
    ///
    /// Errors: [`StoreError::File`] and [`StoreError::Full`] when it cannot be written, then
    /// nothing is left behind.
    pub async fn backup(&self, to: &Path) -> Result<BackupReport, StoreError> {
        // Whatever can be sealed is covered by the head that goes with the backup.
        self.seal().await?;
        let snapshot = self.inner.engine.snapshot().await?;
        let made_at = self.context().now();
        let seconds = u64::try_from(made_at.as_micros() / 1_000_000).unwrap_or(0);
        let mut backup = Backup {
            store: self,
            snapshot,
            pack: Pack::create(to, seconds)?,
        };
        let declarations = backup.declarations().await?;
        let sources = sources(self.dialect(), &declarations);
        let opening = Opening {
            format: FORMAT.to_owned(),
            schema: schema::VERSION,
            era: crate::store::era_of(&backup.rows(crate::store::era_statement()).await?)?,
            made_at: made_at.as_micros(),
            engine: self.durability().await?.engine,
            tables: sources.iter().map(|source| source.table.clone()).collect(),
            declarations,
        };
        backup.json("archive.json", &opening).await?;
        let mut manifest = Manifest {
            tables: BTreeMap::new(),
            files: 0,
            file_bytes: 0,
            damaged: Vec::new(),
            head: backup.head().await?,
        };
        for source in &sources {
            let count = backup.table(source).await?;
            manifest.tables.insert(source.table.name.clone(), count);
        }
        backup.files(&mut manifest).await?;
        backup.json("manifest.json", &manifest).await?;
        Ok(BackupReport {
            bytes: backup.pack.finish().await?,
            rows: manifest
                .tables
                .into_iter()
                .map(|(name, count)| (name, count.rows))
                .collect(),
            files: manifest.files,
            file_bytes: manifest.file_bytes,
            damaged: manifest.damaged,
            head: manifest.head,
        })
    }
}

struct Backup<'a> {
    store: &'a Store,
    snapshot: Snapshot,
    pack: Pack,
}

impl Backup<'_> {
    async fn rows(&self, statement: Statement) -> Result<Vec<Row>, StoreError> {
        self.snapshot.query(&statement).await
    }

    /// The declarations that the stored tables follow, those too that this program does not
    /// know.
    async fn declarations(&self) -> Result<Vec<TableSpec>, StoreError> {
        let rows = self.rows(declare::stored_statement()).await?;
        Ok(declare::stored(&rows)?.into_values().collect())
    }

    async fn head(&self) -> Result<AuditHead, StoreError> {
        let rows = self.rows(crate::audit::last_segment_statement()).await?;
        crate::audit::head_in(&rows)
    }

    async fn json(
        &mut self,
        name: &str,
        content: &impl serde::Serialize,
    ) -> Result<(), StoreError> {
        let text = serde_json::to_vec_pretty(content)
            .map_err(|error| StoreError::Engine(format!("writing {name}: {error}")))?;
        self.pack.entry(name, text).await
    }

    async fn table(&mut self, source: &Source) -> Result<Count, StoreError> {
        let mut reading = Reading::begin(&self.snapshot, self.store.dialect(), source).await?;
        let mut hasher = Sha256::new();
        let mut count = 0;
        let mut number = 0;
        loop {
            let chunk = reading.next(&self.snapshot).await?;
            if chunk.is_empty() {
                break;
            }
            count += i64::try_from(chunk.len()).unwrap_or(0);
            let lines = encode(chunk).await?;
            hasher.update(&lines);
            number += 1;
            let name = format!("tables/{}/{number:09}.jsonl", source.table.name);
            self.pack.entry(&name, lines).await?;
        }
        Ok(Count {
            rows: count,
            sha256: hex::encode(&hasher.finalize()),
        })
    }

    /// The content of every file that a record refers to.
    async fn files(&mut self, manifest: &mut Manifest) -> Result<(), StoreError> {
        let mut after = Vec::new();
        loop {
            let sql = "SELECT digest, size FROM file WHERE digest > ?1 AND EXISTS \
                       (SELECT 1 FROM file_ref r WHERE r.digest = file.digest) ORDER BY digest LIMIT 500";
            let statement = Statement::new(sql, vec![Param::from(after.clone())]);
            let files = self.rows(statement).await?;
            for file in &files {
                let digest = file.digest(0)?;
                let size = u64::try_from(file.int(1)?).unwrap_or(0);
                if self.file(&digest, size).await? {
                    manifest.files += 1;
                    manifest.file_bytes += size;
                } else {
                    tracing::error!(
                        digest = hex::encode(&digest),
                        "a file is missing or altered"
                    );
                    manifest.damaged.push(hex::encode(&digest));
                }
                after = digest.to_vec();
            }
            if files.is_empty() {
                return Ok(());
            }
        }
    }

    /// Copies a file; false if its content is not what it was.
    async fn file(&mut self, digest: &[u8; 32], size: u64) -> Result<bool, StoreError> {
        let Some(mut reader) = Files::every(self.store).open(digest).await? else {
            return Ok(false);
        };
        self.pack
            .begin(&format!("files/{}", hex::encode(digest)), size)
            .await?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; FILE_CHUNK];
        loop {
            let count = reader
                .read(&mut buffer)
                .await
                .map_err(|error| crate::files::file_error(crate::FileWork::Reading, &error))?;
            if count == 0 {
                break;
            }
            hasher.update(&buffer[..count]);
            self.pack.data(buffer[..count].to_vec()).await?;
        }
        self.pack.end().await?;
        Ok(hasher.finalize()[..] == digest[..])
    }
}

/// Rows as lines, made aside from what serves others.
async fn encode(rows: Vec<Row>) -> Result<Vec<u8>, StoreError> {
    let lines = tokio::task::spawn_blocking(move || {
        let mut lines = Vec::new();
        rows.iter()
            .try_for_each(|row| rows::encode(row, &mut lines))
            .map(|()| lines)
    });
    lines
        .await
        .map_err(|error| StoreError::Engine(format!("an encoding task ended early: {error}")))?
        .map_err(|error| StoreError::Engine(format!("rows could not be encoded: {error}")))
}
