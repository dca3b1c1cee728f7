//! The HTTP face: pages, wording and embedded assets.

pub mod assets;
pub mod i18n;
pub mod pages;
