//! The public pages of the plan over the shipped decision.

mod digests;
mod figures;
mod fixture;
mod intake;
mod measures;
mod pages;
mod progress;
mod search;
