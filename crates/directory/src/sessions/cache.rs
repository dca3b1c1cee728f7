//! What sessions and tokens mean, in memory: the hot path of every request.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many are held; beyond that all are read again.
const MOST: usize = 20_000;

/// What was read of the store by the digest of a secret, each at an epoch.
pub(crate) struct Cache<T> {
    held: Mutex<HashMap<String, (i64, T)>>,
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self {
            held: Mutex::new(HashMap::new()),
        }
    }
}

impl<T: Clone> Cache<T> {
    /// What was read at this epoch.
    pub(super) fn get(&self, key: &str, epoch: i64) -> Option<T> {
        let held = self.held();
        let (read_at, value) = held.get(key)?;
        (*read_at == epoch).then(|| value.clone())
    }

    pub(super) fn keep(&self, key: &str, epoch: i64, value: T) {
        let mut held = self.held();
        if held.len() >= MOST {
            held.clear();
        }
        held.insert(key.to_owned(), (epoch, value));
    }

    pub(super) fn forget(&self, key: &str) {
        self.held().remove(key);
    }

    fn held(&self) -> MutexGuard<'_, HashMap<String, (i64, T)>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
