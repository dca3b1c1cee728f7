//! Who may read which evidence file.

use directory::Principal;
use futures_util::future::BoxFuture;
use plan::own_plans::UNIT_PLAN;
use plan::projects::PROJECT_ENTRY;
use plan::records::ObservationBody;
use plan::{AMENDMENT, ASK, OBSERVATION, OBSTACLE, OPINION, OPINION_ROUND, PLAN, Plans};
use registry::{Evidence, Record};

use super::super::{EvidenceGate, Failure, Readable};

/// Files of reports, opinions, obstacles and projects are for whoever is signed in and may read those as they
/// now say; what a plan was read from is for whoever may read the plan: everybody.
#[derive(Clone)]
pub struct EvidenceOfRecords {
    plans: Plans,
}

impl EvidenceOfRecords {
    /// Asks the records of these plans.
    pub fn new(plans: Plans) -> Self {
        Self { plans }
    }

    async fn name(
        &self,
        principal: &Principal,
        digest: &[u8; 32],
    ) -> Result<Option<Readable>, Failure> {
        let registry = self.plans.registry();
        let of = |kind: &str, name| Readable {
            name,
            files: registry.files(principal, kind),
        };
        // The papers that the plan and its amendments were read from, for whoever may read those.
        for kind in [PLAN, AMENDMENT] {
            for record in registry.file_records(principal, kind, digest).await? {
                if let Some(name) = in_field(&record, "source", digest) {
                    return Ok(Some(of(kind, name)));
                }
            }
        }
        if principal.account.is_none() {
            return Ok(None);
        }
        for record in registry
            .file_records(principal, OBSERVATION, digest)
            .await?
        {
            if let Some(name) = self.in_report(principal, &record, digest).await? {
                return Ok(Some(of(OBSERVATION, name)));
            }
        }
        for kind in [
            PROJECT_ENTRY,
            UNIT_PLAN,
            OBSTACLE,
            ASK,
            OPINION,
            OPINION_ROUND,
        ] {
            for record in registry.file_records(principal, kind, digest).await? {
                if let Some(name) = self.in_versions(principal, kind, &record, digest).await? {
                    return Ok(Some(of(kind, name)));
                }
            }
        }
        super::super::systems::files_of(registry, principal, digest).await
    }

    /// The file's name in what was entered of a project, in a unit's own plan, in an obstacle, a
    /// question or an opinion: as it stands, or as one of the versions had it that the reader may see.
    async fn in_versions(
        &self,
        principal: &Principal,
        kind: &str,
        record: &Record,
        digest: &[u8; 32],
    ) -> Result<Option<String>, Failure> {
        // An opinion has the files of the report in one field, its own in another.
        let fields = ["evidence", "files"];
        let name = |record: &Record| {
            let mut named = fields.iter();
            named.find_map(|field| in_field(record, field, digest))
        };
        if let Some(name) = name(record) {
            return Ok(Some(name));
        }
        let registry = self.plans.registry();
        let versions = registry.history(principal, kind, record, VERSIONS).await?;
        Ok(versions.iter().find_map(|version| name(&version.record)))
    }

    /// The file's name in a report; in its earlier versions for those who see them.
    async fn in_report(
        &self,
        principal: &Principal,
        record: &Record,
        digest: &[u8; 32],
    ) -> Result<Option<String>, Failure> {
        let registry = self.plans.registry();
        let reads =
            |record: &Record| registry.may(principal, directory::Act::Read, OBSERVATION, record);
        let name = |record: &Record| {
            let body: ObservationBody = record.read().ok()?;
            named(&body.evidence, digest)
        };
        if let Some(name) = name(record) {
            return Ok(Some(name));
        }
        let before = Record {
            state: "submitted".to_owned(),
            ..record.clone()
        };
        if !reads(&before) {
            return Ok(None);
        }
        let versions = registry
            .history(principal, OBSERVATION, record, VERSIONS)
            .await?;
        Ok(versions.iter().find_map(|version| name(&version.record)))
    }
}

/// How far back a report's versions are looked through.
const VERSIONS: usize = 200;

/// The file's name among those that a field of a record holds.
fn in_field(record: &Record, field: &str, digest: &[u8; 32]) -> Option<String> {
    let files = record.body.get(field)?.clone();
    let files: Vec<Evidence> = serde_json::from_value(files).ok()?;
    named(&files, digest)
}

fn named(files: &[Evidence], digest: &[u8; 32]) -> Option<String> {
    let file = files.iter().find(|file| file.digest() == Some(*digest));
    file.map(|file| file.name.clone())
}

impl EvidenceGate for EvidenceOfRecords {
    fn readable<'a>(
        &'a self,
        principal: &'a Principal,
        digest: &'a [u8; 32],
    ) -> BoxFuture<'a, Result<Option<Readable>, Failure>> {
        Box::pin(self.name(principal, digest))
    }
}
