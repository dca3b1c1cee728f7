//! Events that change units: what they say, what they would do, doing and undoing them.
//!
//! - [`UnitEvent`] says what happens from which day on, and what ordered it.
//! - `timeline.rs` holds all versions of all units; `plan.rs` works events into a copy of
//!   it, pure and all or nothing; `check.rs` says whether the result holds together.
//! - `apply.rs`, `undo.rs` and `preview.rs` bring a plan to the store, or only tell it.
//!
//! An event writes versions of units and itself, nothing else: a record keeps the unit
//! that owned it.

mod apply;
mod change;
mod check;
mod order;
mod plan;
mod preview;
mod record;
#[cfg(test)]
mod tests;
mod timeline;
mod undo;

pub(crate) use apply::Ground;
pub use apply::Rearrangement;
pub use change::{Part, Resolution, ShareBasis, UnitChange, UnitDetails, UnitEvent};
pub(crate) use plan::plan;
pub use preview::{Affected, Appearing, Changing, Ending, UnitPreview};
pub use record::{EventState, RecordedEvent};
pub(crate) use record::{StoredEvent, all_events, table};
pub(crate) use timeline::{Link, Timeline};
