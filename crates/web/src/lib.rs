//! The HTTP face: routes, pages, wording and embedded assets.

pub mod api;
pub mod assets;
pub mod http;
pub mod i18n;
pub mod mails;
pub mod manual;
pub mod pages;
pub mod prints;
