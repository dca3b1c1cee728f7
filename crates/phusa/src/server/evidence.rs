//! Who may read an evidence file: whoever may read a record that refers to it.

use std::future::Future;
use std::pin::Pin;

use directory::{Act, Principal};
use plan::{OBSERVATION, PLAN};
use registry::{Evidence, Record, Registry, RegistryError};
use serde_json::Value;
use web::http::{EvidenceGate, Failure};

/// The kinds of record that refer to files.
const KINDS: [&str; 2] = [PLAN, OBSERVATION];

/// Asks the registry.
pub(crate) struct RecordFiles(pub Registry);

type Answer<'a> = Pin<Box<dyn Future<Output = Result<Option<String>, Failure>> + Send + 'a>>;

impl EvidenceGate for RecordFiles {
    fn readable<'a>(&'a self, principal: &'a Principal, digest: &'a [u8; 32]) -> Answer<'a> {
        Box::pin(async move { self.name(principal, digest).await.map_err(failure) })
    }
}

impl RecordFiles {
    async fn name(
        &self,
        principal: &Principal,
        digest: &[u8; 32],
    ) -> Result<Option<String>, RegistryError> {
        let Self(registry) = self;
        for id in registry.store().file_users(digest).await? {
            for kind in KINDS {
                let Some(record) = registry.find(kind, id).await? else {
                    continue;
                };
                if registry.may(principal, Act::Read, kind, &record)
                    && let Some(name) = name_in(&record, digest)
                {
                    return Ok(Some(name));
                }
            }
        }
        Ok(None)
    }
}

/// Under which name a record refers to a file.
fn name_in(record: &Record, digest: &[u8; 32]) -> Option<String> {
    let lists = record.body.values().filter_map(Value::as_array);
    lists.flatten().find_map(|item| {
        let file: Evidence = serde_json::from_value(item.clone()).ok()?;
        (file.digest().as_ref() == Some(digest)).then_some(file.name)
    })
}

fn failure(error: RegistryError) -> Failure {
    match error {
        RegistryError::Store(error) => error.into(),
        RegistryError::Directory(error) => error.into(),
        RegistryError::Refused(problem) => problem.into(),
        other => Failure::internal(other.to_string()),
    }
}
