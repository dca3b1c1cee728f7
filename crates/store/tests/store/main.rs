//! The store as a whole, each test on both engines.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod ahead;
mod archive;
mod audit;
mod backup;
mod browsing;
mod crowd;
mod differential;
mod durability;
mod ephemerals;
mod faults;
mod feed;
mod files;
mod fixture;
mod growing;
mod jobs;
mod lists;
mod objects;
mod opening;
mod orders;
mod ranges;
mod readings;
mod redactions;
mod slow;
mod syncing;
mod tallies;
mod writes;
