//! Objects in a local folder: `ab/0192…ab`, spread by the random end of their names.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::fs::File;
use tokio::io::AsyncWriteExt;
use vocab::{Id, hex};

use super::object::{Answer, ObjectReader, ObjectStore, Pending, file_error};
use crate::{FileWork, StoreError};

/// A folder of objects.
pub struct LocalObjects {
    root: Arc<PathBuf>,
}

impl LocalObjects {
    /// Opens or makes the folder.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(root).map_err(|error| {
            file_error(
                FileWork::PreparingFolder(root.display().to_string()),
                &error,
            )
        })?;
        Ok(Self {
            root: Arc::new(root.to_owned()),
        })
    }

    fn path(&self, name: Id) -> PathBuf {
        let name = hex::encode(name.as_bytes());
        self.root.join(&name[30..]).join(&name)
    }
}

impl ObjectStore for LocalObjects {
    fn begin(&self, name: Id) -> Answer<'_, Box<dyn Pending>> {
        Box::pin(async move {
            let failed = |error| file_error(FileWork::Storing, &error);
            let path = self.path(name);
            let folder = path.parent().unwrap_or(&self.root);
            tokio::fs::create_dir_all(folder).await.map_err(failed)?;
            let file = File::create_new(&path).await.map_err(failed)?;
            Ok(Box::new(LocalPending {
                root: self.root.clone(),
                file,
                path: GivenUp(Some(path)),
            }) as Box<dyn Pending>)
        })
    }

    fn open(&self, name: Id) -> Answer<'_, Option<ObjectReader>> {
        Box::pin(async move {
            match File::open(self.path(name)).await {
                Ok(file) => Ok(Some(Box::pin(file) as ObjectReader)),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(file_error(FileWork::Reading, &error)),
            }
        })
    }

    fn remove(&self, name: Id) -> Answer<'_, ()> {
        Box::pin(async move {
            match tokio::fs::remove_file(self.path(name)).await {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    Err(file_error(FileWork::Removing(name.to_string()), &error))
                }
                _ => Ok(()),
            }
        })
    }
}

struct LocalPending {
    root: Arc<PathBuf>,
    file: File,
    path: GivenUp,
}

/// A file that goes when this does.
struct GivenUp(Option<PathBuf>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // If it fails, the database still knows the object as a loose one.
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Pending for LocalPending {
    fn write<'a>(&'a mut self, chunk: &'a [u8]) -> Answer<'a, ()> {
        Box::pin(async move {
            self.file
                .write_all(chunk)
                .await
                .map_err(|error| file_error(FileWork::Storing, &error))
        })
    }

    fn finish(mut self: Box<Self>) -> Answer<'static, ()> {
        Box::pin(async move {
            let failed = |error| file_error(FileWork::Storing, &error);
            self.file.flush().await.map_err(failed)?;
            self.file.sync_all().await.map_err(failed)?;
            // The name is durable only when its folder is.
            let folder = self.path.0.as_deref().and_then(Path::parent);
            for level in [folder.unwrap_or(&self.root), &self.root] {
                let opened = File::open(level).await.map_err(failed)?;
                opened.sync_all().await.map_err(failed)?;
            }
            self.path.0 = None;
            Ok(())
        })
    }
}
