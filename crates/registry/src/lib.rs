//! Records of any declared type.
//!
//! A [`Declaration`] says what a kind of record holds, which states it passes through and
//! who may move it; [`Registry`] does the rest, the same for every kind: it checks what is
//! written, asks `directory::permission`, and commits the record, its version, its tasks and
//! its comments together. What a record *means* is for the floors above.
//!
//! To keep a new kind of record, write a [`Declaration`]; nothing changes here. Kinds that packs
//! declare run beside them ([`system`]).

mod batch;
mod caller;
mod check;
mod comment;
mod declaration;
mod error;
mod follow;
pub mod hooks;
mod lifecycle;
mod mask;
pub mod numbers;
mod read;
mod record;
mod registry;
mod shapes;
pub mod system;
mod task;

pub use batch::{Batch, Done, Draft, Taken};
pub use caller::{Caller, Idempotency};
pub use check::unprintable;
pub use comment::Comment;
pub use declaration::{COLUMN_SCALE, Declaration, Field, FieldKind, Indexed, Ordering};
pub use error::RegistryError;
pub use lifecycle::{Lifecycle, Step, TaskRule};
pub use read::Entry;
pub use record::{Evidence, Record};
pub use registry::Registry;
pub use system::{Kind, Systems};
pub use task::Task;
