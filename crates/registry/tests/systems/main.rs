//! Systems that packs declare, on each engine that is there.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod automatic;
mod bodies;
mod concerned;
mod erased;
mod figures;
mod fixture;
mod grants;
mod growing_area;
mod hooks;
mod imports;
mod looks;
mod maps;
mod retention;
mod series;
mod slow;
mod steps;
mod telling;
mod undo;
