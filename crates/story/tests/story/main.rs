//! The plan kept, reported on and consolidated, each test on both engines.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod amending;
mod digests;
mod entry;
mod feeds;
mod fixture;
mod held;
mod hooks;
mod importing;
mod intake;
mod measures;
mod obstacles;
mod opinions;
mod periodic;
mod projects;
mod reporting;
mod slow;
mod standing;
mod succession;
mod tasks;
#[path = "../../../plan/tests/import/slow/corpus/write.rs"]
#[expect(dead_code, reason = "one kind of file is enough here")]
mod write;
