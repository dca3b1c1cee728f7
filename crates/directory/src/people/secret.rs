//! The key of the digests that keep citizens' numbers apart.
//!
//! There are so few numbers that a plain digest would be found by trying them all. The key
//! is made once and kept as a record that no page or list reaches, so that a backup takes it
//! along.

use serde::{Deserialize, Serialize};
use store::{Actor, ColumnKind, Expect, Op, RecordPut, Scope, StoreError, TableSpec, Write};
use vocab::{CitizenId, hex};

use crate::{Directory, DirectoryError, digest, error};

const TABLE: &str = "person_key";
const NAME: &str = "citizen-number";

#[derive(Serialize, Deserialize)]
struct KeyBody {
    key: String,
}

pub(super) fn table() -> TableSpec {
    TableSpec::new(TABLE).unique("name", ColumnKind::Text)
}

impl Directory {
    /// The digest by which a citizen's number is found again.
    pub(super) async fn citizen_key(
        &self,
        actor: &Actor,
        number: &CitizenId,
    ) -> Result<Vec<u8>, DirectoryError> {
        let key = self.people_key(actor).await?;
        Ok(digest::derived(&key, number.expose()).to_vec())
    }

    async fn people_key(&self, actor: &Actor) -> Result<String, DirectoryError> {
        let id = digest::named_id("person-key/citizen-number");
        let store = self.store();
        if let Some(record) = store
            .fetch(
                TABLE,
                &Scope::bypass("the directory reads people and positions for itself"),
                id,
            )
            .await?
        {
            let body: KeyBody = error::read_body("the key of citizens' numbers", &record.body)?;
            return Ok(body.key);
        }
        let key = hex::encode(&store.context().random::<32>());
        let body = KeyBody { key: key.clone() };
        let put = RecordPut {
            table: TABLE.to_owned(),
            id,
            expect: Expect::New,
            action: "create".to_owned(),
            unit: id,
            state: "active".to_owned(),
            sort_key: Vec::new(),
            columns: vec![NAME.into()],
            body: error::body("the key of citizens' numbers", &body)?,
            schema: String::new(),
            tokens: Vec::new(),
            files: Vec::new(),
        };
        match store
            .commit(Write::by(actor.clone()).op(Op::Put(put)))
            .await
        {
            Ok(_) => Ok(key),
            // Another process was quicker: its key counts.
            Err(StoreError::Conflict { .. } | StoreError::Duplicate { .. }) => {
                let record = store
                    .fetch(
                        TABLE,
                        &Scope::bypass("the directory reads people and positions for itself"),
                        id,
                    )
                    .await?;
                let record = record.ok_or_else(|| {
                    DirectoryError::corrupt("the key of citizens' numbers", "it is gone")
                })?;
                let body: KeyBody = error::read_body("the key of citizens' numbers", &record.body)?;
                Ok(body.key)
            }
            Err(error) => Err(error.into()),
        }
    }
}
