//! The files that a plan was read from.

use registry::{Caller, Evidence};
use store::StoreError;
use tokio::io::AsyncReadExt;

use crate::error::PlanError;
use crate::plans::Plans;

impl Plans {
    /// Keeps a file that is brought in.
    pub(super) async fn keep_source(
        &self,
        by: &Caller,
        name: &str,
        content: &[u8],
    ) -> Result<Evidence, PlanError> {
        let mut upload = self.registry().store().upload(content.len() as u64).await?;
        upload.write(content).await?;
        let stored = upload.finish().await?;
        // What a person brings in is theirs to name; the program itself needs no receipt.
        if by
            .principal
            .account
            .is_some_and(|account| !account.is_nil())
        {
            self.registry().receive(by, &stored.digest).await?;
        }
        Ok(Evidence::of(name, &stored))
    }

    /// A source as it was brought in.
    pub(super) async fn source(&self, file: &Evidence) -> Result<Vec<u8>, PlanError> {
        let lost = |why: String| {
            PlanError::from(StoreError::File {
                doing: store::FileWork::ReadingSource(file.name.clone()),
                why,
            })
        };
        let store = self.registry().store();
        let files = store.every_file("the plan that is read again names its own source");
        let digest = file.digest().ok_or_else(|| lost("no digest".to_owned()))?;
        let opened = files.open(&digest).await?;
        let mut reader = opened.ok_or_else(|| lost("it is not here".to_owned()))?;
        let mut bytes = Vec::new();
        let read = reader.read_to_end(&mut bytes).await;
        read.map_err(|error| lost(error.to_string()))?;
        Ok(bytes)
    }
}
