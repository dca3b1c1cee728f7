//! Systems that packs declare, over HTTP, on each engine.

mod export;
mod figures;
mod growing_area;
mod import;
mod looks;
mod many;
mod maps;
mod ordered;
mod prints;
mod program;
mod retention;
mod roles;
mod telling;
