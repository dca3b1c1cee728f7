//! Wording in two languages, and the way each writes numbers and dates.
//!
//! Messages live in `locales/{vi,en}/*.ftl` and are embedded in the binary. A message that is
//! missing shows as `⟦key⟧`, which the tests look for; it never fails a request.

mod access;
mod audit;
mod bundle;
mod declared;
mod entry;
mod finding;
mod format;
#[cfg(test)]
mod tests;

pub use access::RightsWords;
pub use bundle::{Messages, ToArg, Translator};
pub use declared::said;
pub(crate) use declared::said_state;
pub use format::Whole;
