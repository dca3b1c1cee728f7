//! Sessions and tokens in memory: the hot path of every request.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use vocab::Instant;

use super::Session;

/// So many are held; beyond that all are read again.
const MOST: usize = 20_000;

/// A session or token that was good at an epoch.
#[derive(Clone)]
pub(crate) struct Held {
    pub(crate) session: Session,
    /// The epoch at which it was read.
    pub(crate) epoch: i64,
    /// When it ends, however busy.
    pub(crate) ends: Instant,
    /// When the store was last told that it is used.
    pub(crate) seen: Instant,
}

/// What is held, by the digest of the secret.
#[derive(Default)]
pub(crate) struct Cache {
    held: Mutex<HashMap<String, Held>>,
}

impl Cache {
    pub(crate) fn get(&self, key: &str, epoch: i64) -> Option<Held> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.get(key).filter(|entry| entry.epoch == epoch).cloned()
    }

    pub(crate) fn keep(&self, key: &str, entry: Held) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= MOST {
            held.clear();
        }
        held.insert(key.to_owned(), entry);
    }

    pub(crate) fn forget(&self, key: &str) {
        self.held
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(key);
    }
}
