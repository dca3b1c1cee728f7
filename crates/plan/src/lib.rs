//! Plans, targets, indicators and observations.

pub mod import;
