//! Which declaration of the packs is applied, kept in the database.
//!
//! One record says it: each version is an application, its number in the body. The texts of the
//! packs' files are records of their own, named by their digests, so that a file that did not
//! change is kept once. While records are being rewritten the record says which declaration they
//! are brought to (`pending`) beside the one that stood before.
//!
//! Every change of that record moves the epoch `EPOCH` on, in the same write. Whoever writes a
//! record of a pack does so over the epoch that their process began with (`Batch`): from the moment
//! that another declaration is being applied, nobody writes by the earlier one.
//!
//! `count` tells how many records a change concerns, `migrate` rewrites them. `arrange` brings what
//! lists go by up to date, while everybody works.

mod arrange;
mod count;
mod declared;
mod migrate;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use directory::Act;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Scope, Store, StoreError};
use vocab::Id;

pub(crate) use self::arrange::{ARRANGE, Ahead};
pub use self::arrange::{Arranged, rearranged};
pub use self::declared::Declared;
use crate::comment::object;
use crate::{Caller, Declaration, Field, FieldKind, Lifecycle, Record, Registry, RegistryError};

/// Moves on whenever another declaration is, or begins to be, applied.
pub(crate) const EPOCH: &str = "packs";
/// The kind of the record that says what is applied.
const KIND: &str = "pack_applied";
/// The kind of the texts of packs' files.
const TEXT: &str = "pack_text";

pub(crate) fn declarations() -> [Declaration; 2] {
    let structure = |name| Field::required(name, FieldKind::Structure);
    [
        Declaration {
            kind: KIND,
            fields: vec![
                Field::required("sequence", FieldKind::Whole(1, i64::MAX)),
                structure("packs"),
                Field::optional("pending", FieldKind::Structure),
                Field::optional("arranging", FieldKind::Structure),
            ],
            order: &[],
            orders: Vec::new(),
            lifecycle: Lifecycle::kept(Act::Configure),
        },
        Declaration {
            kind: TEXT,
            fields: vec![structure("text")],
            order: &[],
            orders: Vec::new(),
            lifecycle: Lifecycle::kept(Act::Configure),
        },
    ]
}

/// What the record says: the files of each pack by their names, with the digests of their texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Body {
    sequence: i64,
    packs: Files,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pending: Option<Files>,
    /// The tables whose records are being arranged anew.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    arranging: BTreeMap<String, Ahead>,
}

type Files = BTreeMap<String, BTreeMap<String, String>>;

/// What is applied.
#[derive(Clone, Debug)]
pub struct Applied {
    /// How many applications there were.
    pub sequence: i64,
    /// What is declared.
    pub declared: Declared,
    /// What records are being brought to, if an application is under way.
    pub pending: Option<Declared>,
    version: i64,
    arranging: BTreeMap<String, Ahead>,
}

impl Applied {
    /// The next application, after which the records of these tables are arranged anew.
    fn next(before: Option<&Self>, declared: Declared, rearranged: &BTreeSet<String>) -> Self {
        let arranging = before.map(|before| before.arranging.clone());
        let mut arranging = arranging.unwrap_or_default();
        for table in rearranged {
            arranging.insert(table.clone(), Ahead::default());
        }
        Self {
            sequence: before.map_or(0, |before| before.sequence) + 1,
            declared,
            pending: None,
            version: before.map_or(0, |before| before.version) + 1,
            arranging,
        }
    }
}

/// What is applied, as of an epoch.
#[derive(Clone, Debug)]
pub struct Known {
    /// Where `EPOCH` stood before the rest was read.
    pub epoch: i64,
    /// What is applied; none if nothing was ever.
    pub applied: Option<Applied>,
}

fn applied_id() -> Id {
    id_of(&Sha256::digest("packs/applied"))
}

fn id_of(digest: &[u8]) -> Id {
    let (half, _) = digest.split_first_chunk().unwrap_or((&[0; 16], &[]));
    Id::from_digest(*half)
}

fn everything() -> Scope {
    Scope::bypass("what packs declare is the program's own")
}

/// What is applied in a store.
pub async fn known(store: &Store) -> Result<Known, RegistryError> {
    let epoch = store.epoch(EPOCH).await?;
    let Some(stored) = store.fetch(KIND, &everything(), applied_id()).await? else {
        return Ok(Known {
            epoch,
            applied: None,
        });
    };
    let record = Record::from_store(stored)?;
    let body: Body = record.read()?;
    let pending = match &body.pending {
        Some(files) => Some(texts::read(store, files).await?),
        None => None,
    };
    let applied = Applied {
        sequence: body.sequence,
        declared: texts::read(store, &body.packs).await?,
        pending,
        version: record.version,
        arranging: body.arranging,
    };
    Ok(Known {
        epoch,
        applied: Some(applied),
    })
}

