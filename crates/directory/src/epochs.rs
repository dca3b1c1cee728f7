//! What the state in memory was derived from, asked for at most once a second.

use std::sync::{Mutex, MutexGuard, PoisonError};

use store::{Ahead, Store, StoreError};
use vocab::{Id, Instant};

use crate::{permission, sessions, units};

/// A record that a request asks for, which is read by the statement that tells whether whoever
/// asks still may: one round trip instead of two. What is found comes out within a scope alone.
#[derive(Clone, Debug)]
pub struct Along {
    table: &'static str,
    id: Id,
    found: Option<Ahead>,
}

impl Along {
    /// This record is to be read along.
    pub const fn record(table: &'static str, id: Id) -> Self {
        Self {
            table,
            id,
            found: None,
        }
    }

    /// What was found, unless nothing was read.
    pub fn found(self) -> Option<Ahead> {
        self.found
    }
}

/// How long an answer counts, in microseconds.
const FRESH_MICROS: i64 = 1_000_000;

/// The epochs as they were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// Moves on when units or groups change.
    pub(crate) units: i64,
    /// Moves on when accounts change and when sessions or tokens end.
    pub(crate) sessions: i64,
    /// Moves on when roles change.
    pub(crate) roles: i64,
}

/// The epochs and when they were read.
#[derive(Debug, Default)]
pub(crate) struct Epochs {
    state: Mutex<State>,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    read: Option<(Instant, Numbers)>,
    /// How often this process has moved an epoch on: a reading that was under way then is
    /// not kept.
    moved: u64,
    /// How many readings have begun, and which of them is kept: one that began before it may
    /// say less and is not kept in its place.
    begun: u64,
    kept: u64,
}

impl Epochs {
    /// The epochs, at most a second old.
    pub(crate) async fn now(&self, store: &Store) -> Result<Numbers, StoreError> {
        let now = store.context().now();
        let before = *self.state();
        if let Some((at, numbers)) = before.read {
            // A clock that was set back makes an answer stale, not fresh for ever.
            let age = now.as_micros() - at.as_micros();
            if (0..FRESH_MICROS).contains(&age) {
                return Ok(numbers);
            }
        }
        self.read(store, None).await
    }

    /// The epochs as they stand: read for whoever must not act by what has ended.
    pub(crate) async fn read(
        &self,
        store: &Store,
        along: Option<&mut Along>,
    ) -> Result<Numbers, StoreError> {
        let now = store.context().now();
        let before = self.begin();
        let names = [units::EPOCH, sessions::EPOCH, permission::EPOCH];
        let [units, sessions, roles] = match along {
            None => store.epochs(names).await?,
            Some(along) => {
                let (table, id) = (along.table, along.id);
                let (numbers, ahead) = store.epochs_and_record(names, table, id).await?;
                along.found = Some(ahead);
                numbers
            }
        };
        let numbers = Numbers {
            units,
            sessions,
            roles,
        };
        let mut state = self.state();
        if state.moved == before.moved && state.kept < before.begun {
            state.read = Some((now, numbers));
            state.kept = before.begun;
        }
        Ok(numbers)
    }

    /// The state as a reading finds it that begins now.
    fn begin(&self) -> State {
        let mut state = self.state();
        state.begun += 1;
        *state
    }

    /// Has the epochs read again: this process has just moved one on.
    pub(crate) fn forget(&self) {
        let mut state = self.state();
        state.read = None;
        state.moved += 1;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
