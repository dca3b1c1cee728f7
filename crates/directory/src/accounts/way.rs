//! The ways to sign in.

use serde::{Deserialize, Serialize};

/// How a credential is proved. Each further way is a variant with its proof beside it, and a
/// credential says which it is: see `docs/decisions/0010-sign-in.md`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Way {
    /// A password against its hash.
    #[default]
    Password,
}
