//! Who asks for a change, through what.

use directory::Principal;
use vocab::Id;

/// Somebody at work: every change is theirs and carries their request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who.
    pub principal: Principal,
    /// The way in: `page`, `api`, `cli`, `job`, `import`.
    pub via: &'static str,
    /// The request that this belongs to.
    pub request: Id,
    /// Makes a repetition harmless.
    pub idempotency: Option<Idempotency>,
}

/// The client's own name for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    /// The key as sent, 1 to 200 bytes.
    pub key: String,
    /// Digest of everything that the request asks for.
    pub digest: [u8; 32],
}

impl Caller {
    /// This principal, through that, without a key.
    pub fn new(principal: Principal, via: &'static str, request: Id) -> Self {
        Self {
            principal,
            via,
            request,
            idempotency: None,
        }
    }
}
