//! What sessions and tokens mean, in memory: the hot path of every request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;

/// So many are held; beyond that all are read again.
const MOST: usize = 20_000;

/// When something was read: the epoch, and the day, since positions begin and end with days.
pub(crate) type Mark = (i64, Date);

/// What was read of the store by the digest of a secret, each at a mark.
pub(crate) struct Cache<T> {
    held: Mutex<HashMap<String, (Mark, Arc<T>)>>,
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self {
            held: Mutex::new(HashMap::new()),
        }
    }
}

impl<T> Cache<T> {
    /// What was read at this mark.
    pub(super) fn get(&self, key: &str, mark: Mark) -> Option<Arc<T>> {
        let held = self.held();
        let (read_at, value) = held.get(key)?;
        (*read_at == mark).then(|| Arc::clone(value))
    }

    pub(super) fn keep(&self, key: &str, mark: Mark, value: Arc<T>) {
        let mut held = self.held();
        if held.len() >= MOST {
            held.clear();
        }
        held.insert(key.to_owned(), (mark, value));
    }

    pub(super) fn forget(&self, key: &str) {
        self.held().remove(key);
    }

    fn held(&self) -> MutexGuard<'_, HashMap<String, (Mark, Arc<T>)>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
