//! Measurements beside their peers, in one run.
