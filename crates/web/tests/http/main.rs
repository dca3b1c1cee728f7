//! The HTTP face, driven through its router over a real embedded store.

mod administration;
mod api;
mod evidence;
mod fixture;
mod hardening;
mod preferences;
mod sessions;
mod setup;
mod uploads;
