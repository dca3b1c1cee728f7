//! The digests of the audit chain. Every part goes in with its length before it, so that no
//! two different entries give the same bytes.

use sha2::{Digest, Sha256};
use vocab::{Id, Instant};

use crate::{TableSpec, Value};

/// The head digest of a version after which the record stands in no list.
pub(crate) const NO_HEAD: [u8; 32] = [0; 32];

/// Digest of a version's body; the salt keeps a short body from being guessed after it was
/// erased.
pub(crate) fn body(salt: &[u8; 16], body: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(b"body");
    hasher.update(salt);
    hasher.update(body.as_bytes());
    hasher.finalize().into()
}

/// Digest of what a head row must show while this version is the newest. Columns go in by
/// name and only where they hold something, so that a column declared later changes no
/// digest that is stored.
pub(crate) fn head(
    unit: Id,
    state: &str,
    sort_key: &[u8],
    spec: &TableSpec,
    values: &[Value],
) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(b"head");
    hasher.update(unit.as_bytes());
    part(&mut hasher, state.as_bytes());
    part(&mut hasher, sort_key);
    let mut named: Vec<(&str, &Value)> = spec
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .zip(values)
        .filter(|(_, value)| **value != Value::Null)
        .collect();
    named.sort_unstable_by_key(|(name, _)| *name);
    for (name, value) in named {
        part(&mut hasher, name.as_bytes());
        match value {
            Value::Null => {}
            Value::Int(number) => {
                hasher.update([1]);
                hasher.update(number.to_be_bytes());
            }
            Value::Text(text) => {
                hasher.update([2]);
                part(&mut hasher, text.as_bytes());
            }
            Value::Bytes(bytes) => {
                hasher.update([3]);
                part(&mut hasher, bytes);
            }
        }
    }
    hasher.finalize().into()
}

/// What an audit leaf says.
pub(crate) struct Leaf<'a> {
    pub record_id: Id,
    pub version: i64,
    pub table: &'a str,
    pub action: &'a str,
    pub actor: Id,
    pub on_behalf: Option<Id>,
    pub via: &'a str,
    pub request: Id,
    pub at: Instant,
    pub body_digest: [u8; 32],
    pub head_digest: [u8; 32],
}

impl Leaf<'_> {
    /// The leaf's own digest.
    pub(crate) fn hash(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update(b"leaf");
        hasher.update(self.record_id.as_bytes());
        hasher.update(self.version.to_be_bytes());
        part(&mut hasher, self.table.as_bytes());
        part(&mut hasher, self.action.as_bytes());
        hasher.update(self.actor.as_bytes());
        part(
            &mut hasher,
            self.on_behalf.as_ref().map_or(&[][..], |id| id.as_bytes()),
        );
        part(&mut hasher, self.via.as_bytes());
        hasher.update(self.request.as_bytes());
        hasher.update(self.at.as_micros().to_be_bytes());
        hasher.update(self.body_digest);
        hasher.update(self.head_digest);
        hasher.finalize().into()
    }
}

/// What a version and its leaf have in common.
pub(crate) struct Entry<'a> {
    pub record: Id,
    pub version: i64,
    /// What was done: a check trusts it to tell redactions and erasures apart.
    pub action: &'a str,
    pub body: &'a [u8; 32],
    pub head: &'a [u8; 32],
}

impl Entry<'_> {
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::new()
            .chain_update(self.record.as_bytes())
            .chain_update(self.version.to_be_bytes())
            .chain_update(self.body)
            .chain_update(self.head)
            .chain_update(self.action.as_bytes())
            .finalize()
            .into()
    }
}

/// 64 bits of a text's digest: tells whether search tokens changed.
pub(crate) fn short(text: &str) -> i64 {
    let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    i64::from_be_bytes(digest[..8].try_into().unwrap_or_default())
}

fn part(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update((bytes.len() as u64).to_be_bytes());
    hasher.update(bytes);
}
