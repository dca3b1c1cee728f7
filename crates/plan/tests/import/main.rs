//! The importer against the shipped decision, a made-up one, and hostile input.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail where they stand")]

mod hostile;
mod other_province;
mod shipped;
mod slow;

const SHIPPED: &str = include_str!("../../../../data/plan/decision-833-2023.txt");
