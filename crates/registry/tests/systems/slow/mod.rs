//! What takes its time.

mod applied;
