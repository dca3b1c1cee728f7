//! The built program, as its users run it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod browser;
mod decision;
mod help;
mod pack_apply;
mod pack_tools;
mod packs;
mod post_box;
mod program;
mod slow;
mod units;
