//! The HTTP face: routes, pages, wording and embedded assets.

pub mod assets;
pub mod http;
pub mod i18n;
pub mod pages;
