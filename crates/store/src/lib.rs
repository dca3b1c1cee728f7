//! The only crate with SQL.
//!
//! It knows tables, not what they mean: the floors above hand it a [`TableSpec`] for each
//! kind of record, and [`Write`]s that say what shall be true afterwards. One source serves
//! two engines, embedded SQLite and PostgreSQL, and gives the same answers on both.
//!
//! - [`Store::commit`] is the one way in: head rows, versions, audit leaves, search tokens,
//!   jobs and the idempotent answer land in one transaction, durable before it returns.
//! - [`Store::fetch`], [`Store::list`], [`Store::search`], [`Store::as_of`] are the ways out;
//!   [`Store::changes_since`] tells what has changed, in the order of commits.
//! - [`audit`] proves that nothing was altered; [`files`] keeps evidence by its digest;
//!   [`reads`] says who saw whose personal data;
//!   [`jobs`] delivers what a commit made necessary; [`backup`] takes it all along.
//!
//! To store a new kind of thing, declare a [`TableSpec`] above; nothing changes here.

pub mod audit;
pub mod backup;
mod commit;
mod config;
mod declare;
mod engine;
mod ephemeral;
mod error;
mod feed;
pub mod files;
mod indexes;
pub mod jobs;
mod predicate;
mod query;
mod read;
pub mod reads;
mod schema;
mod scope;
mod store;
mod table;
mod touched;
mod value;
mod write;

pub use backup::ArchiveFault;
pub use config::Config;
pub use ephemeral::Ephemeral;
pub use error::StoreError;
pub use feed::{Change, Position};
pub use files::FileWork;
pub use predicate::{Column, Comparison, Predicate};
pub use query::{Ahead, Grouping, Since, SinceQuery, Stood, Tally};
pub use read::{
    Cursor, Filter, Head, ListQuery, Order, Page, RangeQuery, Record, SearchQuery, Version,
};
pub use scope::{Part, Scope, Units};
pub use store::{Durability, Store, Submitted};
pub use table::{ColumnKind, ColumnSpec, TableSpec};
pub use touched::{Mark, Touched};
pub use value::{Cell, Value};
pub use write::{
    Actor, Expect, IdempotencyKey, NewJob, Op, Outcome, REDACT, REDACTED, RecordPut, Redaction,
    Remove, Write,
};
