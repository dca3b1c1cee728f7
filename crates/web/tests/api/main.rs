//! The API, driven through the router over a real embedded store with the shipped decision.

mod changes;
mod described;
mod fixture;
mod hostile;
mod pages;
mod permission;
mod repeated;
mod story;
