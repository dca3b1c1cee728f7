//! The only crate with SQL.
