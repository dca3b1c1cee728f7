//! The plan as a province runs it, from a call for reports to the signed paper: the tests of
//! `tests/story`, on both engines.
//!
//! A crate of their own, so that they are compiled quickly while `plan` beneath them is
//! optimised: Cargo optimises a package and its tests alike.
