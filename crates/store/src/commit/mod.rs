//! How writes become durable: many at a time, each all or nothing.
//!
//! A group is decided in three steps that are the same on both engines: read what the
//! writes depend on ([`load`]), decide in plain Rust which of them hold ([`decide`]), put
//! the rows of those that do. The engine only runs statements and commits once for all.

mod batch;
mod decide;
mod load;
mod prepare;

pub(crate) use batch::{JOB_COLUMNS, LEAF_COLUMNS, Steps, VERSION_COLUMNS, tokens_wrap};
pub(crate) use decide::decide;
pub(crate) use load::{Loaded, Loading, loading};
pub(crate) use prepare::{Prepared, prepare};

use crate::{Outcome, StoreError};

/// The action of a version that erased those before it; callers cannot choose it.
pub(crate) const ERASE: &str = "erase";

/// What became of each write, in order.
pub(crate) type GroupResult = Vec<Result<Outcome, StoreError>>;
