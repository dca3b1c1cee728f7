//! The proof that nothing was altered.
//!
//! Every version has a leaf; leaves are sealed, in the order in which their transactions
//! committed, into segments with a Merkle root; each segment's header holds the digest of
//! the one before it. A head that was saved elsewhere shows a cut tail.

pub(crate) mod digest;
mod entry;
mod merkle;
mod seal;
mod verify;

pub use entry::{AuditEntry, AuditPlace, AuditQuery};
pub use seal::AuditHead;
pub(crate) use seal::{Place, head_in, last_segment_statement};
pub use verify::{About, Finding, Report};
