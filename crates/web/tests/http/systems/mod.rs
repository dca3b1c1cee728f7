//! Systems that packs declare, over HTTP, on each engine.

mod growing_area;
mod import;
mod prints;
mod program;
mod roles;
