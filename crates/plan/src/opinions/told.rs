//! Word to whoever asked or answered: a notice in the inbox.

/// A partner gave its opinion, or changed it: for whoever asked.
pub(super) const GIVEN: &str = "opinion-given";
/// The figure was changed after an opinion was given, and its writer is asked again.
pub(super) const AGAIN: &str = "opinion-again";
/// The figure was changed after the asking had been closed.
pub(super) const CHANGED: &str = "opinion-changed";
