//! The HTTP face, driven through its router over a real embedded store.

mod fixture;
mod hardening;
mod preferences;
