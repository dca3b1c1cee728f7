//! The HTTP face, driven through its router over a real embedded store.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod access;
mod administration;
mod api;
mod audit;
mod evidence;
mod fixture;
mod hardening;
mod keeping;
mod paper;
mod people;
mod personal;
mod plan;
mod preferences;
mod reports;
mod rights;
mod serving;
mod sessions;
mod setup;
mod storage;
mod systems;
mod units;
mod uploads;
