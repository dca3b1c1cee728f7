//! The directory on every engine that is there.

mod accounts;
mod fixture;
mod permission;
mod scratch_database;
mod sessions;
mod set_up;
mod tokens;
mod units;
