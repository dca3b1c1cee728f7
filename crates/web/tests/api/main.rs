//! The API, driven through the router over a real embedded store with the shipped decision.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod changes;
mod described;
mod fixture;
mod hostile;
mod masks;
mod pages;
mod permission;
mod repeated;
mod story;
mod webhooks;
mod withdrawn;
mod worlds;
