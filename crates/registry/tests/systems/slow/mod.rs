//! What takes its time.

mod applied;
mod arranging;
mod base;
