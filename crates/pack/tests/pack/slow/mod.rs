//! What takes more than a second.

mod forever;
mod sound;
