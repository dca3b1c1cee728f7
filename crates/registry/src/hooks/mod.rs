//! Webhooks: what happens to records, told to other systems as it happens.
//!
//! A [`Hook`] says to which address, of which kinds of records, of which happenings, and by whose
//! rights. Each has a lane: a job that never ends and holds how far in the store's change feed
//! the receiver was told (`lane`). The feed has an entry for each change since the transaction
//! that made it, in the order of commits, so that nothing is lost and nothing told out of turn;
//! one lane is at work in one process at a time. What is told of a change is found when it is
//! told (`event`): a record that the hook's account may not read as it then stood is not told.
//!
//! To have other kinds told of, name them where hooks are declared ([`NewHook::check`] is handed
//! what is offered beside the systems of packs).

mod deed;
mod delivery;
mod event;
mod keep;
mod kept;
mod lane;
mod once;
mod wake;

use std::sync::Arc;

use vocab::Id;
use webhook::{Key, Sender};

pub use deed::Happening;
pub use delivery::{Attempt, Delivery, DeliveryState, What};
pub use kept::{Hook, HookSecret, LONGEST_NAME, NewHook};
pub use lane::{GivenUp, HookRun, Standing};

pub(crate) use kept::declaration;

/// The kind of record that a hook is, and the kind of its jobs.
pub const WEBHOOK: &str = "webhook";

/// Where a record is found in the API, by the name of its kind ([`crate::Registry::hook_name`]).
pub type LinkTo = Arc<dyn Fn(&str, Id) -> String + Send + Sync>;

/// What is needed to send.
#[derive(Clone)]
pub struct Outlet {
    /// What sends.
    pub sender: Sender,
    /// What secrets are derived from.
    pub key: Key,
    /// Where records are found.
    pub link: LinkTo,
}

impl std::fmt::Debug for Outlet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outlet")
            .field("sender", &self.sender)
            .finish_non_exhaustive()
    }
}
