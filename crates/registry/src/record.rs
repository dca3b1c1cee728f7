//! A record as the floors above see it.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::files::StoredFile;
use vocab::{Id, Instant, hex};

use crate::RegistryError;

/// A record as it stands, or as one of its versions had it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its identity.
    pub id: Id,
    /// Its version, from 1.
    pub version: i64,
    /// Whose it is.
    pub unit: Id,
    /// Where it stands.
    pub state: String,
    /// Who answers for what it says.
    pub author: Option<Id>,
    /// When its version was made.
    pub at: Instant,
    /// What it says.
    pub body: Map<String, Value>,
}

/// A file behind a value, as a body names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The name it was sent with.
    pub name: String,
    /// Its digest in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// What its content is.
    pub media_type: String,
}

impl Evidence {
    /// A file that was taken in, under the name it was sent with.
    pub fn of(name: impl Into<String>, file: &StoredFile) -> Self {
        Self {
            name: name.into(),
            sha256: hex::encode(&file.digest),
            size: file.size,
            media_type: file.media_type.as_str().to_owned(),
        }
    }

    /// Its digest, unless it is no digest.
    pub fn digest(&self) -> Option<[u8; 32]> {
        hex::decode_digest(&self.sha256)
    }
}

impl Record {
    pub(crate) fn from_store(record: store::Record) -> Result<Self, RegistryError> {
        let head = record.head;
        Ok(Self {
            id: head.id,
            version: head.version,
            unit: head.unit,
            state: head.state,
            author: head.columns.first().and_then(store::Value::as_id),
            at: head.updated_at,
            body: parse_body(head.id, &record.body)?,
        })
    }

    /// The body in the shape that the floor above gives it.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, RegistryError> {
        T::deserialize(&self.body).map_err(|error| RegistryError::Unreadable {
            id: self.id,
            why: error.to_string(),
        })
    }
}

pub(crate) fn parse_body(id: Id, text: &str) -> Result<Map<String, Value>, RegistryError> {
    serde_json::from_str(text).map_err(|error| RegistryError::Unreadable {
        id,
        why: error.to_string(),
    })
}
