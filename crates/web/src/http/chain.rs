//! Checking the audit chain while the program serves.

use std::sync::{Arc, Mutex, PoisonError};

use store::audit::{AuditHead, Report};
use store::{Store, StoreError};
use vocab::Instant;

/// The latest check of this process.
#[derive(Clone, Debug, Default)]
pub struct ChainCheck(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    running: bool,
    latest: Option<Checked>,
}

/// What a check found.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub at: Instant,
    pub found: Result<(Report, AuditHead), StoreError>,
}

impl ChainCheck {
    /// Begins a check in the background; false if one is running.
    pub(super) fn begin(&self, store: &Store) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.running {
            return false;
        }
        state.running = true;
        let (check, store) = (self.clone(), store.clone());
        // Its own task notices if checking panics, so that another check can begin.
        tokio::spawn(async move {
            let work = tokio::spawn({
                let store = store.clone();
                async move {
                    let head = store.seal().await?;
                    Ok((store.verify(Some(&head)).await?, head))
                }
            });
            let found = work
                .await
                .unwrap_or_else(|error| Err(StoreError::Engine(error.to_string())));
            let mut state = check.0.lock().unwrap_or_else(PoisonError::into_inner);
            let at = store.context().now();
            state.latest = Some(Checked { at, found });
            state.running = false;
        });
        true
    }

    /// Whether one is running, and what the latest one found.
    pub(super) fn state(&self) -> (bool, Option<Checked>) {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (state.running, state.latest.clone())
    }
}
