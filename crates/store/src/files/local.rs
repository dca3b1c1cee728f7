//! Objects in a local folder: `ab/cd/abcd…`, written aside and moved into place.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::{NamedTempFile, TempPath};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::object::{Answer, ObjectReader, ObjectStore, Pending, file_error};
use vocab::Instant;

use crate::StoreError;
use crate::audit::hex;

/// A folder of objects.
pub struct LocalObjects {
    root: Arc<PathBuf>,
}

impl LocalObjects {
    /// Opens or makes the folder.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        let incoming = root.join("incoming");
        let doing = || format!("preparing the folder {}", root.display());
        std::fs::create_dir_all(&incoming).map_err(|error| file_error(doing(), &error))?;
        Ok(Self {
            root: Arc::new(root.to_owned()),
        })
    }

    fn path(&self, digest: &[u8; 32]) -> PathBuf {
        path_in(&self.root, digest)
    }
}

fn path_in(root: &Path, digest: &[u8; 32]) -> PathBuf {
    let name = hex(digest);
    root.join(&name[..2]).join(&name[2..4]).join(&name)
}

impl ObjectStore for LocalObjects {
    fn begin(&self) -> Answer<'_, Box<dyn Pending>> {
        Box::pin(async move {
            let doing = "beginning to store a file";
            let made = NamedTempFile::new_in(self.root.join("incoming"))
                .map_err(|error| file_error(doing, &error))?;
            let (file, path) = made.into_parts();
            Ok(Box::new(LocalPending {
                root: self.root.clone(),
                file: File::from_std(file),
                path,
            }) as Box<dyn Pending>)
        })
    }

    fn open<'a>(&'a self, digest: &'a [u8; 32]) -> Answer<'a, Option<ObjectReader>> {
        Box::pin(async move {
            match File::open(self.path(digest)).await {
                Ok(file) => Ok(Some(Box::pin(file) as ObjectReader)),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(file_error(
                    format!("opening the file {}", hex(digest)),
                    &error,
                )),
            }
        })
    }

    fn remove<'a>(&'a self, digest: &'a [u8; 32]) -> Answer<'a, ()> {
        Box::pin(async move {
            match tokio::fs::remove_file(self.path(digest)).await {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(file_error(
                    format!("removing the file {}", hex(digest)),
                    &error,
                )),
                _ => Ok(()),
            }
        })
    }

    fn clear_unfinished(&self, older_than: Instant) -> Answer<'_, ()> {
        Box::pin(async move {
            let failed = |error: &std::io::Error| file_error("clearing unfinished uploads", error);
            let mut folder = tokio::fs::read_dir(self.root.join("incoming"))
                .await
                .map_err(|error| failed(&error))?;
            while let Some(entry) = folder.next_entry().await.map_err(|error| failed(&error))? {
                // One that ends meanwhile has moved to its place or is gone.
                let Ok(meta) = entry.metadata().await else {
                    continue;
                };
                if written_at(&meta).is_some_and(|at| at < older_than) {
                    match tokio::fs::remove_file(entry.path()).await {
                        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                            return Err(failed(&error));
                        }
                        _ => {}
                    }
                }
            }
            Ok(())
        })
    }
}

/// When a file was last written, as far as the file system tells.
fn written_at(meta: &std::fs::Metadata) -> Option<Instant> {
    let since = meta
        .modified()
        .ok()?
        .duration_since(std::time::UNIX_EPOCH)
        .ok()?;
    i64::try_from(since.as_micros())
        .ok()
        .map(Instant::from_micros)
}

struct LocalPending {
    root: Arc<PathBuf>,
    file: File,
    path: TempPath,
}

impl Pending for LocalPending {
    fn write<'a>(&'a mut self, chunk: &'a [u8]) -> Answer<'a, ()> {
        Box::pin(async move {
            self.file
                .write_all(chunk)
                .await
                .map_err(|error| file_error("storing a file", &error))
        })
    }

    fn finish(mut self: Box<Self>, digest: &[u8; 32]) -> Answer<'_, ()> {
        Box::pin(async move {
            let failed = |error: &std::io::Error| {
                file_error(format!("storing the file {}", hex(digest)), error)
            };
            self.file.flush().await.map_err(|error| failed(&error))?;
            self.file.sync_all().await.map_err(|error| failed(&error))?;
            let target = path_in(&self.root, digest);
            let folder = target.parent().unwrap_or(&self.root).to_owned();
            tokio::fs::create_dir_all(&folder)
                .await
                .map_err(|error| failed(&error))?;
            self.path
                .persist(&target)
                .map_err(|error| failed(&error.error))?;
            // The name is durable only when its folder is.
            for level in [
                &folder,
                folder.parent().unwrap_or(&self.root),
                self.root.as_path(),
            ] {
                let opened = File::open(level).await.map_err(|error| failed(&error))?;
                opened.sync_all().await.map_err(|error| failed(&error))?;
            }
            Ok(())
        })
    }
}