impl Registry {
    /// Keeps a declaration as the applied one, at once: nothing must be rewritten for it. The
    /// records of some tables are arranged anew later ([`rearranged`]).
    pub async fn record_application(
        &self,
        caller: &Caller,
        known: &Known,
        declared: &Declared,
        rearranged: &BTreeSet<String>,
    ) -> Result<Known, RegistryError> {
        let next = Applied::next(known.applied.as_ref(), declared.clone(), rearranged);
        self.note_applied(caller, known, next, "apply").await
    }

    /// Begins to bring records to a declaration. From now on nobody writes by the one before.
    pub async fn begin_application(
        &self,
        caller: &Caller,
        known: &Known,
        declared: &Declared,
    ) -> Result<Known, RegistryError> {
        let before = known.applied.as_ref().ok_or_else(meanwhile)?;
        let next = Applied {
            pending: Some(declared.clone()),
            version: before.version + 1,
            ..before.clone()
        };
        self.note_applied(caller, known, next, "begin").await
    }

    /// Keeps the declaration that records were brought to as the applied one. The records of some
    /// tables are arranged anew later ([`rearranged`]).
    pub async fn finish_application(
        &self,
        caller: &Caller,
        known: &Known,
        rearranged: &BTreeSet<String>,
    ) -> Result<Known, RegistryError> {
        let before = known.applied.as_ref().ok_or_else(meanwhile)?;
        let declared = before.pending.clone().ok_or_else(meanwhile)?;
        let next = Applied::next(Some(before), declared, rearranged);
        self.note_applied(caller, known, next, "apply").await
    }

    /// Gives up what was begun, before any record was rewritten.
    pub async fn withdraw_application(
        &self,
        caller: &Caller,
        known: &Known,
    ) -> Result<Known, RegistryError> {
        let before = known.applied.as_ref().ok_or_else(meanwhile)?;
        let next = Applied {
            pending: None,
            version: before.version + 1,
            ..before.clone()
        };
        self.note_applied(caller, known, next, "withdraw").await
    }

    /// Writes what is applied, over what was known: of two at once one is refused.
    async fn note_applied(
        &self,
        caller: &Caller,
        known: &Known,
        next: Applied,
        action: &str,
    ) -> Result<Known, RegistryError> {
        let body = Body {
            sequence: next.sequence,
            packs: next.declared.files(),
            pending: next.pending.as_ref().map(Declared::files),
            arranging: next.arranging.clone(),
        };
        let declared = next.pending.as_ref().unwrap_or(&next.declared);
        self.keep_texts(caller, declared).await?;
        let record = self.as_record(caller, next.version, &body)?;
        let mut batch = self.batch(caller);
        batch.over_epoch(EPOCH, known.epoch);
        batch
            .put(KIND, &record, action, &serde_json::Map::new())
            .await?;
        batch.bump(EPOCH);
        let done = batch.commit(record.id.to_string()).await;
        done.map_err(|error| match error {
            RegistryError::Refused(problem) if problem.code == "packs-applied" => meanwhile(),
            RegistryError::Conflict { .. }
            | RegistryError::Store(
                StoreError::Conflict { .. }
                | StoreError::Duplicate { .. }
                | StoreError::StaleEpoch { .. },
            ) => meanwhile(),
            other => other,
        })?;
        Ok(Known {
            epoch: known.epoch + 1,
            applied: Some(next),
        })
    }
}

impl Registry {
    /// What says what is applied, as a record.
    fn as_record(
        &self,
        caller: &Caller,
        version: i64,
        body: &Body,
    ) -> Result<Record, RegistryError> {
        let value = serde_json::to_value(body)
            .map_err(|error| RegistryError::refused(500, "internal", error.to_string()))?;
        Ok(Record {
            id: applied_id(),
            version,
            unit: Id::NIL,
            state: "kept".to_owned(),
            author: caller.principal.account,
            at: self.store().context().now(),
            body: object(value)?,
        })
    }
}

/// Somebody else applies something, or has just done so.
fn meanwhile() -> RegistryError {
    RegistryError::refused(409, "packs-applied-meanwhile", "applying packs")
}
