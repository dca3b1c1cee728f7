//! Digests: permanent names, stored forms of secrets, and what is derived from a secret.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use vocab::Id;

/// The id that this name has in every installation.
pub(crate) fn named_id(name: &str) -> Id {
    let digest: [u8; 32] = Sha256::digest(name).into();
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    Id::from_digest(half)
}

/// What is stored in place of a secret of enough randomness.
pub(crate) fn of_secret(secret: &str) -> [u8; 32] {
    Sha256::digest(secret).into()
}

/// A value that whoever knows the secret can derive, and from which it cannot be found.
pub(crate) fn derived(secret: &str, purpose: &str) -> [u8; 32] {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(purpose.as_bytes());
    mac.finalize().into_bytes().into()
}
