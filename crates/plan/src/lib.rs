//! Plans, targets, indicators and observations.
