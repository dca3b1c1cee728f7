//! Entity tags (RFC 9110 §8.8.3).

use axum::http::HeaderValue;
use sha2::{Digest, Sha256};
use vocab::hex;

/// A strong tag: 128 bits of the content's digest.
pub(crate) fn of_content(content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    format!("\"{}\"", hex::encode(&digest[..16]))
}

/// Whether an `If-None-Match` names this tag, by weak comparison (§13.1.2).
pub(crate) fn knows(sent: &[HeaderValue], tag: &str) -> bool {
    let tag = tag.trim_start_matches("W/");
    sent.iter()
        .filter_map(|tags| tags.to_str().ok())
        .flat_map(|tags| tags.split(','))
        .map(|known| known.trim().trim_start_matches("W/"))
        .any(|known| known == "*" || known == tag)
}
