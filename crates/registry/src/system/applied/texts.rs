//! The texts of packs' files: each kept once, under its digest.

use std::collections::{BTreeMap, BTreeSet};

use store::{Store, StoreError};
use vocab::{Id, hex};

use super::declared::{Declared, Text};
use super::{Files, TEXT, everything, id_of};
use crate::comment::object;
use crate::record::parse_body;
use crate::{Caller, Record, Registry, RegistryError};

/// How many texts are read at once.
const AT_ONCE: usize = 50;

/// The texts of these files.
pub(super) async fn read(store: &Store, files: &Files) -> Result<Declared, RegistryError> {
    let digests: BTreeSet<&String> = files.values().flat_map(BTreeMap::values).collect();
    let by_id: BTreeMap<Id, &String> = digests
        .into_iter()
        .filter_map(|digest| Some((id_of(&hex::decode(digest)?), digest)))
        .collect();
    let ids: Vec<Id> = by_id.keys().copied().collect();
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for some in ids.chunks(AT_ONCE) {
        let found = store
            .fetch_these(TEXT, &everything(), some.to_vec())
            .await?;
        for record in found {
            let id = record.head.id;
            let body = parse_body(id, &record.body)?;
            let text = body.get("text").and_then(serde_json::Value::as_str);
            if let (Some(digest), Some(text)) = (by_id.get(&id), text) {
                texts.insert(digest.as_str(), text.to_owned());
            }
        }
    }
    let file = |digest: &String| {
        let text = texts.get(digest.as_str()).cloned();
        text.map(|text| Text {
            digest: digest.clone(),
            text,
        })
    };
    Declared::of_files(files, file).ok_or_else(|| {
        RegistryError::Store(StoreError::Corrupt(
            "a file of the applied packs is missing".to_owned(),
        ))
    })
}

impl Registry {
    /// Keeps the texts that are not kept yet.
    pub(super) async fn keep_texts(
        &self,
        caller: &Caller,
        declared: &Declared,
    ) -> Result<(), RegistryError> {
        let mut missing: BTreeMap<Id, &str> = BTreeMap::new();
        for text in declared.texts() {
            if let Some(digest) = hex::decode(&text.digest) {
                missing.insert(id_of(&digest), &text.text);
            }
        }
        let ids: Vec<Id> = missing.keys().copied().collect();
        for some in ids.chunks(AT_ONCE) {
            let all = everything();
            let there = self.store().fetch_these(TEXT, &all, some.to_vec());
            for record in there.await? {
                missing.remove(&record.head.id);
            }
        }
        for (id, text) in missing {
            let record = Record {
                id,
                version: 1,
                unit: Id::NIL,
                state: "kept".to_owned(),
                author: caller.principal.account,
                at: self.store().context().now(),
                body: object(serde_json::json!({ "text": text }))?,
            };
            let mut batch = self.batch(caller);
            batch
                .put(TEXT, &record, "create", &serde_json::Map::new())
                .await?;
            let done = batch.commit(id.to_string()).await;
            // Somebody else may just have kept the same text.
            match done {
                Err(error) if !is_there_already(&error) => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Whether a record was refused because it is there.
fn is_there_already(error: &RegistryError) -> bool {
    matches!(
        error,
        RegistryError::Conflict { .. }
            | RegistryError::Store(StoreError::Conflict { .. } | StoreError::Duplicate { .. })
    )
}
