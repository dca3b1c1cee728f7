//! The directory on every engine that is there.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod accounts;
mod bad_input;
mod fixture;
mod giving;
mod holders;
mod keeping;
mod links;
mod people;
mod people_import;
mod people_roster;
mod permission;
mod permissions;
mod reasons;
mod sessions;
mod set_up;
mod shipped_rules;
mod tokens;
mod unit_events;
mod unit_import;
mod units;
mod world;
