//! The secrets of links.

use vocab::Context;

use super::row;

/// The length of a secret of 256 bits as text.
const LENGTH: usize = 43;

/// A secret, and the key under which it is looked up.
pub(crate) fn fresh(context: &Context) -> (String, String) {
    let secret = row::new_token(context);
    let key = row::key_of(&secret);
    (secret, key)
}

/// The key of a text that could be a secret.
pub(crate) fn key(text: &str) -> Option<String> {
    (text.len() == LENGTH).then(|| row::key_of(text))
}
