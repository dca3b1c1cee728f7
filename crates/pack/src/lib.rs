//! Packs: systems declared in a folder.
//!
//! A pack says in TOML what a record holds, through which states it goes, who may do what to it,
//! what is printed, shown, published and counted. This crate reads packs, says what is wrong with
//! them as a good compiler does, and links them into one [`Catalog`], which only exists if
//! nothing is wrong. It knows nothing of databases and pages; it reads files, and no more.
//!
//! - [`folder`] reads folders, [`declaration`] is what they say, [`expression`] what CEL says.
//! - [`mod@check`] is all that must hold; [`Code`] names what may not, [`explain`] says more of it.
//! - [`change`] tells what an edit does to records that exist.
//! - [`trial`] tries templates of print-outs by a compiler that is handed in.
//! - [`schema`] gives editors a JSON Schema made from the same description.
//!
//! The language is described in `docs/packs.md`.

pub mod catalog;
pub mod change;
pub mod check;
mod code;
pub mod declaration;
mod diagnostic;
pub mod explain;
pub mod expression;
pub mod folder;
pub mod list;
mod nearest;
mod render;
pub mod schema;
pub mod shape;
pub mod source;
pub mod starter;
mod syntax;
pub mod template;
pub mod term;
pub mod trial;
mod words;

pub use catalog::{Catalog, Pack, RecordType};
pub use check::{Outcome, Surroundings, check};
pub use code::{Code, Severity};
pub use diagnostic::{Diagnostic, Findings};
