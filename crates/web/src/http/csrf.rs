//! Proof that a form comes from one of our own pages.
//!
//! Each session has a secret; a visitor without one has the secret in the cookie
//! `phusa-visit`. A page carries a token made of the secret, masked anew each time, so that
//! the compressed size of a page says nothing about it (BREACH). Whatever changes something
//! must have passed through [`check`], which marks the request as trusted; the face around
//! all routes refuses to let a change out that was not.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use vocab::hex;

use super::{Failure, Frame};

const BYTES: usize = 32;

/// What tokens are compared by: a digest, so that a page never carries the secret itself.
fn digest(secret: &str) -> [u8; BYTES] {
    Sha256::new()
        .chain_update(b"phusa-csrf\0")
        .chain_update(secret)
        .finalize()
        .into()
}

/// A token for one page.
pub(super) fn token(secret: &str, mask: [u8; BYTES]) -> String {
    let mut masked = digest(secret);
    masked
        .iter_mut()
        .zip(mask)
        .for_each(|(byte, mask)| *byte ^= mask);
    hex::encode(&mask) + &hex::encode(&masked)
}

/// Refuses a request whose token was not made from this secret; trusts it otherwise.
pub(super) fn check(frame: &Frame, secret: &str, token: Option<&str>) -> Result<(), Failure> {
    if token.is_some_and(|token| matches(secret, token)) {
        frame.trust();
        return Ok(());
    }
    let about = if token.is_some() {
        "the token of the form is not this session's"
    } else {
        "the form has no token"
    };
    Err(Failure::denied("form-expired", about))
}

fn matches(secret: &str, token: &str) -> bool {
    let Some(bytes) = hex::decode(token) else {
        return false;
    };
    let Some((mask, masked)) = bytes.split_at_checked(BYTES) else {
        return false;
    };
    let unmasked: Vec<u8> = mask
        .iter()
        .zip(masked)
        .map(|(one, other)| one ^ other)
        .collect();
    unmasked.ct_eq(&digest(secret)).into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn only_tokens_of_the_secret_pass(mask: [u8; 32], other: [u8; 32], at in 0_usize..128) {
            let good = token("secret", mask);
            prop_assert!(matches("secret", &good));
            prop_assert!(!matches("another", &good));
            prop_assert_eq!(good == token("secret", other), mask == other);
            let mut wrong = good.into_bytes();
            wrong[at] = if wrong[at] == b'0' { b'1' } else { b'0' };
            prop_assert!(!matches("secret", &String::from_utf8(wrong).unwrap()));
        }

        #[test]
        fn nonsense_is_refused(token in ".{0,130}") {
            prop_assert!(!matches("secret", &token));
        }
    }
}
